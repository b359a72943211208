"""A file of values that repeats the default at fault is named beside it: a new default alone would not reach whoever uses the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files
from wa_iac.report.remedy import remedy

STACK = """
variable "zones" {
  type    = bool
  default = false
}
resource "aws_db_instance" "orders" {
  engine         = "postgres"
  instance_class = "db.m7g.large"
  multi_az       = var.zones
}
"""


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [
        ("terraform.tfvars.example", "# Copy this.\nzones = false # or true\n", [2]),
        ("orders.tfvars-sample", 'zones = "false"\n', [1]),
        ("terraform.tfvars.example", "zones = true\n", []),
        ("terraform.tfvars.example", "zones_of_test = false\nnested = {\n  zones = false\n}\n", []),
        ("notes.txt", "zones = false\n", []),
    ],
)
def test_a_value_that_is_copied_has_to_change_too(tmp_path: Path, name: str, text: str, lines: list[int]) -> None:
    report = judge_files(tmp_path, {"main.tf": STACK, name: text}, "rds-multi-az")
    (found,) = report.failing()
    named = [each for each in found.related if each.note == "sets zones to the same: change it too"]

    assert [each.span.start_line for each in named] == lines
    assert all(each.span.path.endswith(name) for each in named)


def test_a_file_of_another_module_says_nothing(tmp_path: Path) -> None:
    sources = {
        "main.tf": 'module "orders" {\n  source = "./orders"\n}\n',
        "orders/main.tf": STACK,
        "orders/a.tfvars": "zones = false\n",
    }
    (found,) = judge_files(tmp_path, sources, "rds-multi-az").failing()

    assert not any("the same" in each.note for each in found.related)


def test_files_below_count_too_and_the_remedy_names_them(tmp_path: Path) -> None:
    files = {f"environments/{each}.tfvars": "zones = false\n" for each in ("dev", "prod", "qa")}
    (found,) = judge_files(tmp_path, {"main.tf": STACK, **files}, "rds-multi-az").failing()
    notes = [each.note for each in found.related if "to the same" in each.note]

    assert len(notes) == 2
    assert notes[-1].endswith("The same is in 1 more of its files.")
    assert "its value in each file that sets it (" in remedy(found).text
    assert "environments/dev.tfvars:1 and " in remedy(found).text
