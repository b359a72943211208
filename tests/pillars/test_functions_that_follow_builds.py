"""A function that only follows the states of pipelines or builds loses no work with an event."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, only_fault, only_remedy
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


@pytest.mark.parametrize(
    ("kinds", "confidence"),
    [
        ('"EC2 Instance-terminate Lifecycle Action"', Confidence.LOW),
        ('"EC2 Instance-terminate Lifecycle Action", "EC2 Instance Terminate Successful"', Confidence.HIGH),
    ],
)
def test_an_event_on_which_a_lifecycle_hook_waits_is_of_no_use_later(
    tmp_path: Path, kinds: str, confidence: Confidence
) -> None:
    source = (FUNCTION % {"name": "drain", "sources": '"aws.autoscaling"'}).replace(
        "source =", f'"detail-type" = [{kinds}], source ='
    )
    assert only_fault(tmp_path, source, "terraform", RULE).confidence == confidence


@pytest.mark.parametrize("code", ["S3Bucket: packages", 'ZipFile: "def handler(event, context): work(event)"'])
def test_code_may_catch_what_the_queue_is_for(tmp_path: Path, code: str) -> None:
    template = (
        "Resources:\n  Work:\n    Type: AWS::Lambda::Function\n    Properties:\n      Runtime: python3.14\n      Handler: index.handler\n"
        f"      Role: arn:aws:iam::123456789012:role/work\n      Code:\n        {code}\n"
        "  Allowed:\n    Type: AWS::Lambda::Permission\n    Properties:\n      Action: lambda:InvokeFunction\n      FunctionName: !Ref Work\n"
        "      Principal: sns.amazonaws.com\n"
    )
    assert "If its code catches" in only_remedy(judge(tmp_path, template, "cloudformation", RULE))


@pytest.mark.parametrize(
    ("name", "states", "confidence"),
    [
        ("analyze", '"FAILED"', Confidence.LOW),
        ("analyze", '"FAILED", "COMPLETED"', Confidence.HIGH),
        ("job-retry", '"FAILED"', Confidence.HIGH),
    ],
)
def test_failures_of_jobs_are_shown_elsewhere(tmp_path: Path, name: str, states: str, confidence: Confidence) -> None:
    source = (FUNCTION % {"name": name, "sources": '"aws.emr"'}).replace(
        "source =", f"detail = {{ state = [{states}] }}, source ="
    )
    assert only_fault(tmp_path, source, "terraform", RULE).confidence == confidence
