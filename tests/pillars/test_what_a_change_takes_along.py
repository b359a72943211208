"""Remedies name what else has to change at their place, and decisions of the author make findings advice."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault
from wa_iac.core.scales import Severity, is_advice
from wa_iac.report.remedy import remedy

METHOD = """
resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}
resource "aws_api_gateway_method" "list" {
  rest_api_id   = aws_api_gateway_rest_api.orders.id
  resource_id   = aws_api_gateway_rest_api.orders.root_resource_id
  http_method   = "GET"
  authorization = "NONE"
}
resource "aws_api_gateway_deployment" "orders" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
%s
}
"""
AUTHORIZER = """
resource "aws_api_gateway_authorizer" "users" {
  name        = "users"
  rest_api_id = aws_api_gateway_rest_api.orders.id
}
"""
EVENT = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Users: {{Type: AWS::Cognito::UserPool}}
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Auth:
        {default}
        Authorizers: {{Users: {{UserPoolArn: !GetAtt Users.Arn}}}}
  List:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: list.main
      CodeUri: src
      Environment: {{Variables: {{TABLE: products}}}}
      Events:
        Products: {{Type: Api, Properties: {{RestApiId: !Ref Api, Path: /products, Method: get{auth}}}}}
"""
TABLE = """
resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"
  attribute {
    name = "id"
    type = "S"
  }
  point_in_time_recovery { enabled = true }
  replica { region_name = "eu-west-1" }
}
"""
ALARM = """
resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "errors"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
%s
}
"""
DEPLOYMENTS = """
Resources:
  Web:
    Type: AWS::CodeDeploy::DeploymentGroup
    Properties:
      ApplicationName: web
      ServiceRoleArn: arn:aws:iam::111122223333:role/deploy
      Deployment: {Revision: {RevisionType: S3, S3Location: {Bucket: web, Key: web.zip, BundleType: Zip}}}
"""


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("", "aws_api_gateway_deployment.orders has no triggers, so replace it too"),
        (
            "  triggers = { api = sha1(jsonencode(var.methods)) }",
            "see that the triggers of aws_api_gateway_deployment.orders contain this",
        ),
    ],
)
def test_a_stage_gets_a_new_method_by_a_new_deployment(tmp_path: Path, more: str, words: str) -> None:
    assert words in remedy(only_fault(tmp_path, METHOD % more, "terraform", "apigateway-authorization")).text


@pytest.mark.parametrize(("more", "needed"), [("", True), ("  lifecycle { create_before_destroy = true }", False)])
def test_a_deployment_with_a_stage_is_made_before_the_old_one_goes(tmp_path: Path, more: str, needed: bool) -> None:
    text = remedy(only_fault(tmp_path, METHOD % more, "terraform", "apigateway-authorization")).text
    assert ("give it create_before_destroy = true in its lifecycle" in text) is needed


CONNECTIONS = """
Resources:
  Chat:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: chat, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}
  Connect:
    Type: AWS::ApiGatewayV2::Route
    Properties: {ApiId: !Ref Chat, RouteKey: $connect, AuthorizationType: NONE}
  First:
    Type: AWS::ApiGatewayV2::Deployment
    DependsOn: Connect
    Properties: {ApiId: !Ref Chat}
  Live:
    Type: AWS::ApiGatewayV2::Stage
    Properties: {ApiId: !Ref Chat, StageName: live, %s}
"""
DOCUMENT = """
Resources:
  Orders:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body:
        openapi: 3.0.1
        info: {title: orders, version: "1"}
        paths:
          /orders:
            post:
              x-amazon-apigateway-integration: {type: http_proxy, httpMethod: POST, uri: "https://example.com/orders"}
  First:
    Type: AWS::ApiGateway::Deployment
    Properties: {RestApiId: !Ref Orders}
"""


@pytest.mark.parametrize(("how", "needed"), [("DeploymentId: !Ref First", True), ("AutoDeploy: true", False)])
def test_a_stage_without_automatic_deployments_gets_a_new_route_by_hand(tmp_path: Path, how: str, needed: bool) -> None:
    text = remedy(only_fault(tmp_path, CONNECTIONS % how, "cloudformation", "apigateway-authorization")).text
    assert ("also give First another logical ID" in text) is needed


