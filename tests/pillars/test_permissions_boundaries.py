"""A permissions boundary limits what an identity may do, and grants nothing."""

from pathlib import Path

import pytest

from helpers.reports import by_address, judge
from wa_iac.core.rule import Severity

RULES = (
    "iam-wildcard-action",
    "iam-admin-policy",
    "iam-privilege-escalation",
    "iam-pass-role-wildcard",
    "iam-allow-not-action",
)
STATEMENTS = {
    "iam-wildcard-action": 'Action = "s3:*"',
    "iam-admin-policy": 'Action = "*"',
    "iam-privilege-escalation": 'Action = "iam:PutRolePolicy"',
    "iam-pass-role-wildcard": 'Action = "iam:PassRole"',
    "iam-allow-not-action": 'NotAction = "iam:*"',
}
LIMIT = """
resource "aws_iam_policy" "limit" {{
  policy = jsonencode({{ Version = "2012-10-17", Statement = [{{ Effect = "Allow", {statement}, Resource = "*" }}] }})
}}
"""
OF_A_ROLE = """
resource "aws_iam_role" "deploy" {
  assume_role_policy   = "{}"
  permissions_boundary = aws_iam_policy.limit.arn
}
"""
DEMANDED = """
resource "aws_iam_policy" "deploy" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "iam:CreateRole"
      Resource  = "*"
      Condition = { StringEquals = { "iam:PermissionsBoundary" = aws_iam_policy.limit.arn } }
    }]
  })
}
"""
ATTACHED = """
resource "aws_iam_role_policy_attachment" "deploy" {
  role       = "deploy"
  policy_arn = aws_iam_policy.limit.arn
}
"""
SOMETHING_ATTACHED = """
variable "arn" {}
resource "aws_iam_role_policy_attachment" "deploy" {
  role       = "deploy"
  policy_arn = var.arn
}
"""


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    ("use", "verdict"),
    [
        (OF_A_ROLE, None),
        (DEMANDED, None),
        (OF_A_ROLE + ATTACHED, "fail"),
        (OF_A_ROLE + SOMETHING_ATTACHED, "unknown"),
        ("", "fail"),
    ],
)
def test_a_policy_that_is_only_a_boundary_grants_nothing(tmp_path: Path, rule: str, use: str, verdict: str | None) -> None:
    report = judge(tmp_path, LIMIT.format(statement=STATEMENTS[rule]) + use, "terraform", rule)
    assert by_address(report, rule).get("aws_iam_policy.limit") == verdict


@pytest.mark.parametrize(("more", "found"), [("", {}), ("\n      ManagedPolicyArns: [!Ref Limit]", {"Limit": "fail"})])
def test_a_boundary_in_a_template(tmp_path: Path, more: str, found: dict[str, str]) -> None:
    source = f"""
Resources:
  Limit:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument: {{ Statement: [{{ Effect: Allow, Action: "s3:*", Resource: "*" }}] }}
  Deploy:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {{}}
      PermissionsBoundary: !Ref Limit
  Other:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {{}}{more}
"""
    report = judge(tmp_path, source, "cloudformation", "iam-wildcard-action")
    assert by_address(report, "iam-wildcard-action") == found


@pytest.mark.parametrize(("role", "found"), [("aws_iam_role.deploy.name", {}), ('"other"', {"aws_iam_policy.much": "fail"})])
def test_a_policy_that_only_limited_roles_have_is_limited(tmp_path: Path, role: str, found: dict[str, str]) -> None:
    source = (
        LIMIT.format(statement='Action = "s3:GetObject"')
        + LIMIT.format(statement=STATEMENTS["iam-wildcard-action"]).replace("limit", "much")
        + OF_A_ROLE
        + ATTACHED.replace(".limit.", ".much.").replace('"deploy"\n', f"{role}\n")
    )
    report = judge(tmp_path, source, "terraform", "iam-wildcard-action")
    assert by_address(report, "iam-wildcard-action") == found


RESPONSE = """
resource "aws_iam_role" "response" {{
  assume_role_policy = jsonencode({{
    Version   = "2012-10-17"
    Statement = [{{ Effect = "Allow", Action = "sts:AssumeRole", Principal = {principal} }}]
  }})
}}
resource "aws_iam_policy" "response" {{
  policy = jsonencode({{ Version = "2012-10-17", Statement = [{{ Effect = "Allow", Action = "shield:*", Resource = "*" }}] }})
}}
resource "aws_iam_role_policy_attachment" "response" {{
  role       = aws_iam_role.response.name
  policy_arn = aws_iam_policy.response.arn
}}
"""


@pytest.mark.parametrize(
    ("principal", "severity"),
    [
        ('{ Service = "drt.shield.amazonaws.com" }', Severity.LOW),
        ('{ Service = ["drt.shield.amazonaws.com", "ec2.amazonaws.com"] }', Severity.HIGH),
        ('{ Service = "drt.shield.amazonaws.com", AWS = "arn:aws:iam::111122223333:role/security" }', Severity.HIGH),
    ],
)
def test_aws_has_a_policy_for_its_shield_response_team(tmp_path: Path, principal: str, severity: Severity) -> None:
    report = judge(tmp_path, RESPONSE.format(principal=principal), "terraform", "iam-wildcard-action")
    assert [each.severity for each in report.failing()] == [severity]


@pytest.mark.parametrize(("limit", "verdict"), [("s3:*", "fail"), ("s3:GetObject", None)])
def test_a_boundary_that_allows_as_much_limits_nothing(tmp_path: Path, limit: str, verdict: str | None) -> None:
    granted = """
resource "aws_iam_role_policy" "deploy" {
  role   = aws_iam_role.deploy.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })
}
"""
    source = LIMIT.format(statement=f'Action = "{limit}"') + OF_A_ROLE + granted
    found = by_address(judge(tmp_path, source, "terraform", "iam-wildcard-action"), "iam-wildcard-action")

    assert found.get("aws_iam_role_policy.deploy") == verdict
