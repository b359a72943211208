"""Finds and loads the directories that module calls name; each is parsed once, whoever calls it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from .configuration import Configuration, load
from .nodes import Block


class Outside(Exception):  # noqa: N818 - the answer to a question, not a fault of ours
    """A module call that is not followed; the message says why. `mistaken` where the code is wrong, not just elsewhere."""

    def __init__(self, why: str, *, mistaken: bool) -> None:
        super().__init__(why)
        self.mistaken = mistaken


class Loader:
    """The parsed directories below `root`."""

    def __init__(self, root: Path, shown: Callable[[Path], str]) -> None:
        self.root = root
        self.shown = shown
        self._loaded: dict[Path, Configuration] = {}

    def load(self, directory: Path) -> Configuration:
        """A directory's configuration."""
        found = self._loaded.get(directory)
        if found is None:
            found = self._loaded[directory] = load(directory, self.root, self.shown)
        return found

    def called(self, caller: Configuration, block: Block) -> Path:
        """The directory a module call names. Raises Outside where it is not one inside the root with `.tf` files."""
        source = block.body.text("source")
        name = block.labels[0]
        if not source:
            raise Outside(f'module "{name}" has no source that can be read', mistaken="source" not in block.body.attributes)
        if not is_local(source):
            raise Outside(f'module "{name}" comes from {source}, which is not read', mistaken=False)
        try:
            directory = Path(os.path.normpath(caller.path / source)).resolve()
            if not directory.is_relative_to(self.root):
                raise Outside(
                    f'module "{name}" comes from {source}, which lies outside the scanned directory: not read', mistaken=True
                )
            if not directory.is_dir() or not any(path.suffix == ".tf" for path in directory.iterdir()):
                raise Outside(f'module "{name}" comes from {source}, where there are no .tf files', mistaken=True)
        except (OSError, RuntimeError, ValueError) as error:
            raise Outside(f'module "{name}" comes from {source}, which cannot be read', mistaken=True) from error
        return directory


def is_local(source: str) -> bool:
    """Whether a module's source is a path."""
    return source.startswith(("./", "../")) or source in (".", "..")
