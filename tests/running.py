"""Running the program as a person or a build does: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parent.parent


def run(here: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `wa-iac` in `here`. A traceback on standard error fails the test, whatever it is about."""
    command = [sys.executable, "-m", "wa_iac", *arguments]
    done = subprocess.run(
        command, cwd=here, env={**os.environ, "PYTHONPATH": str(PROJECT), **environment}, capture_output=True, check=False
    )
    result = subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in result.stderr
    assert "a bug in wa-iac" not in result.stderr + result.stdout
    return result
