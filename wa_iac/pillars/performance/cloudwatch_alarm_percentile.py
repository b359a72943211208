"""# Alarm on latency uses the average

## Why

An average hides the slow requests: if one of twenty takes ten seconds and the others a tenth, the average is half a second. The customers of
that one request wait, and the alarm stays silent. A percentile such as p95 or p99 shows what the slowest of them see.

## What it checks

Alarms on the latency of load balancers, APIs and functions with the statistic `Average`: `TargetResponseTime`, `Latency`,
`IntegrationLatency` and `Duration`.

## What is left out

Alarms that only scale something. Alarms on expressions of several metrics.

## Non-compliant

```yaml
Resources:
  Slow:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ApplicationELB
      MetricName: TargetResponseTime
      Statistic: Average  # finding
      Period: 60
      EvaluationPeriods: 5
      Threshold: 1
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:alarms]
```

```hcl
resource "aws_cloudwatch_metric_alarm" "slow" {
  alarm_name          = "slow"
  namespace           = "AWS/ApiGateway"
  metric_name         = "Latency"
  statistic           = "Average" # finding
  period              = 60
  evaluation_periods  = 5
  threshold           = 1000
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:alarms"]
}
```

## Compliant

```yaml
Resources:
  Slow:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ApplicationELB
      MetricName: TargetResponseTime
      ExtendedStatistic: p99
      Period: 60
      EvaluationPeriods: 5
      Threshold: 1
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:alarms]
```

```hcl
resource "aws_cloudwatch_metric_alarm" "slow" {
  alarm_name          = "slow"
  namespace           = "AWS/ApiGateway"
  metric_name         = "Latency"
  extended_statistic  = "p99"
  period              = 60
  evaluation_periods  = 5
  threshold           = 1000
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:alarms"]
}
```

## Undecided

```yaml
Parameters:
  Statistic:
    Type: String
Resources:
  Slow:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ApplicationELB
      MetricName: TargetResponseTime
      Statistic: !Ref Statistic  # undecided: parameter "Statistic" has no default
      Period: 60
      EvaluationPeriods: 5
      Threshold: 1
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:alarms]
```

```hcl
variable "statistic" {
  type = string
}

resource "aws_cloudwatch_metric_alarm" "slow" {
  alarm_name          = "slow"
  namespace           = "AWS/ApiGateway"
  metric_name         = "Latency"
  statistic           = var.statistic # undecided: var.statistic has no default
  period              = 60
  evaluation_periods  = 5
  threshold           = 1000
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:alarms"]
}
```

## Sources

- [CloudWatch statistics definitions](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.cloudwatch import Alarm
from wa_iac.core.graph import Graph
from wa_iac.core.logic import all_of, any_of, holds, negate
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, refuse, rule
from wa_iac.core.value import Value
from wa_iac.knowledge.alarms import health_alarms

_LATENCIES: Final = {
    "AWS/ApplicationELB": ("TargetResponseTime",),
    "AWS/ELB": ("Latency",),
    "AWS/ApiGateway": ("Latency", "IntegrationLatency"),
    "AWS/Lambda": ("Duration",),
}


@rule(
    practices=["PERF05-BP01", "OPS08-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn="ExtendedStatistic: p99  # instead of Statistic",
        tf='extended_statistic = "p99" # instead of statistic',
        removes=("Statistic", "statistic"),
    ),
)
def check(alarm: Alarm, graph: Graph) -> Flags:
    accept(alarm not in graph.once(_health))
    accept(negate(_is_latency(alarm)))
    yield from refuse(
        alarm.statistic,
        "Average",
        "This alarm looks at the average latency, which hides the slow requests: some customers wait for long, and the alarm stays silent.",
    )


def _is_latency(alarm: Alarm) -> Value[bool]:
    of_service = [
        all_of((holds(alarm.namespace, name.__eq__), any_of(holds(alarm.metric, each.__eq__) for each in metrics)))
        for name, metrics in _LATENCIES.items()
    ]
    return any_of(of_service)


def _health(graph: Graph) -> frozenset[Alarm]:
    return frozenset(health_alarms(graph))
