"""Bad luck and bad company: outputs that cannot be written, homes that are not there, files called like Python's modules."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.cli import environ, execute, run, start
from helpers.paths import PROJECT

BUCKET = 'resource "aws_s3_bucket" "a" { bucket = "data" }\n'
PROGRAM = [sys.executable, "-m", "wa_iac"]


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "main.tf").write_text(BUCKET, encoding="utf-8")
    return tmp_path


# --- outputs


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments", [["check"], ["check", "--format", "json"], ["graph"], ["rules"], ["--version"], ["--help"]]
)
def test_standard_output_that_is_full(here: Path, arguments: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*PROGRAM, *arguments], cwd=here, env=environ(), stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )

    assert done.returncode == 2
    assert done.stderr.endswith(": No space left on device\n")
    assert ("bug" in done.stderr, "Exception" in done.stderr) == (False, False)


@pytest.mark.slow
@pytest.mark.parametrize("arguments", ["check", "check --format sarif", "graph"])
def test_standard_output_that_is_closed(here: Path, arguments: str) -> None:
    command = f"'{sys.executable}' -m wa_iac {arguments} >&-"
    done = subprocess.run(["/bin/sh", "-c", command], cwd=here, env=environ(), capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (2, "wa-iac: the report cannot be written: standard output is closed\n")


@pytest.mark.slow
@pytest.mark.parametrize("closed", ["<&-", ">&-"])
def test_an_editor_that_cannot_speak(here: Path, closed: str) -> None:
    command = f"'{sys.executable}' -m wa_iac lsp {closed}"
    done = subprocess.run(
        ["/bin/sh", "-c", command], cwd=here, env=environ(), capture_output=True, text=True, check=False, timeout=60
    )

    told = "wa-iac: the language server needs standard input and output, and one of them is closed\n"
    assert (done.returncode, done.stderr) == (2, told)


def test_an_output_that_cannot_be_written(here: Path) -> None:
    done = run(here, "check", "--output", "none/report.txt")

    assert (done.returncode, done.stderr) == (
        2,
        "wa-iac: none/report.txt: the report cannot be written: No such file or directory\n",
    )


@pytest.mark.parametrize(
    "arguments",
    [["check", "--output", "report"], ["check", "--also", "sarif=report"], ["baseline", "create", "--file", "report"]],
)
def test_a_report_is_not_written_through_a_link_out_of_the_repository(here: Path, arguments: list[str]) -> None:
    tree = here / "tree"
    (tree / ".git").mkdir(parents=True)
    (tree / "main.tf").write_text(BUCKET, encoding="utf-8")
    (tree / "report").symlink_to("../precious")
    done = run(tree, *arguments)

    assert (done.returncode, (here / "precious").exists()) == (2, False)
    assert "report: it is a symbolic link to a file outside the repository, so it was not written" in done.stderr


@pytest.mark.slow
def test_a_report_is_written_through_a_link_that_stays(here: Path) -> None:
    (here / "report").symlink_to("there")
    run(here, "check", "--output", "report")
    done = start(here, "check", "--output", "/dev/stdout")

    assert (here / "there").read_text(encoding="utf-8") == done.stdout


# --- surroundings


def test_without_a_home_the_settings_of_the_user_are_not_looked_for_in_the_tree(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wa_iac.engine.custom_rules.find import directories_of_user

    folder = here / "~" / ".config" / "wa-iac"
    folder.mkdir(parents=True)
    (folder / "wa-iac.toml").write_text('rules = ["rules"]\n', encoding="utf-8")
    monkeypatch.chdir(here)
    monkeypatch.setattr("typer.get_app_dir", lambda name: f"~/.config/{name}")

    assert directories_of_user() == []


@pytest.mark.parametrize("home", ["", "/proc/1/nowhere", "/dev/null"])
def test_a_home_that_cannot_be_read(here: Path, home: str) -> None:
    assert run(here, "check", "--fail-on", "critical", HOME=home, XDG_CONFIG_HOME="").returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", ["hcl2", "yaml", "json", "typer", "pydantic", "re", "tomllib", "tree_sitter"])
def test_files_of_the_tree_that_are_called_like_modules_are_not_run(here: Path, name: str) -> None:
    (here / f"{name}.py").write_text("open('it was run', 'w')\n", encoding="utf-8")
    (here / "wa-iac.toml").write_text('fail-on = "critical"\n', encoding="utf-8")
    (here / "t.yaml").write_text("Resources:\n  A:\n    Type: AWS::S3::Bucket\n", encoding="utf-8")
    done = start(here, "check", "--fail-on", "critical", PYTHONPATH=f"{PROJECT}::.")

    assert (done.returncode, done.stderr) == (0, "")
    assert not (here / "it was run").exists()


@pytest.mark.slow
def test_warnings_of_libraries_are_not_shown(here: Path) -> None:
    (here / "main.tf").write_text('locals {\n  x = regexall("[[a]]", "a")\n}\n' + BUCKET, encoding="utf-8")
    program = "import warnings\nfrom wa_iac.cli.app import main\nimport wa_iac.engine.check as engine\nold = engine.check\n"
    program += "def check(*a, **k):\n    warnings.warn('odd', FutureWarning)\n    return old(*a, **k)\nengine.check = check\n"
    program += "import sys\nsys.argv = ['wa-iac', 'check']\nmain()\n"
    done = execute(here, program)

    assert (done.returncode, done.stderr) == (1, "")


# --- mending


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ends", "code"),
    [(signal.SIGTERM, 128 + signal.SIGTERM), (signal.SIGINT, 130), (signal.SIGHUP, 128 + signal.SIGHUP)],
    ids=["terminated", "interrupted", "hung up"],
)
def test_a_fix_that_is_interrupted_leaves_nothing_behind(here: Path, ends: int, code: int) -> None:
    (here / "main.tf").write_text('resource "aws_kms_key" "a" {}\n', encoding="utf-8")
    program = f"""
