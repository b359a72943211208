"""What a request validator has nothing to check for: a body that is not JSON, and a header that each request has."""

from __future__ import annotations

from pathlib import Path

import pytest

from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection

METHOD = """resource "aws_api_gateway_method" "upload" {
  rest_api_id    = "a1b2c3"
  resource_id    = "d4e5f6"
  http_method    = "POST"
  authorization  = "AWS_IAM"
  request_models = { "CONTENT" = "Upload" }
}
"""


@pytest.mark.parametrize(("content", "number"), [("application/json", 1), ("multipart/form-data", 0)])
def test_a_model_of_another_content_needs_no_validator(tmp_path: Path, content: str, number: int) -> None:
    (tmp_path / "main.tf").write_text(METHOD.replace("CONTENT", content), encoding="utf-8")

    assert len(check([tmp_path], Selection(select=("apigateway-request-validation",))).failing()) == number


@pytest.mark.parametrize(("header", "number"), [("Host", 0), ("X-Shop", 1)])
def test_each_request_names_its_host(tmp_path: Path, header: str, number: int) -> None:
    declared = f'request_parameters = {{ "method.request.header.{header}" = true }}'
    (tmp_path / "main.tf").write_text(METHOD.replace('request_models = { "CONTENT" = "Upload" }', declared), encoding="utf-8")

    assert len(check([tmp_path], Selection(select=("apigateway-request-validation",))).failing()) == number
