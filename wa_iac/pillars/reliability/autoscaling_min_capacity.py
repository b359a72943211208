"""# Auto Scaling group behind a load balancer can shrink to one instance

## Why

If a group serves traffic with one instance, the service is down when that instance fails, until the next one has started. With
two instances, in two Availability Zones, the service continues.

## What it checks

The rule checks groups that a load balancer sends traffic to. It reports a minimum size that is less than two, or than the number in your settings.

The finding is advice unless the maximum is certainly as high as the minimum should be: only then has the author room for a second instance. A group of at most
one is there to replace a server that runs once.

A group that a scheduled action stops (a minimum, a maximum or a desired capacity of 0) is a decision of its author: the finding is
then advice. So is a finding for a group of at most one instance whose software runs once, by its name, its directory or its user data: a controller of
Jenkins, a leader, a database, GitLab, Terraform Enterprise in its mode "standalone"; for a build server, by its name, also if the group may have more. So is a finding for bastion hosts, by their names. So is a finding for a group that begins with nothing (a minimum and a desired number of 0, written at the group): something
else starts its instances, and may keep two. So is it if parameters of a template, each with a default, set the minimum and the maximum: who launches the stack chooses them. So is a finding if a script of a server here sets the minimum of a group
(`aws autoscaling update-auto-scaling-group --min-size`): the template may only have the numbers of the beginning. So is a finding for a group whose
desired number is as high as the minimum should be, if no scaling policy, schedule or scaling plan is there that could take it to its minimum. So is a finding for a group in a file of a workshop, a demonstration, or an
environment for development or tests, by its path, or one that is not for production, by its name.

## What is left out

The rule does not check:

- groups without a load balancer;
- groups that share a target group with another group in the same template or configuration (one per zone, or blue and green);
- groups that Kubernetes or ECS scale;
- groups whose minimum Terraform ignores (`ignore_changes`);
- groups of at most one instance that attaches an EBS volume, by its user data, by its role, or as the group depends on the volume: a second instance would compete for that volume.

If one variable, parameter or argument sets the minimum together with the desired number or the maximum, the remedy changes it there. A group with a maximum size of 0 is switched off.

## Non-compliant

```yaml
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "1"  # finding
      MaxSize: "6"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "3"}
      TargetGroupARNs: [!Ref Targets]
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      Protocol: HTTP
      Port: 80
      VpcId: vpc-0a1
```

```hcl
resource "aws_autoscaling_group" "web" {
  min_size            = 1 # finding
  max_size            = 6
  desired_capacity    = 2
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]
  load_balancers      = [aws_elb.web.name]

  launch_template {
    id = "lt-0a1"
  }
}

resource "aws_elb" "web" {
  subnets = ["subnet-0a1", "subnet-0b2"]

  listener {
    lb_port           = 443
    lb_protocol       = "tcp"
    instance_port     = 443
    instance_protocol = "tcp"
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
      TargetGroupARNs: [!Ref Targets]
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      Protocol: HTTP
      Port: 80
      VpcId: vpc-0a1
```

```hcl
resource "aws_autoscaling_group" "each" {
  count               = 2
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = [["subnet-0a1", "subnet-0b2"][count.index]]
  target_group_arns   = [aws_lb_target_group.web.arn]

  launch_template {
    id = "lt-0a1"
  }
}

resource "aws_lb_target_group" "web" {
  protocol = "HTTP"
  port     = 80
  vpc_id   = "vpc-0a1"
}
```

## Not applicable

```yaml
Resources:
  Workers:  # not applicable: no load balancer sends it traffic
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "1"
      MaxSize: "6"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "3"}
  Off:  # not applicable: it is switched off
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "0"
      MaxSize: "0"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0c3, Version: "1"}
```

```hcl
resource "aws_autoscaling_group" "each" { # not applicable: another group serves the same targets
  count               = 2
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = [["subnet-0a1", "subnet-0b2"][count.index]]
  target_group_arns   = [aws_lb_target_group.web.arn]

  launch_template {
    id = "lt-0a1"
  }
}

resource "aws_lb_target_group" "web" {
  protocol = "HTTP"
  port     = 80
  vpc_id   = "vpc-0a1"
}

resource "aws_autoscaling_group" "tuned" { # not applicable: something else sets its minimum
  min_size            = 1
  max_size            = 6
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]
  load_balancers      = ["web"]

  launch_template {
    id = "lt-0b2"
  }

  lifecycle {
    ignore_changes = [min_size]
  }
}
```

```hcl
resource "aws_autoscaling_group" "node" { # not applicable: one instance with a volume of its own
  count                = 2
  min_size             = 1
  max_size             = 1
  vpc_zone_identifier  = ["subnet-0a1"]
  load_balancers       = ["search-${count.index}"]
  launch_configuration = aws_launch_configuration.node[count.index].name
}

resource "aws_launch_configuration" "node" {
  count     = 2
  user_data = "#!/bin/bash\naws ec2 attach-volume --volume-id ${aws_ebs_volume.data[count.index].id} --device /dev/xvdf"
}

resource "aws_ebs_volume" "data" {
  count             = 2
  availability_zone = "eu-west-1a"
  size              = 100
}
```

## Undecided

The result is undecided if `MinSize` or `min_size` is not known before deployment.

```yaml
Parameters:
  MinSize:
    Type: Number
Resources:
  Web:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: !Ref MinSize  # undecided: parameter "MinSize" has no default
      MaxSize: "6"
      VPCZoneIdentifier: [subnet-0a1, subnet-0b2]
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "3"}
      TargetGroupARNs: [!Ref Targets]
  Targets:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      Protocol: HTTP
      Port: 80
      VpcId: vpc-0a1
```

```hcl
variable "min_size" {
  type = number
}

resource "aws_autoscaling_group" "web" {
  min_size            = var.min_size # undecided: var.min_size has no default
  max_size            = 6
  desired_capacity    = 2
  vpc_zone_identifier = ["subnet-0a1", "subnet-0b2"]
  load_balancers      = [aws_elb.web.name]

  launch_template {
    id = "lt-0a1"
  }
}
```

## Sources

- [desiredCapacity (CreateAutoScalingGroup)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/autoscaling/aws.sdk.kotlin.services.autoscaling.model/-create-auto-scaling-group-request/desired-capacity.html), read on 2026-11-29
- [Add an Availability Zone - Amazon EC2 Auto Scaling](https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-add-availability-zone.html), read on 2026-11-29
"""

