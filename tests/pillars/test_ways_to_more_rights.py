"""What leads to all rights is told once, and what may lead nowhere is told as such."""

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy
from wa_iac.core.rule import Severity

RULES = ("iam-privilege-escalation", "iam-pass-role-wildcard")


def policy(*statements: str) -> str:
    listed = ", ".join(f'{{ Effect = "Allow", {each} }}' for each in statements)
    return (
        f'resource "aws_iam_policy" "it" {{\n  policy = jsonencode({{ Version = "2012-10-17", Statement = [{listed}] }})\n}}\n'
    )


PASSES = 'Action = ["iam:PassRole", "iam:GetRole"], Resource = "*"'
START = 'Action = "ec2:RunInstances", Resource = "*"'


@pytest.mark.parametrize(
    ("statements", "rules"),
    [
        ([PASSES, START], ["iam-privilege-escalation"]),
        (['Action = ["iam:Pass*", "ec2:RunInstances"], Resource = "*"'], ["iam-privilege-escalation"]),
        ([PASSES], ["iam-pass-role-wildcard"]),
        (['Action = ["iam:PassRole", "iam:PutRolePolicy"], Resource = "*"'], ["iam-privilege-escalation"]),
        (
            [PASSES, START, 'Action = "iam:PassRole", Resource = "arn:aws:iam::111122223333:role/*"'],
            ["iam-privilege-escalation", "iam-pass-role-wildcard"],
        ),
    ],
)
def test_a_role_that_is_passed_and_used_is_told_once(tmp_path: Path, statements: list[str], rules: list[str]) -> None:
    report = judge(tmp_path, policy(*statements), "terraform", *RULES)
    assert sorted(each.rule.slug for each in report.failing()) == sorted(rules)


@pytest.mark.parametrize(
    ("statements", "severities"),
    [
        (['Action = "iam:SetDefaultPolicyVersion", Resource = "*"'], [Severity.MEDIUM]),
        (['Action = ["iam:SetDefaultPolicyVersion", "iam:PutRolePolicy"], Resource = "*"'], [Severity.HIGH]),
        (['Action = ["iam:SetDefaultPolicyVersion", "iam:CreatePolicyVersion"], Resource = "*"'], [Severity.HIGH]),
        (
            ['Action = "iam:SetDefaultPolicyVersion", Resource = "*"', 'Action = "iam:PutRolePolicy", Resource = "*"'],
            [Severity.HIGH, Severity.MEDIUM],
        ),
    ],
)
def test_an_older_version_must_exist(tmp_path: Path, statements: list[str], severities: list[Severity]) -> None:
    report = judge(tmp_path, policy(*statements), "terraform", *RULES)
    assert sorted(each.severity for each in report.failing()) == sorted(severities)


@pytest.mark.parametrize(
    ("actions", "told"),
    [
        ('["iam:CreateRole", "iam:PutRolePolicy"]', True),
        ('["iam:CreateUser", "iam:AttachUserPolicy"]', True),
        ('["iam:PutRolePolicy", "iam:GetRole"]', False),
        ('["iam:CreateRole", "iam:CreateAccessKey"]', False),
    ],
)
def test_who_must_create_roles_can_be_held_to_a_boundary(tmp_path: Path, actions: str, told: bool) -> None:
    report = judge(tmp_path, policy(f'Action = {actions}, Resource = "*"'), "terraform", *RULES)
    assert ("iam:PermissionsBoundary" in only_remedy(report)) == told


@pytest.mark.parametrize(
    ("condition", "found"),
    [("", 1), (', Condition = { ArnEquals = { "iam:PolicyARN" = "arn:aws:iam::111122223333:policy/support" } }', 0)],
)
def test_who_attaches_one_policy_to_every_user_can_be_held_to_that_policy(tmp_path: Path, condition: str, found: int) -> None:
    """Users who do not exist yet have no names to list."""
    report = judge(tmp_path, policy(f'Action = ["iam:AttachUserPolicy"], Resource = "*"{condition}'), "terraform", *RULES)
    assert len(report.failing()) == found
    if found:
        assert "ArnEquals on iam:PolicyARN" in only_remedy(report)


STACKS = policy('Action = ["iam:PassRole", "cloudformation:CreateStack"], Resource = "*"')
DEPLOYS = """
resource "aws_iam_role" "deploys" {{
  assume_role_policy  = jsonencode({{ Version = "2012-10-17", Statement = [{{
    Effect = "Allow", Action = "sts:AssumeRole", Principal = {{ Service = "{service}.amazonaws.com" }} }}] }})
  managed_policy_arns = ["arn:aws:iam::aws:policy/{policy}"]
  {more}
}}
"""
BOUNDARY = 'permissions_boundary = "arn:aws:iam::111122223333:policy/most"'


@pytest.mark.parametrize(
    ("service", "managed", "more", "said"),
    [
        ("cloudformation", "AdministratorAccess", "", True),
        ("cloudformation", "AdministratorAccess", BOUNDARY, False),
        ("cloudformation", "ReadOnlyAccess", "", False),
        ("lambda", "AdministratorAccess", "", False),
    ],
)
def test_a_role_that_may_do_everything_leads_everywhere_by_itself(
    tmp_path: Path, service: str, managed: str, more: str, said: bool
) -> None:
    source = STACKS + DEPLOYS.format(service=service, policy=managed, more=more)
    text = only_remedy(judge(tmp_path, source, "terraform", "iam-privilege-escalation"))

    assert ("aws_iam_role.deploys, which cloudformation.amazonaws.com may assume" in text) is said


@pytest.mark.parametrize(("service", "said"), [("codebuild", True), ("cloudformation", False)])
def test_so_does_one_whose_builds_may_be_started(tmp_path: Path, service: str, said: bool) -> None:
    starts = policy('Action = "codebuild:StartBuild", Resource = "*"')
    source = starts + DEPLOYS.format(service=service, policy="AdministratorAccess", more="")
    text = only_remedy(judge(tmp_path, source, "terraform", "iam-privilege-escalation"))

    assert ("what runs with it still lets the holder do anything" in text) is said


@pytest.mark.parametrize(
    ("more", "told"), [(['Action = "*", Resource = "*"'], True), (['Action = "s3:*", Resource = "*"'], False)]
)
def test_what_allows_everything_beside_it_has_to_go_too(tmp_path: Path, more: list[str], told: bool) -> None:
    report = judge(tmp_path, policy(PASSES, START, *more), "terraform", *RULES)
    assert ("every action on every resource too" in only_remedy(report)) == told
