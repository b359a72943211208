"""Policies that grant much, where less can come of it: severity and confidence follow who has them, and what they reach."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.rule import Confidence, Severity

ROLE = """
resource "aws_iam_role" "it" {{
  assume_role_policy = jsonencode({{
    Version = "2012-10-17"
    Statement = [{{ Effect = "Allow", Action = "sts:AssumeRole", Principal = {principal} }}]
  }})
}}
resource "aws_iam_role_policy_attachment" "it" {{
  role       = aws_iam_role.it.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}}
"""


@pytest.mark.parametrize(
    ("principal", "severity"),
    [
        ('{ Service = "cloudformation.amazonaws.com" }', Severity.MEDIUM),
        ('{ Service = "cloudformation.amazonaws.com", AWS = "arn:aws:iam::111122223333:role/deploy" }', Severity.MEDIUM),
        ('{ Service = ["cloudformation.amazonaws.com", "ec2.amazonaws.com"] }', Severity.HIGH),
        ('{ Service = "cloudformation.amazonaws.com", AWS = "*" }', Severity.HIGH),
        ('{ Service = "codebuild.amazonaws.com" }', Severity.HIGH),
        ('{ AWS = "arn:aws:iam::111122223333:root" }', Severity.HIGH),
    ],
)
def test_the_role_of_stacks_needs_much(tmp_path: Path, principal: str, severity: Severity) -> None:
    report = judge(tmp_path, ROLE.format(principal=principal), "terraform", "iam-admin-policy")
    assert [each.severity for each in report.failing()] == [severity]


@pytest.mark.parametrize(
    ("service", "severity"), [("cloudformation", Severity.MEDIUM), ("lambda", Severity.HIGH), ("ec2", Severity.HIGH)]
)
def test_the_role_of_stacks_in_a_template(tmp_path: Path, service: str, severity: Severity) -> None:
    source = f"""
Resources:
  Execution:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{{ Effect: Allow, Action: sts:AssumeRole, Principal: {{ Service: {service}.amazonaws.com }} }}]
      Policies:
        - PolicyName: all
          PolicyDocument: {{ Statement: [{{ Effect: Allow, Action: "*", Resource: "*" }}] }}
"""
    report = judge(tmp_path, source, "cloudformation", "iam-admin-policy")
    assert [each.severity for each in report.failing()] == [severity]


def statement(action: str) -> str:
    return f"""
