"""An undecided result names the value that it waits for; a report writes each such value once, with everything that waits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.cli import run
from wa_iac.core.finding import Report
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection
from wa_iac.report.causes import by_cause, cause_lines, settled_by

MODULE = """\
variable "days" {
  type = number
}
variable "encrypted" {
  type = bool
}
data "aws_ebs_volume" "other" {
}
resource "aws_db_instance" "a" {
  engine                  = "postgres"
  instance_class          = "db.m7g.large"
  backup_retention_period = var.days
  storage_encrypted       = var.encrypted
}
resource "aws_db_instance" "b" {
  engine                  = "postgres"
  instance_class          = "db.m7g.large"
  backup_retention_period = var.days + 1
}
resource "aws_ebs_volume" "v" {
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = data.aws_ebs_volume.other.encrypted
}
"""
SELECTED = ("rds-backup-retention", "rds-encryption", "ebs-encryption")


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / "main.tf").write_text(MODULE, encoding="utf-8")
    return tmp_path


def _report(here: Path) -> Report:
    return check([here], Selection(select=SELECTED))


def test_results_that_wait_for_one_value_have_one_cause(here: Path) -> None:
    first = by_cause(_report(here).undecided())[0]
    assert (first.cause.kind, first.cause.name, first.cause.span.start_line) == ("variable", "var.days", 1)
    assert {each.address for each in first.findings} == {"aws_db_instance.a", "aws_db_instance.b"}
    assert "--var days=..." in first.cause.settle


def test_a_result_that_fails_under_some_outcomes_waits_for_what_decides_them(here: Path) -> None:
    causes = {each.cause.name: each for each in by_cause(_report(here).undecided())}
    (finding,) = causes["var.encrypted"].findings
    assert finding.when == "var.encrypted is false"


def test_the_place_of_a_looked_up_value_is_its_block(here: Path) -> None:
    causes = {each.cause.name: each.cause for each in by_cause(_report(here).undecided())}
    found = causes["data.aws_ebs_volume.other.encrypted"]
    assert (found.kind, found.span.start_line) == ("data source", 7)


def test_an_identity_stays_when_lines_move_and_differs_between_values(here: Path) -> None:
    before = {each.cause.name: each.cause.id for each in by_cause(_report(here).undecided())}
    (here / "main.tf").write_text("\n\n\n" + MODULE, encoding="utf-8")
    after = {each.cause.name: each.cause.id for each in by_cause(_report(here).undecided())}
    assert before == after
    assert len(set(before.values())) == len(before) == 3


def test_variables_of_one_name_in_two_modules_are_two_causes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text(MODULE, encoding="utf-8")
    report = _report(tmp_path)
    assert [each.cause.name for each in by_cause(report.undecided())].count("var.days") == 2


def test_an_export_that_several_templates_import_is_one_cause(tmp_path: Path) -> None:
    template = """\
Resources:
  V:
    Type: AWS::EC2::Volume
    Properties: {AvailabilityZone: a, Size: 1, Encrypted: !ImportValue shared-switch}
"""
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(template, encoding="utf-8")
    (found,) = by_cause(check([tmp_path], Selection(select=("ebs-encryption",))).undecided())
    assert (found.cause.kind, found.cause.name, len(found.findings)) == ("import", "shared-switch", 2)


def test_text_writes_each_value_once_with_the_rules_and_resources_that_wait(here: Path) -> None:
    out = run(here, "check", "--select", ",".join(SELECTED), "--show-unknown").stdout
    assert out.count("undecided: var.days has no default (main.tf:1)\n") == 1
    assert "  high  rds-backup-retention: aws_db_instance.a (main.tf:12), aws_db_instance.b (main.tf:18)\n" in out
    assert "rds-encryption, fails when var.encrypted is false: aws_db_instance.a" in out
    assert "undecided: " not in run(here, "check", "--select", ",".join(SELECTED)).stdout


def test_an_entry_names_ten_resources_and_counts_the_others(tmp_path: Path) -> None:
    volumes = "".join(f'resource "aws_ebs_volume" "v{number:02}" {{\n  encrypted = var.on == 1\n}}\n' for number in range(12))
    (tmp_path / "main.tf").write_text(f'variable "on" {{\n  type = number\n}}\n{volumes}', encoding="utf-8")
    (found,) = by_cause(check([tmp_path], Selection(select=("ebs-encryption",))).undecided())
    assert "\n".join(cause_lines(found, verbose=False)).endswith(" and 2 more")
    assert "aws_ebs_volume.v11" in "\n".join(cause_lines(found, verbose=True))


def test_the_summary_says_how_many_values_would_settle_how_many_results(here: Path) -> None:
    done = run(here, "check", "--select", ",".join(SELECTED))
    assert "4 undecided (3 values would settle them; --show-unknown lists them)" in done.stdout
    assert settled_by([]) == ""


def test_json_and_sarif_keep_each_result_with_the_identity_of_its_cause(here: Path) -> None:
    arguments = ("check", "--select", ",".join(SELECTED), "--show-unknown")
    document = json.loads(run(here, *arguments, "--format", "json").stdout)
    causes = {each["id"]: each for each in document["causes"]}
    undecided = [each for each in document["findings"] if each["verdict"] == "unknown"]
    assert len(undecided) == 4
    assert {each["cause"] for each in undecided} == set(causes)
    days = next(each for each in causes.values() if each["name"] == "var.days")
    assert (days["findings"], days["rules"]) == (2, ["rds-backup-retention"])
    assert days["resources"] == ["aws_db_instance.a", "aws_db_instance.b"]
    results = json.loads(run(here, *arguments, "--format", "sarif").stdout)["runs"][0]["results"]
    assert {each["properties"]["cause"]["id"] for each in results if each.get("kind") == "open"} == set(causes)