from collections.abc import Iterator
from typing import Final

from pydantic import Field

from wa_iac.aws.autoscaling import AutoScalingGroup, LaunchConfiguration, ScalingPlan
from wa_iac.aws.ec2 import Instance, LaunchTemplate
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import all_of, holds, negate
from wa_iac.core.rule import (
    Confidence,
    Flags,
    Options,
    Remedy,
    Severity,
    accept,
    exempt,
    exempt_for,
    flag,
    milder,
    rule,
    settled,
)
from wa_iac.core.value import Absent, Known, Value
from wa_iac.knowledge.orchestrators import orchestrator
from wa_iac.knowledge.own_volumes import has_own_volume, is_single_with_volume
from wa_iac.knowledge.single_servers import is_called_once, runs_once
from wa_iac.knowledge.user_data import Server, made_files, scripts
from wa_iac.knowledge.ways_in import is_of_bastions
from wa_iac.pillars.judgements.copied_groups import where_copied
from wa_iac.pillars.judgements.minimums import ONCE, Bound, beside, too_low
from wa_iac.pillars.judgements.workshops import where_needed

_SETS: Final = late(r"\bautoscaling\s+update-auto-scaling-group\b[^\n;&|]*\s--min-size\b")
"""How a script sets the minimum of a group ("update-auto-scaling-group", AWS CLI Command Reference)."""
_ASKED: Final = "Its minimum and its maximum are parameters: who launches the stack chooses them."
_STAYS: Final = (
    "Its desired number is {}, and nothing here takes it down from there: no scaling policy, schedule or scaling plan."
)
_WAY_IN: Final = "By its names, administrators connect through it, who can wait some minutes."
_BY_SCRIPT: Final = Remedy(
    decision="See first what the script does, and when. If it raises the minimum of this group later, suppress this finding, and say so. Otherwise "
    "raise the minimum, and with it a maximum that is lower, once the software can run on several instances at once."
)
_NO_ROOM: Final = "The group is then at its maximum: raise that too if deployments or scaling policies add instances."
_SEVERAL: Final = "See first that the software can run on several instances at once."


class Size(Options):
    """How many instances there must be."""

    minimum: int = Field(2, ge=2, description="The minimum number of instances.")


@rule(
    practices=["REL10-BP01", "REL11-BP02"],
    severity=Severity.MEDIUM,
    remedy=lambda wanted: Remedy(cfn=f'MinSize: "{wanted.minimum}"', tf=f"min_size = {wanted.minimum}", decision=_SEVERAL),
)
def check(group: AutoScalingGroup, graph: Graph, wanted: Size) -> Flags:
    yield from where_copied(group, graph, where_needed(group, _judge(group, graph, wanted), Absent()))


