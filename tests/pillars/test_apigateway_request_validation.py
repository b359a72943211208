"""API Gateway checks bodies in JSON only."""

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
