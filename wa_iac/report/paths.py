"""Turns shown paths into a report's URIs, relative to the repository, as readers expect."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

from wa_iac.core.late_pattern import late


def repository_root(paths: Sequence[Path], here: Path | None = None) -> Path | None:
    """The repository of the report: the one around the working directory if it contains all `paths`, else the one around the
    first path if it does. None if no repository contains them all. `here` is the working directory."""
    resolved = [path.resolve() for path in paths]
    for start in ((here or Path.cwd()).resolve(), *resolved[:1]):
        root = next((folder for folder in (start, *start.parents) if (folder / ".git").exists()), None)
        if root is not None and all(path.is_relative_to(root) for path in resolved):
            return root
    return None


class Uris:
    """The places of shown paths relative to the repository's root; each path is resolved once."""

    def __init__(self, root: Path | None, here: Path | None = None) -> None:
        self._here = (here or Path.cwd()).resolve()
        self._root = root.resolve() if root is not None else self._here
        self._uris: dict[str, tuple[str, bool]] = {}
        self._paths: dict[str, str] = {}

    def of(self, path: str) -> tuple[str, bool]:
        """The percent-encoded URI of a path as shown, symbolic links resolved, and whether it is relative to the root.

        It is a `file:` URI for a file outside of the root.
        """
        found = self._uris.get(path)
        if found is None:
            place, inside = self._place(path)
            uri = quote(os.fsencode(place.as_posix()), safe="/") if inside else place.as_uri()
            found = self._uris[path] = (uri, inside)
        return found

    def path(self, path: str) -> str:
        """The same place as a plain path with `/`: relative to the root, absolute for a file outside of it."""
        found = self._paths.get(path)
        if found is None:
            found = self._paths[path] = self._place(path)[0].as_posix()
        return found

    def _place(self, path: str) -> tuple[Path, bool]:
        """The place of a path, and whether it is relative to the root."""
        shown = self._here / _NO_NAME.sub("\ufffd", path)
        resolved = _resolved(shown)
        if not resolved.is_relative_to(self._root) and (link := _itself(shown)).is_relative_to(self._root):
            resolved = link  # A link that leads out of the repository is itself the thing to fix.
        inside = resolved.is_relative_to(self._root)
        return (resolved.relative_to(self._root) if inside else resolved), inside


_NO_NAME: Final = late("[\0\ud800-\udc7f\udd00-\udfff]")
"""Characters that no file name can contain, but a path in a template can. (U+DC80 to U+DCFF represent bytes that are not
UTF-8.)"""


def _resolved(path: Path) -> Path:
    try:
        # A dangling link is itself the thing to fix.
        return path.resolve() if path.exists() else _itself(path)
    except (OSError, RuntimeError):  # a name that is too long, circular links
        return Path(os.path.normpath(path))


def _itself(path: Path) -> Path:
    """A path, without following its last name if that is a link."""
    try:
        return path.parent.resolve() / path.name
    except (OSError, RuntimeError):
        return Path(os.path.normpath(path))
