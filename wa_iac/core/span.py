"""Places in files."""

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


NOWHERE: Final = Span("", 1, 1, 1, 1)
