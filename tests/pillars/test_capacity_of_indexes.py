"""On-demand capacity leaves no room for a capacity of an index."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault
from wa_iac.core.declared import Dialect
from wa_iac.report.remedy import remedy

RULE = "dynamodb-autoscaling"
TEMPLATE = """
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}
      GlobalSecondaryIndexes:
        - IndexName: by-day
          %s
"""
MODULE = """
resource "aws_dynamodb_table" "orders" {
  read_capacity  = 5
  write_capacity = 5
  global_secondary_index {
    name = "by-day"
    %s
  }
}
"""


@pytest.mark.parametrize(
    ("dialect", "source", "capacity", "names"),
    [
        (
            "cloudformation",
            TEMPLATE,
            "ProvisionedThroughput: {ReadCapacityUnits: 5, WriteCapacityUnits: 5}",
            "also remove ProvisionedThroughput there",
        ),
        ("terraform", MODULE, "read_capacity = 5", "also remove read_capacity and write_capacity there"),
    ],
)
def test_the_capacity_of_indexes_goes_together_with_the_tables(
    tmp_path: Path, dialect: Dialect, source: str, capacity: str, names: str
) -> None:
    with_capacity = remedy(only_fault(tmp_path / "with", source % capacity, dialect, RULE))
    without = remedy(only_fault(tmp_path / "without", source % "", dialect, RULE))

    assert names in with_capacity.text
    assert "indexes" not in without.text
    assert with_capacity.code == without.code
