"""The extension for VS Code: bundled, and run against the real server with a stand-in for the editor."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CLIENT = Path(__file__).parent.parent.parent / "editors" / "vscode"


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads((CLIENT / "package-lock.json").read_text(encoding="utf-8"))

    assert [name for name, each in lock["packages"].items() if "resolved" in each] == []


def test_a_workspace_that_is_not_trusted_starts_nothing() -> None:
    manifest = json.loads((CLIENT / "package.json").read_text(encoding="utf-8"))

    assert manifest["capabilities"]["untrustedWorkspaces"]["supported"] is False
    assert manifest["contributes"]["configuration"]["properties"]["wa-iac.command"]["scope"] == "machine"


@pytest.mark.slow
def test_the_bundled_extension_shows_what_the_server_finds() -> None:
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("there is no Node.js")
    if not (CLIENT / "node_modules").is_dir():
        pytest.skip("the extension's packages are not installed: npm ci in editors/vscode")

    done = subprocess.run(
        ["npm", "test", "--silent"],
        cwd=CLIENT,
        env={**os.environ, "WA_IAC_COMMAND": json.dumps([sys.executable, "-m", "wa_iac", "lsp"])},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )

    assert (done.returncode, done.stdout.splitlines()[-1:]) == (
        0,
        ["the bundled extension showed what the server found"],
    ), done.stderr