resource "aws_iam_policy" "it" {{
  policy = jsonencode({{ Version = "2012-10-17", Statement = [{{ Effect = "Allow", {action}, Resource = "*" }}] }})
}}
"""


@pytest.mark.parametrize(
    ("actions", "severity"),
    [
        ('["application-autoscaling:*"]', Severity.MEDIUM),
        ('["logs:*", "cloudwatch:*"]', Severity.MEDIUM),
        ('["tag:*"]', Severity.MEDIUM),
        ('["logs:*", "s3:*"]', Severity.HIGH),
        ('["kms:*"]', Severity.HIGH),
    ],
)
def test_all_actions_of_a_service_that_only_measures_are_milder(tmp_path: Path, actions: str, severity: Severity) -> None:
    report = judge(tmp_path, statement(f"Action = {actions}"), "terraform", "iam-wildcard-action")
    assert [each.severity for each in report.failing()] == [severity]


@pytest.mark.parametrize(
    ("excluded", "confidence"),
    [
        ('["iam:*", "organizations:*", "account:*"]', Confidence.LOW),
        ('["iam:*"]', Confidence.HIGH),
    ],
)
def test_a_copy_of_power_user_access_is_advice(tmp_path: Path, excluded: str, confidence: Confidence) -> None:
    report = judge(tmp_path, statement(f"NotAction = {excluded}"), "terraform", "iam-allow-not-action")
    assert [each.confidence for each in report.failing()] == [confidence]


USER = """
resource "aws_iam_user" "it" {}
resource "aws_iam_user_policy" "it" {
  user   = aws_iam_user.it.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::a/*" }] })
}
"""
KEY = 'resource "aws_iam_access_key" "it" {\n  user = aws_iam_user.it.name\n}\n'
LOGIN = 'resource "aws_iam_user_login_profile" "it" {\n  user = aws_iam_user.it.name\n}\n'
SECOND = (
    'resource "aws_iam_user_policy_attachment" "it" {\n  user       = aws_iam_user.it.name\n'
    '  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"\n}\n'
)


@pytest.mark.parametrize(("more", "advice"), [(KEY, {True}), ("", {False}), (KEY + LOGIN, {False}), (KEY + SECOND, {False})])
def test_the_one_policy_of_a_program_is_advice(tmp_path: Path, more: str, advice: set[bool]) -> None:
    report = judge(tmp_path, USER + more, "terraform", "iam-user-policies")
    assert {each.confidence is Confidence.LOW for each in report.failing()} == advice


def test_the_one_policy_of_a_program_in_a_template_is_advice(tmp_path: Path) -> None:
    source = """
Resources:
  Uploads:
    Type: AWS::IAM::User
    Properties:
      Policies:
        - PolicyName: uploads
          PolicyDocument: { Statement: [{ Effect: Allow, Action: s3:PutObject, Resource: "arn:aws:s3:::a/*" }] }
  Key: { Type: AWS::IAM::AccessKey, Properties: { UserName: !Ref Uploads } }
"""
    report = judge(tmp_path, source, "cloudformation", "iam-user-policies")
    assert [each.confidence for each in report.failing()] == [Confidence.LOW]


LOOKED_UP = """
variable "env" {}
resource "aws_iam_role" "deploy" {
  name                 = "deploy"
  assume_role_policy   = "{}"
  BOUNDARY
}
data "aws_iam_role" "deploy" {
  name = NAME
}
resource "aws_iam_role_policy" "deploy" {
  role   = data.aws_iam_role.deploy.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "iam:PutRolePolicy", Resource = "*" }] })
}
"""
BOUNDARY = 'permissions_boundary = "arn:aws:iam::111122223333:policy/limit"'


@pytest.mark.parametrize(
    ("boundary", "name", "severity"),
    [
        (BOUNDARY, '"deploy"', Severity.MEDIUM),
        (BOUNDARY, '"${var.env}"\n  depends_on = [aws_iam_role.deploy]', Severity.MEDIUM),
        ("", '"deploy"', Severity.HIGH),
        (BOUNDARY, '"other"', Severity.HIGH),
    ],
)
def test_the_boundary_of_a_role_that_is_looked_up_counts(tmp_path: Path, boundary: str, name: str, severity: Severity) -> None:
    source = LOOKED_UP.replace("BOUNDARY", boundary).replace("NAME", name)
    report = judge(tmp_path, source, "terraform", "iam-privilege-escalation")
    assert [each.severity for each in report.failing()] == [severity]


@pytest.mark.parametrize(
    ("name", "severity"),
    [
        ("OrganizationAccountAccessRole", Severity.MEDIUM),
        ("MasterAccountAccessRole", Severity.MEDIUM),
        ("CrossAccountAccess", Severity.HIGH),
    ],
)
def test_the_way_of_the_management_account_into_another_allows_much(tmp_path: Path, name: str, severity: Severity) -> None:
    source = ROLE.format(principal='{ AWS = "arn:aws:iam::111122223333:root" }')
    source = source.replace("assume_role_policy", f'name = "{name}"\n  assume_role_policy')
    report = judge(tmp_path, source, "terraform", "iam-admin-policy")
    assert [each.severity for each in report.failing()] == [severity]


BESIDE_EVERYTHING = """
variable "role" {{
  type = string
}}

resource "aws_iam_role_policy" "everything" {{
  role   = {role}
  policy = jsonencode({{ Statement = [{{ Effect = "Allow", Action = "*", Resource = "*" }}] }})
}}

resource "aws_iam_role_policy" "identities" {{
  role   = var.role
  policy = jsonencode({{ Statement = [{{ Effect = "Allow", Action = "iam:*", Resource = "*" }}] }})
}}
"""


@pytest.mark.parametrize(("role", "advice"), [("var.role", True), ('"another"', False)])
def test_a_permission_of_somebody_who_may_do_everything_is_advice(tmp_path: Path, role: str, *, advice: bool) -> None:
    report = judge(tmp_path, BESIDE_EVERYTHING.format(role=role), "terraform", "iam-wildcard-action")

    assert [each.is_advice for each in report.failing()] == [advice]
