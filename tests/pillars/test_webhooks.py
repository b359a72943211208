"""A webhook is open by nature: its sender signs, and its code checks the signature."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.rule import Severity
from wa_iac.report.listing import remedy

RULE = "apigateway-authorization"
ROUTE = """
locals {{ endpoint = "webhook" }}
resource "aws_apigatewayv2_api" "api" {{
  name          = "api"
  protocol_type = "HTTP"
}}
resource "aws_lambda_function" "{function}" {{}}
resource "aws_apigatewayv2_integration" "to" {{
  api_id           = aws_apigatewayv2_api.api.id
  integration_type = "AWS_PROXY"
  integration_uri  = aws_lambda_function.{function}.invoke_arn
}}
resource "aws_apigatewayv2_route" "{name}" {{
  api_id    = aws_apigatewayv2_api.api.id
  route_key = "{key}"
  target    = "integrations/${{aws_apigatewayv2_integration.to.id}}"
  {more}
}}
"""
METHOD = """
Resources:
  Api: {{ Type: AWS::ApiGateway::RestApi, Properties: {{ Name: api }} }}
  Part:
    Type: AWS::ApiGateway::Resource
    Properties: {{ RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: {path} }}
  Post:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref Part
      HttpMethod: POST
      AuthorizationType: NONE
  Deployed: {{ Type: AWS::ApiGateway::Deployment, Properties: {{ RestApiId: !Ref Api }} }}
"""


def route(
    tmp_path: Path, name: str = "it", key: str = "POST /orders", function: str = "orders", more: str = ""
) -> list[Severity]:
    source = ROUTE.format(name=name, key=key, function=function, more=more)
    return [each.severity for each in judge(tmp_path, source, "terraform", RULE).failing()]


@pytest.mark.parametrize(
    ("changed", "severity"),
    [
        ({}, Severity.HIGH),
        ({"key": "POST /${local.endpoint}"}, Severity.LOW),
        ({"key": "GET /auth/callback"}, Severity.LOW),
        ({"name": "github_webhook"}, Severity.LOW),
        ({"function": "slack_hook"}, Severity.LOW),
        ({"key": "POST /hooked"}, Severity.HIGH),
        ({"key": "POST /report-csp"}, Severity.LOW),
        ({"name": "csp_reporter"}, Severity.LOW),
        ({"key": "POST /login"}, Severity.LOW),
        ({"key": "POST /v1/users/sign-up"}, Severity.LOW),
        ({"key": "GET /oauth/authorize"}, Severity.LOW),
        ({"key": "POST /logins"}, Severity.HIGH),
    ],
)
def test_a_route_for_other_services_is_of_low_severity(tmp_path: Path, changed: dict[str, str], severity: Severity) -> None:
    assert route(tmp_path, **changed) == [severity]


@pytest.mark.parametrize(("path", "severity"), [("webhook", Severity.LOW), ("orders", Severity.HIGH)])
def test_a_method_for_other_services_is_of_low_severity(tmp_path: Path, path: str, severity: Severity) -> None:
    (finding,) = judge(tmp_path, METHOD.format(path=path), "cloudformation", RULE).failing()
    assert finding.severity is severity
    assert ("signature" in remedy(finding), "AWS_IAM" in remedy(finding)) == (
        severity is Severity.LOW,
        severity is Severity.HIGH,
    )


@pytest.mark.parametrize(("path", "severity"), [("/webhook", Severity.LOW), ("/orders", Severity.HIGH)])
def test_an_operation_of_a_document_for_other_services_is_of_low_severity(
    tmp_path: Path, path: str, severity: Severity
) -> None:
    source = f"""
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body: {{ openapi: 3.0.1, paths: {{ {path}: {{ post: {{ responses: {{}} }} }} }} }}
"""
    assert [each.severity for each in judge(tmp_path, source, "cloudformation", RULE).failing()] == [severity]


def test_an_authorization_that_terraform_ignores_is_undecided(tmp_path: Path) -> None:
    source = ROUTE.format(
        name="it", key="POST /orders", function="orders", more="lifecycle {\n    ignore_changes = [authorization_type]\n  }"
    )
    (result,) = judge(tmp_path, source, "terraform", RULE).findings
    assert (result.verdict, "look at the deployed API" in result.message) == ("unknown", True)


@pytest.mark.parametrize(("description", "severity"), [("Ingests GitHub webhooks", Severity.LOW), ("Orders", Severity.HIGH)])
def test_the_description_of_an_api_says_who_calls_it(tmp_path: Path, description: str, severity: Severity) -> None:
    source = f"""
