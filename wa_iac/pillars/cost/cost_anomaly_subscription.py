"""# Nobody hears of the anomalies that a cost monitor finds

## Why

A monitor finds unusual costs within a day or two: a loop that calls a service, a forgotten test, a stolen key. Without a subscription the
finding stays in the console, where nobody looks.

## What it checks

The rule reports a monitor of AWS Cost Anomaly Detection that no subscription of the unit names.

## What is left out

The threshold and the receivers of a subscription. A subscription in another stack may name the monitor, so the confidence is medium.

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
  Subscription:
    Type: AWS::CE::AnomalySubscription
    Properties:
      SubscriptionName: daily
      Frequency: DAILY
      MonitorArnList: [!Ref Services]
      ThresholdExpression: '{"Dimensions": {"Key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE", "MatchOptions": ["GREATER_THAN_OR_EQUAL"], "Values": ["100"]}}'
      Subscribers: [{Type: EMAIL, Address: finance@example.com}]
```

```hcl
resource "aws_ce_anomaly_monitor" "services" {
  name              = "services"
  monitor_type      = "DIMENSIONAL"
  monitor_dimension = "SERVICE"
}

resource "aws_ce_anomaly_subscription" "daily" {
  name             = "daily"
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
  Subscription:
    Type: AWS::CE::AnomalySubscription
    Properties:
      SubscriptionName: daily
      Frequency: DAILY
      MonitorArnList: !Ref Monitors  # undecided: parameter "Monitors" has no default
      ThresholdExpression: '{"Dimensions": {"Key": "ANOMALY_TOTAL_IMPACT_ABSOLUTE", "MatchOptions": ["GREATER_THAN_OR_EQUAL"], "Values": ["100"]}}'
      Subscribers: [{Type: EMAIL, Address: finance@example.com}]
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

resource "aws_ce_anomaly_subscription" "daily" {
  name             = "daily"
  frequency        = "DAILY"
  monitor_arn_list = var.monitors # undecided: var.monitors has no default

  subscriber {
    type    = "EMAIL"
    address = "finance@example.com"
  }
}
```

## Sources

- [AnomalySubscription - AWS Billing and Cost Management](https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_AnomalySubscription), read on 2026-11-29
"""

from wa_iac.aws.costexplorer import AnomalyMonitor
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, flag, rule, settled
from wa_iac.core.value import Known


@rule(
    practices=["COST01-BP06", "COST01-BP05", "COST03-BP05"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        decision="Add a subscription which names this monitor: AWS::CE::AnomalySubscription, or aws_ce_anomaly_subscription, with a threshold that is "
        "worth a look, and the address of those who look."
    ),
)
def check(monitor: AnomalyMonitor) -> Flags:
    if settled(monitor.subscriptions.presence) == Known(True):
        return
    yield flag(
        monitor,
        "No subscription names this monitor: the unusual costs that it finds stay in the console, and nobody hears of them.",
    )
