"""Git, and repositories to report changes in. A test that uses them starts processes, so it has to be marked `slow`."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from wa_iac.core.finding import Report
from wa_iac.engine.changes import Since
from wa_iac.engine.check import check
from wa_iac.engine.report_scope import narrow
from wa_iac.engine.selection import Selection

SELECTED = Selection(select=("s3-versioning", "rds-multi-az", "terraform-versions-pinned", "suppression-unused"))
A = 'resource "aws_s3_bucket" "a" {\n  force_destroy = true\n\n  tags = {\n    Team = "shop"\n  }\n}\n'
B = 'resource "aws_s3_bucket" "b" {\n  force_destroy = true\n}\n'


def git(folder: Path, *arguments: str, environment: Mapping[str, str] = os.environ) -> subprocess.CompletedProcess[str]:
    """Run git with an identity, and without the settings of whoever runs the tests."""
    identity = {f"GIT_{role}_{what}": "a@example.com" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    env = {**environment, **identity, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(["git", *arguments], cwd=folder, env=env, capture_output=True, text=True, check=False)


class Repository:
    """A git repository in a directory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> str:
        """The output of git. Raises `CalledProcessError` where git fails."""
        done = git(self.folder, "-c", "protocol.file.allow=always", *arguments)
        done.check_returncode()
        return done.stdout.strip()

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())

    def commit(self, **files: str) -> None:
        """Commit files; `__` in a name stands for the dot."""
        for name, text in files.items():
            self.write(name.replace("__", "."), text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=x")

    def report(self, base: str = "HEAD", *paths: Path) -> Report:
        wanted = list(paths) or [self.folder]
        report = check(wanted, SELECTED, scopes=lambda: [Since(base, wanted)])
        narrow(report)
        return report

    def found(self, base: str = "HEAD", *paths: Path) -> list[str]:
        report = self.report(base, *paths)
        assert report.errors == []
        return sorted(f"{Path(each.span.path).name}:{each.span.start_line} {each.address}" for each in report.failing())
