"""`check --watch`: a process that judges again when a file changes, and ends with the last exit code."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.paths import PROJECT

pytestmark = pytest.mark.slow

BAD = 'resource "aws_s3_bucket" "a" {}\n'
GOOD = (
    'resource "aws_s3_bucket" "a" {}\n'
    'resource "aws_s3_bucket_versioning" "a" {\n  bucket = aws_s3_bucket.a.id\n'
    '  versioning_configuration {\n    status = "Enabled"\n  }\n}\n'
)
FOUND = "main.tf:1:1  medium  s3-versioning  aws_s3_bucket.a"
CLEAN = "No findings, "
WAITING = "wa-iac: watching; Ctrl-C ends"
SECONDS = 30


class Watching:
    """The program, watching a directory."""

    def __init__(self, here: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "wa_iac", "check", "--watch", *arguments],
            cwd=here,
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self._lines.put(line.rstrip("\n"))

    def said(self) -> list[str]:
        """What it says until it waits for the next change."""
        lines: list[str] = []
        while not lines or lines[-1] != WAITING:
            lines.append(self._lines.get(timeout=SECONDS))
        return lines

    def is_silent(self, seconds: float) -> bool:
        try:
            self._lines.get(timeout=seconds)
        except queue.Empty:
            return True
        return False

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(SECONDS)


@pytest.fixture
def here(tmp_path: Path) -> Path:
    pytest.importorskip("watchfiles", reason="watchfiles is not installed")
    (tmp_path / ".git").mkdir()
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "main.tf").write_text(BAD, encoding="utf-8")
    return tmp_path


@pytest.fixture
def watching(here: Path) -> Iterator[Watching]:
    started = Watching(here / "root", "--select", "s3-versioning")
    yield started
    started.process.kill()


def test_a_change_is_judged_and_the_last_exit_code_counts(here: Path, watching: Watching) -> None:
    main = here / "root" / "main.tf"

    assert watching.said()[0] == FOUND
    main.write_text(GOOD, encoding="utf-8")
    assert watching.said()[0].startswith(CLEAN)
    # As editors save: another file takes the name.
    other = here / "root" / ".main.tf.swp"
    other.write_text(BAD, encoding="utf-8")
    other.rename(main)
    assert watching.said()[0] == FOUND
    assert watching.end() == 1


def test_a_new_file_and_mistaken_settings(here: Path, watching: Watching) -> None:
    settings = here / "root" / "wa-iac.toml"

    watching.said()
    (here / "root" / "versioning.tf").write_text(GOOD.partition("\n")[2], encoding="utf-8")
    assert watching.said()[0].startswith(CLEAN)
    settings.write_text("fail_on = 1\n", encoding="utf-8")
    assert watching.said()[0] == "wa-iac: wa-iac.toml:1: there is no setting 'fail_on'; did you mean 'fail-on'?"
    settings.unlink()
    assert watching.said()[0].startswith(CLEAN)
    assert watching.end() == 0


def test_a_module_beside_the_watched_directory(here: Path) -> None:
    (here / "module").mkdir()
    (here / "module" / "bucket.tf").write_text(BAD, encoding="utf-8")
    (here / "root" / "main.tf").write_text('module "a" {\n  source = "../module"\n}\n', encoding="utf-8")
    watching = Watching(here / "root", "--select", "s3-versioning")

    assert watching.said()[0].startswith("../module/bucket.tf:1:1  medium  s3-versioning")
    (here / "module" / "bucket.tf").write_text(GOOD, encoding="utf-8")
    assert watching.said()[0].startswith(CLEAN)
    assert watching.end() == 0


def test_its_own_report_is_no_change_and_a_hidden_directory_above_hides_nothing(here: Path) -> None:
    root = here / ".work" / "root"
    root.mkdir(parents=True)
    (root / "main.tf").write_text(BAD, encoding="utf-8")
    watching = Watching(root, "--select", "s3-versioning", "--output", "report.json", "--also", "sarif=also.json")

    watching.said()
    assert watching.is_silent(1.5)
    (root / "main.tf").write_text(GOOD, encoding="utf-8")
    assert watching.said()[0].startswith(f"wa-iac: {CLEAN}")
    assert watching.end() == 0
