"""Counts work instead of timing it: a count is the same on every machine, however busy it is.

    assert growth(lambda number: judge(directory, buckets(number)), 250) < 1.2

says that four times as many buckets need four times as much work, and not sixteen times.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any


def lines(work: Callable[[], object], of: re.Pattern[str] = re.compile("")) -> int:
    """The number of lines of Python that `work` executes in this thread, in files whose path contains a match of `of`.

    Each turn of a comprehension or a generator counts as one. Work within one call of a function that is written in C (a search in a
    list, a regular expression) does not count.
    """
    count = 0
    counted: dict[str, bool] = {}

    def line(_frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return line

    def enter(frame: FrameType, _event: str, _argument: object) -> Any:
        name = frame.f_code.co_filename
        if name not in counted:
            counted[name] = of.search(Path(name).as_posix()) is not None
        return line if counted[name] else None

    before = sys.gettrace()
    sys.settrace(enter)
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
