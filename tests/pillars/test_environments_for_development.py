"""Nobody protects what is for development or tests against every loss: the paths of files tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files

RULES = ("rds-backup-retention", "rds-deletion-protection", "rds-cluster-multi-az")
CLUSTER = """
resource "aws_rds_cluster" "orders" {
  engine            = "aurora-mysql"
  storage_encrypted = true
}

resource "aws_rds_cluster_instance" "first" {
  cluster_identifier = aws_rds_cluster.orders.id
  engine             = "aurora-mysql"
  instance_class     = "db.r7g.large"
}
"""


@pytest.mark.parametrize(("folder", "advice"), [("staging", True), ("dev-eu", True), ("live", False), ("devices", False)])
def test_the_environment_of_a_call_decides(tmp_path: Path, folder: str, advice: bool) -> None:
    (tmp_path / ".git").mkdir()
    files = {f"{folder}/main.tf": 'module "orders" {\n  source = "../modules/orders"\n}\n', "modules/orders/main.tf": CLUSTER}
    found = judge_files(tmp_path, files, *RULES).failing()

    assert {each.rule.slug: each.is_advice for each in found} == dict.fromkeys(RULES, advice)
