"""What is not known leaves a verdict open only where the verdict hangs on it: where all that it may be comes to the same, it is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import verdicts

VARIABLES = 'variable "text" {}\nvariable "flag" { type = bool }\nvariable "number" { type = number }\n'


def found(tmp_path: Path, rule: str, source: str) -> list[str]:
    return list(verdicts(tmp_path, VARIABLES + source, "terraform", rule).values())


CASES = [
    ("elb-drop-invalid-headers", "aws_lb", "load_balancer_type = var.text\ndrop_invalid_header_fields = true", []),
    ("elb-drop-invalid-headers", "aws_lb", "load_balancer_type = var.text\ndrop_invalid_header_fields = false", ["unknown"]),
    ("elb-access-logging", "aws_lb", 'load_balancer_type = "gateway"\naccess_logs {\n  bucket  = "logs"\n  enabled = var.flag\n}', []),
    ("kms-key-rotation", "aws_kms_key", "customer_master_key_spec = var.text\nenable_key_rotation = true", []),
    ("kms-key-rotation", "aws_kms_key", "customer_master_key_spec = var.text\nenable_key_rotation = false", ["unknown"]),
    ("elasticache-backup", "aws_elasticache_replication_group", "engine = var.text\nsnapshot_retention_limit = 7", []),
    ("elasticache-backup", "aws_elasticache_replication_group", "engine = var.text\nsnapshot_retention_limit = 0", ["unknown"]),
    ("lambda-arm64", "aws_lambda_function", 'runtime = "go1.x"\narchitectures = [var.text]', []),
    ("lambda-arm64", "aws_lambda_function", 'runtime = "python3.13"\narchitectures = [var.text]', ["unknown"]),
    ("sqs-dead-letter-queue", "aws_sqs_queue", 'name = "orders-dlq"\nredrive_policy = var.text', []),
    ("sqs-dead-letter-queue", "aws_sqs_queue", 'name = "orders"\nredrive_policy = var.text', ["unknown"]),
    ("cloudtrail-multi-region", "aws_cloudtrail",
     "is_multi_region_trail = var.flag\nevent_selector {\n  include_management_events = false\n}", []),
    ("cloudtrail-multi-region", "aws_cloudtrail", "is_multi_region_trail = var.flag", ["unknown"]),
    ("cloudwatch-alarm-actions", "aws_cloudwatch_metric_alarm", "actions_enabled = var.flag", ["fail"]),
    ("cloudwatch-alarm-actions", "aws_cloudwatch_metric_alarm", 'actions_enabled = var.flag\nalarm_actions = ["arn:t"]', ["unknown"]),
    ("cloudwatch-alarm-actions", "aws_cloudwatch_metric_alarm", "actions_enabled = false\nalarm_actions = [var.text]", ["fail"]),
    ("iam-permission-boundary", "aws_iam_role", 'permissions_boundary = var.text\nassume_role_policy = "{}"', []),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "kind", "body", "verdict"), CASES)
def test_an_unknown_that_does_not_matter_decides_nothing(
    tmp_path: Path, rule: str, kind: str, body: str, verdict: list[str]
) -> None:
    assert found(tmp_path, rule, f'resource "{kind}" "it" {{\n{body}\n}}\n') == verdict


def test_a_role_that_makes_identities_hangs_on_its_boundary(tmp_path: Path) -> None:
    source = """
resource "aws_iam_role" "deployer" {
  assume_role_policy   = "{}"
  permissions_boundary = var.text
}
resource "aws_iam_role_policy" "deploy" {
  role   = aws_iam_role.deployer.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "iam:*", Resource = "*" }] })
}
"""

    assert found(tmp_path, "iam-permission-boundary", source) == ["unknown"]


def test_one_destination_of_failures_is_enough(tmp_path: Path) -> None:
    source = """
resource "aws_lambda_function" "orders" {
  function_name = "orders"
  dead_letter_config { target_arn = var.text }
}
resource "aws_lambda_permission" "bucket" {
  function_name = aws_lambda_function.orders.function_name
  principal     = "s3.amazonaws.com"
}
"""
    config = """
resource "aws_lambda_function_event_invoke_config" "orders" {
  function_name = aws_lambda_function.orders.function_name
  destination_config {
    on_failure { destination = "arn:aws:sqs:eu-west-1:111122223333:failed" }
  }
}
"""

    assert found(tmp_path / "given", "lambda-dead-letter-queue", source) == ["unknown"]
    assert found(tmp_path / "one", "lambda-dead-letter-queue", source + config) == []


@pytest.mark.parametrize("rule", ["apigateway-access-logging", "apigateway-throttling", "apigateway-xray-tracing"])
def test_a_stage_that_a_deployment_may_make_is_set_up_either_way(tmp_path: Path, rule: str) -> None:
    bare = """
Parameters: {Name: {Type: String, AllowedValues: [live, test]}, Made: {Type: String}}
Conditions: {Makes: !Equals [!Ref Made, "yes"]}
Resources:
  Deployed:
    Type: AWS::ApiGateway::Deployment
    Properties:
      RestApiId: a1b2c3
      StageName: !If [Makes, !Ref Name, !Ref "AWS::NoValue"]
"""
    description = """
      StageDescription: {AccessLogSetting: {DestinationArn: "arn:aws:logs:eu-west-1:111122223333:log-group:l"}, ThrottlingRateLimit: 9, TracingEnabled: true}
"""

    assert list(verdicts(tmp_path / "bare", bare, "cloudformation", rule).values()) == ["unknown"]
    assert verdicts(tmp_path / "set", bare + description.lstrip("\n"), "cloudformation", rule) == {}


def test_the_account_of_a_deployment_is_nobody_else(tmp_path: Path) -> None:
    source = """
Parameters: {Other: {Type: String}}
Resources:
  Own:
    Type: AWS::IAM::Role
    Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: !Ref "AWS::AccountId"}, Action: "sts:AssumeRole"}]}}
  Given:
    Type: AWS::IAM::Role
    Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {AWS: !Ref Other}, Action: "sts:AssumeRole"}]}}
"""

    assert verdicts(tmp_path, source, "cloudformation", "iam-role-trust-wildcard") == {"Given": "unknown"}
