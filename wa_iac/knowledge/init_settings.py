"""Settings of a backend that Terraform is given when it is initialised (`terraform init -backend-config=...`): scripts and workflows say so."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from wa_iac.core import files

_OPTION: Final = b"-backend-config"
_NAMES: Final = frozenset({
    "makefile", "gnumakefile", "justfile", "jenkinsfile", "taskfile.yml", "taskfile.yaml", "buildspec.yml", "buildspec.yaml",
    ".gitlab-ci.yml", ".travis.yml", "azure-pipelines.yml", "bitbucket-pipelines.yml", "package.json",
})  # fmt: skip
_SUFFIXES: Final = (".sh", ".mk", ".bash", ".ps1")
_FOLDERS: Final = (".github/workflows", ".circleci", "scripts", "bin", "ci")
_LONGEST: Final = 1 << 17
_MOST: Final = 200
"""Bytes of a file, and files, that are looked at."""


def are_given_at_init(configuration: Path) -> bool:
    """Whether a script or a workflow between a configuration and the root of its repository gives settings to a backend. What cannot be
    read says nothing."""
    root = files.scan_root(configuration)
    start = files.resolved(configuration)
    looked = 0
    for folder in (start, *start.parents):
        for path in _scripts(folder):
            looked += 1
            if looked > _MOST:
                return False
            try:
                if _OPTION in files.beginning(path, _LONGEST, within=root):
                    return True
            except OSError:
                continue
        if folder == root:
            return False
    return False


def _scripts(folder: Path) -> Iterator[Path]:
    """The scripts in a directory, and the workflows in its usual subdirectories."""
    yield from (folder / each for each in _names(folder) if each.lower() in _NAMES or each.endswith(_SUFFIXES))
    for inner in _FOLDERS:
        yield from (folder / inner / each for each in _names(folder / inner) if "." in each)


def _names(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []
