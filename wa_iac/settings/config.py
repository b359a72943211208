"""Settings files: `wa-iac.toml`, or `[tool.wa-iac]` in `pyproject.toml`. They are data; nothing in them runs code."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from wa_iac.core import files
from wa_iac.core.errors import UsageError
from wa_iac.core.inputs import Inputs
from wa_iac.core.rule import Pillar, Severity
from wa_iac.engine.catalogue import OURS, Catalogue
from wa_iac.engine.discover import scan_root, shown
from wa_iac.engine.settings import NO_SETTINGS, Settings

if TYPE_CHECKING:
    from wa_iac.engine.check import Selection

NAMES: Final = ("wa-iac.toml", "pyproject.toml")
"""The possible names of a settings file; the first one found in a directory wins."""
_TABLE: Final = b"[tool.wa-iac"
LARGEST: Final = 5_000_000
"""The limit of a settings file's size, in bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The content of a settings file, or the defaults if there is none; then `path` is None."""

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
    """All available rules: a settings file in the checked tree adds none."""

    @property
    def selection(self) -> Selection:
        """The rules that it selects."""
        from wa_iac.engine.check import Selection

        return Selection(
            select=self.select, ignore=self.ignore, pillars=self.pillars, profile=self.profile, catalogue=self.catalogue
        )

    def on_top_of(self, asked: Selection, fail_on: Severity | None, baseline: Path | None) -> Selection:
        """The requested rules, completed by the settings' selection, which is noted in their trace."""
        from dataclasses import replace

        chosen = replace(
            asked,
            select=asked.select or self.select,
            ignore=(*self.ignore, *asked.ignore),
            pillars=asked.pillars or self.pillars,
        )
        if (trace := self.settings.trace) is not None:
            trace.rules = len({*asked.slugs()} - {*chosen.slugs()})
            trace.fail_on = self.fail_on.value if fail_on is None and self.fail_on is not Severity.LOW else ""
            trace.baseline = baseline is None and self.baseline is not None
        return chosen


def find(paths: Sequence[Path]) -> Path | None:
    """The settings file nearest to `paths`: upwards from the directory that contains them all, up to the repository's root.

    Raises `UsageError` for one that cannot be read.
    """
    start = _start(paths)
    root = scan_root(start)
    for folder in (start, *start.parents):
        for name in NAMES:
            path = folder / name
            # Anything of that name counts: unreadable settings are an error, not absent.
            if os.path.lexists(path) and (name == NAMES[0] or _TABLE in text_of(path, root)):
                return path
        if folder == root or not folder.is_relative_to(root):
            break
    return None


def _start(paths: Sequence[Path]) -> Path:
    """The directory that contains all given paths."""
    places = [files.resolved(path) for path in paths]
    start = Path(os.path.commonpath(places)) if places else Path.cwd()
    return start if os.path.isdir(start) else start.parent


def text_of(path: Path, within: Path | None) -> bytes:
    """The bytes of a settings file. Raises `UsageError`."""
    try:
        return files.read(path, within=within, most=LARGEST)
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError(f"the settings cannot be read: {why}", path=shown(path)) from error


def configured(paths: Sequence[Path], file: Path | None = None, catalogue: Catalogue = OURS) -> Config:
    """The settings for `paths`: those in `file`, or those found. Raises `UsageError` for a mistake in them.

    `catalogue` has the rules that they may name.
    """
    path = file or find(paths)
    if path is None:
        return Config(catalogue=catalogue)
    from .file import load

    # Anybody may have written settings in the tree, so they cannot name files outside of it. Settings named by a person can.
    return load(path, catalogue, within=None if file is not None else scan_root(_start(paths)))
