"""Places in files."""

from __future__ import annotations

from typing import Final, NamedTuple


class Span(NamedTuple):
    """A stretch of a file. Lines and columns count from 1, columns in characters; the end is exclusive. Bytes count from 0."""

    path: str
    start_line: int
    start_column: int
    end_line: int
    end_column: int
    start_byte: int = 0
    end_byte: int = 0

    def holds(self, other: Span) -> bool:
        """Whether another stretch begins within this one; both need their bytes."""
        return self.path == other.path and self.start_byte <= other.start_byte < self.end_byte


NOWHERE: Final = Span("", 1, 1, 1, 1)


def within(text: str, line: int, column: int) -> tuple[int, int]:
    """A place of a text; the end of its last line for one behind that, where a reader finds that something is missing."""
    last = text.count("\n") + (not text.endswith("\n"))
    if line <= last:
        return line, column
    return last, len(text[text.rfind("\n", 0, -1) + 1 :].rstrip("\r\n")) + 1
