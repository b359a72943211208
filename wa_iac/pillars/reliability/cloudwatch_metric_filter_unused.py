"""# Nothing reads the metric of a filter

## Why

A metric filter counts what a log says, such as errors. The number helps only if an alarm or a dashboard reads it. Otherwise the errors
are counted, CloudWatch charges for the metric, and nobody learns of them.

## What it checks

The rule looks at the metrics that filters write, in units with alarms on something. It reports a metric whose name nothing else in the
unit contains: no alarm, no dashboard, no scaling policy, no output.

## What is left out

Units without any alarm: they may be declared elsewhere. Filters that an output, or a module that cannot be read, gets.

## Non-compliant

```yaml
Resources:
  Failed:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: /app/orders
      FilterPattern: ERROR
      MetricTransformations:
        - MetricName: FailedOrders  # finding
          MetricNamespace: Shop
          MetricValue: "1"
  OrdersWait:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/SQS
      MetricName: ApproximateAgeOfOldestMessage
      Statistic: Maximum
      Period: 300
      EvaluationPeriods: 1
      Threshold: 600
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:operators]
```

```hcl
resource "aws_cloudwatch_log_metric_filter" "failed" {
  name           = "failed"
  log_group_name = "/app/orders"
  pattern        = "ERROR"

  metric_transformation {
    name      = "FailedOrders" # finding
    namespace = "Shop"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "orders_wait" {
  alarm_name          = "orders-wait"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 600
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:operators"]
}
```

## Compliant

```yaml
Resources:
  Failed:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: /app/orders
      FilterPattern: ERROR
      MetricTransformations:
        - MetricName: FailedOrders
          MetricNamespace: Shop
          MetricValue: "1"
  OrdersFail:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: Shop
      MetricName: FailedOrders
      Statistic: Sum
      Period: 300
      EvaluationPeriods: 1
      Threshold: 1
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:operators]
```

```hcl
resource "aws_cloudwatch_log_metric_filter" "failed" {
  name           = "failed"
  log_group_name = "/app/orders"
  pattern        = "ERROR"

  metric_transformation {
    name      = "FailedOrders"
    namespace = "Shop"
    value     = "1"
  }
}

resource "aws_cloudwatch_dashboard" "shop" {
  dashboard_name = "shop"
  dashboard_body = jsonencode({
    widgets = [{ type = "metric", properties = { metrics = [["Shop", "FailedOrders"]] } }]
  })
}

resource "aws_cloudwatch_metric_alarm" "orders_wait" {
  alarm_name          = "orders-wait"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 600
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:operators"]
}
```

## Undecided

The result is undecided if the name of the metric, or the one that an alarm reads, is not known before deployment.

```yaml
Parameters:
  Metric:
    Type: String
Resources:
  Failed:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: /app/orders
      FilterPattern: ERROR
      MetricTransformations:
        - MetricName: !Ref Metric  # undecided: parameter "Metric" has no default
          MetricNamespace: Shop
          MetricValue: "1"
  OrdersWait:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/SQS
      MetricName: ApproximateAgeOfOldestMessage
      Statistic: Maximum
      Period: 300
      EvaluationPeriods: 1
      Threshold: 600
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:operators]
```

```hcl
variable "metric" {
  type = string
}

resource "aws_cloudwatch_log_metric_filter" "failed" {
  name           = "failed"
  log_group_name = "/app/orders"
  pattern        = "ERROR"

  metric_transformation {
    name      = var.metric # undecided: var.metric has no default
    namespace = "Shop"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "orders_wait" {
  alarm_name          = "orders-wait"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateAgeOfOldestMessage"
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 600
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:operators"]
}
```

## Sources

- [PutMetricFilter](https://docs.amazonaws.cn/sdk-for-sap-abap/v1/api/latest/cwl/operation/PUTMETRICFILTER.html), read on 2026-11-29
"""

from wa_iac.aws.logs import MetricFilter
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, refuse, rule
from wa_iac.knowledge.alarms import any_watch
from wa_iac.knowledge.metric_readers import is_read
from wa_iac.pillars.judgements.alarms import ELSEWHERE


@rule(
    practices=["REL06-BP02", "REL06-BP05"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn="Failures:\n  Type: AWS::CloudWatch::Alarm\n  Properties:\n    Namespace: <the namespace>\n    MetricName: <the metric>\n"
        "    Statistic: Sum\n    Period: 300\n    EvaluationPeriods: 1\n    Threshold: 0\n    ComparisonOperator: GreaterThanThreshold\n"
        "    AlarmActions: [!Ref <an SNS topic>]",
        tf='resource "aws_cloudwatch_metric_alarm" "failures" {\n  alarm_name          = "<a name>"\n'
        "  namespace           = <this filter>.metric_transformation[0].namespace\n"
        "  metric_name         = <this filter>.metric_transformation[0].name\n"
        '  statistic           = "Sum"\n  period              = 300\n  evaluation_periods  = 1\n  threshold           = 0\n'
        '  comparison_operator = "GreaterThanThreshold"\n  alarm_actions       = [<an SNS topic>.arn]\n}',
    ),
)
def check(written_by: MetricFilter, graph: Graph) -> Flags:
    exempt(not any_watch(written_by, graph), ELSEWHERE)
    for each in written_by.transformations:
        yield from refuse(
            is_read(each.name, written_by, graph),
            False,
            "No alarm and no dashboard here reads this metric: what the filter counts is charged for, and may go unnoticed.",
            at=each.name,
        )
