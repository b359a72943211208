"""The program as a person or a build runs it: what it prints, and its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.cli import environ, execute, run, start
from wa_iac import __version__

BUCKET = """\
Resources:
  Reports:
    Type: AWS::S3::Bucket
"""
VERSIONED = (
    BUCKET
    + """\
    Properties:
      VersioningConfiguration:
        Status: Enabled
"""
)
UNDECIDED = """\
Parameters:
  Status:
    Type: String
Resources:
  Reports:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration:
        Status: !Ref Status
"""
ONLY = ("--select", "s3-versioning")
"""One rule, so that other rules do not change what these tests see."""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "bucket.yaml").write_text(BUCKET, encoding="utf-8")
    (tmp_path / "versioned.yaml").write_text(VERSIONED, encoding="utf-8")
    (tmp_path / "undecided.yaml").write_text(UNDECIDED, encoding="utf-8")
    return tmp_path


# --- exit codes


@pytest.mark.slow
def test_a_process_ends_with_the_code_and_keeps_its_streams_apart(here: Path) -> None:
    found = start(here, "check", "bucket.yaml", *ONLY)
    clean = start(here, "check", "versioned.yaml", *ONLY)
    wrong = start(here, "check", "missing.yaml", "bucket.yaml", *ONLY, "--format", "json")

    assert (found.returncode, found.stderr) == (1, "")
    assert found.stdout.startswith("bucket.yaml:2:3  medium  s3-versioning  Reports\n")
    assert clean == (0, "No findings, 1 resource in 1 file\n", "")
    assert (wrong.returncode, wrong.stderr) == (2, "wa-iac: missing.yaml: there is no such file or directory\n")
    assert json.loads(wrong.stdout)["summary"]["errors"] == 1


def test_findings_exit_with_1(here: Path) -> None:
    done = run(here, "check", "bucket.yaml", *ONLY)

    assert done.returncode == 1
    assert done.stdout.startswith("bucket.yaml:2:3  medium  s3-versioning  Reports\n")
    assert "1 finding (1 medium), 1 resource in 1 file" in done.stdout
    assert done.stderr == ""


def test_nothing_to_report_exits_with_0(here: Path) -> None:
    done = run(here, "check", "versioned.yaml", *ONLY)

    assert (done.returncode, done.stdout, done.stderr) == (0, "No findings, 1 resource in 1 file\n", "")


def test_what_cannot_be_decided_is_counted_but_fails_nothing(here: Path) -> None:
    done = run(here, "check", "undecided.yaml", *ONLY)
    shown = run(here, "check", "undecided.yaml", *ONLY, "--show-unknown")

    assert (done.returncode, done.stdout) == (
        0,
        "note: 1 resource has only undecided results: Reports\n\n"
        "No findings, 1 undecided (1 value would settle it; --show-unknown lists them), 1 resource in 1 file\n",
    )
    assert shown.returncode == 0
    assert shown.stdout.startswith('undecided: parameter "Status" has no default (undecided.yaml:2)\n')
    assert "  medium  s3-versioning: Reports (undecided.yaml:9)\n" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--fail-on", "medium"], 1), (["--fail-on", "high"], 0), (["--exit-zero"], 0)],
    ids=["at", "above", "exit-zero"],
)
def test_the_failing_severity_and_exit_zero(here: Path, arguments: list[str], code: int) -> None:
    done = run(here, "check", "bucket.yaml", *ONLY, *arguments)

    assert done.returncode == code
    assert "1 finding" in done.stdout


def test_the_working_directory_is_the_default_path(here: Path) -> None:
    done = run(here, "check", *ONLY)

    assert done.returncode == 1
    assert (
        "1 finding (1 medium), 1 undecided (1 value would settle it; --show-unknown lists them), 3 resources in 3 files"
        in done.stdout
    )


# --- what cannot be judged


@pytest.mark.parametrize(
    ("name", "content", "hint"),
    [
        ("missing.yaml", None, "no such file"),
        ("empty.yaml", b"", "empty"),
        ("empty.tf", b"", "empty"),
        ("image.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        ("binary.tf", b"\x7fELF\0\0\xff\xfe", ""),
        ("broken.yaml", b"Resources:\n  A: [\n  Type: AWS::S3::Bucket\n", "broken.yaml:"),
        ("broken.json", b'{"Resources": {"A": {"Type": "AWS::S3::Bucket"}', "broken.json:"),
        ("broken.tf", b'resource "aws_s3_bucket" "a" {\n  bucket = \n', "broken.tf:"),
        ("notes.md", b"# Notes\n", "neither"),
    ],
)
def test_bad_input_is_told_and_the_rest_still_judged(here: Path, name: str, content: bytes | None, hint: str) -> None:
    if content is not None:
        (here / name).write_bytes(content)

    done = run(here, "check", name, "bucket.yaml", *ONLY, "--exit-zero")

    assert done.returncode == 2
    assert name in done.stdout
    assert hint in done.stdout
    assert "bucket.yaml:2:3  medium  s3-versioning" in done.stdout
    assert "not everything was checked" in done.stdout


@pytest.mark.parametrize("format_", ["json", "sarif"])
def test_for_a_program_errors_are_in_the_report_and_on_standard_error(here: Path, format_: str) -> None:
    done = run(here, "check", "missing.yaml", "bucket.yaml", *ONLY, "--format", format_)

    assert done.returncode == 2
    assert done.stderr == "wa-iac: missing.yaml: there is no such file or directory\n"
    assert "there is no such file or directory" in done.stdout
    assert '"s3-versioning"' in done.stdout


def test_a_directory_without_templates_is_an_error_with_a_hint(here: Path) -> None:
    (here / "empty").mkdir()
    (here / "empty" / "values.yaml").write_text("replicas: 3\n", encoding="utf-8")

    done = run(here, "check", "empty")

    assert done.returncode == 2
    assert "nothing to check in empty" in done.stdout
    assert "*.tf" in done.stdout
    assert "not everything was checked" in done.stdout


def test_all_inputs_bad_is_no_finding_but_no_good_news(here: Path) -> None:
    done = run(here, "check", "missing", "--exit-zero", "--format", "json")

    assert done.returncode == 2
    document = json.loads(done.stdout)
    assert document["summary"]["errors"] == 1
    assert document["errors"][0]["path"] == "missing"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "--select", "s3-versionin"], "did you mean 's3-versioning'?"),
        (["check", "--ignore", "nonsense-slug-of-no-rule"], "there is no rule 'nonsense-slug-of-no-rule'"),
        (["check", "--pillar", "securty"], "did you mean 'security'?"),
        (["check", "--pillar", "sec"], "the pillars are operations, security, reliability, performance, cost, sustainability"),
        (["check", "--show-suppressed"], "--show-suppressed needs the format sarif or json"),
        (["check", "--category", "infra", "--format", "json"], "--category needs the format sarif"),
        (["check", "--format", "xml"], "'xml'"),
        (["check", "--fail-on", "bad"], "'bad'"),
        (["check", "--nonsense"], "--nonsense"),
        (["rule", "s3-versionin"], "did you mean 's3-versioning'?"),
        (["rule", "x-*"], "no rule matches 'x-*'"),
        (["nonsense"], "nonsense"),
        (["explain", "s3-versioning"], "No such command 'explain'. Did you mean 'wa-iac rule'?"),
        (["check", "--write-baseline"], "No such option: --write-baseline. Did you mean 'wa-iac baseline create'?"),
        (["check", "bucket.yaml", "-o", "no/such/directory.json"], "no/such/directory.json: the report cannot be written"),
    ],
)
def test_wrong_arguments_exit_with_2_and_say_what_is_wrong(here: Path, arguments: list[str], message: str) -> None:
    done = run(here, *arguments)

    assert done.returncode == 2
    assert message in done.stderr
    assert done.stdout == ""


# --- selection, formats, output


def test_names_are_separated_by_commas_or_repeated(here: Path) -> None:
    both = run(here, "check", "bucket.yaml", "--select", "s3-versioning, s3-versioning", "--select", "s3-versioning")
    ignored = run(here, "check", "bucket.yaml", *ONLY, "--ignore", "s3-versioning")
    elsewhere = run(here, "check", "bucket.yaml", *ONLY, "--pillar", "cost,security")

    assert both.stdout.count("s3-versioning") == 1
    # No rule is left.
    assert (ignored.returncode, elsewhere.returncode) == (2, 2)


def test_json_is_the_public_schema(here: Path) -> None:
    done = run(here, "check", "bucket.yaml", *ONLY, "--format", "json")

    document = json.loads(done.stdout)
    assert done.returncode == 1
    assert document["schema"] == "wa-iac/report/1"
    assert document["tool"] == {"name": "wa-iac", "version": __version__}
    assert document["summary"] == {
        "files": 1,
        "resources": 1,
        "rules": 1,
        "fail": 1,
        "unknown": 0,
        "advice": 0,
        "milder": 0,
        "suppressed": 0,
        "errors": 0,
        "items": 1,
    }
    (finding,) = document["findings"]
    assert finding["resource"] == {"address": "Reports", "type": "AWS::S3::Bucket"}


def test_sarif_paths_start_at_the_repository(here: Path) -> None:
    inner = here / "infra"
    inner.mkdir()
    (here / "bucket.yaml").rename(inner / "bucket.yaml")

    done = run(inner, "check", "bucket.yaml", *ONLY, "--format", "sarif")

    (result,) = json.loads(done.stdout)["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "infra/bucket.yaml"


@pytest.mark.parametrize("format_", ["text", "json", "sarif"])
def test_a_report_in_a_file_leaves_a_summary_on_the_terminal(here: Path, format_: str) -> None:
    done = run(here, "check", "bucket.yaml", "missing", *ONLY, "--format", format_, "-o", "out")

    # Reports that hold the fixes have looked which of them there are.
    fixes = "--diff --unsafe-fixes shows what can be fixed" if format_ == "text" else "1 fixable with --fix --unsafe-fixes"
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "wa-iac: missing: there is no such file or directory",
        f"wa-iac: 1 finding (1 medium), 1 resource in 1 file, {fixes}, "
        "1 file not read in full, not everything was checked; report in out",
    ]
    assert "s3-versioning" in (here / "out").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    "environment",
    [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}],
    ids=["streams", "locale"],
)
@pytest.mark.parametrize("format_", ["text", "json"])
def test_output_is_utf8_in_any_locale(here: Path, format_: str, environment: dict[str, str]) -> None:
    (here / "é🙂.yaml").write_text("# é🙂\n" + BUCKET, encoding="utf-8")

    done = start(here, "check", "é🙂.yaml", *ONLY, "--format", format_, **environment)

    assert done.returncode == 1
    assert "é🙂.yaml" in done.stdout


def test_a_file_name_in_another_encoding_leaves_the_report_valid(here: Path) -> None:
    (here / os.fsdecode(b"caf\xe9.yaml")).write_text(BUCKET, encoding="utf-8")

    for format_ in ("text", "json", "sarif"):
        done = run(here, "check", *ONLY, "--format", format_)
        assert done.returncode == 1
        assert ("caf%E9.yaml" if format_ == "sarif" else "caf\ufffd.yaml") in done.stdout


@pytest.mark.slow
def test_a_reader_that_leaves_early_is_no_error(here: Path) -> None:
    program = f"{sys.executable} -m wa_iac rules --format json | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", program], cwd=here, env=environ(), capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


# --- the other commands


def test_version_and_help(here: Path) -> None:
    assert run(here, "--version").stdout == f"wa-iac {__version__}\n"
    assert "Usage: wa-iac check" in run(here, "check", "--help").stdout


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("rds-backup-retention.minimum-days=99", "--option rds-backup-retention.minimum-days: the option 'minimum-days' of"),
        ("rds-backup-retention.minimum=9", "has no option 'minimum'; did you mean 'minimum-days'?"),
        ("rds-backup-retention.days=9", "the rule 'rds-backup-retention' has no option 'days'; it has 'minimum-days'"),
        ("s3-versioning.days=9", "--option s3-versioning.days: the rule 's3-versioning' has no options"),
        ("s3-versionin.days=9", "did you mean 's3-versioning'?"),
        ("rds-backup-retention", "--option needs SLUG.NAME=VALUE"),
    ],
)
def test_a_wrong_option_of_a_rule_is_named(here: Path, option: str, message: str) -> None:
    done = run(here, "check", "bucket.yaml", "--option", option)

    assert done.returncode == 2
    assert message in done.stderr


def test_options_of_rules_on_the_command_line_win_over_the_settings(here: Path) -> None:
    (here / "wa-iac.toml").write_text("[options.rds-backup-retention]\nminimum-days = 3\n", encoding="utf-8")
    (here / "db.tf").write_text(
        'resource "aws_db_instance" "d" {\n  engine = "postgres"\n  backup_retention_period = 8\n}\n', encoding="utf-8"
    )
    arguments = ["check", "db.tf", "--select", "rds-backup-retention"]

    assert run(here, *arguments).returncode == 0
    assert run(here, *arguments, "--option", "rds-backup-retention.minimum-days=14").returncode == 1


def test_a_name_with_a_line_feed_begins_no_line(here: Path) -> None:
    """A build's log takes a line that begins with `::error` for a command."""
    (here / "odd.yaml").write_text('Resources:\n  "B\\n::error::forged": {Type: AWS::S3::Bucket}\n', encoding="utf-8")
    done = run(here, "check", "odd.yaml", *ONLY)

    assert "B ::error::forged" in done.stdout
    assert [line for line in (done.stdout + done.stderr).splitlines() if line.lstrip().startswith("::")] == []


def test_two_reports_are_not_written_to_one_file(here: Path) -> None:
    done = run(here, "check", "bucket.yaml", "--output", "x", "--also", "sarif=x")

    assert (done.returncode, done.stderr) == (2, "wa-iac: x: two reports cannot be written to one file\n")


@pytest.mark.slow
def test_a_working_directory_that_is_gone_is_told(here: Path) -> None:
    program = "import os; os.rmdir(os.getcwd()); from wa_iac.cli.app import main; main()"
    (here / "gone").mkdir()
    done = execute(here / "gone", program, "check")

    assert (done.returncode, done.stderr) == (2, "wa-iac: the working directory no longer exists\n")
