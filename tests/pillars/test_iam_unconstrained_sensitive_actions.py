"""Statements that let their holder read everything: told once, by the rule that says the worst of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, only_remedy, remedies, verdicts
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


WORKER = """Resources:
  Worker:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: sts:AssumeRole}]
      ManagedPolicyArns: [!Ref Reader, MANAGED]
      Policies:
        - PolicyName: objects
          PolicyDocument:
            Statement:
              - {Effect: Allow, Action: "s3:GetObject", Resource: "*"}
              - {Effect: Allow, Action: "secretsmanager:GetSecretValue", Resource: "*"}
  Reader:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Statement:
          - {Effect: Allow, Action: ["s3:Get*"], Resource: "*"}
"""
SLUG = "iam-unconstrained-sensitive-actions"


def test_one_access_of_a_role_is_told_once(tmp_path: Path) -> None:
    report = judge(
        tmp_path, WORKER.replace("MANAGED", "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"), "cloudformation", SLUG
    )
    objects, secrets = report.failing()

    assert [step.span.start_line for step in objects.related] == [19]
    assert "Detach AmazonS3ReadOnlyAccess also" in remedies(report)[0]
    assert not secrets.related


def test_what_another_rule_says_of_a_role_is_not_told_again(tmp_path: Path) -> None:
    source = WORKER.replace("MANAGED", "arn:aws:iam::aws:policy/AdministratorAccess")

    assert verdicts(tmp_path, source, "cloudformation", SLUG) == {}


def test_the_agent_of_systems_manager_reads_every_parameter_anyway(tmp_path: Path) -> None:
    source = WORKER.replace("MANAGED", "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore")
    source = source.replace("secretsmanager:GetSecretValue", "ssm:GetParameter")
    messages = [each.message for each in judge(tmp_path, source, "cloudformation", SLUG).failing()]

    assert len(messages) == 1
    assert "object" in messages[0]


def test_who_makes_buckets_sets_a_workload_up(tmp_path: Path) -> None:
    source = POLICY.replace("{actions}", "'s3:CreateBucket', 's3:Get*'")
    [found] = judge(tmp_path, source, "cloudformation", SLUG).failing()

    assert found.is_advice


def test_a_default_of_a_module_is_changed_in_its_call(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "a" {\n  source = "./role"\n}\n',
        "role/main.tf": """variable "buckets" {
  default = ["*"]
}

data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["s3:GetObject"]
    resources = var.buckets
  }
}

resource "aws_iam_policy" "p" {
  policy = data.aws_iam_policy_document.d.json
}
""",
    }
    text = only_remedy(judge_files(tmp_path, files, SLUG))

    assert (
        'Set the argument "buckets" of module "a" (main.tf:1) to [<the ARNs of its own resources>], or change the default of variable '
        '"buckets" (role/main.tf:1):' in text
    )
    assert text.endswith("buckets = [<the ARNs of its own resources>]")


@pytest.mark.parametrize(
    ("actions", "bucket", "apart"),
    [
        ("'s3:GetObject', 's3:GetObjectVersion'", False, False),
        ("'s3:GetObject', 's3:ListBucket'", True, False),
        ("'s3:Get*', 's3:List*'", True, True),
        ("'secretsmanager:GetSecretValue', 'secretsmanager:ListSecrets'", False, True),
    ],
)
def test_the_remedy_says_what_the_other_actions_of_the_statement_need(
    tmp_path: Path, actions: str, bucket: bool, apart: bool
) -> None:
    text = only_remedy(judge(tmp_path, POLICY.replace("{actions}", actions), "cloudformation", SLUG))

    assert ("Name a bucket also without /*" in text, "a statement of their own" in text) == (bucket, apart)


@pytest.mark.parametrize(
    ("service", "marked"),
    [("servicecatalog.amazonaws.com", True), ("lambda.amazonaws.com", False)],
    ids=["products", "a program"],
)
def test_a_role_that_launches_products_reads_the_templates_that_service_catalog_marks(
    tmp_path: Path, service: str, marked: bool
) -> None:
    source = f"""
Resources:
  Launch:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{{Effect: Allow, Principal: {{Service: {service}}}, Action: "sts:AssumeRole"}}]
      Policies:
        - PolicyName: templates
          PolicyDocument:
            Statement: [{{Effect: Allow, Action: "s3:GetObject", Resource: "*"}}]
"""
    text = only_remedy(judge(tmp_path, source, "cloudformation", SLUG))
    assert ("s3:ExistingObjectTag/servicecatalog:provisioning" in text) is marked
