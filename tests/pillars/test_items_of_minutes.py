"""Tables of locks and of what was seen already hold nothing that lasts."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.rule import Severity

RECOVERY = "dynamodb-point-in-time-recovery"
TEMPLATE = """
Resources:
  Items:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: NAME
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
"""
MODULE = """
resource "aws_dynamodb_table" "items" {
  name     = "NAME"
  hash_key = "id"
}
"""


@pytest.mark.parametrize(
    ("name", "found"),
    [("alert-dedup", False), ("EventDeduplication", False), ("terraform-locks", False), ("lock", False), ("blocks", True)],
)
def test_a_table_of_locks_is_short_lived(tmp_path: Path, name: str, found: bool) -> None:
    templates = judge(tmp_path / "template", TEMPLATE.replace("NAME", name), "cloudformation", RECOVERY)
    modules = judge(tmp_path / "module", MODULE.replace("NAME", name), "terraform", RECOVERY)
    severity = Severity.MEDIUM if found else Severity.LOW
    assert [each.severity for each in [*templates.failing(), *modules.failing()]] == [severity, severity]


@pytest.mark.parametrize(
    ("table", "severity"), [("aws_dynamodb_table.items.name", Severity.LOW), ('"others"', Severity.MEDIUM)]
)
def test_items_that_terraform_writes_are_made_again(tmp_path: Path, table: str, severity: Severity) -> None:
    item = 'resource "aws_dynamodb_table_item" "first" {\n  table_name = %s\n  hash_key   = "id"\n  item       = "{}"\n}\n'
    found = judge(tmp_path, MODULE.replace("NAME", "orders") + item % table, "terraform", RECOVERY).failing()

    assert [each.severity for each in found] == [severity]
