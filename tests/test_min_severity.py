"""`--min-severity` and `--exclude`: parts of a report that the user does not want, in every format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.cli import run

QUEUE = """\
resource "aws_sqs_queue" "q" {
}
resource "aws_lambda_event_source_mapping" "q" {
  event_source_arn = aws_sqs_queue.q.arn
  function_name    = "take"
}
resource "aws_db_instance" "d" {
  engine         = "postgres"
  instance_class = "db.m5.large"
}
"""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    for name in ("app", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text(QUEUE, encoding="utf-8")
    return tmp_path


def _report(here: Path, *arguments: str) -> dict[str, list[dict[str, str]]]:
    done = run(here, "check", "--format", "json", *arguments)
    found: dict[str, list[dict[str, str]]] = json.loads(done.stdout)
    return found


def test_milder_findings_are_left_out_and_counted(here: Path) -> None:
    every = _report(here)
    severe = _report(here, "--min-severity", "high")
    severities = {each["severity"] for each in severe["findings"]}
    assert severities == {"high"} < {each["severity"] for each in every["findings"]}
    assert severe["summary"]["milder"] == len(every["findings"]) - len(severe["findings"])  # type: ignore[call-overload]
    assert "milder left out (--min-severity)" in run(here, "check", "--min-severity", "high").stdout


@pytest.mark.parametrize("format_", ["text", "json", "sarif", "junit", "gitlab", "github", "markdown"])
def test_no_format_lists_what_is_too_mild_or_excluded(here: Path, format_: str) -> None:
    whole = run(here, "check", "--format", format_).stdout
    part = run(here, "check", "--format", format_, "--min-severity", "high", "--exclude", "other").stdout
    assert "sqs-dead-letter-queue" in whole
    assert "other/main.tf" in whole
    assert "rds-deletion-protection" in part
    assert "sqs-dead-letter-queue" not in part
    assert "other/main.tf" not in part


def test_severities_of_the_settings_count(here: Path) -> None:
    (here / "wa-iac.toml").write_text('[severity]\n"sqs-*" = "high"\n', encoding="utf-8")
    rules = {each["rule"] for each in _report(here, "--min-severity", "high")["findings"]}
    assert "sqs-dead-letter-queue" in rules


def test_a_finding_that_is_not_reported_does_not_fail_the_run_and_is_not_fixed(here: Path) -> None:
    (here / "app" / "main.tf").write_text('resource "aws_kms_key" "k" {\n}\n', encoding="utf-8")
    arguments = ("app", "--select", "kms-key-rotation", "--unsafe-fixes")
    assert run(here, "check", *arguments, "--diff", "--min-severity", "critical").stdout == ""
    assert "enable_key_rotation" in run(here, "check", *arguments, "--diff").stdout
    assert run(here, "check", "app", "--select", "kms-key-rotation", "--min-severity", "critical").returncode == 0


def test_a_named_file_that_is_excluded_is_not_read(here: Path) -> None:
    (here / "broken.yaml").write_text("Resources: {A: {Type: 'AWS::S3::Bucket'", encoding="utf-8")
    assert run(here, "check", "app", "broken.yaml").returncode == 2
    assert "broken" not in run(here, "check", "app", "broken.yaml", "--exclude", "broken.yaml").stdout
