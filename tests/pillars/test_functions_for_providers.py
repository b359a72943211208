"""A function that only a provider of Terraform calls runs when somebody applies."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.rule import Confidence

SOURCE = """
resource "aws_subnet" "only" {
  vpc_id            = "vpc-1"
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}
resource "aws_lambda_function" "link" {
  function_name = "link"
  vpc_config {
    subnet_ids         = [aws_subnet.only.id]
    security_group_ids = []
  }
}
"""
OUTPUT = """
output "link" {
  value = aws_lambda_function.link.function_name
}
"""
PERMISSION = """
resource "aws_lambda_permission" "link" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.link.function_name
  principal     = "apigateway.amazonaws.com"
}
"""


@pytest.mark.parametrize(
    ("more", "confidence"), [(OUTPUT, Confidence.LOW), (OUTPUT + PERMISSION, Confidence.HIGH), ("", Confidence.HIGH)]
)
def test_a_link_of_a_provider(tmp_path: Path, more: str, confidence: Confidence) -> None:
    report = judge(tmp_path, SOURCE + more, "terraform", "lambda-multi-az")
    assert [each.confidence for each in report.failing()] == [confidence]
