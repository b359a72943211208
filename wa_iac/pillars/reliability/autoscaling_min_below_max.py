"""# Auto Scaling group has equal minimum and maximum sizes

## Why

The group has the same number of instances whatever the load is. Requests fail when the load rises, and money is spent on idle
instances when it falls. Scaling policies of such a group have no effect.

## What it checks

The rule checks Auto Scaling groups. It reports a group whose minimum and maximum sizes are equal, and greater than one.

## What is left out

The rule does not check:

- groups of one, which only replace a failed instance;
- groups of three, five or seven without a load balancer, as in a cluster with a quorum;
- groups with a schedule that changes the sizes;
- groups that Kubernetes or ECS scale.

A group with a maximum size of 0 is switched off, and is not checked either.

## Non-compliant

```yaml
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "2"  # finding
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "3"}
      TargetGroupARNs: [arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef]
```

```hcl
variable "size" {
  default = 4
}

resource "aws_autoscaling_group" "workers" {
  min_size            = var.size
  max_size            = var.size # finding
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]

  launch_template {
    id = "lt-0a1"
  }
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
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "3"}
      TargetGroupARNs: [arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef]
```

```hcl
resource "aws_autoscaling_group" "workers" {
  min_size            = 2
  max_size            = 8
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]

  launch_template {
    id = "lt-0a1"
  }
}
```

## Not applicable

```yaml
Resources:
  Bastion:  # not applicable: fixed on purpose
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "1"
      MaxSize: "1"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "3"}
  Quorum:  # not applicable: fixed on purpose
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "3"
      MaxSize: "3"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0b2, Version: "1"}
  Office:  # not applicable: a schedule changes its limits
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "4"
      MaxSize: "4"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0c3, Version: "1"}
  Evening:
    Type: AWS::AutoScaling::ScheduledAction
    Properties:
      AutoScalingGroupName: !Ref Office
      Recurrence: 0 19 * * *
      MinSize: 0
      MaxSize: 0
  Off:  # not applicable: it is switched off
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "0"
      MaxSize: "0"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0d4, Version: "1"}
```

```hcl
resource "aws_autoscaling_group" "bastion" { # not applicable: fixed on purpose
  min_size            = 1
  max_size            = 1
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]

  launch_template {
    id = "lt-0b2"
  }
}

resource "aws_autoscaling_group" "nodes" { # not applicable: Kubernetes manages it
  min_size            = 4
  max_size            = 4
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]

  launch_template {
    id = "lt-0c3"
  }

  tag {
    key                 = "kubernetes.io/cluster/main"
    value               = "owned"
    propagate_at_launch = true
  }
}
```

## Undecided

The result is undecided if `MaxSize` or `max_size` is not known before deployment.

```yaml
Parameters:
  MaxSize:
    Type: Number
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: !Ref MaxSize  # undecided: parameter "MaxSize" has no default
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "3"}
      TargetGroupARNs: [arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef]
```

```hcl
variable "max_size" {
  type = string
}

variable "size" {
  default = 4
}

resource "aws_autoscaling_group" "workers" {
  min_size            = var.size
  max_size            = var.max_size # undecided: var.max_size has no default
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]

  launch_template {
    id = "lt-0a1"
  }
}
```

## Sources

- [desiredCapacity (CreateAutoScalingGroup)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/autoscaling/aws.sdk.kotlin.services.autoscaling.model/-create-auto-scaling-group-request/desired-capacity.html), read on 2026-11-29
- [Dynamic scaling for Amazon EC2 Auto Scaling - Amazon EC2 Auto Scaling](https://docs.aws.amazon.com/autoscaling/ec2/userguide/policy-updating-console.html), read on 2026-11-29
"""

from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.core.graph import Graph
from wa_iac.core.logic import equal, holds, negate
from wa_iac.core.rule import (
    Confidence,
    Flags,
    Remedy,
    Severity,
    accept,
    exempt,
    exempt_for,
    flag,
    rule,
)
from wa_iac.core.value import Absent, Known, Value
from wa_iac.knowledge.orchestrators import orchestrator


@rule(
    practices=["REL07-BP01", "REL07-BP03", "PERF02-BP05", "COST09-BP03", "SUS02-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    remedy=Remedy(cfn='MinSize: "2"\nMaxSize: "6"', tf="min_size = 2\nmax_size = 6"),
)
def check(group: AutoScalingGroup, graph: Graph) -> Flags:
    exempt(group.switched_off(), "it is switched off: its maximum size is 0")
    accept(negate(equal(group.min_size, group.max_size)))
    exempt(not isinstance(group.scheduled.presence, Absent), "a schedule changes its limits")
    exempt_for(orchestrator(group, graph))
    exempt(_fixed_for_a_reason(group), "its size is fixed on purpose")
    most = group.max_size
    size = f"always has {most.value} instances" if isinstance(most, Known) else "never changes its size"
    yield flag(most, f"This group {size}: requests fail when the load rises, and instances are idle when it falls.")


def _fixed_for_a_reason(group: AutoScalingGroup) -> Value[bool]:
    """Whether the size is one that does without scaling: a lone instance that is replaced, or a quorum that serves no clients."""
    if isinstance(group.policies.presence, Known):
        return Known(False)
    match group.max_size:
        case Known(0 | 1) | Absent():
            return Known(True)
        case Known(3 | 5 | 7):
            return negate(group.served())
        case size:
            return holds(size, lambda _: False)
