"""The progress of a run, for code that shows it. Nothing is shown unless `shown` was entered; reporting progress then costs
nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, TypeAlias

Show: TypeAlias = Callable[[str, int, int], None]
"""Receives the activity ("reading modules"), the number of finished items, and the total."""

_SHOW: Final[ContextVar[Show | None]] = ContextVar("progress", default=None)


@contextmanager
def shown(show: Show) -> Iterator[None]:
    """Inside this context, `show` receives the progress of the run."""
    token = _SHOW.set(show)
    try:
        yield
    finally:
        _SHOW.reset(token)


def tell(what: str, done: int, total: int) -> None:
    """Report the progress of the run."""
    show = _SHOW.get()
    if show is not None:
        show(what, done, total)
