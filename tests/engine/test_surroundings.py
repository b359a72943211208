"""Code that is there for tests, or as a record of a past run, is graded by that."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files
from wa_iac.core.rule import Severity

DATABASE = 'resource "aws_db_instance" "orders" {\n  engine         = "postgres"\n  instance_class = "db.m7g.large"\n}\n'


@pytest.mark.parametrize(
    ("folder", "advice"),
    [("tests/basic", True), ("results/20240315-first", True), ("results/orders", False), ("orders", False)],
)
def test_a_grave_finding_of_tests_and_of_records_is_advice(tmp_path: Path, folder: str, advice: bool) -> None:
    (tmp_path / ".git").mkdir()
    (found,) = judge_files(tmp_path, {f"{folder}/main.tf": DATABASE}, "rds-encryption").failing()

    assert (found.is_advice, found.severity is Severity.HIGH) == (advice, not advice)


@pytest.mark.parametrize("named", [".", "tests"])
def test_the_folders_of_an_unpacked_archive_count_below_what_is_named(tmp_path: Path, named: str) -> None:
    """Without a repository around it, from any working directory. The named folder itself has no name that counts."""
    found = judge_files(
        tmp_path / named, {("tests/" if named == "." else "") + "main.tf": DATABASE}, "rds-encryption"
    ).failing()

    assert [each.is_advice for each in found] == [named == "."]


def test_what_a_test_does_not_ask_of_a_module_is_advice(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    module = """
variable "logs" { default = {} }
resource "aws_cloudfront_distribution" "site" {
  enabled = true
  dynamic "logging_config" {
    for_each = length(keys(var.logs)) == 0 ? [] : [var.logs]
    content { bucket = logging_config.value["bucket"] }
  }
}
"""
    call = 'module "site" {\n  source = "../../site"\n  logs   = {}\n}\n'
    for folder, advice in (("tests/basic", True), ("live/basic", False)):
        files = {"site/main.tf": module, f"{folder}/main.tf": call}
        (found,) = judge_files(tmp_path / folder.partition("/")[0], files, "cloudfront-access-logging").failing()
        assert found.is_advice is advice, folder
