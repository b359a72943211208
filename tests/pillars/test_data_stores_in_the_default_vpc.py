"""Data stores without subnets of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import verdicts

CACHE = """
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "sessions"
  node_type            = "cache.r7g.large"
  %s
}
"""


@pytest.mark.parametrize(
    ("group", "fails"),
    [
        ("", True),
        ('subnet_group_name = ""', True),
        ('subnet_group_name = "default"', True),
        ('subnet_group_name = "data"', False),
        ("subnet_group_name = aws_elasticache_subnet_group.data.name", False),
    ],
)
def test_a_group_of_your_own_is_expected(tmp_path: Path, group: str, fails: bool) -> None:
    subnets = 'resource "aws_elasticache_subnet_group" "data" {\n  name = "data"\n  subnet_ids = ["subnet-1"]\n}\n'
    found = verdicts(tmp_path, CACHE % group + subnets, "terraform", "elasticache-in-vpc")

    assert (found == {"aws_elasticache_replication_group.sessions": "fail"}) is fails


def test_a_node_of_a_group_is_where_the_group_is(tmp_path: Path) -> None:
    source = (
        CACHE % 'subnet_group_name = "data"'
        + """
resource "aws_elasticache_cluster" "another" {
  cluster_id           = "another"
  replication_group_id = aws_elasticache_replication_group.sessions.id
}
"""
    )

    assert "fail" not in verdicts(tmp_path, source, "terraform", "elasticache-in-vpc").values()
