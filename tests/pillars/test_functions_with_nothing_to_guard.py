"""An open API whose function reaches nothing gives strangers its answer only."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge

HELLO = """
resource "aws_apigatewayv2_api" "hello" {{
  name          = "shop"
  protocol_type = "HTTP"
  target        = aws_lambda_function.hello.arn
}}
resource "aws_lambda_function" "hello" {{
  function_name = "shop"
  role          = aws_iam_role.hello.arn
  {more}
}}
resource "aws_iam_role" "hello" {{
  assume_role_policy = "{{}}"
}}
resource "aws_iam_role_policy" "hello" {{
  role   = aws_iam_role.hello.id
  policy = jsonencode({{ Statement = [{{ Effect = "Allow", Action = ["{action}"], Resource = "*" }}] }})
}}
"""


@pytest.mark.parametrize(
    ("action", "more", "advice"),
    [
        ("logs:PutLogEvents", "", True),
        ("dynamodb:PutItem", "", False),
        ("logs:PutLogEvents", "environment {\n    variables = { KEY = 1 }\n  }", False),
    ],
)
def test_a_function_that_may_do_nothing_gives_strangers_its_answer_only(
    tmp_path: Path, action: str, more: str, advice: bool
) -> None:
    (found,) = judge(tmp_path, HELLO.format(action=action, more=more), "terraform", "apigateway-authorization").failing()

    assert found.is_advice is advice
