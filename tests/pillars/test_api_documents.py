"""Where the OpenAPI document of an API stands: in a text, in a file of YAML, elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, verdicts

RULE = "apigateway-authorization"

YAML = """
openapi: 3.0.1
info: {title: orders, version: 1}
paths:
  /orders:
    post:
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: "${uri}"}
    get:
      security: [{sigv4: []}]
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: "${uri}"}
  /health:
    get:
      x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: "${uri}"}
components:
  securitySchemes:
    sigv4: {type: apiKey, name: Authorization, in: header, x-amazon-apigateway-authtype: awsSigv4}
"""


@pytest.mark.parametrize("uri", ['"arn:aws:lambda"', "aws_lambda_function.orders.invoke_arn"])
def test_in_terraform_a_document_is_often_a_file_of_yaml(tmp_path: Path, uri: str) -> None:
    source = f"""
resource "aws_lambda_function" "orders" {{
  function_name = "orders"
}}
resource "aws_api_gateway_rest_api" "api" {{
  name = "orders"
  body = templatefile("api.yaml", {{ uri = {uri} }})
}}
"""

    report = judge_files(tmp_path, {"main.tf": source, "api.yaml": YAML}, RULE)

    [finding] = report.findings
    assert (finding.address, finding.verdict) == ("aws_api_gateway_rest_api.api", "fail")
    assert "POST /orders and GET /health" in finding.message


def test_what_is_written_with_jsonencode_is_found_at_its_own_line(tmp_path: Path) -> None:
    source = """
resource "aws_apigatewayv2_api" "api" {
  name          = "orders"
  protocol_type = "HTTP"
  body = jsonencode({
    openapi = "3.0.1"
    paths = {
      "/orders" = {
        post = { x-amazon-apigateway-integration = { type = "http_proxy" } }
      }
      "/health" = {
        get = { x-amazon-apigateway-integration = { type = "http_proxy" } }
      }
    }
  })
}
"""

    report = judge(tmp_path, source, "terraform", RULE)

    assert [(each.span.start_line, each.verdict) for each in report.findings] == [(9, "fail"), (12, "fail")]


@pytest.mark.parametrize("body", ["var.document", '"a: &a [*a]"', '"paths: [unclosed"', "aws_s3_object.api.content_type"])
def test_a_document_that_cannot_be_read_is_not_taken_for_an_empty_one(tmp_path: Path, body: str) -> None:
    source = f"""
variable "document" {{}}
resource "aws_s3_object" "api" {{
  bucket = "documents"
}}
resource "aws_api_gateway_rest_api" "api" {{
  name = "orders"
  body = {body}
}}
"""

    assert verdicts(tmp_path, source, "terraform", RULE) == {"aws_api_gateway_rest_api.api": "unknown"}


def test_a_document_in_a_bucket_is_not_at_hand(tmp_path: Path) -> None:
    source = (
        "Resources: {Api: {Type: AWS::ApiGateway::RestApi, Properties: {BodyS3Location: {Bucket: documents, Key: api.json}}}}"
    )

    assert verdicts(tmp_path, source, "cloudformation", RULE) == {"Api": "unknown"}


def test_a_bare_api_has_no_operation_yet(tmp_path: Path) -> None:
    assert (
        verdicts(tmp_path, "Resources: {Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: x}}}", "cloudformation", RULE)
        == {}
    )
