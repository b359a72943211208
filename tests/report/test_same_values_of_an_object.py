"""A value by the key of an object, which is for an environment: the remedy names the other keys with the same value, and no others."""

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy

DATABASE = """
variable "stage" { type = string }
variable "days" {
  default = {
    stage = %d
    prod  = %d # of production
  }
}
resource "aws_db_instance" "orders" {
  engine                  = "mysql"
  backup_retention_period = lookup(var.days, var.stage)
}
"""
LOCALS = """
locals {
  days   = 1
  number = 1
}
resource "aws_db_instance" "orders" {
  engine                  = "mysql"
  backup_retention_period = local.days
}
"""


def test_all_keys_with_the_value_change(tmp_path: Path) -> None:
    text = only_remedy(judge(tmp_path, DATABASE % (1, 1), "terraform", "rds-backup-retention"))

    assert ", and prod beside it, which has the same value:" in text


@pytest.mark.parametrize("source", [LOCALS, (DATABASE % (1, 14)).replace("var.stage)", '"stage")')])
def test_another_value_and_what_is_no_object_stay(tmp_path: Path, source: str) -> None:
    assert "beside it" not in only_remedy(judge(tmp_path, source, "terraform", "rds-backup-retention"))
