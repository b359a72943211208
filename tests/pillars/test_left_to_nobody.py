"""Things that nobody uses, hears of or reads: what counts as a use, as an ear, as a reader."""

from pathlib import Path

import pytest

from helpers.reports import verdicts

ALARM = """
resource "aws_cloudwatch_metric_alarm" "orders" {
  alarm_name          = "orders"
  namespace           = "AWS/SQS"
  metric_name         = "NumberOfMessagesSent"
  comparison_operator = "LessThanThreshold"
  evaluation_periods  = 1
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:on-call"]
}
"""
FILTER = """
resource "aws_cloudwatch_log_metric_filter" "errors" {
  name           = "errors"
  log_group_name = "/app/orders"
  pattern        = "ERROR"

  metric_transformation {
    name      = "Errors"
    namespace = "Shop"
    value     = "1"
  }
}
"""
EXPRESSION = """
resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "errors"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  threshold           = 0

  metric_query {
    id          = "all"
    expression  = "SUM(SEARCH('{Shop} MetricName=\\"Errors\\"', 'Sum', 300))"
    return_data = true
  }
}
"""
BY_REFERENCE = """
output "errors" {
  value = aws_cloudwatch_log_metric_filter.errors.name
}
"""


@pytest.mark.parametrize(
    ("more", "verdict"),
    [(ALARM, "fail"), (ALARM + EXPRESSION, "pass"), (ALARM + BY_REFERENCE, "pass"), ("", "pass")],
    ids=["another alarm", "in an expression", "given away", "no alarm at all"],
)
def test_a_metric_is_read_by_whatever_has_its_name(tmp_path: Path, more: str, verdict: str) -> None:
    found = verdicts(tmp_path, FILTER + more, "terraform", "cloudwatch-metric-filter-unused")

    assert found.get("aws_cloudwatch_log_metric_filter.errors", "pass") == verdict


GATEWAY = """
resource "aws_nat_gateway" "this" {
  subnet_id     = "subnet-0123456789abcdef0"
  allocation_id = "eipalloc-0123456789abcdef0"
}
"""
WATCHED = """
resource "aws_cloudwatch_metric_alarm" "gateway" {
  alarm_name          = "gateway"
  namespace           = "AWS/NATGateway"
  metric_name         = "ErrorPortAllocation"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  dimensions          = { NatGatewayId = aws_nat_gateway.this.id }
}
"""
ROUTE = """
resource "aws_route_table" "private" {
  vpc_id = "vpc-0123456789abcdef0"

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.this.id
  }
}
"""
EXPORTED = """
output "gateway" {
  value = aws_nat_gateway.this.id
}
"""


@pytest.mark.parametrize(
    ("more", "verdict"),
    [("", "fail"), (WATCHED, "fail"), (ROUTE, "pass"), (EXPORTED, "pass")],
    ids=["alone", "only watched", "a route in the table", "given away"],
)
def test_a_nat_gateway_is_used_by_a_route_or_by_somebody_elsewhere(tmp_path: Path, more: str, verdict: str) -> None:
    found = verdicts(tmp_path, GATEWAY + more, "terraform", "workload-unused-resources")

    assert found.get("aws_nat_gateway.this", "pass") == verdict


DETECTOR = """
resource "aws_guardduty_detector" "this" {}
"""


def rule(pattern: str, state: str = "ENABLED") -> str:
    return f"""
resource "aws_cloudwatch_event_rule" "this" {{
  event_pattern = jsonencode({pattern})
  state         = "{state}"
}}
"""


@pytest.mark.parametrize(
    ("more", "verdict"),
    [
        (rule('{ source = ["aws.ec2"] }'), "fail"),
        (rule('{ source = ["aws.guardduty"] }', "DISABLED"), "fail"),
        (rule('{ source = ["aws.guardduty"] }'), "pass"),
        (rule('{ source = [{ prefix = "aws." }] }'), "pass"),
        (rule('{ account = ["111122223333"] }'), "pass"),
    ],
    ids=["another service", "switched off", "by name", "by a prefix", "of every source"],
)
def test_findings_go_where_a_rule_takes_them(tmp_path: Path, more: str, verdict: str) -> None:
    found = verdicts(tmp_path, DETECTOR + more, "terraform", "guardduty-findings-routed")

    assert found.get("aws_guardduty_detector.this", "pass") == verdict


def subscription(name: str, categories: str, kind: str = "db-instance", enabled: str = "true") -> str:
    return f"""
resource "aws_db_event_subscription" "{name}" {{
  sns_topic        = "arn:aws:sns:eu-west-1:111122223333:{name}"
  source_type      = "{kind}"
  event_categories = {categories}
  enabled          = {enabled}
}}
"""


@pytest.mark.parametrize(
    ("more", "verdict"),
    [
        ("", "fail"),
        (subscription("more", '["failure"]'), "pass"),
        (subscription("more", '["failure"]', kind="db-cluster"), "fail"),
        (subscription("more", '["failure"]', enabled="false"), "fail"),
        (subscription("more", "[]"), "pass"),
    ],
    ids=["alone", "the rest elsewhere", "of another type", "switched off", "everything"],
)
def test_subscriptions_of_one_type_count_together(tmp_path: Path, more: str, verdict: str) -> None:
    source = subscription("this", '["maintenance"]') + more

    assert (
        verdicts(tmp_path, source, "terraform", "rds-event-subscription").get("aws_db_event_subscription.this", "pass")
        == verdict
    )
