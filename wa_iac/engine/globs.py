"""Path patterns of the settings: `*` and `?` within a name, `**` across directories, as in `.gitignore` with a leading slash."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Final, TypeAlias

Test: TypeAlias = Callable[[str], object]

MOST_STARS: Final = 2
"""Stars that Python's engine takes: with each more, the time for one path may be multiplied by its length."""

_TOKEN: Final = re.compile(r"\*\*/|/\*\*$|\*\*|\*|\?|[^*?]+")


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> Test:
    """Whether a path matches. Patterns with many stars are followed step by step, for time that grows with the path and no faster."""
    tokens = _TOKEN.findall(pattern.strip("/"))
    if sum("*" in token for token in tokens) > MOST_STARS:
        return partial(_follow, tokens)
    pieces = []
    for token in tokens:
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
    return re.compile("".join(pieces) + r"(?:/.*)?", re.DOTALL).fullmatch


def _follow(tokens: Iterable[str], path: str) -> bool:
    """The same by the places that one may have come to after each token."""
    places = {0}
    for token in tokens:
        if not places:
            return False
        places = _after(token, places, path)
    return any(place == len(path) or path[place] == "/" for place in places)


def _after(token: str, places: set[int], path: str) -> set[int]:
    end = len(path)
    first = min(places)
    match token:
        case "**/":
            return places | {index + 1 for index in range(first, end) if path[index] == "/"}
        case "/**":
            slash = min((place for place in places if path[place : place + 1] == "/"), default=end + 1)
            return places | set(range(slash, end + 1))
        case "**":
            return set(range(first, end + 1))
        case "*":
            found: set[int] = set()
            reached = first
            for place in sorted(places):
                if place >= reached:
                    slash = path.find("/", place)
                    reached = (slash if slash >= 0 else end) + 1
                    found.update(range(place, reached))
            return found
        case "?":
            return {place + 1 for place in places if path[place : place + 1] not in ("", "/")}
        case _:
            return {place + len(token) for place in places if path.startswith(token, place)}


def matches(patterns: Sequence[str], path: Path, root: Path) -> bool:
    """Whether a path, or a directory above it, matches one of `patterns`, which are relative to `root`."""
    if not patterns:
        return False
    absolute = path if path.is_absolute() else Path.cwd() / path
    try:
        relative = absolute.resolve().relative_to(root).as_posix()
    except (ValueError, OSError, RuntimeError):
        return False
    return any(_compiled(pattern)(relative) for pattern in patterns)