def test_a_stage_gets_a_new_document_by_a_new_deployment(tmp_path: Path) -> None:
    text = remedy(only_fault(tmp_path, DOCUMENT, "cloudformation", "apigateway-authorization")).text
    assert "also give First another logical ID" in text


def test_an_authorizer_that_is_there_is_used(tmp_path: Path) -> None:
    text = remedy(only_fault(tmp_path, METHOD % "" + AUTHORIZER, "terraform", "apigateway-authorization")).text

    assert text.startswith("The API has aws_api_gateway_authorizer.users already: use it here too")
    assert "AWS_IAM" not in text
    assert "name the scopes too" not in text


def test_access_tokens_need_scopes_for_an_authorizer_of_cognito(tmp_path: Path) -> None:
    of_cognito = AUTHORIZER.replace("{", '{\n  type = "COGNITO_USER_POOLS"', 1)
    text = remedy(only_fault(tmp_path, METHOD % "" + of_cognito, "terraform", "apigateway-authorization")).text

    assert "If they send access tokens, name the scopes too" in text


@pytest.mark.parametrize(
    ("default", "auth", "advice", "words"),
    [
        ("DefaultAuthorizer: Users", ", Auth: {Authorizer: NONE}", True, "Otherwise remove Authorizer: NONE"),
        ("AddDefaultAuthorizerToCorsPreflight: false", "", False, "The API has Users: let these operations use it"),
    ],
)
def test_an_event_of_sam_keeps_the_authorizers_of_its_api(
    tmp_path: Path, default: str, auth: str, advice: bool, words: str
) -> None:
    found = only_fault(tmp_path, EVENT.format(default=default, auth=auth), "cloudformation", "apigateway-authorization")

    assert is_advice(found.severity, found.confidence) is advice
    assert words in remedy(found).text


def test_a_replica_has_an_argument_for_its_backups(tmp_path: Path) -> None:
    found = only_fault(tmp_path, TABLE, "terraform", "dynamodb-point-in-time-recovery")

    assert remedy(found).text.startswith("Write point_in_time_recovery = true in the replica")


@pytest.mark.parametrize(
    ("written", "advice", "text"),
    [
        (
            '  alarm_actions   = ["arn:aws:sns:eu-west-1:111122223333:ops"]\n  actions_enabled = false',
            True,
            "actions_enabled = true",
        ),
        ("  alarm_actions = []", False, "alarm_actions = [<an SNS topic>.arn]"),
    ],
)
def test_actions_are_turned_on_only_where_there_are_some(tmp_path: Path, written: str, advice: bool, text: str) -> None:
    found = only_fault(tmp_path, ALARM % written, "terraform", "cloudwatch-alarm-actions")

    assert is_advice(found.severity, found.confidence) is advice
    assert remedy(found).text.splitlines()[-1] == text


def test_cloudformation_rolls_back_no_deployment_of_its_own(tmp_path: Path) -> None:
    found = only_fault(tmp_path, DEPLOYMENTS, "cloudformation", "codedeploy-auto-rollback")

    assert is_advice(found.severity, found.confidence)
    assert remedy(found).text.startswith("CloudFormation accepts no AutoRollbackConfiguration beside Deployment")


@pytest.mark.parametrize(("days", "count"), [("0", 1), ("90", 0)])
def test_logs_that_are_kept_on_purpose_are_advice(tmp_path: Path, days: str, count: int) -> None:
    source = (
        f'resource "aws_cloudwatch_log_group" "audit" {{\n  name              = "audit"\n  retention_in_days = {days}\n}}\n'
    )
    found = judge(tmp_path, source, "terraform", "cloudwatch-log-retention").failing()

    assert [is_advice(each.severity, each.confidence) for each in found] == [True] * count


