"""Assertions about parameters: what they forbid is not one of the alternatives."""

from __future__ import annotations

import pytest

from helpers.cloudformation import resources
from wa_iac.core.value import Known, Unknown

TEMPLATE = """\
Parameters:
  Stage: {{Type: String, AllowedValues: [dev, stage, prod]}}
  Size: {{Type: String, AllowedValues: [small, large]}}
Rules:
  {rules}
Resources:
  R:
    Type: AWS::SQS::Queue
    Properties:
      Stage: !Ref Stage
      Size: !Ref Size
"""


def values(rules: str) -> dict[str, list[object]]:
    body = resources(TEMPLATE.format(rules=rules))["R"].body.value
    return {
        key: [getattr(each.value, "value", None) for each in value.alternatives]
        if isinstance(value, Unknown)
        else [value.value]
        for key, value in body.items()
        if isinstance(value, Unknown | Known)
    }


@pytest.mark.parametrize(
    ("rules", "stages"),
    [
        ("A: {Assertions: [{Assert: {'Fn::Contains': [[dev, prod], !Ref Stage]}}]}", ["dev", "prod"]),
        ("A: {Assertions: [{Assert: !Equals [!Ref Stage, prod]}]}", ["prod"]),
        (
            "A: {Assertions: [{Assert: !Not [!Equals [!Ref Stage, dev]]}, {Assert: !Not [!Equals [!Ref Stage, stage]]}]}",
            ["prod"],
        ),
        ("A: {Assertions: [{Assert: {'Fn::EachMemberIn': [[!Ref Stage], [dev, stage]]}}]}", ["dev", "stage"]),
        ("A: {Assertions: [{Assert: {'Fn::EachMemberEquals': [[!Ref Stage], prod]}}]}", ["prod"]),
        # Applies only under a condition that nobody knows, or that is false.
        (
            "A: {RuleCondition: !Equals [!Ref Size, small], Assertions: [{Assert: !Equals [!Ref Stage, prod]}]}",
            ["dev", "stage", "prod"],
        ),
        ("A: {RuleCondition: !Equals [a, b], Assertions: [{Assert: !Equals [!Ref Stage, prod]}]}", ["dev", "stage", "prod"]),
        # No value is left: a template that cannot be deployed. What it says of the parameter is not believed.
        ("A: {Assertions: [{Assert: !Equals [!Ref Stage, none]}]}", ["dev", "stage", "prod"]),
        # What asks AWS is not known.
        (
            "A: {Assertions: [{Assert: {'Fn::Contains': [{'Fn::RefAll': 'AWS::EC2::VPC::Id'}, !Ref Stage]}}]}",
            ["dev", "stage", "prod"],
        ),
        ("A: [1, 2]", ["dev", "stage", "prod"]),
    ],
)
def test_alternatives_that_are_left(rules: str, stages: list[str]) -> None:
    assert values(rules) == {"Stage": stages, "Size": ["small", "large"]}


def test_one_parameter_is_narrowed_by_its_own_value() -> None:
    rules = "A: {RuleCondition: !Equals [!Ref Stage, prod], Assertions: [{Assert: !Equals [!Ref Stage, dev]}]}"
    assert values(rules)["Stage"] == ["dev", "stage"]
