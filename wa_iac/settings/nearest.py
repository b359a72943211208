"""Settings files below the one of a run: that of a root module counts for it, wherever the run starts.

As at the top, the nearest file counts alone. Some settings are those of the run, and only count at its top: `fail-on` and
`baseline`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from wa_iac.core import files
from wa_iac.core.files import scan_root
from wa_iac.core.inputs import Inputs
from wa_iac.core.rule import Severity
from wa_iac.engine.catalogue import Catalogue
from wa_iac.engine.inputs import inputs_of
from wa_iac.engine.selection import Selection
from wa_iac.engine.settings import Part, Settings

from .config import Config
from .find import in_directory, start_of


def as_written(config: Config) -> Config:
    """The settings of a tree as they are."""
    return config


class NearestSettings:
    """Finds the settings file of each directory below `paths`, and reads each once.

    Args:
        asked: the rules that the command line asks for; settings of the tree complete them.
        inputs: from the environments of a settings file to the inputs, with those of the command line.
        changed: applies the command line's options to settings.
        of_tree: changes a settings file of the tree before it counts.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        catalogue: Catalogue,
        asked: Callable[[Config], Selection],
        inputs: Callable[[Sequence[Inputs]], Sequence[Inputs]],
        changed: Callable[[Settings], Settings],
        of_tree: Callable[[Config], Config] = as_written,
    ) -> None:
        self._start = start_of(paths)
        self._root = scan_root(self._start)
        self._catalogue = catalogue
        self._asked = asked
        self._inputs = inputs
        self._changed = changed
        self._of_tree = of_tree
        self._parts: dict[Path, Part | None] = {self._start: None}
        self._asked_for: dict[Path, Part | None] = {}
        self._folders: dict[Path, Path] = {}

    def __call__(self, path: Path) -> Part | None:
        if path not in self._asked_for:
            self._asked_for[path] = self._of(self._folder(path))
        return self._asked_for[path]

    def _folder(self, path: Path) -> Path:
        """The resolved directory that a path is, or is in. Resolving looks at every directory above, so it is done once for each."""
        if os.path.isdir(path):
            return self._resolved(path)
        if os.path.islink(path):
            return files.resolved(path).parent
        return self._resolved(path.parent)

    def _resolved(self, folder: Path) -> Path:
        found = self._folders.get(folder)
        if found is None:
            is_plain = folder.name not in ("", "..") and not os.path.islink(folder)
            found = self._resolved(folder.parent) / folder.name if is_plain else files.resolved(folder)
            self._folders[folder] = found
        return found

    def _of(self, folder: Path) -> Part | None:
        if folder not in self._parts:
            if not folder.is_relative_to(self._start):
                return None
            found = in_directory(folder, self._root)
            self._parts[folder] = self._of(folder.parent) if found is None else self._read(found)
        return self._parts[folder]

    def _read(self, path: Path) -> Part:
        from .file import load

        config = self._of_tree(load(path, self._catalogue, within=self._root))
        selection = config.on_top_of(self._asked(config), Severity.LOW, None)
        if config.settings.trace is not None:
            config.settings.trace.baseline = False
        return Part(self._changed(config.settings), selection, self._inputs(config.environments))


def with_nearest(config: Config, paths: Sequence[Path]) -> Config:
    """The settings of a run without options, and those below them."""

    def asked(settings: Config) -> Selection:
        return Selection(profile=settings.profile, catalogue=config.catalogue)

    nearest = NearestSettings(paths, config.catalogue, asked, lambda each: inputs_of(known=each), lambda each: each)
    return config._replace(settings=replace(config.settings, nearest=nearest))
