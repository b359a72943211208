"""What one unit may cost, so that no input takes all the time or memory there is: one budget, charged wherever something is
evaluated, made or compared. Whoever reads or judges a unit enters one; where none was entered, nothing is counted.

A budget also knows the place that was looked at last: where something goes wrong there, an error can say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Literal, TypeAlias

from .errors import BoundError
from .files import checkpoint
from .span import NOWHERE, Span

Measure: TypeAlias = Literal["steps", "bytes", "comparisons"]

MOST: Final[dict[Measure, int]] = {"steps": 2_000_000, "bytes": 200_000_000, "comparisons": 20_000_000}
"""What one unit may use: together a few seconds, and less than a gigabyte. steps: expressions evaluated and nodes made. bytes: text and
other data made by evaluation. comparisons: values, members or characters compared with each other, or gone over; what Python does
itself for each of them, rather than its own functions, counts for several (`EACH`)."""
EACH: Final = 5
"""Comparisons that going over one element comes to, where more is done than Python's own functions do at once."""

_PAUSE: Final[dict[Measure, int]] = {"steps": 5_000, "comparisons": 500_000}
"""What may be used before it is asked whether anybody still waits for the run: some hundredths of a second."""

_WORDS: Final[dict[Measure, str]] = {
    "steps": "takes more than {:,} steps",
    "bytes": "makes more than {:,} bytes of text",
    "comparisons": "takes more than {:,} comparisons",
}


class SpentError(BoundError):
    """A unit's budget is spent: the rest of it is not read or judged. The message names what ran out."""


class Budget:
    """What is left to one unit. `at` is the place that was looked at last.

    Whoever counts a step by hand, as the hottest loop does, calls `step(0)` once `steps` is below `pause`.
    """

    __slots__ = ("_pause", "at", "bytes", "comparisons", "pause", "steps")

    def __init__(self) -> None:
        self.at: Span = NOWHERE
        self.steps = MOST["steps"]
        self.bytes = MOST["bytes"]
        self.comparisons = MOST["comparisons"]
        self.pause = max(self.steps - _PAUSE["steps"], 0)
        self._pause = max(self.comparisons - _PAUSE["comparisons"], 0)

    def step(self, number: int = 1, at: Span | None = None) -> None:
        """Count steps of evaluation, at a place. Raises `SpentError`, and `Superseded` where nobody waits for the run."""
        if at is not None:
            self.at = at
        self.steps -= number
        if self.steps < self.pause:
            if self.steps < 0:
                self._spent("steps")
            self.pause = max(self.steps - _PAUSE["steps"], 0)
            checkpoint()

    def make(self, number: int) -> None:
        """Count bytes, best before they are made. Raises `SpentError`."""
        self.bytes -= number
        if self.bytes < 0:
            self._spent("bytes")

    def compare(self, number: int) -> None:
        """Count comparisons, best before they are made. Raises as `step` does."""
        self.comparisons -= number
        if self.comparisons < self._pause:
            if self.comparisons < 0:
                self._spent("comparisons")
            self._pause = max(self.comparisons - _PAUSE["comparisons"], 0)
            checkpoint()

    def _spent(self, what: Measure) -> None:
        message = f"reading and judging this {_WORDS[what].format(MOST[what])}, the bound kept for safety"
        if self.at == NOWHERE:
            raise SpentError(message)
        raise SpentError.at(self.at, message)


_CURRENT: Final[ContextVar[Budget | None]] = ContextVar("budget", default=None)


@contextmanager
def entered(budget: Budget) -> Iterator[Budget]:
    """Within, what is done is charged to `budget`."""
    token = _CURRENT.set(budget)
    try:
        yield budget
    finally:
        _CURRENT.reset(token)


def size(text: str) -> int:
    """What a text takes, in bytes: four for a character where it is not plain."""
    return len(text) if text.isascii() else 4 * len(text)


def current() -> Budget:
    """The budget of what is being done; a fresh one where nobody entered one."""
    return _CURRENT.get() or Budget()
