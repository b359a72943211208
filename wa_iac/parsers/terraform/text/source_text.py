"""The bytes of a file, and the lines and columns of places in them."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from wa_iac.core.span import Span

_STRETCH: Final = 1024
"""Bytes of a long line whose characters are counted at once."""
_FOLLOWING: Final = bytes(range(0x80, 0xC0))
"""The bytes that go on with a character of UTF-8."""


def _characters(source: bytes, start: int, end: int) -> int:
    """The number of characters that begin in a range of bytes."""
    return len(source[start:end].translate(None, _FOLLOWING))


class SourceText:
    """The bytes of one file, and the starts of its lines. `above` is the number of lines before it if it is a part of another
    file."""

    __slots__ = ("_above", "_ascii", "_columns", "_lines", "path", "source")

    def __init__(self, path: str, source: bytes, above: int = 0) -> None:
        self.path = path
        self.source = source
        self._above = above
        self._ascii = source.isascii()
        self._columns: dict[int, list[int]] = {}
        lines = [0]
        start = source.find(b"\n")
        while start >= 0:
            lines.append(start + 1)
            start = source.find(b"\n", start + 1)
        self._lines = lines

    def position(self, byte: int) -> tuple[int, int]:
        """Line and column of a byte, both counted from 1, columns in characters."""
        line = bisect_right(self._lines, byte)
        start = self._lines[line - 1]
        above = self._above
        if self._ascii:
            return line + above, byte - start + 1
        if byte - start <= _STRETCH:
            return line + above, len(self.source[start:byte].decode("utf-8", "replace")) + 1
        return line + above, self._column(line, start, byte)

    def _column(self, line: int, start: int, byte: int) -> int:
        """The column of a byte in a long line. Characters are counted once, at every `_STRETCH` bytes."""
        counted = self._columns.get(line)
        if counted is None:
            counted = self._columns[line] = [0]
        whole = (byte - start) // _STRETCH
        while len(counted) <= whole:
            at = start + (len(counted) - 1) * _STRETCH
            counted.append(counted[-1] + _characters(self.source, at, at + _STRETCH))
        return counted[whole] + _characters(self.source, start + whole * _STRETCH, byte) + 1

    def span(self, start: int, end: int) -> Span:
        """The span of a range of bytes; `end` is exclusive."""
        if self._ascii:
            # Most spans begin and end in one line, which is looked up once, without a call.
            lines = self._lines
            line = bisect_right(lines, start)
            before = lines[line - 1] - 1
            if line == len(lines) or end < lines[line]:
                line += self._above
                return tuple.__new__(Span, (self.path, line, start - before, line, end - before, start, end))
        return Span(self.path, *self.position(start), *self.position(end), start, end)

    def cut(self, start: int, end: int) -> str:
        """The characters of a range of bytes."""
        return self.source[start:end].decode("utf-8", "replace")
