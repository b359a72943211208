"""Sources for which tree-sitter would need minutes or gigabytes: they are not read."""

from __future__ import annotations

import re
import time
from itertools import accumulate
from typing import Final, cast

from tree_sitter import Parser, Point, Tree

from wa_iac.core.errors import BoundError
from wa_iac.core.late_pattern import late

_BRACKETS: Final = {**dict.fromkeys(b"([{", 1), **dict.fromkeys(b")]}", -1)}
_OTHERS: Final = bytes(each for each in range(256) if each not in _BRACKETS)
MOST_BRACKETS: Final = 5_000
_SMALL: Final = 20_000
_PIECE: Final = 65_536
_PUNCTUATION: Final = bytes(each for each in range(256) if not 33 <= each < 127 or chr(each).isalnum() or each == ord("_"))
MOST_WORDS: Final = 1_200_000
MOST_PIECES: Final = 300_000
MOST_BLANKS: Final = 10_000
_BLANKS: Final = late(rb"(?<!\s)\s{200,}+")
"""Inside an expression tree-sitter looks through all blanks that follow, from each of them: seconds for `MOST_BLANKS`."""
MOST_SECONDS: Final = 20
"""Seconds of processor time for one file. Tree-sitter looks for ways around errors, and may need the square of a file's length."""


def excess(source: bytes) -> str | None:
    """Why tree-sitter would need minutes or gigabytes for a source; None for any that a person might have written.

    Brackets in strings and comments also count: `MOST_BRACKETS` is far beyond what those come to.
    """
    if len(source) <= _SMALL:
        return None
    brackets = source.translate(None, _OTHERS)
    if len(brackets) > MOST_BRACKETS and max(accumulate(map(_BRACKETS.__getitem__, brackets)), default=0) > MOST_BRACKETS:
        return f"more than {MOST_BRACKETS:,} brackets are open at once: the file is not read"
    if sum(len(each) ** 2 for each in _BLANKS.findall(source)) > MOST_BLANKS**2:
        return f"stretches of blanks have more than {MOST_BLANKS:,} characters together: the file is not read"
    if len(source) > MOST_WORDS // 2:
        words = len(source.translate(None, _PUNCTUATION)) + sum(1 for _ in re.finditer(rb"\S+", source))
        if words > MOST_WORDS:
            return f"the file has more than {MOST_WORDS:,} tokens: it is not read"
    return None


def parsed_in_time(parser: Parser, source: bytes, old: Tree | None = None) -> Tree:
    """The tree of a source; `old` is that of an earlier text, edited. Raises `BoundError` after `MOST_SECONDS`."""
    if len(source) <= _SMALL:
        return parser.parse(source) if old is None else parser.parse(source, old)
    end = time.process_time() + MOST_SECONDS

    def rest(offset: int, point: Point | None) -> bytes:
        del point
        return source[offset : offset + _PIECE]

    def is_late(offset: int, has_error: bool) -> bool:
        del offset, has_error
        return time.process_time() > end

    try:
        if old is None:
            found = parser.parse(rest, progress_callback=is_late)
        else:
            found = parser.parse(rest, old, progress_callback=is_late)
        tree = cast("Tree | None", found)
    except ValueError:
        tree = None
    if tree is None:
        parser.reset()  # or it would go on with this text
        raise BoundError(f"reading it needs more than {MOST_SECONDS} seconds, the safety limit: the file is not read")
    return tree
