"""The command that starts the language server."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from helpers.cli import execute


@pytest.mark.slow
def test_without_the_extra_a_message_names_it(tmp_path: Path) -> None:
    program = "import sys; sys.modules['pygls'] = None; from wa_iac.cli.app import main; sys.argv = ['wa-iac', 'lsp']; main()"

    done = execute(tmp_path, program)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "wa-iac: wa-iac lsp needs the extra lsp: pip install 'wa-iac[lsp]', or '.[lsp]' in a clone\n"


@pytest.mark.slow
def test_it_ends_when_the_editor_is_gone(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "wa_iac", "lsp"], cwd=tmp_path, input=b"", capture_output=True, timeout=30, check=False
    )

    assert (done.returncode, done.stdout, b"Traceback" in done.stderr) == (0, b"", False)
