"""Counts work instead of timing it: a count is the same on every machine, however busy it is.

    assert growth(lambda number: judge(directory, buckets(number)), 250) < 1.2

says that four times as many buckets need four times as much work, and not sixteen times.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def lines(work: Callable[[], object]) -> int:
    """The number of lines of Python that `work` executes in this thread. Each turn of a comprehension or generator counts as one.

    What happens within one call of a function that is written in C (a search in a list, a regular expression) does not count.
    """
    count = 0

    def trace(_frame: FrameType, event: str, _argument: Any) -> Callable[..., Any]:
        nonlocal count
        if event == "line":
            count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def growth(work: Callable[[int], object], number: int, times: int = 4) -> float:
    """How the work grows from `number` things to `times` as many: 1 where in proportion, `times` where with the square.

    The work is done once before it is counted, since the first time imports modules and fills caches.
    """
    work(number)
    return lines(lambda: work(times * number)) / lines(lambda: work(number)) / times
