"""How far a run is, for whoever wants to show it. Nobody does unless `shown` was entered: then telling costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, TypeAlias

Show: TypeAlias = Callable[[str, int, int], None]
"""Takes what is done ("reading modules"), how many of them are done, and how many there are."""

_SHOW: Final[ContextVar[Show | None]] = ContextVar("progress", default=None)


@contextmanager
def shown(show: Show) -> Iterator[None]:
    """Within, `show` is told how far the run is."""
    token = _SHOW.set(show)
    try:
        yield
    finally:
        _SHOW.reset(token)


def tell(what: str, done: int, total: int) -> None:
    """Say how far a run is."""
    show = _SHOW.get()
    if show is not None:
        show(what, done, total)
