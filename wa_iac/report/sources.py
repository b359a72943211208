"""The text of the files that a report speaks of: lines, columns in other units, and what must not be shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_SECRET_RULE: Final = re.compile(r"secret|password|credential|plaintext")
_SECRET_LINE: Final = re.compile(
    r"(?i:pass(?:word|wd|phrase)?|secret|token|credential|(?:private|access|api|auth)[_-]?key)[\w\"'-]*\s*[:=]"
    r"|://[^/\s:@]+:[^/\s@]+@"  # a user and a password in an address
    r"|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"  # an access key id: its secret is seldom far
    r"|-----BEGIN"
)
_LONGEST: Final = 160
"""Characters shown of a line: a template written in one line would fill the screen with each finding."""


class Sources:
    """Files by their path as shown, decoded and split into lines at the first question about them."""

    def __init__(self, sources: Mapping[str, bytes]) -> None:
        self._sources = sources
        self._lines: dict[str, list[str]] = {}

    def lines(self, path: str) -> list[str]:
        """The lines of a file without their ends; none where it was not read."""
        found = self._lines.get(path)
        if found is None:
            found = self._lines[path] = _LINE_END.split(self.text(path))
        return found

    def text(self, path: str) -> str:
        """The file as text; what is not UTF-8 in it is U+FFFD. Empty where the file was not read."""
        return self._sources.get(path, b"").decode("utf-8", "replace")

    def __contains__(self, path: object) -> bool:
        return path in self._sources

    def excerpt(self, slug: str, path: str, line: int) -> str | None:
        """Line `line` (from 1) as it may be shown for a finding of rule `slug`; None where there is nothing to show.

        A finding does not say whether its value is sensitive. So a rule on secrets shows no source at all, and no rule shows
        a line that looks as if it held one: a report ends up in build logs, which more people read than the repository.
        """
        lines = self.lines(path)
        if _SECRET_RULE.search(slug) or not 1 <= line <= len(lines):
            return None
        text = lines[line - 1].rstrip()
        if not text or _SECRET_LINE.search(text):
            return None
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

    def position(self, path: str, byte: int) -> tuple[int, int]:
        """The line and column, both from 1, columns in characters, of a byte of a file."""
        # A byte-order mark is no character of the first line, and half a character at the end makes no difference to its start.
        before = self._sources.get(path, b"")[:byte].decode("utf-8", "replace").removeprefix("\ufeff")
        *above, line = _LINE_END.split(before)
        return len(above) + 1, len(line) + 1

    def utf16_column(self, path: str, line: int, column: int) -> int:
        """The column (from 1) in UTF-16 code units, as SARIF counts, of one that counts characters."""
        lines = self.lines(path)
        if not 1 <= line <= len(lines) or lines[line - 1].isascii():
            return column
        before = lines[line - 1][: column - 1]
        return column + sum(ord(character) > 0xFFFF for character in before)
