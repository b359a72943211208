"""A table that locks Terraform's state holds nothing that could be lost: it needs no backups and no protection."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import both, verdicts

TABLE = """
Resources:
  Selected:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupPlanId: 0a1b2c3d
      BackupSelection: {SelectionName: data, IamRoleArn: "arn:aws:iam::123456789012:role/backup", Resources: ["arn:aws:rds:*"]}
  Held:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: %(key)s, AttributeType: S}]
      KeySchema: [{AttributeName: %(key)s, KeyType: HASH}]
"""
MODULE = """
resource "aws_backup_selection" "selected" {
  name         = "data"
  plan_id      = "0a1b2c3d"
  iam_role_arn = "arn:aws:iam::123456789012:role/backup"
  resources    = ["arn:aws:rds:*"]
}
resource "aws_dynamodb_table" "held" {
  name         = "held"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "%(key)s"
  attribute {
    name = "%(key)s"
    type = "S"
  }
}
"""
RULES = (
    "dynamodb-point-in-time-recovery",
    "dynamodb-deletion-protection",
    "backup-plan-coverage",
    "workload-stateful-deletion-policy",
)


@pytest.mark.parametrize("slug", RULES)
def test_only_a_table_with_data_is_kept_and_protected(tmp_path: Path, slug: str) -> None:
    locks = both(tmp_path / "locks", slug, TABLE % {"key": "LockID"}, MODULE % {"key": "LockID"})
    data = both(tmp_path / "data", slug, TABLE % {"key": "id"}, MODULE % {"key": "id"})

    assert "fail" not in {*locks[0].values(), *locks[1].values()}
    assert data[0] == {"Held": "fail"}


@pytest.mark.parametrize("slug", ["dynamodb-point-in-time-recovery", "dynamodb-deletion-protection", "backup-plan-coverage"])
def test_a_table_whose_key_is_not_known_may_hold_locks(tmp_path: Path, slug: str) -> None:
    source = 'variable "key" { type = string }\n' + MODULE % {"key": "${var.key}"}

    assert verdicts(tmp_path, source, "terraform", slug) == {"aws_dynamodb_table.held": "unknown"}
