"""The progress of a run in one line, with an estimate of the time left."""

from __future__ import annotations

import time
from typing import Final

from .run import Outcome

_LEAST: Final = 0.02
"""The part of the work from which its speed says something about the rest."""


class Estimate:
    """Sees how the run goes on from its start."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    def line(self, outcome: Outcome, part: float) -> str:
        """For example `120 of 500 entries, 3 not read or read in part, about 2 minutes left`. `part` is the part of the work that is done."""
        said = [f"{len(outcome.done):,} of {outcome.total:,} entries"]
        unread = len(outcome.unread)
        if unread:
            said.append(f"{unread:,} not read or read in part")
        if _LEAST <= part < 1:
            said.append(f"about {in_words((time.monotonic() - self._started) * (1 - part) / part)} left")
        return ", ".join(said)


def in_words(seconds: float) -> str:
    """A time in words, in the largest unit that says enough: `40 seconds`, `3 minutes`, `2 hours`."""
    for unit, size in (("hour", 3600), ("minute", 60)):
        if seconds >= 1.5 * size:
            return f"{round(seconds / size)} {unit}s"
    number = max(1, round(seconds))
    return "1 second" if number == 1 else f"{number} seconds"
