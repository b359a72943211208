"""The text of the files that a report speaks of: lines, columns in other units, and what must not be shown."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping
from typing import Final

from wa_iac.core.secrets import Hidden

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_LINE_END_BYTES: Final = re.compile(_LINE_END.pattern.encode())
_SECRET_RULE: Final = re.compile(r"secret|password|credential|plaintext")
_SECRET_NAME: Final = re.compile(
    r"(?i:pass(?:word|wd|phrase)?|secret|token|credential|(?:private|access|api|auth)[_-]?key)[\w\"'-]*+(?P<value>\s*+[:=]\s*+"
    r"(?!(?i:[\"']?(?:true|false|optional|required|enabled|disabled)[\"']?)\s*+(?:[,;)}\]#/]|$)))?+"  # such a word is a setting, no secret
)
"""The name of a secret, and the sign that its value follows. It takes all of a long word even where none does: each part of a line
is looked at once."""
_SECRET: Final = re.compile(
    r"://[^/\s:@]++:[^/\s@]++@"  # a user and a password in an address
    r"|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"  # an access key id: its secret is seldom far
    r"|-----BEGIN"
)
_LONGEST: Final = 160
"""Characters shown of a line: a template written in one line would fill the screen with each finding."""


class Sources:
    """Files by their path as shown, decoded and split into lines at the first question about them."""

    def __init__(self, sources: Mapping[str, bytes], secrets: Collection[str] = ()) -> None:
        self._sources = sources
        self._hidden = Hidden(secrets)
        self._lines: dict[str, list[str]] = {}
        self._starts: dict[str, list[int]] = {}
        self._shown: dict[tuple[str, int], str | None] = {}

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
        if (path, line) not in self._shown:
            self._shown[path, line] = self._excerpt(lines[line - 1].rstrip())
        return self._shown[path, line]

    def _excerpt(self, text: str) -> str | None:
        if not text or _may_hold_secret(text) or self._hidden.holds(text):
            return None
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

    def position(self, path: str, byte: int) -> tuple[int, int]:
        """The line and column, both from 1, columns in characters, of a byte of a file."""
        data = self._sources.get(path, b"")
        starts = self._starts.get(path)
        if starts is None:
            starts = self._starts[path] = [0, *(end.end() for end in _LINE_END_BYTES.finditer(data))]
        line = bisect_right(starts, byte)
        before = data[starts[line - 1] : byte].decode("utf-8", "replace")
        # A byte-order mark is no character of the first line.
        return line, len(before.removeprefix("\ufeff") if line == 1 else before) + 1

    def utf16_column(self, path: str, line: int, column: int) -> int:
        """The column (from 1) in UTF-16 code units, as SARIF counts, of one that counts characters."""
        lines = self.lines(path)
        if not 1 <= line <= len(lines) or lines[line - 1].isascii():
            return column
        before = lines[line - 1][: column - 1]
        return len(before.encode("utf-16-le", "surrogatepass")) // 2 + 1 + column - 1 - len(before)


def _may_hold_secret(text: str) -> bool:
    return _SECRET.search(text) is not None or any(each["value"] is not None for each in _SECRET_NAME.finditer(text))
