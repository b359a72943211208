"""What a run has to do: a digest of everything that the result of an entry depends on, by which a later run knows it again."""

from __future__ import annotations

import hashlib
import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from functools import cached_property
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from typing import Final, NamedTuple

from wa_iac import __version__
from wa_iac.engine.catalogue import Catalogue
from wa_iac.engine.custom_rules.find import directories_of_user, entry_points, user_settings
from wa_iac.engine.discover import MODULE_SUFFIXES, TEMPLATE_SUFFIXES
from wa_iac.settings.config import Config
from wa_iac.settings.run import Asked

from .entries import Entry

_OURS: Final = (*MODULE_SUFFIXES, *TEMPLATE_SUFFIXES)
_LEAST: Final = 40_000
"""Bytes that an entry counts in addition to its files: starting and ending take time, too."""
_OTHER_JSON: Final = 10
"""Most JSON files are no templates, and a look at their beginning is enough: so they count a tenth."""


class Job(NamedTuple):
    """An entry to check.

    Attributes:
        key: digest of everything that its result depends on.
        weight: about how long it takes, in bytes to read.
    """

    entry: Entry
    key: str
    weight: int

    @property
    def part(self) -> str:
        """The name of its parts. A retry writes the same part again."""
        return f"{of_name(self.entry.name)}-{self.key}"


def of_name(name: str) -> str:
    """The beginning of the names of an entry's parts."""
    return _digest([name])


class _Tree:
    """The files of a repository, as the file system describes them. `sizes` has those that may be read as code, with their sizes in
    bytes."""

    def __init__(self, digest: str, sizes: Sequence[tuple[str, int]]) -> None:
        self.digest = digest
        placed = sorted(sizes)
        self._paths = [path for path, _ in placed]
        self._sums = [0, *accumulate(size for _, size in placed)]

    def weight(self, folder: Path) -> int:
        """About how long a folder of it takes to check, in bytes."""
        first = bisect_left(self._paths, f"{folder}{os.sep}")
        # The character after the separator begins what is behind everything below the folder.
        end = bisect_left(self._paths, f"{folder}{chr(ord(os.sep) + 1)}")
        return _LEAST + self._sums[end] - self._sums[first]


class Planner:
    """Makes the jobs of a run. It reads no file of an entry: sizes and times of change tell whether it is the same tree.

    Args:
        settings: digest of the options and of the files that they name: see `settings_digest`.
        out: the directory of the results, which is left out if it is in a tree.
    """

    def __init__(self, settings: str, out: Path) -> None:
        self._settings = settings
        self._out = out
        self._trees: dict[Path, _Tree] = {}

    def job(self, entry: Entry) -> Job:
        """The job of an entry. A repository counts as a whole, since an entry may refer to modules anywhere in it."""
        root = repository(entry.path)
        tree = self._trees.get(root)
        if tree is None:
            tree = self._trees[root] = _tree(root, self._out)
        key = _digest([__version__, self._settings, tree.digest, str(entry.path), entry.team])
        return Job(entry, key, tree.weight(entry.path))


def repository(path: Path) -> Path:
    """The repository of a resolved folder: the nearest one with a `.git`; the folder itself if there is none."""
    return next((each for each in (path, *path.parents) if os.path.exists(each / ".git")), path)


def settings_digest(asked: Asked, config: Config, rules: Catalogue) -> str:
    """A digest of the options, and of the settings, values and rules that they name.

    Args:
        config: the settings that the command line names, or the defaults.
        rules: all available rules.
    """
    said = [f"{each.name}={getattr(asked, each.name)!r}" for each in fields(asked)]
    named = [asked.settings_file, config.baseline, *config.settings.value_files, *asked.var_file, *asked.parameters]
    folders: list[Path] = list(asked.rules)
    if not asked.no_settings:
        named.append(user_settings())
        folders += directories_of_user()
    for package in entry_points() if rules.own else ():
        spec = find_spec(package)
        folders += map(Path, (spec.submodule_search_locations or ()) if spec is not None else ())
    said += (_contents(each) for each in sorted(filter(None, named)))
    said += (_tree(each.resolve(), Path(os.devnull)).digest for each in folders)
    return _digest(said)


def _contents(path: Path) -> str:
    try:
        return f"{path}={hashlib.sha256(path.read_bytes()).hexdigest()}"
    except OSError as error:
        return f"{path}={error.errno}"


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _tree(root: Path, out: Path) -> _Tree:
    walk = _Walk(str(root), str(out))
    return _Tree(walk.digest, walk.sizes)


class _Walk:
    """Goes over a tree once, links not followed."""

    def __init__(self, root: str, out: str) -> None:
        self._root = root
        self._out = out
        self.sizes: list[tuple[str, int]] = []

    @cached_property
    def digest(self) -> str:
        made = hashlib.sha256()
        for each in self._below(self._root):
            made.update(each.encode("utf-8", "surrogateescape"))
            made.update(b"\0")
        # What git ignores depends on what it tracks, and its index grows with that.
        made.update(_size(os.path.join(self._root, ".git", "index")).encode())
        return made.hexdigest()

    def _below(self, folder: str) -> Iterator[str]:
        waiting = [folder]
        while waiting:
            folder = waiting.pop()
            try:
                with os.scandir(folder) as listed:
                    entries = sorted(listed, key=lambda each: each.name)
            except OSError as error:
                yield f"{folder}?{error.errno}"
                continue
            for each in entries:
                if each.name in (".git", "__pycache__") or each.path == self._out:
                    continue
                if each.is_dir(follow_symlinks=False):
                    waiting.append(each.path)
                    continue
                yield self._file(each)

    def _file(self, each: os.DirEntry[str]) -> str:
        name = each.path[len(self._root) :]
        try:
            about = each.stat(follow_symlinks=False)
            target = os.readlink(each.path) if each.is_symlink() else ""
        except OSError as error:
            return f"{name}?{error.errno}"
        if each.name.endswith(_OURS):
            self.sizes.append((each.path, about.st_size // (_OTHER_JSON if each.name.endswith(".json") else 1)))
        return f"{name}|{about.st_mode}|{about.st_size}|{about.st_mtime_ns}|{target}"


def _size(path: str) -> str:
    try:
        return str(os.stat(path).st_size)
    except OSError:
        return ""
