"""What a finding on a database says is true of its engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault

DATABASE = """
resource "aws_db_instance" "orders" {
  engine                  = "%s"
  instance_class          = "db.m7g.large"
  allocated_storage       = 100
  backup_retention_period = %s
}
"""


@pytest.mark.parametrize(
    ("engine", "words"),
    [
        ("postgres", ": its errors and failed sign-ins are lost"),
        ("mysql", ": its errors are lost"),
        ("mariadb", ": its errors are lost"),
        ("oracle-ee", ": its alerts, connections and audit records are lost"),
        ("sqlserver-se", ": its errors and failed sign-ins are lost"),
    ],
)
def test_what_is_lost_is_what_the_engine_logs(tmp_path: Path, engine: str, words: str) -> None:
    assert words in only_fault(tmp_path, DATABASE % (engine, 7), "terraform", "rds-logging").message
