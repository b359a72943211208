"""Paths of an API that have to be open, and documents that ask for what API Gateway does not check."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, remedies
from wa_iac.core.rule import Severity

RULE = "apigateway-authorization"
TEMPLATE = """
Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      DefinitionBody: { Fn::Transform: { Name: AWS::Include, Parameters: { Location: api.yaml } } }
"""
DOCUMENT = """
openapi: 3.0.1
info: {{title: orders, version: 1}}
paths:
  {path}:
    {method}:
      {security}
      x-amazon-apigateway-integration: {{type: aws_proxy, httpMethod: POST, uri: "arn:aws:lambda"}}
components:
  securitySchemes:
    bearer: {{type: http, scheme: bearer}}
"""


@pytest.mark.parametrize(
    ("method", "path", "security", "severities"),
    [
        ("get", "/.well-known/jwks.json", "", []),
        ("get", "/keys/jwks.json", "", []),
        ("post", "/.well-known/jwks.json", "", [Severity.HIGH]),
        ("post", "/token", "", [Severity.LOW]),
        ("post", "/oauth2/token", "", [Severity.LOW]),
        ("post", "/users/token", "", [Severity.HIGH]),
        ("get", "/orders", "security: [{bearer: []}]", [Severity.MEDIUM]),
        ("get", "/orders", "security: [{bearer: []}, {}]", [Severity.HIGH]),
        ("get", "/orders", "security: []", [Severity.HIGH]),
    ],
)
def test_the_operations_of_a_document(
    tmp_path: Path, method: str, path: str, security: str, severities: list[Severity]
) -> None:
    document = DOCUMENT.format(method=method, path=path, security=security or "description: it")
    report = judge_files(tmp_path, {"template.yaml": TEMPLATE, "api.yaml": document}, RULE)
    assert [each.severity for each in report.failing()] == severities


def test_what_sam_includes_is_changed_in_its_own_file(tmp_path: Path) -> None:
    document = DOCUMENT.format(method="get", path="/orders", security="description: it")
    [remedy] = remedies(judge_files(tmp_path, {"template.yaml": TEMPLATE, "api.yaml": document}, RULE))
    assert "DefaultAuthorizer" not in remedy
    assert "security: [{ sigv4: [] }]\ncomponents:\n  securitySchemes:\n    sigv4:" in remedy


def test_what_stands_in_the_template_is_left_to_sam(tmp_path: Path) -> None:
    inline = TEMPLATE.replace(
        "{ Fn::Transform: { Name: AWS::Include, Parameters: { Location: api.yaml } } }",
        "{ openapi: 3.0.1, paths: { /orders: { get: { x-amazon-apigateway-integration: { type: aws_proxy, uri: a } } } } }",
    )
    [remedy] = remedies(judge(tmp_path, inline, "cloudformation", RULE))
    assert "DefaultAuthorizer: AWS_IAM" in remedy


METHOD = """
resource "aws_api_gateway_deployment" "it" {
  rest_api_id = aws_api_gateway_rest_api.it.id
}
resource "aws_api_gateway_rest_api" "it" {
  name = "it"
}
resource "aws_api_gateway_resource" "first" {
  rest_api_id = aws_api_gateway_rest_api.it.id
  parent_id   = aws_api_gateway_rest_api.it.root_resource_id
  path_part   = "FIRST"
}
resource "aws_api_gateway_resource" "second" {
  rest_api_id = aws_api_gateway_rest_api.it.id
  parent_id   = aws_api_gateway_resource.first.id
  path_part   = "SECOND"
}
resource "aws_api_gateway_method" "it" {
  rest_api_id   = aws_api_gateway_rest_api.it.id
  resource_id   = aws_api_gateway_resource.second.id
  http_method   = "METHOD"
  authorization = "NONE"
}
"""


@pytest.mark.parametrize(
    ("method", "first", "second", "severities"),
    [
        ("GET", ".well-known", "did.json", []),
        ("POST", ".well-known", "did.json", [Severity.HIGH]),
        ("POST", "oauth2", "token", [Severity.LOW]),
        ("POST", "orders", "token", [Severity.HIGH]),
    ],
)
def test_a_method_has_the_path_of_its_resources(
    tmp_path: Path, method: str, first: str, second: str, severities: list[Severity]
) -> None:
    source = METHOD.replace("METHOD", method).replace("FIRST", first).replace("SECOND", second)
    assert [each.severity for each in judge(tmp_path, source, "terraform", RULE).failing()] == severities


TASK = """
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body:
        swagger: "2.0"
        paths:
          /fail:
            get:
              x-amazon-apigateway-integration: {type: aws, uri: !Sub "arn:aws:apigateway:${AWS::Region}:states:action/ACTION"}
  Fails:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: POST
      AuthorizationType: NONE
      Integration: {Type: AWS, Uri: !Sub "arn:aws:apigateway:${AWS::Region}:states:action/ACTION"}
"""


@pytest.mark.parametrize(("action", "severity"), [("SendTaskFailure", Severity.LOW), ("StartExecution", Severity.HIGH)])
def test_the_answer_of_a_task_needs_the_token_of_the_task(tmp_path: Path, action: str, severity: Severity) -> None:
    report = judge(tmp_path, TASK.replace("ACTION", action), "cloudformation", RULE)
    assert [each.severity for each in report.failing()] == [severity] * 2
