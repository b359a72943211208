"""A function that only follows the states of pipelines or builds loses no work with an event."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault
from wa_iac.core.scales import Confidence, Severity

RULE = "lambda-dead-letter-queue"
FUNCTION = """
resource "aws_lambda_function" "%(name)s" {
  function_name = "%(name)s"
  role          = "arn:aws:iam::123456789012:role/a"
}
resource "aws_cloudwatch_event_rule" "events" {
  event_pattern = jsonencode({ source = [%(sources)s] })
}
resource "aws_cloudwatch_event_target" "events" {
  rule = aws_cloudwatch_event_rule.events.name
  arn  = aws_lambda_function.%(name)s.arn
}
"""


@pytest.mark.parametrize(
    ("name", "sources", "confidence"),
    [
        ("feed", '"aws.codepipeline"', Confidence.LOW),
        ("feed", '"aws.codepipeline", "orders"', Confidence.HIGH),
        ("feed", "var.sources", Confidence.HIGH),
        ("promote", '"aws.codepipeline"', Confidence.HIGH),
    ],
)
def test_the_states_of_a_pipeline_are_shown_elsewhere(tmp_path: Path, name: str, sources: str, confidence: Confidence) -> None:
    source = FUNCTION % {"name": name, "sources": sources} + 'variable "sources" {}\n'
    assert only_fault(tmp_path, source, "terraform", RULE).confidence == confidence


def test_a_function_that_starts_a_crawler_by_its_name_loses_little(tmp_path: Path) -> None:
    source = FUNCTION % {"name": "crawler-trigger", "sources": '"aws.s3"'}
    assert only_fault(tmp_path, source, "terraform", RULE).severity == Severity.LOW
