"""The paths of a scan: which files may be read, and how reports show them."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

OF_TESTS: Final = frozenset(
    {
        *("test", "tests", "testing", "testdata", "test-data", "test_data", "test-fixtures", "test_fixtures", "e2e"),
        *("integration-test", "integration-tests", "integration_test", "integration_tests"),
    }
)
"""The names of directories of tests, in lower case."""


class SourcePath(NamedTuple):
    """The path of a file or a directory, and its name in reports."""

    path: Path
    shown: str


@dataclass(frozen=True, slots=True)
class Scan:
    """A tree that is read as a whole.

    Attributes:
        root: its directory, symbolic links resolved. Nothing outside of it is read.
        here: the working directory, which shown paths are relative to.
        relative: whether the tree was found by relative paths. Then all of its paths are shown as relative, wherever it is.
    """

    root: Path
    here: str = field(default_factory=os.getcwd)
    relative: bool = False

    def at(self, path: Path) -> SourcePath:
        return SourcePath(path, self.shown(path))

    def shown(self, path: Path) -> str:
        """A path as reports show it: relative to the working directory if it is below that; else as it was given."""
        return _shown(path, self.here, relative=self.relative)


def shown(path: Path) -> str:
    """A path given by the user, or one below it, as reports show it."""
    return _shown(path, os.getcwd(), relative=False)


def _shown(path: Path, here: str, *, relative: bool) -> str:
    text = os.path.normpath(path)
    if os.path.isabs(text) and (relative or text.startswith(here + os.sep)):
        text = os.path.relpath(text, here)
    return text.replace(os.sep, "/")
