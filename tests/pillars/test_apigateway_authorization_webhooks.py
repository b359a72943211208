"""An API for webhooks is open by nature, and a document of Swagger 2.0 has security schemes of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.rule import Severity
from wa_iac.report.listing import remedy
from wa_iac.report.remedy import remedy as full_remedy

RULE = "apigateway-authorization"


@pytest.mark.parametrize(("name", "severity"), [("WebHookApi", Severity.LOW), ("Orders", Severity.HIGH)])
def test_an_api_for_webhooks_is_of_low_severity_by_its_name(tmp_path: Path, name: str, severity: Severity) -> None:
    source = f"""
Resources:
  {name}:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body: {{ swagger: "2.0", paths: {{ /pull: {{ post: {{ responses: {{}} }} }} }} }}
"""
    assert [each.severity for each in judge(tmp_path, source, "cloudformation", RULE).failing()] == [severity]


@pytest.mark.parametrize(
    ("path", "severity"),
    [
        ("/slack/events", Severity.LOW),
        ("/api/telegram", Severity.LOW),
        ("/slack/settings", Severity.HIGH),
        ("/slackers", Severity.HIGH),
        ("/integrations/slack", Severity.HIGH),
    ],
)
def test_a_path_that_a_service_for_messages_calls_is_of_low_severity(tmp_path: Path, path: str, severity: Severity) -> None:
    source = f"""
Resources:
  Orders:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body: {{ openapi: 3.0.1, paths: {{ "{path}": {{ post: {{ responses: {{}} }} }} }} }}
"""
    assert [each.severity for each in judge(tmp_path, source, "cloudformation", RULE).failing()] == [severity]


@pytest.mark.parametrize(
    ("variable", "severity"),
    [("GITHUB_WEBHOOK_SECRET", Severity.LOW), ("SLACK_WEBHOOK_URL", Severity.HIGH), ("TABLE", Severity.HIGH)],
)
def test_a_route_whose_function_holds_the_secret_of_a_webhook_is_of_low_severity(
    tmp_path: Path, variable: str, severity: Severity
) -> None:
    source = f"""
resource "aws_apigatewayv2_api" "api" {{
  name          = "api"
  protocol_type = "HTTP"
}}
resource "aws_lambda_function" "pull" {{
  environment {{
    variables = {{ {variable} = "x" }}
  }}
}}
resource "aws_apigatewayv2_integration" "to" {{
  api_id           = aws_apigatewayv2_api.api.id
  integration_type = "AWS_PROXY"
  integration_uri  = aws_lambda_function.pull.invoke_arn
}}
resource "aws_apigatewayv2_route" "pull" {{
  api_id    = aws_apigatewayv2_api.api.id
  route_key = "POST /pull"
  target    = "integrations/${{aws_apigatewayv2_integration.to.id}}"
}}
"""
    assert [each.severity for each in judge(tmp_path, source, "terraform", RULE).failing()] == [severity]


@pytest.mark.parametrize(("version", "wanted"), [('swagger: "2.0"', "securityDefinitions:"), ("openapi: 3.0.1", "components:")])
def test_the_remedy_is_in_the_version_of_a_templates_document(tmp_path: Path, version: str, wanted: str) -> None:
    source = f"""
Resources:
  Orders:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body: {{ {version}, paths: {{ /orders: {{ post: {{ responses: {{}} }} }} }} }}
"""
    (finding,) = judge(tmp_path, source, "cloudformation", RULE).failing()
    shown = remedy(finding)
    assert [each for each in ("securityDefinitions:", "components:") if each in shown] == [wanted]


@pytest.mark.parametrize(
    ("version", "wanted"), [('swagger = "2.0"', "securityDefinitions ="), ('openapi = "3.0.1"', "components =")]
)
def test_the_remedy_is_in_the_version_of_a_modules_document(tmp_path: Path, version: str, wanted: str) -> None:
    source = f"""
