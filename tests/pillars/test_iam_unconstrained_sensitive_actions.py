"""Statements that let their holder read everything: told once, by the rule that says the worst of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection

POLICY = """Resources:
  Reader:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: [{actions}]
            Resource: "*"
"""


@pytest.mark.parametrize(
    ("actions", "rules"),
    [
        ("'s3:GetObject', 'ssm:GetParameter'", ["iam-unconstrained-sensitive-actions"]),
        ("'s3:GetObject', 'iam:PutRolePolicy'", ["iam-privilege-escalation"]),
    ],
)
def test_who_can_become_an_administrator_is_told_only_that(tmp_path: Path, actions: str, rules: list[str]) -> None:
    (tmp_path / "t.yaml").write_text(POLICY.replace("{actions}", actions), encoding="utf-8")
    select = Selection(select=("iam-unconstrained-sensitive-actions", "iam-privilege-escalation"))

    assert [each.rule.slug for each in check([tmp_path], select).failing()] == rules
