"""Sources for which tree-sitter would need minutes or gigabytes: they are not read."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Final

_BRACKETS: Final = {**dict.fromkeys(b"([{", 1), **dict.fromkeys(b")]}", -1)}
_OTHERS: Final = bytes(each for each in range(256) if each not in _BRACKETS)
MOST_BRACKETS: Final = 5_000
_SMALL: Final = 20_000
_PUNCTUATION: Final = bytes(each for each in range(256) if not 33 <= each < 127 or chr(each).isalnum() or each == ord("_"))
MOST_WORDS: Final = 1_200_000
MOST_PIECES: Final = 300_000
MOST_BLANKS: Final = 10_000
_BLANKS: Final = re.compile(rb"\s{200,}+")
"""Inside an expression tree-sitter looks through all blanks that follow, from each of them: seconds for `MOST_BLANKS`."""


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
