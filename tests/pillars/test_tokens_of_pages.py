"""Methods that a web server answers, and to which pages send tokens: the application may check them."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault
from wa_iac.core.scales import Severity
from wa_iac.report.remedy import remedy

RULE = "apigateway-authorization"
TEMPLATE = """
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: {{ Name: orders }}
  Remove:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: DELETE
      AuthorizationType: NONE
      Integration: {{ Type: {kind}, IntegrationHttpMethod: DELETE, Uri: http://orders.example.com }}
  Preflight:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: OPTIONS
      AuthorizationType: NONE
      Integration:
        Type: MOCK
        IntegrationResponses:
          - StatusCode: 200
            ResponseParameters:
              method.response.header.Access-Control-Allow-Headers: "'Content-Type,{header}'"
"""
CODE = """
resource "aws_api_gateway_rest_api" "it" {{ name = "orders" }}
resource "aws_api_gateway_method" "remove" {{
  rest_api_id   = aws_api_gateway_rest_api.it.id
  resource_id   = aws_api_gateway_rest_api.it.root_resource_id
  http_method   = "DELETE"
  authorization = "NONE"
}}
resource "aws_api_gateway_integration" "remove" {{
  rest_api_id = aws_api_gateway_rest_api.it.id
  resource_id = aws_api_gateway_rest_api.it.root_resource_id
  http_method = aws_api_gateway_method.remove.http_method
  type        = "{kind}"
  uri         = "http://orders.example.com"
}}
resource "aws_api_gateway_integration_response" "preflight" {{
  rest_api_id         = aws_api_gateway_rest_api.it.id
  resource_id         = aws_api_gateway_rest_api.it.root_resource_id
  http_method         = "OPTIONS"
  status_code         = "200"
  response_parameters = {{ "method.response.header.Access-Control-Allow-Headers" = "'Content-Type,{header}'" }}
}}
"""


@pytest.mark.parametrize(
    ("kind", "header", "severity"),
    [
        ("HTTP_PROXY", "Authorization", Severity.MEDIUM),
        ("HTTP_PROXY", "X-Request-Id", Severity.HIGH),
        ("AWS_PROXY", "Authorization", Severity.HIGH),
    ],
)
def test_a_web_server_that_gets_tokens_may_check_them(tmp_path: Path, kind: str, header: str, severity: Severity) -> None:
    template = only_fault(tmp_path / "cfn", TEMPLATE.format(kind=kind, header=header), "cloudformation", RULE)
    code = only_fault(tmp_path / "tf", CODE.format(kind=kind, header=header), "terraform", RULE)

    assert (template.severity, code.severity) == (severity, severity)
    assert ("AWS_IAM needs" in remedy(template).text) == (severity is Severity.MEDIUM)
