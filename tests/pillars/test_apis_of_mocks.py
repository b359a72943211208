"""An API that takes the place of a real one in tests is open to everybody, and gives away nothing."""

from pathlib import Path

import pytest

from helpers.reports import judge_files
from wa_iac.core.rule import Confidence, Severity

MODULE = """
resource "aws_api_gateway_rest_api" "api" {
  name = "NAME"
}

resource "aws_api_gateway_method" "get" {
  rest_api_id   = aws_api_gateway_rest_api.api.id
  resource_id   = aws_api_gateway_rest_api.api.root_resource_id
  http_method   = "GET"
  authorization = "NONE"
}

resource "aws_api_gateway_deployment" "api" {
  rest_api_id = aws_api_gateway_rest_api.api.id
}
"""


@pytest.mark.parametrize(
    ("file", "name", "severity", "confidence"),
    [
        ("main.tf", "orders-mock", Severity.MEDIUM, Confidence.LOW),
        ("mock-orders.tf", "orders", Severity.MEDIUM, Confidence.LOW),
        ("orders-mock/main.tf", "orders", Severity.MEDIUM, Confidence.LOW),
        ("main.tf", "orders", Severity.HIGH, Confidence.HIGH),
    ],
)
def test_an_open_mock_is_advice(tmp_path: Path, file: str, name: str, severity: Severity, confidence: Confidence) -> None:
    report = judge_files(tmp_path, {file: MODULE.replace("NAME", name)}, "apigateway-authorization")
    assert [(each.severity, each.confidence) for each in report.failing()] == [(severity, confidence)]


BESIDE = """
resource "aws_apigatewayv2_api" "shop" {{
  name          = "shop"
  protocol_type = "HTTP"
}}

resource "aws_apigatewayv2_route" "own" {{
  api_id             = aws_apigatewayv2_api.shop.id
  route_key          = "GET /orders"
  authorization_type = "{others}"
}}

resource "aws_apigatewayv2_route" "open" {{
  api_id    = aws_apigatewayv2_api.shop.id
  route_key = "GET /{path}/offers"
}}
"""


@pytest.mark.parametrize(
    ("path", "others", "severity"),
    [("public", "AWS_IAM", Severity.MEDIUM), ("own", "AWS_IAM", Severity.HIGH), ("public", "NONE", Severity.HIGH)],
)
def test_a_path_called_public_is_open_on_purpose_where_others_are_not(
    tmp_path: Path, path: str, others: str, severity: Severity
) -> None:
    report = judge_files(tmp_path, {"main.tf": BESIDE.format(path=path, others=others)}, "apigateway-authorization")
    (found,) = [each for each in report.failing() if each.address == "aws_apigatewayv2_route.open"]
    assert found.severity == severity


@pytest.mark.parametrize(
    ("path", "severity"),
    [("posts", Severity.MEDIUM), ("auth/refresh", Severity.LOW), ("authorize", Severity.LOW), ("google/pubsub", Severity.LOW)],
)
def test_what_everybody_reads_and_where_a_session_goes_on_are_open_on_purpose(
    tmp_path: Path, path: str, severity: Severity
) -> None:
    kind = "GET" if path == "posts" else "POST"
    more = "".join(
        f'resource "aws_apigatewayv2_route" "{name}" {{\n  api_id    = aws_apigatewayv2_api.shop.id\n  route_key = "{key}"\n}}\n'
        for name, key in (("shown", f"{kind} /{path}"), ("tags", "GET /tags"), ("pages", "GET /pages"))
    )
    source = BESIDE.format(path="own", others="AWS_IAM") + more
    report = judge_files(tmp_path, {"main.tf": source}, "apigateway-authorization")
    (found,) = [each for each in report.failing() if each.address == "aws_apigatewayv2_route.shown"]
    assert found.severity == severity


@pytest.mark.parametrize(("name", "severity"), [("shop-frontend", Severity.MEDIUM), ("shop-orders", Severity.HIGH)])
def test_the_pages_of_a_site_are_for_everybody(tmp_path: Path, name: str, severity: Severity) -> None:
    report = judge_files(tmp_path, {"main.tf": MODULE.replace("NAME", name)}, "apigateway-authorization")
    assert [each.severity for each in report.failing()] == [severity]
