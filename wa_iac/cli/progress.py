"""Progress of a run, on standard error of a terminal, if it takes longer than a second."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, Timer
from typing import TYPE_CHECKING, Final, TextIO, cast

from wa_iac.core.progress import shown

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

AFTER: Final = 1.0
"""Seconds until the bar appears; most runs end before."""


def wanted() -> bool:
    """Whether to show progress. pre-commit gives its hooks a terminal, but holds their output back until they end."""
    quiet = any(os.environ.get(name) for name in ("CI", "PRE_COMMIT")) or os.environ.get("TERM") == "dumb"
    return cast("TextIO | None", sys.stderr) is not None and sys.stderr.isatty() and not quiet


@contextmanager
def progress() -> Iterator[None]:
    """Show the progress of the run inside, if `wanted`; the bar disappears when the run ends."""
    if not wanted():
        yield
        return
    bar = _Bar()
    try:
        with shown(bar.tell):
            yield
    finally:
        bar.stop()


class _Bar:
    """A timer makes it appear, since a run may be in one long step after a second."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._state = ("reading", 0, 0)
        self._bar: tuple[Progress, TaskID] | None = None
        self._timer = Timer(AFTER, self._appear)
        self._timer.daemon = True
        self._timer.start()

    def tell(self, what: str, done: int, total: int) -> None:
        with self._lock:
            self._state = (what, done, total)
            self._show()

    def stop(self) -> None:
        self._timer.cancel()
        with self._lock:
            if self._bar is not None:
                self._bar[0].stop()

    def _appear(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

        with self._lock:
            if self._timer.finished.is_set():
                return  # the run ended while this was imported
            columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
            bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar = (bar, bar.add_task("", total=None))
            bar.start()
            self._show()

    def _show(self) -> None:
        if self._bar is not None:
            what, done, total = self._state
            bar, task = self._bar
            bar.update(task, description=what, completed=done, total=total or None)
