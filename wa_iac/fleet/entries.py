"""The list of a fleet: the folders to check."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from wa_iac.core.errors import UsageError

_KEYS: Final = ("path", "name", "team")
_LONGEST: Final = 1000
"""Characters of a name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A folder of the fleet.

    Attributes:
        name: names it in reports, and from run to run. Each name stands once.
        path: the folder, resolved.
        team: the team that the list gives it; empty if it leaves that to CODEOWNERS.
    """

    name: str
    path: Path
    team: str = ""


def read_list(text: str, source: str) -> list[Entry]:
    """The entries of a list, in its order. `source` names it in errors.

    Each line is a path, relative to the working directory, or an object of JSON with `path`, and if wanted `name` and `team`. Empty lines
    and lines that begin with `#` are skipped. Without a name, the path as written is the name. Raises `UsageError`, with the line, for an
    object that is none of these, for a name or a folder that stands twice, and for a folder inside of another: its findings would stand
    twice. Whether a folder exists is not asked here.
    """
    found: list[Entry] = []
    lines: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        written = line.strip()
        if not written or written.startswith("#"):
            continue
        try:
            entry = _entry(written)
        except ValueError as error:
            raise UsageError(str(error), path=source, line=number) from error
        if entry.name in lines:
            message = f"the name {entry.name!r} is also in line {lines[entry.name]}: a name stands for one entry"
            raise UsageError(message, path=source, line=number)
        lines[entry.name] = number
        found.append(entry)
    if not found:
        raise UsageError("the list names no folder", path=source)
    _check_apart(found, lines, source)
    return found


def _entry(written: str) -> Entry:
    """The entry of a line. Raises `ValueError`, whose message says what is wrong."""
    given: dict[str, Any] = {"path": written}
    if written.startswith("{"):
        try:
            given = json.loads(written)
        except (ValueError, RecursionError) as error:
            raise ValueError("this line begins like an object of JSON, but is not one") from error
    for key, value in given.items():
        if key not in _KEYS:
            raise ValueError(f"there is no key {key!r}: an entry has {', '.join(_KEYS)}")
        if not isinstance(value, str) or not value or "\0" in value or len(value) > _LONGEST * (4 if key == "path" else 1):
            raise ValueError(f"{key!r} must be a text that is neither empty nor very long")
    if "path" not in given:
        raise ValueError("the entry has no path")
    path = given["path"]
    name = given.get("name") or os.path.normpath(path).replace(os.sep, "/")
    try:
        name.encode()
    except UnicodeEncodeError as error:
        raise ValueError("the name is not valid Unicode") from error
    return Entry(name, Path(os.path.realpath(path)), given.get("team", ""))


def _check_apart(entries: Iterable[Entry], lines: dict[str, int], source: str) -> None:
    """Raises `UsageError` for a folder that is, or is inside of, another one."""
    by_path: dict[Path, Entry] = {}
    for each in entries:
        other = by_path.setdefault(each.path, each)
        if other is not each:
            message = f"{each.name!r} is the same folder as {other.name!r} in line {lines[other.name]}"
            raise UsageError(message, path=source, line=lines[each.name])
    for each in by_path.values():
        around = next((by_path[parent] for parent in each.path.parents if parent in by_path), None)
        if around is not None:
            message = f"{each.name!r} is inside of {around.name!r} in line {lines[around.name]}: its findings would stand twice"
            raise UsageError(message, path=source, line=lines[each.name])
