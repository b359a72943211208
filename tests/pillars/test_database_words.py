"""What a finding on a database says is true of its engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files, only_fault
from wa_iac.report.remedy import remedy

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


def test_databases_of_several_engines_do_not_get_the_logs_of_one(tmp_path: Path) -> None:
    module = 'variable "engine" {}\n' + (DATABASE % ("x", 7)).replace('"x"', "var.engine")
    calls = "".join(f'module "{each}" {{\n  source = "./db"\n  engine = "{each}"\n}}\n' for each in ("mysql", "postgres"))
    said = {
        each.address: remedy(each).text
        for each in judge_files(tmp_path, {"main.tf": calls, "db/main.tf": module}, "rds-logging").failing()
    }

    assert len(said) == 2
    assert all("choose the logs by the engine" in each and "_exports" not in each for each in said.values())


LOGS = """
resource "aws_db_instance" "orders" {
  engine                          = "ENGINE"
  enabled_cloudwatch_logs_exports = [NAMES]
  MORE
}
"""


@pytest.mark.parametrize(
    ("engine", "names", "more", "is_empty"),
    [
        ("mysql", '"slowquery"', "", True),
        ("mariadb", '"general", "slowquery"', "", True),
        ("mysql", '"slowquery"', 'parameter_group_name = "ours"', False),
        ("mysql", '"slowquery"', 'replicate_source_db = "primary"', False),
        ("mysql", '"error", "slowquery"', "", False),
        ("mysql", '"audit"', "", False),
        ("aurora-mysql", '"slowquery"', "", False),
    ],
)
def test_logs_that_the_default_parameters_leave_empty_are_none(
    tmp_path: Path, engine: str, names: str, more: str, *, is_empty: bool
) -> None:
    source = LOGS.replace("ENGINE", engine).replace("NAMES", names).replace("MORE", more)
    failing = judge_files(tmp_path, {"main.tf": source}, "rds-logging").failing()

    assert ["the default parameter group leaves" in each.message for each in failing] == [True] * is_empty
    for each in failing:
        assert 'enabled_cloudwatch_logs_exports = ["error", ' in remedy(each).text
        assert "until a parameter group of its own, instead of the default one, sets" in remedy(each).text
