"""What hangs on an undecided condition: failing always is failing, failing sometimes is undecided and says when."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, verdicts
from wa_iac.core.finding import Finding

TEMPLATE = """\
Parameters:
  Environment:
    Type: String
Conditions:
  IsProd: !Equals [!Ref Environment, prod]
Resources:
  Reports:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration:
        Status: !If [IsProd, {then}, {otherwise}]
"""


def versioning(directory: Path, then: str, otherwise: str) -> list[Finding]:
    source = TEMPLATE.format(then=then, otherwise=otherwise)
    return judge(directory, source, "cloudformation", "s3-versioning").findings


def test_what_fails_under_every_outcome_fails(tmp_path: Path) -> None:
    [found] = versioning(tmp_path, "Suspended", "!Ref AWS::NoValue")

    assert (found.verdict, found.when, found.span.start_line) == ("fail", "", 11)


def test_what_fails_under_one_outcome_is_undecided_and_says_which(tmp_path: Path) -> None:
    [found] = versioning(tmp_path, "Enabled", "Suspended")

    assert (found.verdict, found.when) == ("unknown", "IsProd is false")
    assert found.message.startswith("Fails when IsProd is false: ")


def test_what_passes_under_every_outcome_passes(tmp_path: Path) -> None:
    assert versioning(tmp_path, "Enabled", "Enabled") == []


def test_a_satellite_under_a_condition_counts_only_where_it_exists(tmp_path: Path) -> None:
    source = """\
variable "keep" {
  type = bool
}

resource "aws_s3_bucket" "reports" {}

resource "aws_s3_bucket_versioning" "reports" {
  count  = var.keep ? 1 : 0
  bucket = aws_s3_bucket.reports.id
  versioning_configuration {
    status = "Enabled"
  }
}
"""
    [found] = judge(tmp_path, source, "terraform", "s3-versioning").findings

    assert (found.verdict, found.when) == ("unknown", "var.keep is false")


def test_forty_conditions_take_a_bounded_number_of_graphs(tmp_path: Path) -> None:
    conditions = "".join(f"  C{n}: !Equals [!Ref P, v{n}]\n" for n in range(40))
    nested = "Enabled"
    for n in range(40):
        nested = f"!If [C{n}, Suspended, {nested}]"
    source = f"""\
Parameters:
  P:
    Type: String
Conditions:
{conditions}Resources:
  Reports:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration:
        Status: {nested}
"""
    [found] = judge(tmp_path, source, "cloudformation", "s3-versioning").findings

    assert found.verdict == "unknown"


@pytest.mark.parametrize(
    ("least", "most", "expected"),
    [
        (7, 35, {}),
        (1, 6, {"Db": "fail"}),
        (1, 7, {"Db": "unknown"}),
        (1, 35, {"Db": "unknown"}),
        (0, 100_000, {"Db": "unknown"}),
        (-9, 9, {"Db": "unknown"}),
    ],
)
def test_limits_that_leave_one_answer_decide(tmp_path: Path, least: int, most: int, expected: dict[str, str]) -> None:
    template = f"""
Parameters:
  Days: {{Type: Number, MinValue: {least}, MaxValue: {most}}}
Resources:
  Db:
    Type: AWS::RDS::DBInstance
    Properties: {{Engine: postgres, BackupRetentionPeriod: !Ref Days}}
"""
    module = f"""
variable "days" {{
  type = number
  validation {{
    condition     = var.days >= {least} && var.days <= {most}
    error_message = "Another number."
  }}
}}
resource "aws_db_instance" "db" {{
  engine                  = "postgres"
  backup_retention_period = var.days
}}
"""
    slug = "rds-backup-retention"

    assert verdicts(tmp_path / "template", template, "cloudformation", slug) == expected
    assert list(verdicts(tmp_path / "module", module, "terraform", slug).values()) == list(expected.values())
