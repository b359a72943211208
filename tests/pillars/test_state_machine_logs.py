"""Step Functions keeps the history of a standard workflow for a while, and a machine for Step Functions Local is never deployed."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.rule import Severity

RULE = "stepfunctions-logging"
MODULE = """
resource "aws_lambda_function" "sum" {{
  environment {{
    variables = {{ {variable} = "{value}" }}
  }}
}}
resource "aws_sfn_state_machine" "it" {{
  name       = "it"
  type       = "{kind}"
  definition = jsonencode({{ StartAt = "A", States = {{ A = {{ Type = "Task", Resource = aws_lambda_function.sum.arn, End = true }} }} }})
}}
"""


def severities(tmp_path: Path, kind: str = "STANDARD", variable: str = "STAGE", value: str = "test") -> list[Severity]:
    report = judge(tmp_path, MODULE.format(kind=kind, variable=variable, value=value), "terraform", RULE)
    return [each.severity for each in report.failing()]


@pytest.mark.parametrize(("kind", "severity"), [("STANDARD", Severity.LOW), ("EXPRESS", Severity.MEDIUM)])
def test_the_history_of_a_standard_workflow_makes_it_milder(tmp_path: Path, kind: str, severity: Severity) -> None:
    assert severities(tmp_path, kind) == [severity]


def test_functions_with_invented_access_keys_are_for_step_functions_local(tmp_path: Path) -> None:
    assert severities(tmp_path / "a", variable="AWS_SECRET_ACCESS_KEY", value="DUMMYEXAMPLEKEY") == []
    assert severities(tmp_path / "b", variable="STAGE", value="dummy") == [Severity.LOW]


def test_a_template_for_step_functions_local_is_not_judged(tmp_path: Path) -> None:
    source = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Sum:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src
      Handler: app.handler
      Runtime: python3.14
      Environment: { Variables: { AWS_ACCESS_KEY_ID: DUMMYIDEXAMPLE } }
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/it
      DefinitionString: !Sub
        - '{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${Arn}", "End": true}}}'
        - Arn: !GetAtt Sum.Arn
"""
    assert judge(tmp_path, source, "cloudformation", RULE).failing() == []
