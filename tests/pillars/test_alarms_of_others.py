"""Alarms that something else acts on, and alarms that say nothing about a team's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import by_address, judge, judge_files, only_fault, verdicts
from wa_iac.core.scales import is_advice
from wa_iac.report.remedy import remedy

ALARM = """
Parameters:
  Pattern: {{ Type: String }}
Resources:
  Errors:
    Type: AWS::CloudWatch::Alarm
    Properties: {{ AlarmName: orders-errors, Namespace: AWS/Lambda, MetricName: Errors, Threshold: 1 }}
  OnChange:
    Type: AWS::Events::Rule
    Properties:
      State: {state}
      EventPattern: {pattern}
"""
CHANGES = 'source: [aws.cloudwatch], detail-type: ["CloudWatch Alarm State Change"]'


@pytest.mark.parametrize(
    ("pattern", "state", "found"),
    [
        (f"{{ {CHANGES} }}", "ENABLED", {}),
        (f"{{ {CHANGES}, detail: {{ alarmName: [!Ref Errors] }} }}", "ENABLED", {}),
        (f"{{ {CHANGES}, detail: {{ alarmName: [orders-errors] }} }}", "ENABLED", {}),
        (f"{{ {CHANGES}, detail: {{ alarmName: [{{ prefix: orders- }}] }} }}", "ENABLED", {}),
        (f"{{ {CHANGES}, resources: [!GetAtt Errors.Arn] }}", "ENABLED", {}),
        (f"{{ {CHANGES}, detail: {{ alarmName: [other] }} }}", "ENABLED", {"Errors": "fail"}),
        (f"{{ {CHANGES} }}", "DISABLED", {"Errors": "fail"}),
        ("!Ref Pattern", "ENABLED", {"Errors": "unknown"}),
        ('{ source: [aws.ec2], detail-type: ["CloudWatch Alarm State Change"] }', "ENABLED", {"Errors": "fail"}),
    ],
)
def test_a_rule_that_selects_an_alarm_acts_on_it(tmp_path: Path, pattern: str, state: str, found: dict[str, str]) -> None:
    report = judge(tmp_path, ALARM.format(pattern=pattern, state=state), "cloudformation", "cloudwatch-alarm-actions")
    assert by_address(report, "cloudwatch-alarm-actions") == found


QUEUE = """
resource "aws_sqs_queue" "failed" {
  name = "failed"
}
resource "aws_cloudwatch_metric_alarm" "failed" {
  alarm_name    = "failed"
  namespace     = "AWS/SQS"
  metric_name   = "ApproximateNumberOfMessagesVisible"
  dimensions    = { QueueName = aws_sqs_queue.failed.name }
  alarm_actions = ["arn:aws:sns:eu-west-1:111122223333:alarms"]
}
"""
BALANCER = 'resource "aws_lb" "it" {\n  name = "it"\n}\n'
WEB = 'module "web" {\n  source = "SOURCE"\n}\n'
ELSEWHERE = 'module "queue" {\n  source = "./queue"\n}\n'


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"main.tf": BALANCER + QUEUE}, {"aws_lb.it": "fail"}),
        ({"main.tf": WEB.replace("SOURCE", "./web") + QUEUE, "web/main.tf": BALANCER}, {"module.web.aws_lb.it": "fail"}),
        ({"main.tf": WEB.replace("SOURCE", "./web") + ELSEWHERE, "web/main.tf": BALANCER, "queue/main.tf": QUEUE}, {}),
        ({"tests/main.tf": WEB.replace("SOURCE", "../web") + QUEUE, "web/main.tf": BALANCER}, {}),
        ({"tests/main.tf": BALANCER + QUEUE}, {"aws_lb.it": "fail"}),
    ],
)
def test_who_has_alarms_beside_it_probably_forgot_one(tmp_path: Path, files: dict[str, str], found: dict[str, str]) -> None:
    report = judge_files(tmp_path, files, "cloudwatch-alarm-endpoint")
    assert by_address(report, "cloudwatch-alarm-endpoint") == found


COMBINED = """
variable "name" {{}}
resource "aws_cloudwatch_metric_alarm" "errors" {{
  alarm_name = "errors"
}}
resource "aws_cloudwatch_metric_alarm" "depth" {{
  alarm_name = "depth"
}}
resource "aws_cloudwatch_composite_alarm" "down" {{
  alarm_name    = "down"
  alarm_rule    = {rule}
  alarm_actions = ["arn:aws:sns:eu-west-1:111122223333:ops"]
}}
"""


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ('"ALARM(${aws_cloudwatch_metric_alarm.errors.alarm_name})"', ["depth"]),
        ('"ALARM(${aws_cloudwatch_metric_alarm.errors.arn})"', ["depth"]),
        ('"ALARM(errors) OR ALARM(depth)"', []),
        ('"TRUE"', ["depth", "errors"]),
        ('"ALARM(${var.name})"', []),
        ("var.name", []),
    ],
)
def test_a_composite_alarm_notifies_for_the_alarms_that_it_combines(tmp_path: Path, rule: str, found: list[str]) -> None:
    report = verdicts(tmp_path, COMBINED.format(rule=rule), "terraform", "cloudwatch-alarm-actions")

    assert sorted(report) == [f"aws_cloudwatch_metric_alarm.{name}" for name in found]


TOLD = "arn:aws:sns:eu-west-1:111122223333:ops"
WITHOUT_END = """
Resources:
  Orders: {{ Type: AWS::ApiGatewayV2::Api, Properties: {{ ProtocolType: HTTP }} }}
  Full:
    Type: AWS::CloudWatch::Alarm
    Properties: {{ Namespace: AWS/EFS, MetricName: PercentIOLimit, Threshold: 90{more} }}
