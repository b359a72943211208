"""# RDS event subscription is off or leaves out failures

## Why

Amazon RDS tells a topic when a database fails, fails over or is taken down for maintenance. A subscription that is disabled, or that
selects other events only, says nothing when it matters: people learn of an outage from the users.

## What it checks

The rule reads the event subscriptions for instances and clusters. It reports a subscription that is disabled. It reports one whose
categories leave out failures, or maintenance with lower severity, if no other subscription of the same type in this unit selects them.

## What is left out

Subscriptions for snapshots, parameter groups, security groups and proxies. Databases without any subscription: alarms may serve the same
purpose. If a rule of EventBridge in this unit takes the events of RDS, nothing is reported.

## Non-compliant

```yaml
Resources:
  Events:
    Type: AWS::RDS::EventSubscription
    Properties:
      SnsTopicArn: arn:aws:sns:eu-west-1:111122223333:operators
      SourceType: db-instance
      EventCategories: [backup, creation]  # finding: leaves out failure
  Quiet:
    Type: AWS::RDS::EventSubscription
    Properties:
      SnsTopicArn: arn:aws:sns:eu-west-1:111122223333:operators
      SourceType: db-cluster
      Enabled: false  # finding: is disabled
```

```hcl
resource "aws_db_event_subscription" "events" {
  sns_topic        = "arn:aws:sns:eu-west-1:111122223333:operators"
  source_type      = "db-instance"
  event_categories = ["availability", "failure"] # finding: leaves out maintenance
}
```

## Compliant

```yaml
Resources:
  Events:
    Type: AWS::RDS::EventSubscription
    Properties:
      SnsTopicArn: arn:aws:sns:eu-west-1:111122223333:operators
      SourceType: db-instance
      EventCategories: [availability, failover, failure, maintenance]
  Everything:
    Type: AWS::RDS::EventSubscription
    Properties:
      SnsTopicArn: arn:aws:sns:eu-west-1:111122223333:operators
      SourceType: db-cluster
```

```hcl
resource "aws_db_event_subscription" "failures" {
  sns_topic        = "arn:aws:sns:eu-west-1:111122223333:on-call"
  source_type      = "db-instance"
  event_categories = ["failure"]
}

resource "aws_db_event_subscription" "others" {
  sns_topic        = "arn:aws:sns:eu-west-1:111122223333:operators"
  source_type      = "db-instance"
  event_categories = ["maintenance", "backup"]
}
```

## Not applicable

```yaml
Resources:
  Quiet:  # not applicable: a rule of EventBridge
    Type: AWS::RDS::EventSubscription
    Properties:
      SnsTopicArn: arn:aws:sns:eu-west-1:111122223333:operators
      Enabled: false
  Taken:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: {source: [aws.rds]}
      Targets: [{Id: operators, Arn: "arn:aws:sns:eu-west-1:111122223333:operators"}]
```

## Undecided

The result is undecided if it is not known whether a subscription is enabled, or what it selects.

```yaml
Parameters:
  Enabled:
    Type: String
Resources:
  Events:
    Type: AWS::RDS::EventSubscription
    Properties:
      SnsTopicArn: arn:aws:sns:eu-west-1:111122223333:operators
      Enabled: !Ref Enabled  # undecided: parameter "Enabled" has no default
```

```hcl
variable "categories" {
  type = list(string)
}

resource "aws_db_event_subscription" "events" {
  sns_topic        = "arn:aws:sns:eu-west-1:111122223333:operators"
  source_type      = "db-instance"
  event_categories = var.categories # undecided: var.categories has no default
}
```

## Sources

- [interface CfnEventSubscriptionProps](https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_rds.CfnEventSubscriptionProps.html), read on 2026-11-29
- [AWS::RDS::EventSubscription - Amazon CloudFormation](https://docs.amazonaws.cn/AWSCloudFormation/latest/UserGuide/aws-resource-rds-eventsubscription.html), read on 2026-11-29
"""

from collections.abc import Iterable
from typing import Final

from wa_iac.aws.rds import EventSubscription
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known, Origin, Value
from wa_iac.knowledge.event_sources import takes

_KINDS: Final = ("db-instance", "db-cluster")
_WANTED: Final = (("failure", Severity.MEDIUM), ("maintenance", Severity.LOW))
_ON: Final = Remedy(cfn={"Enabled": True}, tf={"enabled": True})


@rule(
    practices=["REL11-BP06"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn="EventCategories: [availability, failover, failure, maintenance]",
        tf='event_categories = ["availability", "failover", "failure", "maintenance"]',
    ),
    equivalents={"security_hub": ["RDS.19", "RDS.20"]},
)
def check(subscription: EventSubscription, graph: Graph) -> Flags:
    exempt(takes(graph, ("aws.rds",)), "a rule of EventBridge takes the events of RDS")
    if settled(subscription.enabled) == Known(False):
        yield flag(
            subscription.enabled,
            "This subscription is disabled: it tells nobody of a database that fails or fails over.",
            instead=_ON,
        )
        return
    kind = settled(subscription.kind)
    if not isinstance(kind, Known) or kind.value not in _KINDS:
        return
    together = graph.index(EventSubscription, _kinds)
    fellows = [*together.get(kind.value, ()), *together.get("", ())]
    for category, severity in _WANTED:
        selected = settled(any_of((_selects(each, category) for each in fellows), Origin()))
        if selected != Known(True):
            yield flag(
                subscription.categories,
                f"This subscription leaves out {category}: it tells nobody of such an event of a database.",
                severity=severity,
            )
            return


def _kinds(subscription: EventSubscription) -> Iterable[str]:
    """The type of its sources; an empty text for one that selects every type, or may do so."""
    return (subscription.kind.value if isinstance(subscription.kind, Known) else "",)


def _selects(subscription: EventSubscription, category: str) -> Value[bool]:
    if subscription.enabled == Known(False):
        return Known(False)
    if isinstance(subscription.categories, Absent) or subscription.categories == Known([]):
        return Known(True)
    listed = subscription.categories
    if isinstance(listed, Known):
        return any_of((holds(each, lambda name: name == category) for each in listed.value), Origin())
    return holds(listed, lambda names: Known(category) in names)
