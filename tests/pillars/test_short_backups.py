"""Backups that are kept for a few days: how grave that is."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault
from wa_iac.core.scales import Severity

DATABASE = """
resource "aws_db_instance" "orders" {
  engine                  = "%s"
  instance_class          = "db.m7g.large"
  allocated_storage       = 100
  backup_retention_period = %s
}
"""


@pytest.mark.parametrize(
    ("days", "severity"),
    [(0, Severity.HIGH), (1, Severity.HIGH), (2, Severity.MEDIUM), (5, Severity.MEDIUM), (6, Severity.MEDIUM)],
)
def test_backups_of_a_few_days_are_half_a_fault(tmp_path: Path, days: int, severity: Severity) -> None:
    found = only_fault(tmp_path, DATABASE % ("postgres", days), "terraform", "rds-backup-retention")

    assert found.severity == severity
