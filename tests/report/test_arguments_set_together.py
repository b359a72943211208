"""Two arguments that one variable sets, and that a remedy gives the same value: it changes there for both."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, placed

SETTING = """
variable "zones" {{
  type    = bool
  default = false
}}
resource "aws_elasticache_replication_group" "cache" {{
  replication_group_id       = "cache"
  description                = "sessions"
  engine                     = "redis"
  num_cache_clusters         = 2
  automatic_failover_enabled = {failover}
  multi_az_enabled           = var.zones
}}
"""
DEFAULT = 'Set the default of variable "zones" (main.tf:4) to true, or pass that value:'


@pytest.mark.parametrize(
    ("failover", "more"),
    [
        ("var.zones", ()),
        ("var.zones ? true : false", ("`automatic_failover_enabled` (main.tf:11) has to give true.",)),
    ],
)
def test_one_change_sets_both(tmp_path: Path, failover: str, more: tuple[str, ...]) -> None:
    report = judge(tmp_path, SETTING.format(failover=failover), "terraform", "elasticache-multi-az")

    assert placed(report) == (*more, DEFAULT, "default = true")
