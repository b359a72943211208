"""`check --fix`, `--unsafe-fixes` and `--diff`, as a person runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.cli import run

TEMPLATE = """\
Resources:
  T: # ours
    Type: AWS::CloudTrail::Trail
    Properties:
      EnableLogFileValidation: false
  B:
    Type: AWS::S3::Bucket
"""
SAFE = TEMPLATE.replace("false", "true")
BOTH = SAFE + "    Properties:\n      VersioningConfiguration:\n        Status: Enabled\n"
ONLY = ("--select", "cloudtrail-log-validation,s3-versioning,s3-lifecycle")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "t.yaml").write_text(TEMPLATE, encoding="utf-8")
    return tmp_path


def test_fix_writes_the_safe_ones_and_the_exit_code_is_of_what_is_left(here: Path) -> None:
    done = run(here, "check", "--fix", *ONLY)

    assert (here / "t.yaml").read_text(encoding="utf-8") == SAFE
    assert done.returncode == 1
    assert "2 findings (1 medium, 1 low) in 1 item, 2 resources in 1 file, 1 fixable with --fix --unsafe-fixes" in done.stdout
    assert done.stderr == "wa-iac: fixed 1 finding in 1 file; 2 left, 1 of them fixable with --unsafe-fixes\n"


def test_unsafe_fixes_writes_those_too(here: Path) -> None:
    done = run(here, "check", "--fix", "--unsafe-fixes", "--select", "cloudtrail-log-validation,s3-versioning")

    assert (here / "t.yaml").read_text(encoding="utf-8") == BOTH
    assert (done.returncode, done.stderr) == (0, "wa-iac: fixed 2 findings in 1 file; 0 left\n")


def test_a_finding_that_another_fix_settles_is_counted(tmp_path: Path) -> None:
    database = "Resources:\n  D:\n    Type: AWS::RDS::DBInstance\n    DeletionPolicy: Snapshot\n    Properties:\n      Engine: postgres\n"
    (tmp_path / "t.yaml").write_text(database, encoding="utf-8")
    only = ("--select", "rds-deletion-protection,workload-stateful-deletion-policy")
    done = run(tmp_path, "check", "--fix", "--unsafe-fixes", *only)

    assert (done.returncode, done.stderr) == (0, "wa-iac: fixed 1 finding in 1 file, and 1 more is gone with it; 0 left\n")


def test_diff_prints_and_leaves_the_files_alone(here: Path) -> None:
    done = run(here, "check", "--diff", *ONLY)

    assert (here / "t.yaml").read_text(encoding="utf-8") == TEMPLATE
    assert done.stdout == (
        "--- a/t.yaml\n+++ b/t.yaml\n@@ -2,6 +2,6 @@\n   T: # ours\n     Type: AWS::CloudTrail::Trail\n     Properties:\n"
        "-      EnableLogFileValidation: false\n+      EnableLogFileValidation: true\n   B:\n     Type: AWS::S3::Bucket\n"
    )
    assert done.stderr == "wa-iac: would fix 1 finding in 1 file; --unsafe-fixes shows 1 more\n"
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("line", "covered"),
    [
        ('password = "hunter2-hunter2"', True),
        ('url = "https://me:hunter2-hunter2@example.com"', True),
        ('s3_key_prefix = "hunter"', True),
        ("# -----BEGIN RSA PRIVATE KEY-----\n  # hunter\n  # -----END RSA PRIVATE KEY-----", True),
        ("password = var.word", False),
        ("password = random_password.db.result", False),
        ("password = null", False),
    ],
)
def test_a_difference_covers_lines_that_may_hold_a_secret(tmp_path: Path, line: str, covered: bool) -> None:
    (tmp_path / "main.tf").write_text(
        'variable "hunter" {\n  sensitive = true\n  default   = "hunter"\n}\nlocals {\n  name = var.hunter\n}\n\n\n'
        f'resource "aws_cloudtrail" "t" {{\n  name = local.name\n  {line}\n  enable_log_file_validation = false\n}}\n',
        encoding="utf-8",
    )
    done = run(tmp_path, "check", "--diff", "--select", "cloudtrail-log-validation")

    assert ("   (this line may hold a secret)\n" in done.stdout) is covered
    assert ("the patch fits no file" in done.stderr) is covered
    assert "+  enable_log_file_validation = true\n" in done.stdout
    assert "hunter" not in done.stdout


def test_there_may_be_nothing_to_fix(here: Path) -> None:
    done = run(here, "check", "--fix", "--select", "s3-lifecycle")

    assert (here / "t.yaml").read_text(encoding="utf-8") == TEMPLATE
    assert (done.returncode, done.stderr) == (1, "wa-iac: fixed nothing; 1 left\n")


def test_unsafe_fixes_alone_is_refused(here: Path) -> None:
    done = run(here, "check", "--unsafe-fixes")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "wa-iac: --unsafe-fixes needs --fix, or --diff to see the fixes first\n"


def test_a_patch_has_no_other_format(here: Path) -> None:
    refused = run(here, "check", "--diff", "--format", "sarif", *ONLY)
    beside = run(here, "check", "--diff", "--format", "sarif", "--output", "report.sarif", *ONLY)

    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == "wa-iac: --diff prints a patch instead of the report: --output FILE writes the report beside it\n"
    assert beside.stdout.startswith("--- a/")
    assert json.loads((here / "report.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"


def test_the_json_report_says_how_to_mend(here: Path) -> None:
    done = run(here, "check", "--format", "json", *ONLY)

    fixes = {each["rule"]: each["fix"] for each in json.loads(done.stdout)["findings"]}
    place = {"path": "t.yaml", "start_line": 5, "start_column": 32, "end_line": 5, "end_column": 37}
    assert fixes["s3-lifecycle"] is None
    assert fixes["cloudtrail-log-validation"] == {
        "safe": True, "title": "Set EnableLogFileValidation to true", "edits": [{**place, "new_text": "true"}],
    }  # fmt: skip
    assert fixes["s3-versioning"]["safe"] is False
    assert fixes["s3-versioning"]["title"] == "Set VersioningConfiguration.Status to Enabled"


def test_after_fixing_the_report_goes_where_it_is_asked_for(here: Path) -> None:
    done = run(here, "check", "--fix", *ONLY, "--format", "json", "-o", "report.json")

    report = json.loads((here / "report.json").read_text(encoding="utf-8"))
    assert {each["rule"] for each in report["findings"]} == {"s3-lifecycle", "s3-versioning"}
    assert done.stderr.splitlines()[-1] == "wa-iac: fixed 1 finding in 1 file; 2 left, 1 of them fixable with --unsafe-fixes"
