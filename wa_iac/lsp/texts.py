"""A text in pieces, for an editor's changes: a change costs as much in a large text as in a small one, regardless of its lines.

For an editor, lines end only at a line feed, at a carriage return or at both together.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from lsprotocol.types import Position, Range

from wa_iac.core.late_pattern import late

from .plain import UTF8, UTF32

PIECE: Final = 1 << 16
"""Characters of a piece, or up to twice as many."""
_END: Final = late(r"\r\n|\r|\n")
_CODECS: Final = {True: ("utf-8", 1), False: ("utf-16-le", 2)}


class _Piece:
    """A part of a text. No line end is split between two pieces."""

    __slots__ = ("ends", "text", "units")

    def __init__(self, text: str) -> None:
        self.text = text
        self.ends = text.count("\n") + (text.count("\r") - text.count("\r\n") if "\r" in text else 0)
        self.units: int | None = len(text) if text.isascii() else None
        """Its width in the editor's units, once computed."""


class EditedText:
    """One text. `encoding` is the editor's unit of columns."""

    def __init__(self, text: str, encoding: str) -> None:
        self._encoding = encoding
        self.pieces = list(_pieces(text))

    def __str__(self) -> str:
        return "".join(each.text for each in self.pieces)

    def change(self, place: Range, new: str) -> None:
        """Replace a range. A place that does not exist means the end of the line or of the text."""
        pieces = self.pieces
        first, before = self._at(place.start)
        last, behind = max(self._at(place.end), (first, before))
        if 0 < first == len(pieces):  # text written at the end does not become its own piece
            first, before = first - 1, len(pieces[-1].text)
        start = pieces[first].text[:before] if first < len(pieces) else ""
        end = pieces[last].text[behind:] if last < len(pieces) else ""
        changed, last = start + new + end, min(last + 1, len(pieces))
        # A carriage return and a line feed that become adjacent are one line end.
        if first > 0 and (not changed or changed[0] == "\n") and pieces[first - 1].text[-1] == "\r":
            first -= 1
            changed = pieces[first].text + changed
        if last < len(pieces) and changed.endswith("\r") and pieces[last].text[0] == "\n":
            changed += pieces[last].text
            last += 1
        pieces[first:last] = _pieces(changed)

    def _at(self, position: Position) -> tuple[int, int]:
        """A piece, and a character in it."""
        index, line = 0, max(position.line, 0)
        while index < len(self.pieces) and line > self.pieces[index].ends:
            line -= self.pieces[index].ends
            index += 1
        if index == len(self.pieces):
            return index, 0
        piece = self.pieces[index]
        at = next(islice(_END.finditer(piece.text), line - 1, None)).end() if line > 0 else 0
        return self._column(index, at, max(position.character, 0))

    def _column(self, index: int, at: int, column: int) -> tuple[int, int]:
        """The place some columns further, at most at the end of the line."""
        while index < len(self.pieces):
            piece = self.pieces[index]
            end = _END.search(piece.text, at) if piece.ends else None
            part = piece.text[at : end.start()] if end is not None else piece.text[at:]
            width = self._width(piece) if part == piece.text else self._units(part)
            if column < width or end is not None:
                return index, at + self._characters(part, column)
            index, at, column = index + 1, 0, column - width
        return index, 0

    def _width(self, piece: _Piece) -> int:
        if piece.units is None:
            piece.units = self._units(piece.text)
        return piece.units

    def _units(self, text: str) -> int:
        if self._encoding == UTF32 or text.isascii():
            return len(text)
        codec, width = _CODECS[self._encoding == UTF8]
        return len(text.encode(codec, "surrogatepass")) // width

    def _characters(self, text: str, units: int) -> int:
        """The number of characters for an editor's units, at most all of them."""
        if self._encoding == UTF32 or text.isascii():
            return min(units, len(text))
        codec, width = _CODECS[self._encoding == UTF8]
        before = text.encode(codec, "surrogatepass")[: units * width]
        return len(before.decode(codec, "ignore" if self._encoding == UTF8 else "surrogatepass"))


def _pieces(text: str) -> Iterator[_Piece]:
    at = 0
    while len(text) - at > 2 * PIECE:
        end = at + PIECE + text.startswith("\r\n", at + PIECE - 1)
        yield _Piece(text[at:end])
        at = end
    if at < len(text):
        yield _Piece(text[at:])
