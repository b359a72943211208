"""# Alarm does not say what to do

## Why

The notification of an alarm contains its description. The person on call reads there what is wrong and which runbook to follow. Without a
description, that person has the name of a metric and a number, and starts to search.

## What it checks

The rule reads the description of each alarm, also of composite alarms and of alarms on logs. It reports one that has none, or an empty
one.

## What is left out

Alarms that only scale something: nobody reads their notifications.

## Non-compliant

```yaml
Resources:
  OrdersWait:  # finding
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
resource "aws_cloudwatch_metric_alarm" "orders_wait" { # finding
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
  OrdersWait:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmDescription: "Orders wait for ten minutes. Runbook: https://wiki.example.com/orders-wait"
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
resource "aws_cloudwatch_metric_alarm" "orders_wait" {
  alarm_description   = "Orders wait for ten minutes. Runbook: https://wiki.example.com/orders-wait"
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

## Not applicable

```yaml
Resources:
  Busy:  # not applicable: only scales something
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/SQS
      MetricName: ApproximateAgeOfOldestMessage
      Statistic: Maximum
      Period: 300
      EvaluationPeriods: 1
      Threshold: 600
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [!Ref More]
  More:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties:
      AutoScalingGroupName: workers
      AdjustmentType: ChangeInCapacity
      ScalingAdjustment: 1
```

## Undecided

The result is undecided if the description is not known before deployment.

```yaml
Parameters:
  Description:
    Type: String
Resources:
  OrdersWait:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmDescription: !Ref Description  # undecided: parameter "Description" has no default
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
variable "description" {
  type = string
}

resource "aws_cloudwatch_metric_alarm" "orders_wait" {
  alarm_description   = var.description # undecided: var.description has no default
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

- [cloudwatch-alarm-description - AWS Config](https://docs.aws.amazon.com/he_il/config/latest/developerguide/cloudwatch-alarm-description.md), read on 2026-11-29
"""

from wa_iac.aws.cloudwatch import Alarm, CompositeAlarm, LogAlarm
from wa_iac.core.graph import Graph
from wa_iac.core.presence import given
from wa_iac.core.rule import Flags, Remedy, Severity, accept, exempt, flag, rule
from wa_iac.knowledge.alarms import only_scales


@rule(
    practices=["OPS10-BP02"],
    severity=Severity.LOW,
    convention=True,
    profile="all",
    remedy=Remedy(
        cfn='AlarmDescription: "<what is wrong, and the address of the runbook>"',
        tf='alarm_description = "<what is wrong, and the address of the runbook>"',
    ),
    equivalents={"config": ["CLOUDWATCH_ALARM_DESCRIPTION"]},
)
def check(alarm: Alarm | CompositeAlarm | LogAlarm, graph: Graph) -> Flags:
    accept(given(alarm.description))
    exempt(isinstance(alarm, Alarm) and only_scales(alarm, graph), "it only scales something")
    yield flag(alarm.description, "This alarm has no description: its notification does not say what is wrong and what to do.")
