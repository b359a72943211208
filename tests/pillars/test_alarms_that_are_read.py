"""An alarm that another resource reads does something; one in another account may do something there."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import only_fault, verdicts
from wa_iac.core.scales import is_advice
from wa_iac.report.remedy import remedy

ALARM = """
resource "aws_cloudwatch_metric_alarm" "a" {{
  {provider}
  alarm_name          = "a"
  namespace           = "AWS/DDoSProtection"
  metric_name         = "DDoSDetected"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  evaluation_periods  = 1
  threshold           = 1
}}
"""
NAME = "aws_cloudwatch_metric_alarm.a"
HEALTH_CHECK = """
resource "aws_route53_health_check" "x" {
  type                  = "CLOUDWATCH_METRIC"
  cloudwatch_alarm_name = aws_cloudwatch_metric_alarm.a.alarm_name
}
"""
DASHBOARD = """
resource "aws_cloudwatch_dashboard" "x" {
  dashboard_name = "x"
  dashboard_body = jsonencode({widgets = [{type = "alarm", properties = {alarms = [aws_cloudwatch_metric_alarm.a.arn]}}]})
}
"""
BY_NAME = HEALTH_CHECK.replace("aws_cloudwatch_metric_alarm.a.alarm_name", '"a"')
OF_ANOTHER = HEALTH_CHECK.replace("aws_cloudwatch_metric_alarm.a.alarm_name", '"b"')
CONDITIONAL = 'variable "on" {\n  type = bool\n}\n' + HEALTH_CHECK.replace("{\n", "{\n  count = var.on ? 1 : 0\n", 1)


@pytest.mark.parametrize(
    ("reader", "found"),
    [("", "fail"), (HEALTH_CHECK, None), (DASHBOARD, "fail"), (CONDITIONAL, "unknown"), (BY_NAME, None), (OF_ANOTHER, "fail")],
)
def test_an_alarm_that_another_resource_reads_does_something(tmp_path: Path, reader: str, found: str | None) -> None:
    source = ALARM.format(provider="") + reader

    assert verdicts(tmp_path, source, "terraform", "cloudwatch-alarm-actions").get(NAME) == found


OF_MANAGEMENT = ALARM.format(provider="provider = aws.management")
ROLE = '  assume_role {\n    role_arn = "arn:aws:iam::111122223333:role/Alarms"\n  }\n'
PROVIDERS = 'provider "aws" {\n%s}\n\nprovider "aws" {\n  alias = "management"\n%s}\n'
WITH_ACTIONS = OF_MANAGEMENT.replace('"a"', '"b"').replace(
    "threshold ", 'alarm_actions = ["arn:aws:sns:eu-west-1:111122223333:t"]\n  threshold '
)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        (PROVIDERS % ("", ROLE) + OF_MANAGEMENT, "unknown"),
        (PROVIDERS % ("", "") + OF_MANAGEMENT, "fail"),
        (PROVIDERS % (ROLE, ROLE) + OF_MANAGEMENT, "fail"),
        (PROVIDERS % ("", ROLE) + OF_MANAGEMENT + WITH_ACTIONS, "fail"),
        (PROVIDERS % (ROLE, ROLE) + ALARM.format(provider=""), "fail"),
    ],
)
def test_an_alarm_of_another_account_may_be_selected_there(tmp_path: Path, source: str, found: str) -> None:
    assert verdicts(tmp_path, source, "terraform", "cloudwatch-alarm-actions")[NAME] == found


@pytest.mark.parametrize("description", ["Scale in below 100 requests", "Scales the queue's size"])
def test_an_alarm_for_scaling_belongs_to_a_policy(tmp_path: Path, description: str) -> None:
    source = ALARM.format(provider=f'alarm_description = "{description}"')
    found = only_fault(tmp_path, source, "terraform", "cloudwatch-alarm-actions")
    assert (
        is_advice(found.severity, found.confidence)
        is ("scaling policy" in remedy(found).text)
        is description.startswith("Scale in")
    )


@pytest.mark.parametrize(
    ("actions", "advice"),
    [
        ("[]", False),
        ("concat(var.topic == null ? [] : [var.topic], var.others)", True),
    ],
)
def test_a_list_of_actions_that_comes_out_empty_waits_for_inputs(tmp_path: Path, actions: str, advice: bool) -> None:
    inputs = 'variable "topic" { default = null }\nvariable "others" { default = [] }\n'
    source = inputs + ALARM.format(provider=f"alarm_actions = {actions}")

    assert only_fault(tmp_path, source, "terraform", "cloudwatch-alarm-actions").is_advice is advice


@pytest.mark.parametrize(
    ("description", "found"),
    [
        ("Input of a Route 53 health check", "unknown"),
        ("The health check of Route53 reads it", "unknown"),
        ("Health checks fail", "fail"),
    ],
)
def test_a_health_check_outside_of_the_code_may_read_an_alarm_that_says_so(
    tmp_path: Path, description: str, found: str
) -> None:
    source = ALARM.format(provider=f'alarm_description = "{description}"')

    assert verdicts(tmp_path, source, "terraform", "cloudwatch-alarm-actions").get(NAME) == found
