"""# Auto Scaling group has no scaling policy or schedule

## Why

The group may have more or fewer instances, but no policy or schedule ever changes their number. It stays at the desired capacity, whatever the load:
where that varies, there are too few instances at the peak and too many at night.

## What it checks

The rule checks groups whose maximum is greater than their minimum. It reports a group that no scaling policy and no scheduled action
changes.

The finding is advice unless a load balancer certainly sends the group requests, and its maximum is at least two more than its minimum: other groups show no load here
that varies, and one instance more is often room for an update.

Disabled scaling does not count:

- a disabled policy;
- a predictive policy that only forecasts (`ForecastOnly`, the default);
- policies and schedules whose process is suspended in the group (`AlarmNotification`, `ScheduledActions`; "Suspend and resume
  processes", Amazon EC2 Auto Scaling User Guide).

A group with a minimum and a desired capacity of 0 is probably scaled by a program: the finding is then advice. Target tracking of CPU
utilization would never start it, since there is no metric without instances ([Scale based on Amazon
SQS](https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-using-sqs-queue.html)).

The finding is advice in a file of a workshop, a demonstration, or an environment for development or tests, by its path, and for a group that
is not for production, by its name.

The confidence is low for agents of build servers, by their names (agent, runner, Jenkins and so on): a machine that is taken away takes a
job with it. It is also low for servers that keep data, by their names (Kafka, MongoDB, Elasticsearch, a registry of images), for bastion hosts, whose load is that of some administrators. It is low as well for groups that always have the most instances that they may have, and if parameters of a template ask for all three numbers at launch.

## What is left out

The rule does not check:

- groups of a fixed size (`autoscaling-min-below-max` checks those) or of at most one instance;
- groups of one instance whose maximum of 2 is there for rolling updates (`MinInstancesInService: 1`);
- groups that an ECS capacity provider, Kubernetes (by their tags, their image, or user data that starts the kubelet), Elastic Beanstalk or
  a scaling plan manages;
- servers that vote in a cluster, by their names (Consul, Vault, etcd, ZooKeeper, servers of Nomad, managers of a swarm), or since a parameter
  allows only odd numbers of them: a policy that adds and removes them
  can cost the cluster its majority;
- groups whose desired capacity Terraform ignores (`ignore_changes`).

If a program scales the group through the API, suppress the finding.

## Non-compliant

```yaml
Resources:
  Workers:  # finding
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "8"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "3"}
```

```hcl
resource "aws_autoscaling_group" "workers" { # finding
  min_size            = 2
  max_size            = 8
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]

  launch_template {
    id = "lt-0a1"
  }
}
```

## Compliant

```yaml
Resources:
  Workers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "8"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "3"}
  Load:
    Type: AWS::AutoScaling::ScalingPolicy
    Properties:
      AutoScalingGroupName: !Ref Workers
      PolicyType: TargetTrackingScaling
      TargetTrackingConfiguration:
        PredefinedMetricSpecification:
          PredefinedMetricType: ASGAverageCPUUtilization
        TargetValue: 60
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

resource "aws_autoscaling_schedule" "evening" {
  scheduled_action_name  = "evening"
  autoscaling_group_name = aws_autoscaling_group.workers.name
  recurrence             = "0 19 * * *"
  desired_capacity       = 2
}
```

## Not applicable

```yaml
Resources:
  Fixed:  # not applicable: its size is fixed
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "1"
      MaxSize: "1"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "3"}
  Controller:  # not applicable: room for a rolling update
    Type: AWS::AutoScaling::AutoScalingGroup
    UpdatePolicy:
      AutoScalingRollingUpdate:
        MinInstancesInService: 1
    Properties:
      MinSize: "1"
      MaxSize: "2"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "3"}
  Nodes:  # not applicable: Kubernetes manages it
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0b2, Version: "1"}
      Tags:
        - {Key: kubernetes.io/cluster/main, Value: owned, PropagateAtLaunch: true}
```

```hcl
resource "aws_autoscaling_group" "tuned" { # not applicable: something else scales it
  min_size            = 1
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]

  launch_template {
    id = "lt-0a1"
  }

  lifecycle {
    ignore_changes = [desired_capacity]
  }
}

resource "aws_autoscaling_group" "nodes" { # not applicable: nodes of Kubernetes
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]

  launch_template {
    id = aws_launch_template.nodes.id
  }
}

resource "aws_launch_template" "nodes" {
  image_id  = "ami-0a1"
  user_data = base64encode("#!/bin/bash\\n/etc/eks/bootstrap.sh main")
}

resource "aws_autoscaling_group" "consul_servers" { # not applicable: its servers vote
  min_size            = 3
  max_size            = 5
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]

  launch_template {
    id = "lt-0c3"
  }
}

resource "aws_autoscaling_group" "cluster" { # not applicable: ECS scales it
  min_size            = 0
  max_size            = 8
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]

  launch_template {
    id = "lt-0b2"
  }
}

resource "aws_ecs_capacity_provider" "cluster" {
  name = "cluster"

  auto_scaling_group_provider {
    auto_scaling_group_arn = aws_autoscaling_group.cluster.arn
  }
}
```

## Undecided

The result is undecided if `MinSize` or `min_size` is not known before deployment.

```yaml
Parameters:
  MinSize:
    Type: Number
Resources:
  Workers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: !Ref MinSize  # undecided: parameter "MinSize" has no default
      MaxSize: "8"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "3"}
```

```hcl
variable "min_size" {
  type = number
}

resource "aws_autoscaling_group" "workers" {
  min_size            = var.min_size # undecided: var.min_size has no default
  max_size            = 8
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]

  launch_template {
    id = "lt-0a1"
  }
}
```

## Sources

- [Dynamic scaling for Amazon EC2 Auto Scaling - Amazon EC2 Auto Scaling](https://docs.aws.amazon.com/autoscaling/ec2/userguide/policy-updating-console.html), read on 2026-11-29
- [Amazon ECS managed scaling behavior](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-scaling-behavior.html), read on 2026-11-29
- [desiredCapacity (CreateAutoScalingGroup)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/autoscaling/aws.sdk.kotlin.services.autoscaling.model/-create-auto-scaling-group-request/desired-capacity.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.autoscaling import AutoScalingGroup, ScalingPlan
from wa_iac.core.algebra import are_equal
from wa_iac.core.graph import Graph
from wa_iac.core.logic import all_of, holds
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
    settled,
)
from wa_iac.core.value import Absent, Known, Step, Value
from wa_iac.knowledge.creation_signals import awaited
from wa_iac.knowledge.orchestrators import is_of_ecs, is_of_kubernetes, orchestrator
from wa_iac.knowledge.own_schedulers import is_odd_by_choice, is_of_quorum, keeps_data, schedules_itself
from wa_iac.knowledge.ways_in import is_of_bastions
from wa_iac.pillars.judgements.copied_groups import where_copied
from wa_iac.pillars.judgements.workshops import where_needed

_EITHER: Final = (
    "If the load does not vary, let the minimum and the maximum be the number that is needed. If it does, scale the group with it, once its instances "
    "keep no files or sessions of their own: a policy ends instances."
)
_LOAD: Final = Remedy(
    cfn="Scaling:\n  Type: AWS::AutoScaling::ScalingPolicy\n  Properties:\n    AutoScalingGroupName: !Ref <this group>\n"
    "    PolicyType: TargetTrackingScaling\n    TargetTrackingConfiguration:\n      PredefinedMetricSpecification:\n"
    "        PredefinedMetricType: ASGAverageCPUUtilization\n      TargetValue: 60",
    tf='resource "aws_autoscaling_policy" "this" {\n  name                   = "load"\n'
    "  autoscaling_group_name = <this group>.name\n"
    '  policy_type            = "TargetTrackingScaling"\n  target_tracking_configuration {\n'
    "    predefined_metric_specification {\n"
    '      predefined_metric_type = "ASGAverageCPUUtilization"\n    }\n    target_value = 60\n  }\n}',
    decision=_EITHER,
)


_FIRST: Final = "First raise the minimum to 1 or more: a group without an instance has no CPU utilization, so that this policy would never start one."


def _beside_terraform(group: AutoScalingGroup, graph: Graph) -> Remedy | None:
    """The remedy for a group whose desired number Terraform or CloudFormation would set back."""
    if group.alarms_suspended():
        return _SUSPENDED
    first = (_FIRST,) if group.min_size == Known(0) else ()
    if isinstance(group.desired, Absent):
        return replace(_LOAD, decision=f"{_EITHER} {_FIRST}") if first else None
    set_back = (
        "Let Terraform ignore the group's `desired_capacity` (`lifecycle`), or each apply sets it back."
        if group.dialect == "terraform"
        else "Remove DesiredCapacity from the group also: each deployment of CloudFormation that changes the group would set it back."
    )
    return replace(_LOAD, decision=" ".join((_EITHER, *first, set_back, *_waits(group, graph))))


def _waits(group: AutoScalingGroup, graph: Graph) -> list[str]:
    """What to change where CloudFormation waits for more instances than the minimum, with which a new group starts without a desired number."""
    least = max(1, group.min_size.value) if isinstance(group.min_size, Known) else 1
    return [
        f"{each.what} waits for {each.signals or 'a number of'} instances, and without DesiredCapacity a new group starts with the minimum only: "
        "let Count be that also, or a new stack fails."
        for each in awaited(group, graph)
        if each.signals is None or each.signals > least
    ]


_SUSPENDED: Final = Remedy(
    decision="It has a scaling policy already, but the alarms that start it are suspended: take AlarmNotification out of its suspended processes."
)
_OF_ECS: Final = Remedy(
    decision="These instances run tasks of ECS. Give the cluster a capacity provider for this group, with managed scaling and managed draining, and "
    "let its services and tasks use it: a strategy of capacity providers takes the place of their launch type. It scales by the tasks that use it and "
    "need room. A policy on the CPU utilization would end instances with tasks on them."
)
_FROM_OUTSIDE: Final = Remedy(
    decision="If a program sets the desired capacity, suppress the finding. Otherwise scale the group by a metric that exists without "
    "its instances, such as the number of messages in its queue: their CPU utilization never starts the first one."
)


def _has_room_to_roll(group: AutoScalingGroup) -> Value[bool]:
    """Whether it is for a single instance, beside which a rolling update starts the next one: that needs a maximum of 2 ("UpdatePolicy
    attribute", AWS CloudFormation User Guide)."""
    return all_of(
        (
            holds(group.max_size, lambda most: most == 2),
            holds(group.min_size, lambda least: least == 1),
            Known(True) if isinstance(group.desired, Absent) else holds(group.desired, lambda wanted: wanted == 1),
            holds(group.min_in_service, lambda least: least >= 1),
        )
    )


def _is_asked(group: AutoScalingGroup) -> bool:
    """Whether parameters of a template, each with a default, ask for its three numbers at launch: who launches the stack changes them."""
    asked = [each.origin.default_of for each in (group.min_size, group.desired, group.max_size)]
    return group.dialect == "cloudformation" and all(asked) and len(set(asked)) == len(asked)


@rule(
    practices=["REL07-BP01", "REL07-BP03", "PERF02-BP05", "COST09-BP03", "SUS02-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=replace(_LOAD, given=_beside_terraform),
)
def check(group: AutoScalingGroup, graph: Graph) -> Flags:
    yield from where_copied(group, graph, where_needed(group, _judge(group, graph), Absent(), graph))


def _judge(group: AutoScalingGroup, graph: Graph) -> Flags:
    accept(group.moves())
    exempt(are_equal(group.min_size, group.max_size) is True or group.max_size in (Known(0), Known(1)), "its size is fixed")
    exempt(group.ignores("desired_capacity") or bool(graph.of(ScalingPlan)), "something else scales it")
    exempt_for(orchestrator(group, graph))
    exempt(is_of_kubernetes(group, graph), "its instances are nodes of Kubernetes")
    votes = is_of_quorum(group) or is_odd_by_choice(group.desired, group, graph)
    exempt(votes, "its servers vote, and each change of their number changes the quorum")
    exempt(_has_room_to_roll(group), "its maximum of 2 leaves room for a rolling update of its single instance")
    starts = (*group.launch_template, *group.launch_configuration)
    full = are_equal(group.desired, group.max_size) is True
    spared = schedules_itself(group) or keeps_data(group) or is_of_bastions(group) or _is_asked(group)
    of_ecs = any(is_of_ecs(each, graph) for each in starts)
    balanced = group.served() == Known(True)
    match settled(group.min_size), settled(group.max_size):
        case Known(0), Known(high) if group.desired in (Known(0), Absent()):
            yield flag(
                group,
                f"This group starts with no instance and may have {high}, but nothing here ever starts one.",
                instead=_FROM_OUTSIDE,
                severity=Severity.LOW,
                confidence=Confidence.LOW,
            )
        case Known(low), Known(high):
            yield flag(
                group,
                f"This group may have {low} to {high} instances, but nothing here changes their number: "
                f"{'it always has the most, also at night.' if full else 'it stays what it is, whatever the load.'}",
                related=[Step(each.span, f"{each.address} is switched off") for each in group.policies],
                instead=_OF_ECS if of_ecs else "",
                confidence=None if balanced and not spared and not full and high > low + 1 else Confidence.LOW,
            )
        case _:
            return
