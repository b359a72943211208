"""What somebody who had not seen the tool before tried: forms that are common, and were read wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest

from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection
from wa_iac.report.remedy import remedy

SPOT = """resource "aws_autoscaling_group" "g" {
  min_size            = 2
  max_size            = 10
  vpc_zone_identifier = ["subnet-1", "subnet-2"]
  mixed_instances_policy {
    instances_distribution {
      on_demand_percentage_above_base_capacity = 0
    }
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.lt.id
      }
    }
  }
}

resource "aws_launch_template" "lt" {
  image_id = "ami-12345678"
REQUIREMENTS}
"""
TRUST = """Resources:
  Deployer:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: {Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"}
            Action: sts:AssumeRoleWithWebIdentity
            Condition:
              StringEquals: {"token.actions.githubusercontent.com:aud": sts.amazonaws.com}
              StringLike: {"token.actions.githubusercontent.com:sub": "SUBJECT"}
"""
LOGS = """resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy_attachments_exclusive" "r" {
  role_name   = aws_iam_role.r.name
  policy_arns = ["arn:aws:iam::aws:policy/POLICY"]
}

resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = aws_iam_role.r.arn
}
"""
CERTIFICATE = """resource "aws_acm_certificate" "c" {
  domain_name       = "example.com"
  validation_method = "DNS"
  lifecycle {
    prevent_destroy = false
  }
}

resource "aws_lb_listener" "l" {
  load_balancer_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/a/0123456789abcdef"
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = aws_acm_certificate.c.arn
  default_action {
    type             = "forward"
    target_group_arn = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/a/0123456789abcdef"
  }
}
"""


def slugs(folder: Path, name: str, text: str, slug: str) -> list[str]:
    (folder / name).write_text(text, encoding="utf-8")
    report = check([folder], Selection(select=(slug,), profile="all"))
    assert [str(each) for each in report.errors] == []
    return [each.rule.slug for each in report.failing()]


@pytest.mark.parametrize(
    ("requirements", "number"), [("", 1), ("  instance_requirements {\n    vcpu_count {\n      min = 2\n    }\n  }\n", 0)]
)
def test_a_group_with_a_launch_template_beside_it_and_no_overrides(tmp_path: Path, requirements: str, number: int) -> None:
    text = SPOT.replace("REQUIREMENTS", requirements)

    assert len(slugs(tmp_path, "main.tf", text, "autoscaling-spot-instance-types")) == number


@pytest.mark.parametrize(
    ("subject", "number"),
    [
        ("repo:acme/*:job_workflow_ref:acme/shared/.github/workflows/deploy.yml@refs/heads/main", 0),
        ("repo:acme/*:job_workflow_ref:*", 1),
        ("repo:acme/*", 1),
    ],
)
def test_a_workflow_in_the_subject_limits_who_gets_the_role(tmp_path: Path, subject: str, number: int) -> None:
    assert len(slugs(tmp_path, "t.yaml", TRUST.replace("SUBJECT", subject), "iam-oidc-trust-scope")) == number


@pytest.mark.parametrize(("policy", "number"), [("service-role/AWSLambdaBasicExecutionRole", 0), ("AmazonSNSFullAccess", 1)])
def test_the_policies_that_one_resource_attaches_to_a_role_count(tmp_path: Path, policy: str, number: int) -> None:
    assert len(slugs(tmp_path, "main.tf", LOGS.replace("POLICY", policy), "lambda-logs-permission")) == number


@pytest.mark.parametrize(
    "resource",
    [
        'resource "aws_timestreaminfluxdb_db_instance" "d" {\n  password = "correct-horse-1"\n}\n',
        'resource "aws_lightsail_database" "d" {\n  master_password = "correct-horse-1"\n}\n',
        'resource "aws_elasticache_user" "u" {\n  passwords = ["correct-horse-battery-1"]\n}\n',
    ],
)
def test_a_password_in_plain_text_is_found_in_services_that_came_later(tmp_path: Path, resource: str) -> None:
    assert slugs(tmp_path, "main.tf", resource, "cloudformation-plaintext-secrets") == ["cloudformation-plaintext-secrets"]


def test_a_lifecycle_that_is_there_gets_one_more_argument(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(CERTIFICATE, encoding="utf-8")
    [finding] = check([tmp_path], Selection(select=("terraform-create-before-destroy",))).failing()

    assert "`lifecycle`" in remedy(finding).text
    assert "exists already" in remedy(finding).text


def test_a_statement_in_jsonencode_gets_its_condition_in_that_spelling(tmp_path: Path) -> None:
    role = """resource "aws_iam_role" "r" {
  name = "r"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }
      Condition = { StringLike = { "token.actions.githubusercontent.com:sub" = "repo:acme/*" } }
    }]
  })
}
"""
    (tmp_path / "main.tf").write_text(role, encoding="utf-8")
    [finding] = check([tmp_path], Selection(select=("iam-oidc-trust-scope",))).failing()

    assert remedy(finding).code.startswith("Condition = {")


@pytest.mark.parametrize(("days", "severity"), [(1, "medium"), (2, "medium"), (5, "low")])
def test_backups_of_some_days_are_a_choice_and_milder(tmp_path: Path, days: int, severity: str) -> None:
    cluster = f'resource "aws_docdb_cluster" "c" {{\n  backup_retention_period = {days}\n}}\n'
    (tmp_path / "main.tf").write_text(cluster, encoding="utf-8")
    [finding] = check([tmp_path], Selection(select=("documentdb-backup-retention",))).failing()

    assert finding.severity.value == severity
