"""The command line: run within the tests' own process, or, where that matters, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

import pytest

from helpers.paths import PROJECT
from wa_iac.cli.app import main


class Done(NamedTuple):
    """The result of a run."""

    returncode: int
    stdout: str
    stderr: str


def run(here: Path, *arguments: str, **environment: str) -> Done:
    """Run `wa-iac` in `here`, in this process. A bug that it reports fails the test, whatever the test is about."""
    stdout, stderr = (TextIOWrapper(BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with pytest.MonkeyPatch.context() as patched, patch.dict(os.environ, environment):
        patched.chdir(here)
        patched.setattr("sys.argv", ["wa-iac", *arguments])
        patched.setattr("sys.stdout", stdout)
        patched.setattr("sys.stderr", stderr)
        # What the program freezes is never collected. Its own process ends, but this one goes on.
        patched.setattr("gc.freeze", lambda: None)
        try:
            main()
        except SystemExit as end:
            code = end.code
    assert isinstance(code, int)
    return _sound(Done(code, _written(stdout), _written(stderr)))


def start(here: Path, *arguments: str, **environment: str) -> Done:
    """Run `wa-iac` in `here`, in a process of its own: for what depends on the process, its streams and its imports."""
    done = subprocess.run(
        [sys.executable, "-m", "wa_iac", *arguments], cwd=here, env=environ(**environment), capture_output=True, check=False
    )
    return _sound(Done(done.returncode, done.stdout.decode(), done.stderr.decode()))


def execute(here: Path, program: str, *arguments: str) -> Done:
    """Run the text of a Python program in a process that can import `wa_iac`."""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=here, env=environ(), capture_output=True, check=False, timeout=120
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def environ(**environment: str) -> dict[str, str]:
    """The environment of a process that can import `wa_iac`."""
    return {**os.environ, "PYTHONPATH": str(PROJECT), **environment}


def _written(stream: TextIOWrapper) -> str:
    assert isinstance(stream.buffer, BytesIO)
    return stream.buffer.getvalue().decode()


def _sound(done: Done) -> Done:
    assert "Traceback" not in done.stderr
    assert "a bug in wa-iac" not in done.stderr + done.stdout
    return done
