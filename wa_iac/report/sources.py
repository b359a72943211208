"""The text of a report's files: lines, columns in other units, and text that must not be shown."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Final

from wa_iac.core.files import is_utf16
from wa_iac.core.late_pattern import late
from wa_iac.core.secrets import Hidden

_LINE_END: Final = late(r"\r\n|\r|\n")
_LINE_END_BYTES: Final = late(_LINE_END.pattern.encode())
_SECRET_RULE: Final = late(r"(?<!eks-)secret(?!smanager-)|password(?!-policy)|credential|plaintext")
"""The slug of a rule on secrets in the code; what passwords have to look like, and who may read a secret, is none."""
_END: Final = r"[\"']?\s*(?:[,;)}\]#/]|$)"
_SECRET_LINE: Final = late(
    # The first letters are asked first, since nearly all lines have none of them.
    r"(?=(?i:pass|secret|token|cred|private|access|api|auth))"
    # A number of characters or days, or a kind of password or token: no secret.
    rf"(?![\w\"'-]*(?i:length|age|prevention|validity|expiry|expiration|duration|days|hours|minutes|seconds|limit|count|ttl)"
    rf"[\"']?\s*[:=]\s*[\"']?\d{{1,5}}{_END})"
    rf"(?![\w\"'-]*(?i:type|mode|strategy|source|units?|algorithm)[\"']?\s*[:=]\s*[\"']?[A-Z]+(?:_[A-Z]+)*{_END})"
    r"(?i:pass(?:word|wd|phrase)?|secret|token|credential|(?:private|access|api|auth)[_-]?key)[\w\"'-]*\s*[:=]\s*+"
    rf"(?!(?i:[\"']?(?:true|false|null|none|optional|required|enabled|disabled)){_END})"  # a setting, not a secret
    r"|://[^/\s:@]+:[^/\s@]+@"  # a user and a password in an address
    r"|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"  # an access key id, with its secret often near
    r"|-----BEGIN"
)
_REFERENCE: Final = late(
    r"[\"']?(?:\$\{)?(?:var|local|data|module|each|self|random_password|aws_\w+)(?:\.[\w*-]+|\[[^\]]*\])+\}?[\"']?\s*,?\s*$"
    r"|!(?:Ref|GetAtt|ImportValue|FindInMap|If)\b|(?:!Sub\s+)?[\"']?\{\{resolve:|\{|\[?$|null\b"
)
"""What stands after the name of a secret, if it is no secret itself."""
_LONGEST: Final = 160
"""Characters shown of a line, since each finding in a template on one line would fill the screen."""


_LOOKED_AT: Final = 4 * _LONGEST


@lru_cache(1024)
def _is_on_secrets(slug: str) -> bool:
    return _SECRET_RULE.search(slug) is not None


class Sources:
    """Files by their shown path, decoded and split into lines when first needed."""

    def __init__(self, sources: Mapping[str, bytes], secrets: Collection[str] = ()) -> None:
        self._sources = sources
        self._hidden = Hidden(secrets)
        self._lines: dict[str, list[str]] = {}
        self._starts: dict[str, list[int]] = {}
        self._ascii: dict[str, bool] = {}
        self._wide: dict[tuple[str, int], list[int]] = {}

    def lines(self, path: str) -> list[str]:
        """The lines of a file without their ends; empty if it was not read."""
        found = self._lines.get(path)
        if found is None:
            text = self.text(path)
            found = self._lines[path] = _LINE_END.split(text) if "\r" in text else text.split("\n")
        return found

    def text(self, path: str) -> str:
        """The file as text, in UTF-16 if it says so; bytes that are no text become U+FFFD. Empty if the file was not read."""
        data = self._sources.get(path, b"")
        # A byte-order mark is not a character of the first line.
        return data.decode("utf-16" if is_utf16(data) else "utf-8-sig", "replace")

    def __contains__(self, path: object) -> bool:
        return path in self._sources

    def excerpt(self, slug: str, path: str, line: int) -> str | None:
        """Line `line` (from 1) as it may be shown for a finding of rule `slug`; None if there is nothing to show.

        A finding does not say whether its value is sensitive. So a rule on secrets shows no source at all, and no rule shows
        a line that looks as if it contained one: reports end up in build logs, which more people read than the repository.
        """
        lines = self.lines(path)
        if not 1 <= line <= len(lines):
            return None
        # A secret that continues beyond the shown part begins in it.
        text = lines[line - 1][:_LOOKED_AT].rstrip()
        if not text or self.hides(slug, text):
            return None
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"

    def hides(self, slug: str, text: str) -> bool:
        """Whether a piece of a line must not be shown for a finding of rule `slug`."""
        return _is_on_secrets(slug) or _SECRET_LINE.search(text) is not None or self._hidden.holds(text)

    def holds_secret(self, text: str) -> bool:
        """Whether a whole line holds what may be a secret itself, and not only the name of one, or a reference to it."""
        if self._hidden.holds(text):
            return True
        found = _SECRET_LINE.finditer(text)
        return any(each[0].rstrip()[-1:] not in (":", "=") or not _REFERENCE.match(text, each.end()) for each in found)

    def position(self, path: str, byte: int) -> tuple[int, int]:
        """The line and column, both from 1, columns in characters, of a byte of a file."""
        data = self._sources.get(path, b"")
        starts = self._starts.get(path)
        if starts is None:
            starts = self._starts[path] = [0, *(end.end() for end in _LINE_END_BYTES.finditer(data))]
        line = bisect_right(starts, byte)
        if path not in self._ascii:
            self._ascii[path] = data.isascii()
        if self._ascii[path]:
            return line, byte - starts[line - 1] + 1
        before = data[starts[line - 1] : byte].decode("utf-8", "replace")
        # A byte-order mark is not a character of the first line.
        return line, len(before.removeprefix("\ufeff") if line == 1 else before) + 1

    def utf16_column(self, path: str, line: int, column: int) -> int:
        """The column (from 1) in UTF-16 code units, as SARIF counts, of one that counts characters."""
        lines = self.lines(path)
        if not 1 <= line <= len(lines) or lines[line - 1].isascii():
            return column
        key = (path, line)
        if key not in self._wide:
            self._wide[key] = [index for index, character in enumerate(lines[line - 1]) if ord(character) > 0xFFFF]
        return column + bisect_left(self._wide[key], column - 1)