"""


@pytest.mark.parametrize(
    ("more", "found"),
    [
        (f", AlarmActions: [{TOLD}]", {"Orders": "fail"}),
        (f", OKActions: [{TOLD}]", {"Orders": "fail"}),
        (", InsufficientDataActions: []", {}),
        ("", {}),
    ],
)
def test_alarms_that_tell_nobody_are_no_measure_for_what_lacks_one(tmp_path: Path, more: str, found: dict[str, str]) -> None:
    assert verdicts(tmp_path, WITHOUT_END.format(more=more), "cloudformation", "cloudwatch-alarm-endpoint") == found


NO_ACTION = """
resource "aws_cloudwatch_metric_alarm" "full" {{
  alarm_name = "full"
  namespace  = "AWS/EFS"
  {written}
}}
"""


@pytest.mark.parametrize(
    ("written", "line", "wanted"),
    [
        ("insufficient_data_actions = []", 2, ["alarm_actions = [<an SNS topic>.arn]"]),
        ("ok_actions = []", 2, ["alarm_actions = [<an SNS topic>.arn]"]),
        ("actions_enabled = false", 5, ["actions_enabled = true", "alarm_actions   = [<an SNS topic>.arn]"]),
    ],
)
def test_an_alarm_without_actions_gets_one_for_its_fault(tmp_path: Path, written: str, line: int, wanted: list[str]) -> None:
    found = only_fault(tmp_path, NO_ACTION.format(written=written), "terraform", "cloudwatch-alarm-actions")

    assert found.span.start_line == line
    assert remedy(found).text.splitlines()[1:] == wanted


OF_A_MODULE = {
    "alarms/main.tf": """
variable "actions" {
  type = list(string)
}
resource "aws_cloudwatch_metric_alarm" "full" {
  alarm_name    = "full"
  namespace     = "AWS/EFS"
  alarm_actions = var.actions
}
""",
    "main.tf": """
module "alarms" {
  source  = "./alarms"
  actions = []
}
""",
}


def test_whoever_calls_a_module_with_an_empty_list_has_decided(tmp_path: Path) -> None:
    (found,) = judge_files(tmp_path, OF_A_MODULE, "cloudwatch-alarm-actions").findings

    assert is_advice(found.severity, found.confidence)


@pytest.mark.parametrize(
    ("settings", "verdict"),
    [
        ("auto_config_enabled = true", "unknown"),
        ("auto_config_enabled = var.automatic", "unknown"),
        ("auto_config_enabled = false", "fail"),
        ("", "fail"),
    ],
)
def test_application_insights_makes_alarms_of_its_own(tmp_path: Path, settings: str, verdict: str) -> None:
    application = (
        'variable "automatic" {}\n'
        f'resource "aws_applicationinsights_application" "all" {{\n  resource_group_name = "all"\n  {settings}\n}}\n'
    )
    report = judge(tmp_path, QUEUE + BALANCER + application, "terraform", "cloudwatch-alarm-endpoint")

    assert by_address(report, "cloudwatch-alarm-endpoint") == {"aws_lb.it": verdict}