@pytest.mark.parametrize(
    ("speed", "severity", "words"),
    [
        ("CodeDeployDefault.LambdaAllAtOnce", Severity.LOW, "leaves the new version of the function in use"),
        ("CodeDeployDefault.LambdaCanary10Percent5Minutes", Severity.MEDIUM, "side by side"),
        ("CodeDeployDefault.AllAtOnce", Severity.MEDIUM, "to all of its instances at once"),
    ],
)
def test_a_function_whose_traffic_moves_at_once_is_not_half_deployed(
    tmp_path: Path, speed: str, severity: Severity, words: str
) -> None:
    source = f'resource "aws_codedeploy_deployment_group" "it" {{\n  deployment_config_name = "{speed}"\n}}'
    found = only_fault(tmp_path, source, "terraform", "codedeploy-auto-rollback")

    assert (found.severity, words in found.message) == (severity, True)


@pytest.mark.parametrize("has_alarms", [True, False])
def test_a_group_without_alarms_needs_some_for_a_rollback_by_alarm(tmp_path: Path, has_alarms: bool) -> None:
    alarms = 'alarm_configuration {\n    enabled = true\n    alarms  = ["errors"]\n  }'
    source = f'resource "aws_codedeploy_deployment_group" "it" {{\n  {alarms if has_alarms else ""}\n}}'
    text = remedy(only_fault(tmp_path, source, "terraform", "codedeploy-auto-rollback")).text

    assert ("Give the group alarms also" in text) is not has_alarms


@pytest.mark.parametrize(("most", "words"), [(1, "its only instance"), (3, "side by side")])
def test_a_single_instance_is_not_half_deployed(tmp_path: Path, most: int, words: str) -> None:
    source = f"""
resource "aws_codedeploy_deployment_group" "it" {{
  autoscaling_groups = [aws_autoscaling_group.it.name]
}}
resource "aws_autoscaling_group" "it" {{
  min_size = 1
  max_size = {most}
}}
"""
    assert words in only_fault(tmp_path, source, "terraform", "codedeploy-auto-rollback").message


OLD_STAGE = """
resource "aws_api_gateway_rest_api" "orders" {
  name = "orders"
}
resource "aws_api_gateway_deployment" "orders" {
  rest_api_id = aws_api_gateway_rest_api.orders.id
  stage_name  = "live"
}
"""
PERMISSION = """
resource "aws_lambda_permission" "orders" {
  action        = "lambda:InvokeFunction"
  function_name = "orders"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_deployment.orders.execution_arn}/*"
}
"""


@pytest.mark.parametrize(("more", "said"), [("", False), (PERMISSION, True)])
def test_what_reads_the_stage_of_a_deployment_has_to_read_the_new_one(tmp_path: Path, more: str, said: bool) -> None:
    text = remedy(only_fault(tmp_path, OLD_STAGE + more, "terraform", "apigateway-access-logging")).text

    assert ("has to read those of the stage then" in text) is said


DIRECTORY = """
resource "aws_directory_service_directory" "people" {
  name     = "corp.example.com"
  password = "Winter-Sun-17"
  LIFECYCLE
}
"""


@pytest.mark.parametrize(("lifecycle", "replaced"), [("", True), ("lifecycle {\n    ignore_changes = [password]\n  }", False)])
def test_another_password_replaces_a_directory(tmp_path: Path, lifecycle: str, *, replaced: bool) -> None:
    source = DIRECTORY.replace("LIFECYCLE", lifecycle)
    found = only_fault(tmp_path, source, "terraform", "cloudformation-plaintext-secrets")

    assert ("Terraform replaces it, with all that it holds" in remedy(found).text) is replaced
    assert (found.severity is Severity.CRITICAL) is replaced
    assert ("unless somebody has changed it since" in found.message) is not replaced


def test_another_password_replaces_a_directory_of_a_stack(tmp_path: Path) -> None:
    source = """
Resources:
  People:
    Type: AWS::DirectoryService::MicrosoftAD
    Properties: {Name: corp.example.com, Password: Winter-Sun-17}
"""
    text = remedy(only_fault(tmp_path, source, "cloudformation", "cloudformation-plaintext-secrets")).text

    assert "CloudFormation replaces it, with all that it holds" in text
