"""Masks code that tree-sitter's grammar reads differently from HashiCorp's parser, with other text of the same length."""

from __future__ import annotations

import re
from typing import Final

from wa_iac.core.late_pattern import late

_EXPONENT: Final = late(rb"(?<![\w.-])\d+[eE][+-]?\d+")
_NEGATIVE: Final = late(rb"-\d+[eE][+-]?\d")
_WORD_OR_EXPONENT: Final = late(rb"[A-Za-z_][\w-]*|\d+\.\d+(?:[eE][+-]?\d+)?|(\d+[eE][+-]?\d+)")
"""Names may contain dashes, so only the text before `-1e3` shows whether it is a number."""
_ESCAPED: Final = late(rb"(?<!\$)\$\$\$++(?=\{)|(?<!%)%%%++(?=\{)")
_NAME: Final = rb"[A-Za-z_\x80-\xff][\w\x80-\xff-]*+"
_HEREDOC: Final = late(rb"<<-?(" + _NAME + rb")[ \t]*\r?\n")
_BEGINNING: Final = late(rb"^([ \t]*)(" + _NAME + rb")(?=[ \t]*[$%])", re.MULTILINE)


_END: Final = late(rb"^([ \t]*)(" + _NAME + rb")(?=[ \t]*\r?$)", re.MULTILINE)
_PLAIN: Final = bytes(each if each < 0x80 else ord("_") for each in range(256))


def _heredocs(source: bytes) -> bytes:
    """The same source with changes for heredocs. Their markers are ASCII, the only ones that tree-sitter knows. And no line of
    a heredoc begins with its marker and goes on with a template, since tree-sitter would skip the template."""
    markers = set(_HEREDOC.findall(source))
    if not markers:
        return source
    source = _BEGINNING.sub(lambda match: match[1] + b"_" * len(match[2]) if match[2] in markers else match[0], source)
    if all(map(bytes.isascii, markers)):
        return source
    source = _END.sub(lambda match: match[0].translate(_PLAIN) if match[2] in markers else match[0], source)
    return _HEREDOC.sub(lambda match: match[0].translate(_PLAIN), source)


def plain(source: bytes) -> bytes:
    """The source that tree-sitter reads. `1e3` becomes a number of the same length, since its grammar knows exponents only
    after a fraction.

    It also does not know that the last two of three `$` or `%` before a brace are the escape, nor every form of a heredoc's
    lines.
    """
    if b"<<" in source:
        source = _heredocs(source)
    if b"$$${" in source or b"%%%{" in source:
        source = _ESCAPED.sub(lambda match: b"_" * (len(match[0]) - 2) + match[0][:2], source)
    if _NEGATIVE.search(source):
        return _WORD_OR_EXPONENT.sub(lambda match: b"1" * len(match[0]) if match[1] else match[0], source)
    return _EXPONENT.sub(lambda match: b"1" * len(match.group()), source)
