"""# No alarm watches a service level objective

## Why

A service level objective says how fast or how reliable a service has to be. Application Signals only measures it. Unless an alarm watches
how much of it is attained, or how fast its budget of errors is used up, the promise is broken before anybody knows.

## What it checks

The rule looks at the service level objectives of Application Signals. It reports those that no alarm of the unit watches by name, in
units with alarms on something.

## What is left out

Units without any alarm: they may be declared elsewhere. Alarms on all objectives, without a name, count.

## Non-compliant

```yaml
Resources:
  Objective:  # finding
    Type: AWS::ApplicationSignals::ServiceLevelObjective
    Properties:
      Name: checkout
      Sli:
        ComparisonOperator: LessThan
        MetricThreshold: 500
        SliMetric:
          MetricType: LATENCY
          Statistic: p99
          KeyAttributes: {Type: Service, Name: checkout, Environment: "eks:shop"}
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
      Dimensions: [{Name: QueueName, Value: orders}]
```

```hcl
resource "awscc_applicationsignals_service_level_objective" "checkout" { # finding
  name = "checkout"
  sli = {
    comparison_operator = "LessThan"
    metric_threshold    = 500
    sli_metric = {
      metric_type    = "LATENCY"
      statistic      = "p99"
      key_attributes = { Type = "Service", Name = "checkout", Environment = "eks:shop" }
    }
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
  dimensions = {
    QueueName = "orders"
  }
}
```

## Compliant

```yaml
Resources:
  Objective:
    Type: AWS::ApplicationSignals::ServiceLevelObjective
    Properties:
      Name: checkout
      Sli:
        ComparisonOperator: LessThan
        MetricThreshold: 500
        SliMetric:
          MetricType: LATENCY
          Statistic: p99
          KeyAttributes: {Type: Service, Name: checkout, Environment: "eks:shop"}
  Checkout:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ApplicationSignals
      MetricName: AttainmentRate
      Dimensions: [{Name: SloName, Value: checkout}]
      Statistic: Average
      Period: 300
      EvaluationPeriods: 1
      Threshold: 99
      ComparisonOperator: LessThanThreshold
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:operators]
```

```hcl
resource "awscc_applicationsignals_service_level_objective" "checkout" {
  name = "checkout"
  sli = {
    comparison_operator = "LessThan"
    metric_threshold    = 500
    sli_metric = {
      metric_type    = "LATENCY"
      statistic      = "p99"
      key_attributes = { Type = "Service", Name = "checkout", Environment = "eks:shop" }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "checkout" {
  alarm_name          = "checkout"
  namespace           = "AWS/ApplicationSignals"
  metric_name         = "AttainmentRate"
  statistic           = "Average"
  period              = 300
  evaluation_periods  = 1
  threshold           = 99
  comparison_operator = "LessThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:operators"]
  dimensions = {
    SloName = awscc_applicationsignals_service_level_objective.checkout.name
  }
}
```

## Undecided

The result is undecided if it is not known which objective an alarm watches.

```yaml
Parameters:
  Watched:
    Type: String
Resources:
  Objective:
    Type: AWS::ApplicationSignals::ServiceLevelObjective
    Properties:
      Name: checkout
      Sli:
        ComparisonOperator: LessThan
        MetricThreshold: 500
        SliMetric:
          MetricType: LATENCY
          Statistic: p99
          KeyAttributes: {Type: Service, Name: checkout, Environment: "eks:shop"}
  Checkout:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/ApplicationSignals
      MetricName: AttainmentRate
      Dimensions: [{Name: SloName, Value: !Ref Watched}]  # undecided: parameter "Watched" has no default
      Statistic: Average
      Period: 300
      EvaluationPeriods: 1
      Threshold: 99
      ComparisonOperator: LessThanThreshold
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:operators]
```

```hcl
variable "watched" {
  type = string
}

resource "awscc_applicationsignals_service_level_objective" "checkout" {
  name = "checkout"
  sli = {
    comparison_operator = "LessThan"
    metric_threshold    = 500
    sli_metric = {
      metric_type    = "LATENCY"
      statistic      = "p99"
      key_attributes = { Type = "Service", Name = "checkout", Environment = "eks:shop" }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "checkout" {
  alarm_name          = "checkout"
  namespace           = "AWS/ApplicationSignals"
  metric_name         = "AttainmentRate"
  statistic           = "Average"
  period              = 300
  evaluation_periods  = 1
  threshold           = 99
  comparison_operator = "LessThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:operators"]
  dimensions = {
    SloName = var.watched # undecided: var.watched has no default
  }
}
```

## Sources

- [ServiceLevelObjective - Application Signals](https://docs.aws.amazon.com/applicationsignals/latest/APIReference/API_ServiceLevelObjective.html), read on 2026-11-29
"""

from dataclasses import replace

from wa_iac.aws.applicationsignals import ServiceLevelObjective
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, rule
from wa_iac.core.value import Known
from wa_iac.pillars.judgements.alarms import alarm, judge


def _remedy(objective: ServiceLevelObjective, graph: Graph) -> Remedy:
    """An alarm with the objective's own name: no reference gives it in CloudFormation."""
    del graph
    if objective.dialect == "terraform":
        return Remedy(
            decision="Add an alarm on the metric `AttainmentRate` in the namespace `AWS/ApplicationSignals`, with the name of the objective as "
            "the dimension `SloName`."
        )
    return _alarm(str(objective.name.value) if isinstance(objective.name, Known) else "<the name of the objective>")


def _alarm(name: str) -> Remedy:
    return alarm(
        "AWS/ApplicationSignals", "AttainmentRate", f"SloName: {name}", f'SloName = "{name}"', statistic="Average", below=99
    )


@rule(
    practices=["OPS04-BP01", "PERF05-BP01", "REL11-BP07"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=replace(_alarm("<the name of the objective>"), given=_remedy),
)
def check(objective: ServiceLevelObjective, graph: Graph) -> Flags:
    yield from judge(
        objective,
        graph,
        "No alarm here watches this objective: nothing here reports that the service misses it.",
        namespace="AWS/ApplicationSignals",
    )
