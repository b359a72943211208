"""Path patterns of the settings: `*` and `?` within a name, `**` across directories, as in `.gitignore` with a leading slash."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

_TOKEN = re.compile(r"\*\*/|/\*\*$|\*\*|\*|\?|[^*?]+")


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    pieces = []
    for token in _TOKEN.findall(pattern.strip("/")):
        match token:
            case "**/":
                pieces.append("(?:.*/)?")
            case "/**":
                pieces.append("(?:/.*)?")
            case "**":
                pieces.append(".*")
            case "*":
                pieces.append("[^/]*")
            case "?":
                pieces.append("[^/]")
            case _:
                pieces.append(re.escape(token))
    return re.compile("".join(pieces) + r"(?:/.*)?")


def matches(patterns: Sequence[str], path: Path, root: Path) -> bool:
    """Whether a path, or a directory above it, matches one of `patterns`, which are relative to `root`."""
    if not patterns:
        return False
    absolute = path if path.is_absolute() else Path.cwd() / path
    try:
        relative = absolute.resolve().relative_to(root).as_posix()
    except (ValueError, OSError, RuntimeError):
        return False
    return any(_compiled(pattern).fullmatch(relative) for pattern in patterns)
