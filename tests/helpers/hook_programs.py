"""The project as a hook of pre-commit and of prek: installed from a repository that is made of the working tree."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from filelock import FileLock

from helpers.git import git
from helpers.paths import PROJECT

TOOLS = {"pre-commit": "PRE_COMMIT_HOME", "prek": "PREK_HOME"}
"""Each program, and the variable that says where it keeps its installations."""
_NOT_OURS = shutil.ignore_patterns(".git", ".venv", "node_modules", "__pycache__", ".*_cache", ".hypothesis", "dist")


@dataclass
class Hooks:
    """A program that runs hooks, with ours installed, whatever configuration asks for it."""

    name: str
    source: Path
    revision: str
    home: Path
    environment: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.environment = {**os.environ, TOOLS[self.name]: str(self.home), "NO_COLOR": "1", "COLUMNS": "80"}
        # pip need not compile all that comes along; Python compiles what is run, when it is.
        self.environment["PIP_NO_COMPILE"] = "1"
        # It keeps it, too, as it does for a user.
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def repository(self, folder: Path, *, arguments: str = "[]", hook: str = "wa-iac") -> Repository:
        """A new repository with the hook in its configuration, and one rule that counts."""
        folder.mkdir(parents=True, exist_ok=True)
        git(folder, "init", "--quiet", "--initial-branch=main")
        configuration = (
            f"repos:\n- repo: {self.source}\n  rev: {self.revision}\n  hooks:\n  - {{id: {hook}, args: {arguments}}}\n"
        )
        made = Repository(folder, self)
        made.write(".pre-commit-config.yaml", configuration)
        made.write("wa-iac.toml", 'select = ["s3-versioning"]\n')
        git(folder, "add", "--all")
        git(folder, "commit", "--quiet", "--message=start")
        return made

    def run(self, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        program = Path(sysconfig.get_path("scripts"), self.name)
        return subprocess.run(
            [program, *arguments], cwd=folder, env=self.environment, capture_output=True, text=True, check=False
        )


@dataclass
class Repository:
    """One that uses the hook."""

    folder: Path
    hooks: Hooks

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def add(self, **files: str) -> None:
        """Stage files; `__` in a name stands for the dot."""
        for name, text in files.items():
            self.write(name.replace("__", "."), text)
        git(self.folder, "add", "--all")

    def commit(self, message: str, *, hooks: bool = True) -> subprocess.CompletedProcess[str]:
        """Commit what is staged, as a person does; `hooks` says whether those that are installed may have a say."""
        options = [] if hooks else ["--no-verify"]
        return git(self.folder, "commit", "--quiet", *options, f"--message={message}", environment=self.hooks.environment)

    def last(self) -> str:
        """The message of the last commit."""
        return git(self.folder, "log", "-1", "--format=%s").stdout.strip()

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.hooks.run(self.folder, "run", *(arguments or ("wa-iac",)))


def installed(name: str, shelf: Path) -> Hooks:
    """The hook, installed once for all processes that test. Skips where there is no package index to install from."""
    shelf.mkdir(parents=True, exist_ok=True)
    with FileLock(shelf / "lock"):
        source = shelf / "source"
        if not source.exists():
            shutil.copytree(PROJECT, source, ignore=_NOT_OURS)
            git(source, "init", "--quiet", "--initial-branch=main")
            git(source, "add", "--all")
            git(source, "commit", "--quiet", "--message=all")
        hooks = Hooks(name, source, git(source, "rev-parse", "HEAD").stdout.strip(), shelf / name)
        done = shelf / f"{name} is installed"
        if not done.exists():
            trial = hooks.repository(shelf / f"{name} trial")
            made = hooks.run(trial.folder, "install-hooks")
            if made.returncode != 0 and not _has_index(shelf):
                pytest.skip(f"{name} cannot install the hook: no package index can be reached")
            assert made.returncode == 0, made.stdout + made.stderr
            done.touch()
    return hooks


def _has_index(shelf: Path) -> bool:
    """Whether pip can fetch what the project depends on."""
    fetch = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(shelf / "probe"), "--no-cache-dir", "cfn-lint"]
    return subprocess.run(fetch, capture_output=True, check=False).returncode == 0