import os, sys
from wa_iac.cli.app import main
def fsync(descriptor):
    assert len(os.listdir()) == 2
    os.kill(os.getpid(), {int(ends)})
os.fsync = fsync
sys.argv = ["wa-iac", "check", "--fix", "--unsafe-fixes", "--select", "kms-key-rotation"]
main()
"""
    done = execute(here, program)

    assert (done.returncode, os.listdir(here)) == (code, ["main.tf"]), done.stderr
    assert (here / "main.tf").read_text(encoding="utf-8") == 'resource "aws_kms_key" "a" {}\n'


def test_cfn_lint_that_raises(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("cfnlint")
    from wa_iac.engine.check import check
    from wa_iac.engine.selection import Selection

    def raising(*_: object) -> None:
        raise ValueError("odd")

    (here / "t.yaml").write_text("Resources:\n  A:\n    Type: AWS::S3::Bucket\n", encoding="utf-8")
    monkeypatch.chdir(here)
    monkeypatch.setattr("cfnlint.runner.template.run_template_by_data", raising)
    report = check([Path()], Selection(select=("s3-versioning",), cfn_lint=True))

    assert [str(each) for each in report.errors] == ["t.yaml: cfn-lint failed on this template: it raised ValueError"]
    assert [each.address for each in report.failing()] == ["aws_s3_bucket.a", "A"]


# --- logs and terminals

ESCAPES = "\x1b[31m\x9b31m\u202egnp\u2066\x7f"


def _of(here: Path, text: str) -> None:
    """A bucket with a text in its address, and one in its message and its file's name."""
    keys = json.dumps({f"{text}": 1})
    (here / "main.tf.json").write_text(
        json.dumps({"resource": {"aws_s3_bucket": {"b": {"bucket": "data", "for_each": json.loads(keys)}}}})
    )
    stack = {"Resources": {text: {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": f"{text}.yaml"}}}}
    (here / f"{text.replace('/', '_')}.json").write_text(json.dumps(stack))


@pytest.mark.parametrize("format_", ["text", "json", "sarif", "junit", "gitlab", "github", "markdown", "graph", "graph json"])
def test_nothing_that_a_terminal_obeys_is_written(here: Path, format_: str) -> None:
    _of(here, f"x{ESCAPES}")
    command = ["graph", "--format", "json"] if format_ == "graph json" else ["graph"]
    done = run(here, *(command if format_.startswith("graph") else ["check", "--show-unknown", "--format", format_]))

    assert "aws_s3_bucket" in done.stdout.replace("&#95;", "_")
    for character in "\x1b\x9b\u202e\u2066\x7f":
        assert character not in done.stdout + done.stderr, repr(character)


@pytest.mark.parametrize(
    "text",
    [
        "##[error]x",
        "x##[group]y",
        "##teamcity[buildStop comment='x']",
        "##vso[task.setvariable variable=a]b",
        "::error::x",
        "  ::warning::x",
    ],
)
@pytest.mark.parametrize(
    "command",
    ["check", "check --format json --output report", "graph", "check --format sarif", "check --format json", "graph --format json",
     "check --format junit", "check --format gitlab"],
)  # fmt: skip
def test_no_line_of_a_log_is_a_command(here: Path, command: str, text: str) -> None:
    _of(here, text)
    done = run(here, *command.split())
    log = done.stderr + done.stdout

    assert not [line for line in log.splitlines() if re.search(r"##\w*\[", line) or line.strip().startswith("::")]
    assert log
    if "json" in command and "--output" not in command:
        assert text in str(json.loads(done.stdout))


def test_differences_say_nothing_that_a_terminal_obeys(here: Path) -> None:
    key = f'# {ESCAPES}\nresource "aws_kms_key" "a" {{}}\n'
    (here / "a\n+++ b.tf").write_text(key, encoding="utf-8")
    done = run(here, "check", "--diff", "--unsafe-fixes", "--select", "kms-key-rotation")

    assert done.stdout.splitlines()[:2] == ['--- "a/a\\012+++ b.tf"', '+++ "b/a\\012+++ b.tf"']
    for character in "\x1b\x9b\u202e\u2066\x7f":
        assert character not in done.stdout + done.stderr, repr(character)


@pytest.mark.parametrize("odd", ["\f", "\v", "\u2028", "\x85", "\r"], ids=ascii)
def test_a_line_of_a_difference_ends_where_git_ends_it(here: Path, odd: str) -> None:
    (here / "main.tf").write_bytes(f'# a{odd}b\nresource "aws_kms_key" "a" {{}}'.encode())
    done = run(here, "check", "--diff", "--unsafe-fixes", "--select", "kms-key-rotation")

    before = [line[1:] for line in done.stdout.split("\n")[3:] if line.startswith((" ", "-"))]
    assert before == ["# a\ufffdb", 'resource "aws_kms_key" "a" {}']


def test_git_takes_a_name_that_is_quoted(here: Path) -> None:
    name = 'a "ü"\n\\.tf'
    (here / name).write_text('resource "aws_kms_key" "a" {}\n', encoding="utf-8")
    done = run(here, "check", "--diff", "--unsafe-fixes", "--select", "kms-key-rotation")
    subprocess.run(["git", "apply"], cwd=here, input=done.stdout.encode(), check=True)

    assert "enable_key_rotation = true" in (here / name).read_text(encoding="utf-8")


def test_in_a_build_a_difference_holds_no_command(here: Path) -> None:
    (here / "t.yaml").write_text("Resources:\n  # ##[error]x\n  A:\n    Type: AWS::KMS::Key\n", encoding="utf-8")
    done = run(here, "check", "--diff", "--unsafe-fixes", "--select", "kms-key-rotation", GITHUB_ACTIONS="true")

    assert "## [error]x" in done.stdout
    assert "##[" not in done.stdout