resource "aws_api_gateway_rest_api" "it" {{
  name        = "it"
  description = "{description}"
}}
resource "aws_api_gateway_method" "it" {{
  rest_api_id   = aws_api_gateway_rest_api.it.id
  resource_id   = aws_api_gateway_rest_api.it.root_resource_id
  http_method   = "POST"
  authorization = "NONE"
}}
resource "aws_api_gateway_deployment" "it" {{
  rest_api_id = aws_api_gateway_rest_api.it.id
}}
"""
    assert [each.severity for each in judge(tmp_path, source, "terraform", RULE).failing()] == [severity]


def test_callers_have_to_sign_before_a_method_asks_for_it(tmp_path: Path) -> None:
    (finding,) = judge(tmp_path, METHOD.format(path="orders"), "cloudformation", RULE).failing()
    assert "execute-api:Invoke" in remedy(finding)


@pytest.mark.parametrize(("name", "severity"), [("JWT_SECRET_PARAM", Severity.MEDIUM), ("TABLE", Severity.HIGH)])
def test_a_function_may_check_tokens_itself(tmp_path: Path, name: str, severity: Severity) -> None:
    source = f"""
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: it.handler
      Runtime: python3.13
      InlineCode: "def handler(event, context): return 1"
      Environment: {{ Variables: {{ {name}: it }} }}
      Events:
        Get: {{ Type: Api, Properties: {{ Path: /orders, Method: get }} }}
"""
    assert [each.severity for each in judge(tmp_path, source, "cloudformation", RULE).failing()] == [severity]


@pytest.mark.parametrize(
    ("function", "variables", "severity"),
    [
        ("orders", "{}", Severity.HIGH),
        ("github_hook", "{}", Severity.LOW),
        ("orders", '{ SIGNING_SECRET = "arn" }', Severity.LOW),
    ],
)
def test_the_url_of_a_webhook_is_advice(tmp_path: Path, function: str, variables: str, severity: Severity) -> None:
    source = f"""
resource "aws_lambda_function" "{function}" {{
  environment {{
    variables = {variables}
  }}
}}

resource "aws_lambda_function_url" "it" {{
  function_name      = aws_lambda_function.{function}.function_name
  authorization_type = "NONE"
}}
"""

    assert [each.severity for each in judge(tmp_path, source, "terraform", "lambda-url-auth").failing()] == [severity]


def test_a_service_for_messages_calls_a_bot(tmp_path: Path) -> None:
    source = 'resource "aws_lambda_function_url" "telegram" {\n  function_name = "bot"\n  authorization_type = "NONE"\n}\n'

    assert [each.severity for each in judge(tmp_path, source, "terraform", "lambda-url-auth").failing()] == [Severity.LOW]


@pytest.mark.parametrize(("name", "severity"), [("csp_reports", Severity.LOW), ("orders", Severity.HIGH)])
def test_browsers_send_their_reports_to_a_url_without_an_identity(tmp_path: Path, name: str, severity: Severity) -> None:
    source = f'resource "aws_lambda_function_url" "{name}" {{\n  function_name = "shop"\n  authorization_type = "NONE"\n}}\n'
    assert [each.severity for each in judge(tmp_path, source, "terraform", "lambda-url-auth").failing()] == [severity]
