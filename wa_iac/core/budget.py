"""Limits on the work for one unit, so that no input uses all time or memory. One budget is charged wherever something is
evaluated, made or compared. Code that reads or checks a unit enters a budget; without one, nothing is limited.

A budget also knows the last place that was looked at, so that an error can name it.
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
"""The limits for one unit whose sources have at most `FREE` bytes: together a few seconds, and less than a gigabyte. steps: expressions evaluated and nodes made.
bytes: text and other data made by evaluation. comparisons: values, members or characters that are compared or iterated over. An
iteration step in Python code, not inside a built-in function, counts as several (`EACH`)."""
EACH: Final = 5
"""Comparisons charged for one element when Python code, not a built-in function, goes over it."""

FREE: Final = 1_000_000
FOR_A_BYTE: Final[dict[Measure, int]] = {"steps": 2, "bytes": 2, "comparisons": 20}
"""What each byte beyond `FREE` adds to the limits, so that the work stays proportional to what was written. Real configurations need
half a step for a byte."""

_PAUSE: Final[dict[Measure, int]] = {"steps": 5_000, "comparisons": 500_000}
"""Amounts between two checks whether the run is still wanted: some hundredths of a second."""

_WORDS: Final[dict[Measure, str]] = {
    "steps": "needs more than {:,} steps",
    "bytes": "makes more than {:,} bytes of text",
    "comparisons": "needs more than {:,} comparisons",
}


class SpentError(BoundError):
    """A unit's budget is used up, so the rest of the unit is not read or checked. The message names the limit."""


class Budget:
    """The rest of one unit's budget, whose sources have `read` bytes so far. `at` is the last place that was looked at.

    The hottest loop subtracts steps itself, and calls `step(0)` once `steps` is below `pause`.
    """

    __slots__ = ("_pause", "_read", "at", "bytes", "comparisons", "pause", "steps")

    def __init__(self, read: int = 0) -> None:
        self.at: Span = NOWHERE
        self._read = 0
        self.steps = MOST["steps"]
        self.bytes = MOST["bytes"]
        self.comparisons = MOST["comparisons"]
        self.pause = max(self.steps - _PAUSE["steps"], 0)
        self._pause = max(self.comparisons - _PAUSE["comparisons"], 0)
        if read:
            self.read(read)

    def read(self, number: int) -> None:
        """Allow for the size of a source in bytes, once for each that belongs to the unit."""
        before = self._beyond
        self._read += number
        more = self._beyond - before
        self.steps += more * FOR_A_BYTE["steps"]
        self.bytes += more * FOR_A_BYTE["bytes"]
        self.comparisons += more * FOR_A_BYTE["comparisons"]

    @property
    def _beyond(self) -> int:
        return max(self._read - FREE, 0)

    def step(self, number: int = 1, at: Span | None = None) -> None:
        """Count steps of evaluation, at a place. Raises `SpentError`, or `Superseded` if the run is no longer wanted."""
        if at is not None:
            self.at = at
        self.steps -= number
        if self.steps < self.pause:
            if self.steps < 0:
                self._spent("steps")
            self.pause = max(self.steps - _PAUSE["steps"], 0)
            checkpoint()

    def make(self, number: int) -> None:
        """Count bytes, if possible before they are made. Raises `SpentError`."""
        self.bytes -= number
        if self.bytes < 0:
            self._spent("bytes")

    def compare(self, number: int) -> None:
        """Count comparisons, if possible before they are made. Raises the same errors as `step`."""
        self.comparisons -= number
        if self.comparisons < self._pause:
            if self.comparisons < 0:
                self._spent("comparisons")
            self._pause = max(self.comparisons - _PAUSE["comparisons"], 0)
            checkpoint()

    def _spent(self, what: Measure) -> None:
        message = (
            f"reading and checking this {_WORDS[what].format(MOST[what] + self._beyond * FOR_A_BYTE[what])}, the safety limit"
        )
        if self.at == NOWHERE:
            raise SpentError(message)
        raise SpentError.at(self.at, message)


_CURRENT: Final[ContextVar[Budget | None]] = ContextVar("budget", default=None)


@contextmanager
def entered(budget: Budget) -> Iterator[Budget]:
    """Charge everything inside this context to `budget`."""
    token = _CURRENT.set(budget)
    try:
        yield budget
    finally:
        _CURRENT.reset(token)


def size(text: str) -> int:
    """The size of a text in bytes, at most: four for each character if it is not ASCII."""
    return len(text) if text.isascii() else 4 * len(text)


def current() -> Budget:
    """The current budget; a fresh one if none was entered."""
    return _CURRENT.get() or Budget()
