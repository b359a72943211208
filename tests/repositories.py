"""Git repositories to judge changes in."""

from __future__ import annotations

import subprocess
from pathlib import Path

from wa_iac.core.finding import Report
from wa_iac.engine.changes import Since
from wa_iac.engine.check import check
from wa_iac.engine.report_scope import narrow
from wa_iac.engine.selection import Selection

SELECTED = Selection(select=("s3-versioning", "rds-multi-az", "terraform-versions-pinned", "suppression-unused"))
A = 'resource "aws_s3_bucket" "a" {\n  force_destroy = true\n\n  tags = {\n    Team = "shop"\n  }\n}\n'
B = 'resource "aws_s3_bucket" "b" {\n  force_destroy = true\n}\n'


class Repository:
    """A git repository in a directory, whatever the user's own settings of git are."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> str:
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "protocol.file.allow=always")
        done = subprocess.run(["git", *identity, *arguments], cwd=self.folder, capture_output=True, text=True, check=True)
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
