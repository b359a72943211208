"""A broad policy is advice where it is meant for something that needs it: a copy of AWS's own, deployments, emergencies."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only_fault
from wa_iac.core.scales import Confidence, Severity
from wa_iac.report.remedy import remedy


@pytest.mark.parametrize(
    ("action", "confidence"),
    [("sagemaker:*", Confidence.LOW), ("*", Confidence.HIGH)],
)
def test_what_a_chosen_service_may_not_use_is_advice(tmp_path: Path, action: str, confidence: Confidence) -> None:
    policy = f'{{ Effect = "Allow", Action = "{action}", NotResource = ["arn:aws:sagemaker:*:*:domain/*"] }}'
    source = f'resource "aws_iam_policy" "it" {{\n  policy = jsonencode({{ Statement = [{policy}] }})\n}}\n'

    assert only_fault(tmp_path, source, "terraform", "iam-allow-not-action").confidence == confidence


@pytest.mark.parametrize(
    ("file", "severity"), [("stackset-execution-role.yaml", Severity.MEDIUM), ("roles.yaml", Severity.HIGH)]
)
def test_the_file_of_a_role_says_that_stack_sets_deploy_with_it(tmp_path: Path, file: str, severity: Severity) -> None:
    source = """
Resources:
  Deployer:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - { Effect: Allow, Action: "sts:AssumeRole", Principal: { AWS: "arn:aws:iam::111122223333:root" } }
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"]
"""
    (found,) = judge_files(tmp_path, {file: source}, "iam-admin-policy").failing()
    assert found.severity == severity


BREAK_GLASS = """
data "aws_caller_identity" "current" {}

resource "aws_iam_user" "it" {
  name = "%s-${data.aws_caller_identity.current.account_id}"
}

resource "aws_iam_user_policy_attachment" "it" {
  user       = aws_iam_user.it.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
"""


@pytest.mark.parametrize(
    ("name", "confidence"), [("break-glass", {Confidence.LOW}), ("deploy", {Confidence.HIGH, Confidence.MEDIUM})]
)
def test_a_user_for_emergencies_is_on_purpose(tmp_path: Path, name: str, confidence: set[Confidence]) -> None:
    report = judge(tmp_path, BREAK_GLASS % name, "terraform", "iam-admin-policy", "iam-users")

    assert {each.confidence for each in report.failing()} == confidence


ROLE = """
resource "aws_iam_role" "it" {{
  assume_role_policy = jsonencode({{
    Statement = [{{ Effect = "Allow", Action = "sts:AssumeRole", Principal = {{ Service = "{service}" }} }}]
  }})
}}

resource "aws_iam_role_policy" "it" {{
  role   = aws_iam_role.it.id
  policy = jsonencode({{ Statement = [{{ Effect = "Allow", Action = {actions}, Resource = "*" }}] }})
}}
"""


@pytest.mark.parametrize(
    ("actions", "rule"),
    [
        ('["iam:PutRolePolicy"]', "iam-privilege-escalation"),
        ('["iam:PassRole"]', "iam-pass-role-wildcard"),
        ('["s3:*"]', "iam-wildcard-action"),
    ],
)
def test_a_part_of_what_stacks_need_is_no_worse_than_all_of_it(tmp_path: Path, actions: str, rule: str) -> None:
    deploying = ROLE.format(service="cloudformation.amazonaws.com", actions=actions)
    working = ROLE.format(service="lambda.amazonaws.com", actions=actions)

    mild = only_fault(tmp_path / "deploying", deploying, "terraform", rule)
    assert (mild.severity, mild.confidence) == (Severity.MEDIUM, Confidence.LOW)
    assert only_fault(tmp_path / "working", working, "terraform", rule).severity == Severity.HIGH


GROUP = """
resource "aws_iam_group" "it" {{
  name = "{name}"
}}

resource "aws_iam_group_policy" "it" {{
  group  = aws_iam_group.it.name
  policy = jsonencode({{ Statement = [{{ Effect = "Allow", Action = {actions}, Resource = "*" }}] }})
}}
"""


@pytest.mark.parametrize(("name", "confidence"), [("system-admins", Confidence.LOW), ("analysts", Confidence.HIGH)])
@pytest.mark.parametrize(
    ("actions", "rule"),
    [
        ('["iam:PutRolePolicy"]', "iam-privilege-escalation"),
        ('["ec2:*"]', "iam-wildcard-action"),
        ('["s3:GetObject"]', "iam-unconstrained-sensitive-actions"),
    ],
)
def test_administrators_have_many_permissions(
    tmp_path: Path, name: str, confidence: Confidence, actions: str, rule: str
) -> None:
    found = only_fault(tmp_path, GROUP.format(name=name, actions=actions), "terraform", rule)

    assert found.confidence == confidence


def test_the_agent_of_systems_manager_keeps_a_policy(tmp_path: Path) -> None:
    source = ROLE.format(service="ec2.amazonaws.com", actions='["s3:GetObject"]').replace(
        "assume_role_policy =",
        'managed_policy_arns = ["arn:aws:iam::aws:policy/service-role/AmazonEC2RoleforSSM"]\n  assume_role_policy =',
    )
    (found,) = judge(tmp_path, source, "terraform", "iam-unconstrained-sensitive-actions").failing()

    assert "Attach AmazonSSMManagedInstanceCore in place of AmazonEC2RoleforSSM" in remedy(found).text
