"""Files that git ignores: untracked ones that a `.gitignore` names. Git itself decides, and only runs if a pattern may concern a
file that we would read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from fnmatch import translate
from pathlib import Path
from typing import Final

from wa_iac.core import files
from wa_iac.core.errors import UsageError
from wa_iac.core.late_pattern import late

NAME: Final = ".gitignore"
_LARGEST: Final = 1_000_000
MOST_PATTERNS: Final = 1_000
"""Patterns with stars that are compared with names here. Git is quicker with more of them."""
_MAGIC: Final = late(r"[*?\[]")


def git_ignored(root: Path, directory: Path, candidates: Sequence[Path], ignore_files: Iterable[Path]) -> set[Path]:
    """The files among `candidates`, below `directory`, that git ignores.

    Args:
        root: the working tree, a resolved path. It ignores nothing if it is not one.
        ignore_files: the `.gitignore` files below `directory`.
    """
    if not candidates or not os.path.exists(root / ".git"):
        return set()
    start = files.resolved(directory)
    relative = {each: os.path.relpath(each, directory) for each in candidates}
    names = {name for each in relative.values() for name in each.split(os.sep)}
    above = (folder / NAME for folder in (start, *start.parents) if folder.is_relative_to(root))
    if not _may_concern(_patterns([*above, *ignore_files]), names):
        return set()
    from .git import asked  # most runs need no git

    try:
        with asked(root) as git:
            listed = git.said(
                "ls-files", "-z", "--others", "--ignored", "--directory", f"--exclude-per-directory={NAME}", "--", str(start)
            )
    except UsageError:
        return set()  # without git everything is read
    entries = [root / os.fsdecode(each) for each in listed.split(b"\0") if each]
    # A directory is named on purpose, also if it is ignored.
    ignored = {each for each in entries if not start.is_relative_to(each)}
    if not ignored:
        return set()

    def is_ignored(path: Path) -> bool:
        placed = start / relative[path]
        return placed in ignored or not ignored.isdisjoint(placed.parents)

    return set(filter(is_ignored, candidates))


def _patterns(ignore_files: Iterable[Path]) -> set[str]:
    """The last names in the patterns of some files: a file or directory with one of these names may be ignored."""
    found: set[str] = set()
    for path in dict.fromkeys(ignore_files):
        try:
            lines = files.read(path, most=_LARGEST).decode("utf-8", "replace").splitlines()
        except OSError:
            continue  # git cannot read it either
        for line in lines:
            pattern = line.strip()
            if pattern and not pattern.startswith(("#", "!")):
                found.add(pattern.removesuffix("/**").rstrip("/").rpartition("/")[2] or "*")
    return found


def _may_concern(patterns: Iterable[str], names: set[str]) -> bool:
    """Whether one of `patterns` may match one of `names`. In doubt it may."""
    ends: list[str] = []
    others: list[str] = []
    for pattern in patterns:
        if "\\" in pattern or pattern in names:
            return True
        if pattern.startswith("*") and not _MAGIC.search(pattern, 1):
            ends.append(pattern[1:])
        elif _MAGIC.search(pattern):
            others.append(pattern)
    if len(others) > MOST_PATTERNS or any(name.endswith(tuple(ends)) for name in names):
        return True
    return any(re.match(translate(pattern), name) for pattern in others for name in names)
