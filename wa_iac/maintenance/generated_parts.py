"""Parts of documents that are generated: each between two comments, which stay."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class GeneratedPart(NamedTuple):
    """The place of a generated part."""

    document: Path
    begin: str
    end: str

    def within(self, text: str, content: str) -> str:
        """The document's text with `content` between the two comments. Raises `ValueError` if it lacks one of them."""
        before, begin, rest = text.partition(self.begin)
        _, end, after = rest.partition(self.end)
        if not (begin and end):
            raise ValueError(f"{self.document} has no place for this part: {self.begin} ... {self.end}")
        return f"{before}{self.begin}\n\n{content}\n{self.end}{after}"

    def write(self, content: str) -> None:
        """Write `content` into the document."""
        self.document.write_text(self.within(self.document.read_text(encoding="utf-8"), content), encoding="utf-8")
