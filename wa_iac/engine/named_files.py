"""The files that a name or a pattern means. A settings file of the tree may hold any pattern: it is looked for in the tree only, visits
each directory once, and ends at a bound."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from fnmatch import translate
from glob import has_magic
from pathlib import Path
from typing import Final

from wa_iac.core import files
from wa_iac.core.errors import UsageError

MOST_LISTED: Final = 200_000
"""Entries of directories that the patterns of one settings file, or those for values, may look at."""


class NamedFiles:
    """Finds files by patterns: `*` and `?` within a name, `[a-z]`, and `**` across directories. Names that begin with a dot are found
    only by a pattern that has the dot. The bound is on all patterns together."""

    def __init__(self) -> None:
        self._left = MOST_LISTED

    def matching(self, pattern: str, within: Path | None = None) -> list[Path]:
        """The files that match, sorted. None is outside the resolved directory `within`, and no directory
        outside of it is listed.

        Raises `UsageError` if it would have to look at too much.
        """
        found = set(self._walk(Path(pattern).parts, within, pattern))
        return sorted(each for each in found if within is None or files.resolved(each).is_relative_to(within))

    def _walk(self, parts: tuple[str, ...], within: Path | None, pattern: str) -> Iterator[Path]:
        waiting = [(Path(), 0)]
        seen: set[tuple[Path, int]] = set()
        while waiting:
            each = waiting.pop()
            if each in seen:
                continue
            seen.add(each)
            place, index = each
            part, is_last = parts[index], index == len(parts) - 1
            if not has_magic(part):
                if not is_last:
                    waiting.append((place / part, index + 1))
                elif os.path.isfile(place / part):
                    yield place / part
                continue
            if part == "**" and not is_last:
                waiting.append((place, index + 1))
            fits = None if part == "**" else re.compile(translate(part))
            for entry in self._listed(place, within, pattern):
                if entry.name.startswith(".") and not part.startswith("."):
                    continue
                if fits is not None and fits.match(entry.name) is None:
                    continue
                if is_last and entry.is_file():
                    yield place / entry.name
                if entry.is_dir(follow_symlinks=fits is not None) and (fits is None or not is_last):
                    waiting.append((place / entry.name, index if fits is None else index + 1))

    def _listed(self, place: Path, within: Path | None, pattern: str) -> list[os.DirEntry[str]]:
        """The entries of a directory; none of one that is outside, or cannot be read."""
        if within is not None and not files.resolved(place).is_relative_to(within):
            return []
        found = []
        try:
            with os.scandir(place) as entries:
                for entry in entries:
                    self._left -= 1
                    if self._left < 0:
                        message = f"patterns of files look at more than {MOST_LISTED:,} names, the safety limit"
                        raise UsageError(message, path=pattern)
                    found.append(entry)
        except (OSError, ValueError):
            return []
        return found
