"""GitHub's `primaryLocationLineHash`, by which code scanning recognises an alert whose line has moved.

The upload action computes it if it is missing, and warns if ours differs; an upload through the REST API gets no such help. The
algorithm is the action's: a line's hash is the polynomial, base 37 modulo 2**64, of the hundred UTF-16 code units from its
start, spaces and tabs left out and each line end counted as one line feed. The end of the file is the unit 65535, then zeros.
Equal hashes are numbered in the order of their lines: `a7f2ff13bc495cf2:2`.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter
from itertools import accumulate
from typing import Final

from wa_iac.core.late_pattern import late

_WINDOW: Final = 100
_BASE: Final = 37
_MASK: Final = 2**64 - 1
_FIRST: Final = pow(_BASE, _WINDOW, 2**64)
_END: Final = 65535
_LINE_FEED: Final = 10
_LINE_END: Final = late(r"\r\n?")
_BLANK: Final = late(r"[ \t]")


def line_hashes(text: str) -> list[str]:
    """The hash of each line of `text`, in order; the rest after the last line end counts as a line, even if it is empty."""
    # The blanks go last: a carriage return, a space and a line feed end two lines.
    normal = _BLANK.sub("", _LINE_END.sub("\n", text))
    units = array("H", normal.encode(f"utf-16-{sys.byteorder[0]}e", "surrogatepass"))
    units.extend((_END, *(0,) * _WINDOW))
    # prefix[i] is the polynomial of the first i units, so that a window's is the difference of two of them.
    prefix = list(accumulate(units, lambda total, unit: (total * _BASE + unit) & _MASK, initial=0))
    starts = [0, *(index + 1 for index, unit in enumerate(units) if unit == _LINE_FEED)]
    seen: Counter[str] = Counter()
    hashes: list[str] = []
    for start in starts:
        value = f"{(prefix[start + _WINDOW] - prefix[start] * _FIRST) & _MASK:x}"
        seen[value] += 1
        hashes.append(f"{value}:{seen[value]}")
    return hashes
