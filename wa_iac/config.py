"""Settings files: `wa-iac.toml`, or `[tool.wa-iac]` in `pyproject.toml`. They are data; nothing in them runs code."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from wa_iac.core.inputs import Inputs
from wa_iac.core.rule import Pillar, Severity
from wa_iac.engine.catalogue import OURS, Catalogue
from wa_iac.engine.discover import scan_root
from wa_iac.engine.settings import NO_SETTINGS, Settings

if TYPE_CHECKING:
    from wa_iac.engine.run import Selection

NAMES: Final = ("wa-iac.toml", "pyproject.toml")
"""What a settings file may be called; the first one found in a directory wins."""
_TABLE: Final = b"[tool.wa-iac"


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What a settings file says, or what holds where there is none: then `path` is None."""

    path: Path | None = None
    profile: Literal["default", "all"] = "default"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    pillars: tuple[Pillar, ...] = ()
    fail_on: Severity = Severity.LOW
    settings: Settings = NO_SETTINGS
    environments: tuple[Inputs, ...] = ()
    baseline: Path | None = None
    catalogue: Catalogue = OURS
    """The rules there are: no settings file of a checked tree adds any."""

    @property
    def selection(self) -> Selection:
        """The rules that it chooses."""
        from wa_iac.engine.run import Selection

        return Selection(
            select=self.select, ignore=self.ignore, pillars=self.pillars, profile=self.profile, catalogue=self.catalogue
        )


def find(paths: Sequence[Path]) -> Path | None:
    """The settings file nearest to `paths`: from the directory that holds them all upwards, not beyond the repository's root."""
    resolved = [path.resolve() for path in paths]
    start = Path(os.path.commonpath(resolved)) if resolved else Path.cwd()
    start = start if start.is_dir() else start.parent
    root = scan_root(start)
    for folder in (start, *start.parents):
        for name in NAMES:
            path = folder / name
            if path.is_file() and (name == NAMES[0] or _TABLE in path.read_bytes()):
                return path
        if folder == root or not folder.is_relative_to(root):
            break
    return None


def configured(paths: Sequence[Path], file: Path | None = None, catalogue: Catalogue = OURS) -> Config:
    """The settings for `paths`: those in `file`, or those found. Raises `UsageError` for whatever is wrong with them.

    `catalogue` holds the rules that they can speak of.
    """
    path = file or find(paths)
    if path is None:
        return Config(catalogue=catalogue)
    from wa_iac.config_file import load

    return load(path, catalogue)
