"""# Auto Scaling group notifies nobody of instances that do not start

## Why

A group cannot start an instance when an image is gone, a quota is reached or a zone has no capacity. It tries again in silence. A team that gets
a message for each instance that starts, but none for the errors, thinks that all is well.

## What it checks

The rule looks at groups and notifications that tell a topic of instances that start or end. It reports those without the events of errors:
`autoscaling:EC2_INSTANCE_LAUNCH_ERROR` and `autoscaling:EC2_INSTANCE_TERMINATE_ERROR`.

## What is left out

Groups without any notification: EventBridge, or an alarm on the size of a group, may say the same.

## Non-compliant

```yaml
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      VPCZoneIdentifier: [subnet-0a, subnet-0b]
      LaunchTemplate: {LaunchTemplateId: lt-0123456789abcdef0, Version: "1"}
      NotificationConfigurations:
        - TopicARN: [arn:aws:sns:eu-west-1:111122223333:web]
          NotificationTypes:  # finding
            - autoscaling:EC2_INSTANCE_LAUNCH
```

```hcl
resource "aws_autoscaling_notification" "web" {
  group_names   = ["web"]
  topic_arn     = "arn:aws:sns:eu-west-1:111122223333:web"
  notifications = ["autoscaling:EC2_INSTANCE_LAUNCH", "autoscaling:EC2_INSTANCE_TERMINATE"] # finding
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      VPCZoneIdentifier: [subnet-0a, subnet-0b]
      LaunchTemplate: {LaunchTemplateId: lt-0123456789abcdef0, Version: "1"}
      NotificationConfigurations:
        - TopicARN: [arn:aws:sns:eu-west-1:111122223333:web]
          NotificationTypes:
            - autoscaling:EC2_INSTANCE_LAUNCH
            - autoscaling:EC2_INSTANCE_LAUNCH_ERROR
            - autoscaling:EC2_INSTANCE_TERMINATE_ERROR
```

```hcl
resource "aws_autoscaling_notification" "web" {
  group_names   = ["web"]
  topic_arn     = "arn:aws:sns:eu-west-1:111122223333:web"
  notifications = ["autoscaling:EC2_INSTANCE_LAUNCH_ERROR", "autoscaling:EC2_INSTANCE_TERMINATE_ERROR"]
}
```

## Undecided

The result is undecided if an event is not known before deployment.

```yaml
Parameters:
  Event:
    Type: String
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      VPCZoneIdentifier: [subnet-0a, subnet-0b]
      LaunchTemplate: {LaunchTemplateId: lt-0123456789abcdef0, Version: "1"}
      NotificationConfigurations:
        - TopicARN: [arn:aws:sns:eu-west-1:111122223333:web]
          NotificationTypes:
            - autoscaling:EC2_INSTANCE_LAUNCH
            - !Ref Event  # undecided: parameter "Event" has no default
```

```hcl
variable "events" {
  type = list(string)
}

resource "aws_autoscaling_notification" "web" {
  group_names   = ["web"]
  topic_arn     = "arn:aws:sns:eu-west-1:111122223333:web"
  notifications = var.events # undecided: var.events has no default
}
```

## Sources

- [AWS::AutoScaling::AutoScalingGroup NotificationConfiguration - AWS CloudFormation](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-autoscaling-autoscalinggroup-notificationconfiguration.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.autoscaling import AutoScalingGroup, Notification
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, flag, rule
from wa_iac.core.value import Known, Unknown, Value

_ERRORS: Final = ("autoscaling:EC2_INSTANCE_LAUNCH_ERROR", "autoscaling:EC2_INSTANCE_TERMINATE_ERROR")


@rule(
    practices=["REL06-BP03", "OPS08-BP04"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(decision=f"Add {_ERRORS[0]} and {_ERRORS[1]} to the events."),
    equivalents={"cdk_nag": ["AwsSolutions-AS3"]},
)
def check(resource: AutoScalingGroup | Notification, graph: Graph) -> Flags:
    if isinstance(resource, Notification):
        yield from _judge([resource.kinds] if _ERRORS[0] not in graph.once(_told) else [])
    else:
        yield from _judge([each.kinds for each in resource.notifications])


def _judge(lists: list[Value[list[Value[str]]]]) -> Flags:
    kinds: list[Value[str]] = [kind for each in lists if isinstance(each, Known) for kind in each.value]
    if Known(_ERRORS[0]) in kinds or not lists:
        return
    all_known(*lists, *kinds)
    if any(isinstance(kind, Known) and kind.value.endswith(("_LAUNCH", "_TERMINATE")) for kind in kinds):
        yield flag(
            next(each for each in lists if not isinstance(each, Unknown)),
            "The topic gets a message for instances that start or end, but none for those that cannot: a group without capacity may go unnoticed.",
        )


def _told(graph: Graph) -> frozenset[str]:
    """The events that some notification of the unit tells of."""
    lists = (each.kinds for each in graph.of(Notification))
    return frozenset(kind.value for each in lists if isinstance(each, Known) for kind in each.value if isinstance(kind, Known))
