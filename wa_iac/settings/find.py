"""Finds the settings file: `wa-iac.toml`, or `[tool.wa-iac]` in `pyproject.toml`. It is data; nothing in it runs code."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from wa_iac.core import files
from wa_iac.core.files import scan_root
from wa_iac.engine.catalogue import OURS, Catalogue

from .config import Config
from .text import text_of

NAMES: Final = ("wa-iac.toml", "pyproject.toml")
"""The possible names of a settings file; the first one found in a directory wins."""
_TABLE: Final = b"[tool.wa-iac"


def find(paths: Sequence[Path]) -> Path | None:
    """The settings file nearest to `paths`: upwards from the directory that contains them all, up to the repository's root.

    Raises `UsageError` for one that cannot be read.
    """
    start = start_of(paths)
    root = scan_root(start)
    for folder in (start, *start.parents):
        if (path := in_directory(folder, root)) is not None:
            return path
        if folder == root or not folder.is_relative_to(root):
            break
    return None


def in_directory(folder: Path, root: Path) -> Path | None:
    """The settings file in a directory below `root`. Raises `UsageError` for one that cannot be read."""
    for name in NAMES:
        path = folder / name
        # Anything of that name counts: unreadable settings are an error, not absent.
        if os.path.lexists(path) and (name == NAMES[0] or _TABLE in text_of(path, root)):
            return path
    return None


def start_of(paths: Sequence[Path]) -> Path:
    """The directory that contains all given paths."""
    places = [files.resolved(path) for path in paths]
    start = Path(os.path.commonpath(places)) if places else Path.cwd()
    return start if os.path.isdir(start) else start.parent


def configured(paths: Sequence[Path], file: Path | None = None, catalogue: Catalogue = OURS) -> Config:
    """The settings for `paths`: those in `file`, or those found. Raises `UsageError` for a mistake in them.

    `catalogue` has the rules that they may name.
    """
    path = file or find(paths)
    if path is None:
        return Config(catalogue=catalogue)
    from .file import load  # most runs have no settings file, and this takes time

    # Anybody may have written settings in the tree, so they cannot name files outside of it. Settings named by a person can.
    return load(path, catalogue, within=None if file is not None else scan_root(start_of(paths)))
