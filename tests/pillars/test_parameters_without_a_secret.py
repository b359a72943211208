"""A parameter whose value says that there is no secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.rule import Severity

TEMPLATE = """
Parameters:
  Key: {{Type: String, Default: ""}}
Conditions:
  HasKey: !Not [!Equals [!Ref Key, ""]]
Resources:
  ApiKey:
    Type: AWS::SSM::Parameter
    Properties: {{Name: /partner/api_key, Type: String, Value: {value}}}
"""
MODULE = """
resource "aws_ssm_parameter" "key" {{
  name  = "/partner/api_key"
  type  = "String"
  value = "none"
  lifecycle {{
    ignore_changes = [{ignored}]
  }}
}}
"""


@pytest.mark.parametrize(
    ("value", "severities"),
    [
        ("NONE", []),
        ("'\"\"'", []),
        ("'false'", []),
        ("to be set later", [Severity.MEDIUM]),
        ("!If [HasKey, !Ref Key, NONE]", [Severity.MEDIUM]),
    ],
)
def test_none_is_no_secret_but_what_is_passed_is_one(tmp_path: Path, value: str, severities: list[Severity]) -> None:
    found = judge(tmp_path, TEMPLATE.format(value=value), "cloudformation", "ssm-parameter-secure").failing()
    assert [each.severity for each in found] == severities


@pytest.mark.parametrize(("ignored", "faults"), [("tags", 0), ("value", 1)])
def test_a_value_that_terraform_ignores_is_set_elsewhere(tmp_path: Path, ignored: str, faults: int) -> None:
    found = judge(tmp_path, MODULE.format(ignored=ignored), "terraform", "ssm-parameter-secure").failing()
    assert len(found) == faults


def test_an_entry_of_a_map_may_hold_no_secret(tmp_path: Path) -> None:
    module = (
        'resource "aws_ssm_parameter" "this" {\n  for_each = { api_key = "\\"\\"", api_token = "a1" }\n'
        '  name     = "/partner/${each.key}"\n  type     = "String"\n  value    = each.value\n}\n'
    )
    found = judge(tmp_path, module, "terraform", "ssm-parameter-secure").failing()
    assert [each.address for each in found] == ['aws_ssm_parameter.this["api_token"]']


@pytest.mark.parametrize(
    ("default", "faults"),
    [("EnterYourPasswordHere", 0), ("PutPasswordHere", 0), ("token-goes-here", 0), ("YourKeyHere", 0), ("NobodyGetsInHere", 1)],
)
def test_a_default_that_asks_for_the_secret_is_none(tmp_path: Path, default: str, faults: int) -> None:
    template = (
        f"Parameters:\n  DirectoryPassword:\n    Type: String\n    NoEcho: true\n    Default: {default}\n"
        "Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n"
    )
    assert len(judge(tmp_path, template, "cloudformation", "cloudformation-plaintext-secrets").failing()) == faults


@pytest.mark.parametrize(("other", "advice"), [("secret_key", True), ("region", False)])
def test_the_half_of_a_pair_that_only_says_who_calls_is_advice(tmp_path: Path, other: str, advice: bool) -> None:
    template = f"""
Parameters:
  Key: {{ Type: String, Default: NONE }}
Resources:
  Api: {{ Type: AWS::SSM::Parameter, Properties: {{ Name: /shop/api_key, Type: String, Value: !Ref Key }} }}
  Other: {{ Type: AWS::SSM::Parameter, Properties: {{ Name: /shop/{other}, Type: String, Value: !Ref Key }} }}
"""
    report = judge(tmp_path, template, "cloudformation", "ssm-parameter-secure")
    assert [each.is_advice for each in report.failing() if each.address == "Api"] == [advice]
