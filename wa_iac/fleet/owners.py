"""The owners of files, by a repository's CODEOWNERS, as GitHub reads it.

https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners,
read 2026-11-29.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple

from wa_iac.core import files
from wa_iac.core.late_pattern import late

PLACES: Final = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
"""Where GitHub looks, in this order; the first file counts alone."""
_LARGEST: Final = 3_000_000
"""Bytes; GitHub ignores a larger file."""
_OWNER: Final = late(r"@[\w.-]+(/[\w.-]+)?|[^@\s]+@[^@\s]+")
"""`@user`, `@organization/team` or an e-mail address."""
_WORD: Final = late(r"(?:\\.|[^\s\\])+")
_TOKEN: Final = late(r"\\.|\*+|[^*\\]", re.DOTALL)


class Line(NamedTuple):
    """A line that counts: a pattern of paths, and their owners, which may be none."""

    pattern: str
    owners: tuple[str, ...]


class Owners:
    """The owners of a repository's files. Without CODEOWNERS, no file has any."""

    def __init__(self, text: str = "") -> None:
        self._lines = list(_lines(text))

    @classmethod
    def of(cls, root: Path) -> Owners:
        """Those of the repository at `root`, a resolved directory. A file that cannot be read, or is too large, counts as none: as for
        GitHub."""
        for place in PLACES:
            try:
                return cls(files.read(root / place, within=root, most=_LARGEST).decode("utf-8", "replace"))
            except files.TooLargeError:
                return cls()
            except OSError:
                continue
        return cls()

    def of_file(self, path: str) -> tuple[str, ...]:
        """The owners of a file, by its path from the repository's root with `/`: those of the last line that matches."""
        owners: tuple[str, ...]
        for pattern, owners in reversed(self._patterns):
            if pattern.fullmatch(path) is not None:
                return owners
        return ()

    @cached_property
    def _patterns(self) -> list[tuple[Any, tuple[str, ...]]]:
        if not self._lines:
            return []
        import re2  # its time grows with the text only: anybody may have written the patterns

        options = re2.Options()
        options.log_errors = False
        found = []
        for each in self._lines:
            try:
                found.append((re2.compile(_expression(each.pattern), options), each.owners))
            except re2.error:
                continue  # GitHub skips a line that it cannot read, too
        return found


def _lines(text: str) -> Iterator[Line]:
    """The lines that GitHub does not skip: no comment, no `!` or `[` in the pattern, and each owner in a form that it knows."""
    for line in text.splitlines():
        words: list[str] = []
        for word in _WORD.findall(line):
            if word.startswith("#"):
                break
            words.append(word)
        if not words or words[0].startswith(("!", "\\#")) or "[" in words[0]:
            continue
        pattern, *owners = words
        if all(_OWNER.fullmatch(each) for each in owners):
            yield Line(pattern, tuple(owners))


def _expression(pattern: str) -> str:
    """A regular expression for the paths that a pattern names: as in `.gitignore`, but `docs/*` names nothing in directories below."""
    body = pattern.strip("/")
    anchored = "/" in pattern.rstrip("/")
    before = "" if anchored else "(?:.*/)?"
    if pattern.endswith("/"):
        after = "/.*"
    elif anchored and body.rpartition("/")[2] == "*":
        after = ""
    else:
        after = "(?:/.*)?"
    parts: list[str] = []
    pieces = body.split("/")
    for number, piece in enumerate(pieces):
        last = number == len(pieces) - 1
        if piece == "**":
            parts.append(".*" if last else "(?:.*/)?")
        else:
            parts.append("".join(map(_sign, _TOKEN.findall(piece))) + ("" if last else "/"))
    return f"(?s:{before}{''.join(parts)}{after})"


def _sign(sign: str) -> str:
    if sign.startswith("*"):
        return "[^/]*"
    if sign == "?":
        return "[^/]"
    return re.escape(sign[1:] if sign.startswith("\\") and len(sign) > 1 else sign)
