"""# Simple scaling has no cooldown

## Why

A new instance needs some minutes before it takes work over. Without a cooldown, a simple scaling policy adds another one each minute until then,
because the alarm still rings. The group grows to its maximum, and shrinks again just as fast.

## What it checks

The rule reports simple scaling policies whose cooldown is 0, in the policy or in its group. The default is 300 seconds.

## What is left out

Target tracking and step scaling, which wait for an instance to warm up. Policies that set a group to an exact size.

## Non-compliant

```yaml
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      Cooldown: "0"  # finding
      VPCZoneIdentifier: [subnet-0a, subnet-0b]
      LaunchTemplate: {LaunchTemplateId: lt-0123456789abcdef0, Version: "1"}
  More:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties:
      AutoScalingGroupName: !Ref Web
      AdjustmentType: ChangeInCapacity
      ScalingAdjustment: 1
```

```hcl
resource "aws_autoscaling_policy" "more" {
  name                   = "more"
  autoscaling_group_name = "web"
  adjustment_type        = "ChangeInCapacity"
  scaling_adjustment     = 1
  cooldown               = 0 # finding
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
      Cooldown: "0"
      VPCZoneIdentifier: [subnet-0a, subnet-0b]
      LaunchTemplate: {LaunchTemplateId: lt-0123456789abcdef0, Version: "1"}
  More:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties:
      AutoScalingGroupName: !Ref Web
      AdjustmentType: ChangeInCapacity
      ScalingAdjustment: 1
      Cooldown: "300"
```

```hcl
resource "aws_autoscaling_policy" "more" {
  name                   = "more"
  autoscaling_group_name = "web"
  adjustment_type        = "ChangeInCapacity"
  scaling_adjustment     = 1
}
```

## Not applicable

```hcl
resource "aws_autoscaling_policy" "night" { # not applicable: an exact size
  name                   = "night"
  autoscaling_group_name = "web"
  adjustment_type        = "ExactCapacity"
  scaling_adjustment     = 1
  cooldown               = 0
}
```

## Undecided

The result is undecided if the cooldown is not known before deployment.

```yaml
Parameters:
  Cooldown:
    Type: Number
Resources:
  More:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties:
      AutoScalingGroupName: web
      AdjustmentType: ChangeInCapacity
      ScalingAdjustment: 1
      Cooldown: !Ref Cooldown  # undecided: parameter "Cooldown" has no default
```

```hcl
variable "cooldown" {
  type = number
}

resource "aws_autoscaling_policy" "more" {
  name                   = "more"
  autoscaling_group_name = "web"
  adjustment_type        = "ChangeInCapacity"
  scaling_adjustment     = 1
  cooldown               = var.cooldown # undecided: var.cooldown has no default
}
```

## Sources

- [Scaling cooldowns for Amazon EC2 Auto Scaling](https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-scaling-cooldowns.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.autoscaling import ScalingPolicy
from wa_iac.core.graph import Graph
from wa_iac.core.logic import holds
from wa_iac.core.rule import Flags, Remedy, Severity, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known, Value

_SECONDS: Final = Remedy(cfn={"Cooldown": "300"}, tf={"cooldown": 300})


def _of_its_own(policy: ScalingPolicy, graph: Graph) -> Remedy | None:
    """The remedy for a policy that waits as long as its group."""
    del graph
    return (
        replace(_SECONDS, decision="The group's cooldown is 0. Give the policy one of its own:")
        if isinstance(policy.cooldown, Absent)
        else None
    )


@rule(
    practices=["REL07-BP03", "PERF02-BP05"],
    severity=Severity.LOW,
    remedy=replace(_SECONDS, given=_of_its_own),
    equivalents={"cdk_nag": ["AwsSolutions-AS1"]},
)
def check(policy: ScalingPolicy) -> Flags:
    if settled(policy.kind) != Known("SimpleScaling"):
        return
    cooldown = _cooldown(policy)
    if settled(cooldown) == Known(0):
        exempt(holds(policy.adjustment, lambda kind: kind == "ExactCapacity"), "it sets the group to an exact size")
        yield flag(
            cooldown,
            "This policy waits for nothing: it changes the group again and again while a new instance is still starting.",
        )


def _cooldown(policy: ScalingPolicy) -> Value[int]:
    """How many seconds a policy waits: its own number, else that of its group."""
    if isinstance(policy.cooldown, Absent) and len(policy.group.targets) == 1:
        return policy.group.targets[0].cooldown
    return policy.cooldown
