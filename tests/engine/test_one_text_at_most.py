"""A value that is compared with several texts is one of them at most."""

from __future__ import annotations

from pathlib import Path

import pytest

from wa_iac.core.same_text import IS, IS_NOT, IsText, contradict, outcome_of
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection

RULE = Selection(select=("rds-public-access",))
CONDITIONS = """
Parameters: {Stage: {Type: String}}
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsDev: !Equals [!Ref Stage, dev]
  IsBoth: !And [!Condition IsProd, !Condition IsDev]
  IsOther: !Or [!Not [!Condition IsProd], !Not [!Condition IsDev]]
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
"""


def verdicts(folder: Path, name: str, text: str) -> list[str]:
    (folder / name).write_text(text, encoding="utf-8")
    return [each.verdict for each in check([folder], RULE).findings]


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ("Condition: IsBoth\n    Properties: {PubliclyAccessible: true}", []),
        ("Condition: IsProd\n    Properties: {PubliclyAccessible: !If [IsDev, true, false]}", []),
        ("Condition: IsProd\n    Properties: {PubliclyAccessible: !If [IsDev, false, true]}", ["fail"]),
        ("Properties: {PubliclyAccessible: !If [IsOther, true, false]}", ["fail"]),
        ("Properties: {PubliclyAccessible: !If [IsProd, !If [IsDev, true, false], false]}", []),
        ("Properties: {PubliclyAccessible: !If [IsDev, true, false]}", ["unknown"]),
    ],
)
def test_conditions_of_a_template(tmp_path: Path, resource: str, expected: list[str]) -> None:
    assert verdicts(tmp_path, "stack.yaml", f"{CONDITIONS}    {resource}\n") == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ('count = var.stage == "prod" && var.stage == "dev" ? 1 : 0\n  publicly_accessible = true', []),
        ('publicly_accessible = var.stage != "prod" || var.stage != "dev"', ["fail"]),
        ('publicly_accessible = var.stage == "prod" ? (var.stage == "dev" ? true : false) : false', []),
        ('count = var.stage == "prod" ? 1 : 0\n  publicly_accessible = var.stage == "dev" ? true : false', []),
        ('count = var.stage == "prod" ? 1 : 0\n  publicly_accessible = var.stage == "dev"', []),
        ('count = var.stage == "prod" ? 0 : 1\n  publicly_accessible = var.stage == "dev"', ["unknown"]),
        ('publicly_accessible = var.stage == "dev"', ["unknown"]),
    ],
)
def test_conditions_of_a_configuration(tmp_path: Path, arguments: str, expected: list[str]) -> None:
    text = f'variable "stage" {{\n  type = string\n}}\nresource "aws_db_instance" "orders" {{\n  {arguments}\n}}\n'

    assert verdicts(tmp_path, "main.tf", text) == expected


def test_one_outcome_decides_the_others_of_the_same_value() -> None:
    prod, dev, other = IsText("stage", "prod"), IsText("stage", "dev"), IsText("size", "prod")
    again = IsText("stage", "prod", "named")

    assert [outcome_of(each, {prod: IS}) for each in (prod, again, dev, other)] == [IS, IS, IS_NOT, None]
    assert [outcome_of(each, {prod: IS_NOT}) for each in (again, dev)] == [IS_NOT, None]


def test_outcomes_that_cannot_be_together() -> None:
    prod, dev, again = IsText("stage", "prod"), IsText("stage", "dev"), IsText("stage", "prod", "named")

    assert contradict({prod: IS, dev: IS})
    assert contradict({prod: IS, again: IS_NOT})
    assert not contradict({prod: IS, dev: IS_NOT, again: IS})
