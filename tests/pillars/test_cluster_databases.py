"""Clusters of documents and of graphs: what a snapshot decides, and instances that a count makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault, only_remedy

BOTH = pytest.mark.parametrize(("service", "slug"), [("docdb", "documentdb"), ("neptune", "neptune")])


@BOTH
def test_a_restored_cluster_may_be_encrypted(tmp_path: Path, service: str, slug: str) -> None:
    code = f'resource "aws_{service}_cluster" "orders" {{\n  snapshot_identifier = "orders"\n}}\n'
    report = judge(tmp_path, code, "terraform", f"{slug}-encryption")

    assert [each.verdict for each in report.findings] == ["unknown"]


@BOTH
def test_more_instances_come_from_the_count(tmp_path: Path, service: str, slug: str) -> None:
    code = f"""
resource "aws_{service}_cluster" "orders" {{
  cluster_identifier = "orders"
}}

resource "aws_{service}_cluster_instance" "all" {{
  count              = 1
  cluster_identifier = aws_{service}_cluster.orders.id
  instance_class     = "db.r6g.large"
}}
"""

    assert "single instance" in only_fault(tmp_path, code, "terraform", f"{slug}-multi-az").message
    assert "`count`" in only_remedy(judge(tmp_path, code, "terraform", f"{slug}-multi-az"))
