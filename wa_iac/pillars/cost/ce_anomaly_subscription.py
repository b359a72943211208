"""# Cost anomaly monitor notifies nobody

## Why

A monitor of Cost Anomaly Detection finds costs that are unusual. By itself it only shows them in the console. Without an alert
subscription nobody hears of them, and a mistake that costs money every hour goes on until someone looks at the bill.

## What it checks

The rule looks for the alert subscriptions that name a monitor. It reports a monitor of this unit that none names.

## What is left out

A monitor that an output of the unit or of its module gives away: the subscription may be elsewhere.

## Non-compliant

```yaml
Resources:
  Services:  # finding
    Type: AWS::CE::AnomalyMonitor
    Properties:
      MonitorName: services
      MonitorType: DIMENSIONAL
      MonitorDimension: SERVICE
```

```hcl
resource "aws_ce_anomaly_monitor" "services" { # finding
  name              = "services"
  monitor_type      = "DIMENSIONAL"
  monitor_dimension = "SERVICE"
}
```

## Compliant

```yaml
Resources:
  Services:
    Type: AWS::CE::AnomalyMonitor
    Properties:
      MonitorName: services
      MonitorType: DIMENSIONAL
      MonitorDimension: SERVICE
  Alerts:
    Type: AWS::CE::AnomalySubscription
    Properties:
      SubscriptionName: alerts
      Frequency: DAILY
      MonitorArnList: [!Ref Services]
      Subscribers: [{Type: EMAIL, Address: finance@example.com}]
      ThresholdExpression: '{"Dimensions": {"Key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE", "MatchOptions": ["GREATER_THAN_OR_EQUAL"], "Values": ["100"]}}'
```

```hcl
resource "aws_ce_anomaly_monitor" "services" {
  name              = "services"
  monitor_type      = "DIMENSIONAL"
  monitor_dimension = "SERVICE"
}

resource "aws_ce_anomaly_subscription" "alerts" {
  name             = "alerts"
  frequency        = "DAILY"
  monitor_arn_list = [aws_ce_anomaly_monitor.services.arn]

  subscriber {
    type    = "EMAIL"
    address = "finance@example.com"
  }
}
```

## Undecided

The result is undecided if it is not known which monitors a subscription names.

```yaml
Parameters:
  Monitors:
    Type: CommaDelimitedList
Resources:
  Services:
    Type: AWS::CE::AnomalyMonitor
    Properties:
      MonitorName: services
      MonitorType: DIMENSIONAL
      MonitorDimension: SERVICE
  Alerts:
    Type: AWS::CE::AnomalySubscription
    Properties:
      SubscriptionName: alerts
      Frequency: DAILY
      MonitorArnList: !Ref Monitors  # undecided: parameter "Monitors" has no default
      Subscribers: [{Type: EMAIL, Address: finance@example.com}]
      ThresholdExpression: '{"Dimensions": {"Key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE", "MatchOptions": ["GREATER_THAN_OR_EQUAL"], "Values": ["100"]}}'
```

```hcl
variable "monitors" {
  type = list(string)
}

resource "aws_ce_anomaly_monitor" "services" {
  name              = "services"
  monitor_type      = "DIMENSIONAL"
  monitor_dimension = "SERVICE"
}

resource "aws_ce_anomaly_subscription" "alerts" {
  name             = "alerts"
  frequency        = "DAILY"
  monitor_arn_list = var.monitors # undecided: var.monitors has no default

  subscriber {
    type    = "EMAIL"
    address = "finance@example.com"
  }
}
```

## Sources

- [AWS::CE::AnomalySubscription](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ce-anomalysubscription.html), read on 2026-11-29
"""

from wa_iac.aws.costexplorer import AnomalyMonitor
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, flag, rule
from wa_iac.knowledge.given_away import is_given_away


@rule(
    practices=["COST01-BP05", "COST02-BP05", "COST01-BP06"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        cfn="Alerts:\n  Type: AWS::CE::AnomalySubscription\n  Properties:\n    SubscriptionName: alerts\n    Frequency: DAILY\n    Threshold: 100\n"
        "    MonitorArnList: [!Ref <this monitor>]\n    Subscribers: [{Type: EMAIL, Address: <an address>}]",
        tf='resource "aws_ce_anomaly_subscription" "alerts" {\n  name             = "alerts"\n  frequency        = "DAILY"\n'
        '  monitor_arn_list = [<this monitor>.arn]\n\n  subscriber {\n    type    = "EMAIL"\n    address = "<an address>"\n  }\n\n  threshold_expression {\n    dimension {\n'
        '      key           = "ANOMALY_TOTAL_IMPACT_ABSOLUTE"\n      match_options = ["GREATER_THAN_OR_EQUAL"]\n      values        = ["100"]\n    }\n  }\n}',
        decision="Choose the amount from which on somebody is to hear of it.",
    ),
)
def check(monitor: AnomalyMonitor, graph: Graph) -> Flags:
    accept(len(monitor.subscriptions) > 0 or is_given_away(monitor, graph))
    all_known(monitor.subscriptions.unknown)
    yield flag(
        monitor, "No subscription here tells anybody what this monitor finds: unusual costs may go on until someone looks."
    )
