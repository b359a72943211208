"""The text of quoted templates and heredocs: escapes, stripped indentation, whitespace markers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from wa_iac.core.late_pattern import late

if TYPE_CHECKING:
    from tree_sitter import Node

_SIMPLE: Final = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_ESCAPE: Final = late(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))|\$\$\{|%%\{", re.DOTALL)
_MARKER: Final = late(r"\$\$\{|%%\{")


def _unescaped(match: re.Match[str]) -> str:
    short, long, simple = match.groups()
    if short or long:
        point = int(short or long, 16)
        return chr(point) if point <= 0x10FFFF and not 0xD800 <= point < 0xE000 else "�"
    if simple is not None:
        return _SIMPLE.get(simple, match.group())
    return match.group()[1:]


def unescape(text: str) -> str:
    r"""The content of a quoted literal: `\n`, `\"`, `\u00e9`, and `$${` for a literal `${`."""
    return _composed(_ESCAPE.sub(_unescaped, text) if "\\" in text or "{" in text else text)


def unescape_heredoc(text: str) -> str:
    """The content of a heredoc's literal. Only `$${` and `%%{` are escapes in it."""
    return _composed(_MARKER.sub(lambda match: match.group()[1:], text) if "{" in text else text)


def _composed(text: str) -> str:
    """A text in Terraform's normal form: a letter with its accent is one character, however it is written."""
    return text if text.isascii() else normalize("NFC", text)


SPACE: Final = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""The white space of Go's `unicode.IsSpace`."""


def lines(text: str, *, joined: bool) -> list[str]:
    """The lines of a text, each with its newline. If `joined` is set, all lines between the first and the last one are one."""
    *whole, rest = text.split("\n")
    found = [f"{line}\n" for line in whole]
    if rest:
        found.append(rest)
    if joined and len(found) > 3:
        found[1:-1] = ["".join(found[1:-1])]
    return found


class TemplatePiece:
    """A part of the literal text within one line of a template, while whitespace is being removed from it."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


def dedent(pieces: Iterable[TemplatePiece | None]) -> None:
    """The effect of `<<-`: the smallest indentation of any line is removed from all. `None` represents an interpolation.

    A line of nothing but whitespace does not count; a line that begins with an interpolation has no indentation.
    """
    margin: int | None = None
    starts: list[TemplatePiece] = []
    fresh = True
    for piece in pieces:
        if fresh:
            fresh = False
            indentation: int | None = 0
            if piece is not None:
                indentation = len(piece.text) - len(piece.text.lstrip(SPACE))
                if indentation == len(piece.text) and piece.text.endswith("\n"):
                    indentation = None
                else:
                    starts.append(piece)
            if indentation is not None:
                margin = indentation if margin is None else min(margin, indentation)
        if piece is not None and piece.text.endswith("\n"):
            fresh = True
    for piece in starts:
        piece.text = piece.text[margin or 0 :]


def markers(node: Node) -> tuple[bool, bool]:
    """Whether whitespace is stripped before and after an interpolation or a directive's tag."""
    if node.type == "template_directive":
        tags = node.children[0].children
        return markers(tags[0])[0], markers(tags[-1])[1]
    kinds = [child.type for child in node.children]
    return len(kinds) > 1 and kinds[1] == "strip_marker", len(kinds) > 2 and kinds[-2] == "strip_marker"