resource "aws_api_gateway_rest_api" "orders" {{
  name = "orders"
  body = jsonencode({{
    {version}
    paths = {{ "/orders" = {{ post = {{ responses = {{}} }} }} }}
  }})
}}
"""
    (finding,) = judge(tmp_path, source, "terraform", RULE).failing()
    shown = remedy(finding)
    assert [each for each in ("securityDefinitions =", "components =") if each in shown] == [wanted]


@pytest.mark.parametrize(
    ("method", "path", "severity"),
    [
        ("get", "/health", Severity.LOW),
        ("get", "/v1/ping", Severity.LOW),
        ("post", "/health", Severity.HIGH),
        ("get", "/health/reports", Severity.HIGH),
        ("post", "/authenticate", Severity.LOW),
        ("post", "/register/{token}", Severity.LOW),
        ("post", "/reset/{token}", Severity.LOW),
        ("get", "/login/{username}/{password}", Severity.LOW),
        ("post", "/reset", Severity.HIGH),
        ("post", "/devices/register", Severity.HIGH),
    ],
)
def test_who_watches_an_api_or_signs_in_has_no_identity(tmp_path: Path, method: str, path: str, severity: Severity) -> None:
    source = f"""
Resources:
  Orders:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body: {{ openapi: 3.0.1, paths: {{ "{path}": {{ {method}: {{ responses: {{}} }} }} }} }}
  Http:
    Type: AWS::ApiGatewayV2::Api
    Properties: {{ Name: orders, ProtocolType: HTTP }}
  Route:
    Type: AWS::ApiGatewayV2::Route
    Properties: {{ ApiId: !Ref Http, RouteKey: "{method.upper()} {path}" }}
"""
    report = judge(tmp_path, source, "cloudformation", RULE)
    assert [(each.severity, each.is_advice) for each in report.failing()] == [(severity, severity is Severity.LOW)] * 2


@pytest.mark.parametrize(("chosen", "advice"), [("each.value.secured", True), ("false", False)])
def test_a_list_that_says_for_each_method_whether_it_asks_is_a_choice(tmp_path: Path, chosen: str, advice: bool) -> None:
    source = f"""
resource "aws_api_gateway_rest_api" "shop" {{ name = "shop" }}
resource "aws_api_gateway_authorizer" "users" {{
  name          = "users"
  type          = "COGNITO_USER_POOLS"
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  provider_arns = ["arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a"]
}}
resource "aws_api_gateway_method" "each" {{
  for_each      = {{ status = {{ method = "GET", secured = false }}, orders = {{ method = "POST", secured = true }} }}
  rest_api_id   = aws_api_gateway_rest_api.shop.id
  resource_id   = aws_api_gateway_rest_api.shop.root_resource_id
  http_method   = each.value.method
  authorization = {chosen} ? "COGNITO_USER_POOLS" : "NONE"
  authorizer_id = aws_api_gateway_authorizer.users.id
}}
"""
    findings = judge(tmp_path, source, "terraform", RULE).failing()
    assert findings
    assert {each.is_advice for each in findings} == {advice}


@pytest.mark.parametrize(
    ("path", "method", "severity"),
    [
        ("/approve", "get", Severity.LOW),
        ("/orders/{id}/reject", "get", Severity.LOW),
        ("/approve", "post", Severity.HIGH),
        ("/hello", "get", Severity.LOW),
        ("/hello", "post", Severity.HIGH),
        ("/hellos", "get", Severity.HIGH),
        ("/approvals", "get", Severity.HIGH),
    ],
)
def test_a_link_to_decide_something_has_no_identity_and_a_greeting_needs_none(
    tmp_path: Path, path: str, method: str, severity: Severity
) -> None:
    source = f"""
Resources:
  Orders:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body: {{ swagger: "2.0", paths: {{ "{path}": {{ {method}: {{ responses: {{}} }} }} }} }}
"""
    assert [each.severity for each in judge(tmp_path, source, "cloudformation", RULE).failing()] == [severity]


@pytest.mark.parametrize(("more", "said"), [('"options": {"responses": {}}, ', True), ("", False)])
def test_preflight_requests_stay_open_in_a_document(tmp_path: Path, more: str, said: bool) -> None:
    source = f"""
Resources:
  Orders:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body: {{ "openapi": "3.0.1", "paths": {{ "/orders": {{ {more}"post": {{ "responses": {{}} }} }} }} }}
"""
    (finding,) = judge(tmp_path, source, "cloudformation", RULE).failing()

    assert ("leave these operations without security" in full_remedy(finding).text) is said