def _judge(group: AutoScalingGroup, graph: Graph, wanted: Size) -> Flags:
    exempt(group.max_size == Known(0), "it is switched off: its maximum size is 0")
    least = settled(group.min_size)
    size = least.value if isinstance(least, Known) else 0
    accept(size >= wanted.minimum)
    exempt(negate(group.served()), "no load balancer sends it traffic")
    exempt(group.shares_traffic(graph), "another group serves the same targets")
    exempt_for(orchestrator(group, graph))
    exempt(group.ignores("min_size"), "something else sets its minimum")
    has_volume: Value[bool] = Known(is_single_with_volume(group, graph))
    if _is_one_of_many(group):
        has_volume = all_of((holds(group.max_size, lambda size: size == 1), has_own_volume(group, graph)))
    exempt(has_volume, "it is one instance with a volume of its own, for which a second one would compete")
    then = (
        "when the last instance fails, the service is down until another one has started."
        if size < 2
        else f"at least {wanted.minimum} are required."
    )
    message = f"This group serves a load balancer and may shrink to {size}: {then}"
    if size == 0 and group.desired == Known(0) and not (least.origin.default_of or group.desired.origin.default_of):
        yield flag(
            least,
            "This group serves a load balancer, and this code starts none of its instances: its minimum and its desired number are 0, so "
            "that something else has to start them, and may also stop the last one.",
            instead=f"Let what starts the instances keep {wanted.minimum}. If nothing does, set the minimum and the desired number to "
            f"{wanted.minimum}.",
            confidence=Confidence.LOW,
        )
        return
    once = runs_once(group, graph) or is_called_once(group)
    sets = graph.once(_sets_sizes)
    lower = [(each.address, each.min_size) for each in group.scheduled]
    found = too_low(
        least,
        message,
        wanted.minimum,
        _size("minimum", group.min_size, "MinSize", "min_size", wanted.minimum),
        _size("maximum", group.max_size, "MaxSize", "max_size", wanted.minimum),
        _size("desired number", group.desired, "DesiredCapacity", "desired_capacity", wanted.minimum),
        stops=group.stops(),
        first=_SEVERAL,
        more=" ".join(filter(None, (beside(group.desired, lower, wanted.minimum), _room(group, wanted.minimum)))),
    )
    if sets:
        more = f"A script of {sets} sets the size of an Auto Scaling group: if that is this one, these numbers only hold until then."
        yield from milder([found], severity=Severity.LOW, confidence=Confidence.LOW, more=more, instead=_BY_SCRIPT)
        return
    if not once and is_of_bastions(group):
        yield from milder([found], severity=Severity.LOW, confidence=Confidence.LOW, more=_WAY_IN)
        return
    if not once and (stays := _stays_at(group, graph, wanted.minimum)):
        yield from milder([found], confidence=Confidence.LOW, more=_STAYS.format(stays))
        return
    if not once and _is_asked(group):
        yield from milder([found], confidence=Confidence.LOW, more=_ASKED)
        return
    if not once:
        has_room = isinstance(group.max_size, Known) and group.max_size.value >= wanted.minimum
        yield found if has_room else found._replace(confidence=Confidence.LOW)
        return
    more = f"The software probably runs once: {once}."
    yield from milder([found], severity=Severity.LOW, confidence=Confidence.LOW, more=more, instead=ONCE)


def _room(group: AutoScalingGroup, minimum: int) -> str:
    """A sentence on a group whose minimum is then its maximum, so that nothing can add an instance."""
    return _NO_ROOM if isinstance(group.max_size, Known) and group.max_size.value == minimum else ""


def _stays_at(group: AutoScalingGroup, graph: Graph, minimum: int) -> int:
    """The desired number of a group, if it is high enough and certainly nothing here changes it; 0 otherwise."""
    if not isinstance(group.desired, Known) or group.desired.value < minimum or group.ignores("desired_capacity"):
        return 0
    moves = group.moves()
    stays = (isinstance(moves, Absent) or moves == Known(False)) and not graph.of(ScalingPlan)
    return group.desired.value if stays else 0


def _is_asked(group: AutoScalingGroup) -> bool:
    """Whether two parameters of a template, each with a default, ask for the minimum and the maximum at launch."""
    asked = [each.origin.default_of for each in (group.min_size, group.max_size)]
    return group.dialect == "cloudformation" and all(asked) and asked[0] != asked[1]


def _sets_sizes(graph: Graph) -> str:
    """The server whose script sets the minimum of a group; empty if there is none."""
    kinds: tuple[type[Server], ...] = (LaunchTemplate, LaunchConfiguration, Instance)
    servers = (each for kind in kinds for each in graph.of(kind))
    return next((each.address for each in servers if any(map(_SETS.search, _texts(each, graph)))), "")


def _texts(server: Server, graph: Graph) -> Iterator[str]:
    yield from (script.text for script in scripts(server, graph))
    yield from (each.text for each in made_files(server))


def _is_one_of_many(group: AutoScalingGroup) -> bool:
    """Whether a block makes several groups like this one."""
    return group.dialect == "terraform" and (group.representative is not None or group.address.endswith("]"))


def _size(what: str, value: Value[int], cfn: str, tf: str, number: int) -> Bound:
    return Bound(what, value, {cfn: str(number)}, {tf: number})
