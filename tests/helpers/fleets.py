"""Fleets to run: folders with buckets, and a rule that does to its own process what a bucket's name says."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from helpers import cli
from helpers.cli import Done, environ, start

TROUBLE = '''\
"""# Bucket does what its name says"""
import ctypes, os, time
from collections.abc import Iterator
from pathlib import Path

from wa_iac.aws.s3 import Bucket
from wa_iac.core.rule import Flag, Remedy, Severity, rule
from wa_iac.core.value import Known

@rule(practices=["OPS02-BP01"], severity=Severity.LOW, remedy=Remedy(cfn="-", tf="-"))
def check(bucket: Bucket) -> Iterator[Flag]:
    match bucket.name:
        case Known("segfault"):
            ctypes.string_at(0)
        case Known("exit"):
            os._exit(7)
        case Known("hang"):
            Path("began").touch()
            while True:
                time.sleep(1)
        case Known("wait"):
            while not Path("../go").exists():
                time.sleep(0.02)
    yield from ()
'''


class Fleet:
    """A list of folders, each with one bucket, whose name is the folder's."""

    def __init__(self, root: Path, *names: str) -> None:
        self.root = root
        self.names = list(names)
        self.list = root / "list.txt"
        self.out = root / "out"
        rules = root / "rules" / "operations"
        rules.mkdir(parents=True)
        (rules / "does_what_it_says.py").write_text(TROUBLE, encoding="utf-8")
        for name in names:
            self.write(
                name,
                f'resource "aws_s3_bucket" "a" {{\n  bucket = "{name.rstrip("0123456789")}"\n  tags   = {{ Name = "records" }}\n}}\n',
            )
        self.list.write_text("".join(f"{name}\n" for name in names), encoding="utf-8")

    def write(self, name: str, text: str, file: str = "main.tf") -> None:
        """Write a file of an entry."""
        (self.root / name).mkdir(exist_ok=True)
        (self.root / name / file).write_text(text, encoding="utf-8")

    def arguments(self, *options: str) -> list[str]:
        """The arguments of a run."""
        return ["fleet", str(self.list), "--out", str(self.out), "--rules", str(self.root / "rules"), *options]

    def run(self, *options: str) -> Done:
        """Run it to its end."""
        return start(self.root, *self.arguments(*options))

    def begin(self, *options: str) -> subprocess.Popen[str]:
        """Begin to run it."""
        command = [sys.executable, "-m", "wa_iac", *self.arguments(*options)]
        return subprocess.Popen(command, cwd=self.root, env=environ(), stderr=subprocess.PIPE, text=True)

    def report(self, *options: str, out: Path | None = None) -> dict[str, Any]:
        """The report as JSON."""
        done = cli.run(self.root, "fleet", "report", str(out or self.out), "--format", "json", *options)
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def rows(self, table: str) -> list[dict[str, Any]]:
        """All rows of all parts of a table, whether or not they count."""
        found = [each for path in sorted((self.out / table).iterdir()) for each in pq.read_table(path).to_pylist()]
        return sorted(found, key=lambda each: (each["entry"], each.get("fault", "")))

    def states(self) -> dict[str, tuple[str, str]]:
        """The state and the signal of each entry."""
        return {each["entry"]: (each["state"], each["signal"]) for each in self.rows("entries")}


def until(holds: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something holds. Raises `TimeoutError`."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.02)


def processes(mark: str) -> Sequence[int]:
    """The processes whose working directory is below a folder."""
    found = []
    for each in Path("/proc").iterdir():
        try:
            if each.name.isdigit() and str((each / "cwd").readlink()).startswith(mark):
                found.append(int(each.name))
        except OSError:
            continue
    return found
