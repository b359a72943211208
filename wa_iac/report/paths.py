"""From paths as they are shown to the URIs of a report: relative to the repository, since that is where readers look."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote


def repository_root(paths: Sequence[Path], here: Path | None = None) -> Path | None:
    """The repository that the report is about: the one around the working directory if it holds all of `paths`, else the one
    around the first path if that does. None where no repository holds them all. `here` is the working directory."""
    resolved = [path.resolve() for path in paths]
    for start in ((here or Path.cwd()).resolve(), *resolved[:1]):
        root = next((folder for folder in (start, *start.parents) if (folder / ".git").exists()), None)
        if root is not None and all(path.is_relative_to(root) for path in resolved):
            return root
    return None


class Uris:
    """URIs of shown paths; each path is resolved once."""

    def __init__(self, root: Path | None, here: Path | None = None) -> None:
        self._here = (here or Path.cwd()).resolve()
        self._root = root.resolve() if root is not None else self._here
        self._known: dict[str, tuple[str, bool]] = {}

    def of(self, path: str) -> tuple[str, bool]:
        """The percent-encoded URI of a path as shown, symbolic links resolved, and whether it is relative to the root.

        It is a `file:` URI for a file outside of the root.
        """
        found = self._known.get(path)
        if found is None:
            found = self._known[path] = self._uri(path)
        return found

    def _uri(self, path: str) -> tuple[str, bool]:
        resolved = (self._here / path).resolve()
        if not resolved.is_relative_to(self._root):
            return resolved.as_uri(), False
        return quote(os.fsencode(resolved.relative_to(self._root).as_posix()), safe="/"), True
