"""From spans to an editor's positions. Editors count UTF-8, UTF-16 or UTF-32 units from the start of a line; spans carry bytes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from wa_iac.core.files import is_utf16
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span

from .plain import UTF8, UTF32, Position, Range

_LINE_END = late(rb"\r\n|\r|\n")


class Lines:
    """The text of one file; editors show it without its byte-order mark."""

    def __init__(self, data: bytes, encoding: str) -> None:
        self._encoding = encoding
        # The byte offsets of spans in UTF-16 files are not those of this text: characters are counted there.
        self._exact = not is_utf16(data)
        self._data = data if self._exact else data.decode("utf-16", "replace").encode()
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(self._data))]
        self._is_plain = self._data.isascii()

    def range(self, span: Span) -> Range:
        """The range of a span; an empty span extends to the end of its line."""
        if self._exact and span.end_byte > 0:
            start, end = self.at(span.start_byte), self.at(span.end_byte)
        else:
            start = self.position(span.start_line, span.start_column)
            end = self.position(span.end_line, span.end_column)
        return Range(start, end) if start != end else self.rest(span.start_line, span.start_column)

    def rest(self, line: int, column: int | None) -> Range:
        """A line, counted from 1, from a column on, or from its first character that is not a blank."""
        text = self._text(line)
        first = len(text) - len(text.lstrip()) + 1
        # An error at the end of a line is shown on the whole line.
        column = first if column is None or column > len(text.rstrip()) else column
        return Range(self.position(line, column), self.position(line, max(len(text.rstrip()) + 1, column)))

    def position(self, line: int, column: int) -> Position:
        """A place by its line and its column in characters, both counted from 1."""
        return Position(max(line - 1, 0), self._units(self._text(line)[: column - 1]))

    def at(self, byte: int) -> Position:
        """A place by its offset in UTF-8."""
        line = bisect_right(self._starts, byte) - 1
        if self._is_plain:  # a whole template may be on one line
            return Position(line, min(byte, len(self._data)) - self._starts[line])
        return Position(line, self._units(self._data[self._starts[line] : byte].decode("utf-8", "replace")))

    def _text(self, line: int) -> str:
        if not 1 <= line <= len(self._starts):
            return ""
        end = self._starts[line] if line < len(self._starts) else len(self._data)
        text = self._data[self._starts[line - 1] : end].decode("utf-8", "replace").rstrip("\r\n")
        return text.removeprefix("\ufeff") if line == 1 else text

    def _units(self, text: str) -> int:
        text = text.removeprefix("\ufeff")
        if self._encoding == UTF32 or text.isascii():
            return len(text)
        if self._encoding == UTF8:
            return len(text.encode("utf-8", "replace"))
        return len(text.encode("utf-16-le", "replace")) // 2


class Texts:
    """The files of one check, each split into lines when first needed."""

    def __init__(self, sources: Mapping[str, bytes], encoding: str) -> None:
        self._sources = sources
        self.encoding = encoding
        self._lines: dict[str, Lines] = {}

    def of(self, path: str) -> Lines:
        found = self._lines.get(path)
        if found is None:
            found = self._lines[path] = Lines(self._sources.get(path, b""), self.encoding)
        return found

    def range(self, span: Span) -> Range:
        return self.of(span.path).range(span)
