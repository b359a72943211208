"""# Auto Scaling group uses only one Availability Zone

## Why

When the group's only zone fails, everything in the group is down, and the group cannot start new instances anywhere else. With
subnets in two or more zones, it starts instances in the other zones by itself.

## What it checks

The rule counts the Availability Zones of a group: those of its subnets, or those that it names. It reports a group with only one.

A literal subnet ID counts as one zone; whether two of them share a zone is unknown.

The finding is advice, of medium severity, unless a load balancer certainly sends the group requests, or it always has two instances or more: the work of other groups may
wait, and a single instance is in one zone anyway. If one
block makes an unknown number of groups, the result is undecided: each may have a zone of its own. It is advice also if the author's names or
the path of the file say `single_az` or the like.

The finding is advice in a file of a workshop, a demonstration, or an environment for development or tests, by its path, and for anything that is not for
production, by its names or tags.

## What is left out

The rule does not check:

- several groups with the same launch template, target group or block, one per zone, or with addresses that differ only by the name of a
  zone, a number or a part in a pair, if they are in several zones together;
- groups in a placement group, by their own setting or their launch template's;
- groups of at most one instance that attaches an EBS volume, which is in one zone: the start in another zone would fail;
- groups that Kubernetes manages, where each zone has its own group because of the volumes.

A group with a maximum size of 0 is switched off. If its subnets are declared elsewhere, their zones are not known here.

## Non-compliant

```yaml
Resources:
  Workers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      VPCZoneIdentifier: [!Ref SubnetA]  # finding
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "3"}
  SubnetA:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-0a1
      CidrBlock: 10.0.0.0/24
```

```hcl
resource "aws_autoscaling_group" "workers" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.workers.id] # finding

  launch_template {
    id = "lt-0a1"
  }
}

resource "aws_subnet" "workers" {
  vpc_id            = "vpc-0a1"
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}
```

## Compliant

```yaml
Resources:
  Workers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      VPCZoneIdentifier: [!Ref SubnetA, !Ref SubnetB]
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "3"}
  SubnetA:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-0a1
      CidrBlock: 10.0.0.0/24
      AvailabilityZone: !Select [0, !GetAZs ""]
  SubnetB:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-0a1
      CidrBlock: 10.0.1.0/24
      AvailabilityZone: !Select [1, !GetAZs ""]
```

```hcl
data "aws_availability_zones" "here" {}

resource "aws_autoscaling_group" "workers" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = aws_subnet.workers[*].id

  launch_template {
    id = "lt-0a1"
  }
}

resource "aws_subnet" "workers" {
  count             = 2
  vpc_id            = "vpc-0a1"
  cidr_block        = "10.0.${count.index}.0/24"
  availability_zone = data.aws_availability_zones.here.names[count.index]
}
```

## Not applicable

```yaml
Resources:
  Cluster:  # not applicable: a placement group keeps its instances together
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      AvailabilityZones: [eu-west-1a]
      PlacementGroup: near
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "3"}
  Storage:  # not applicable: a placement group keeps its instances together
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      AvailabilityZones: [eu-west-1a]
      LaunchTemplate: {LaunchTemplateId: !Ref OfStorage, Version: !GetAtt OfStorage.LatestVersionNumber}
  OfStorage:
    Type: AWS::EC2::LaunchTemplate
    Properties:
      LaunchTemplateData:
        Placement: {GroupName: near}
  Nodes:  # not applicable: Kubernetes manages it
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      AvailabilityZones: [eu-west-1a]
      LaunchTemplate: {LaunchTemplateId: lt-0b2, Version: "1"}
      Tags:
        - {Key: kubernetes.io/cluster/main, Value: owned, PropagateAtLaunch: true}
  Off:  # not applicable: it is switched off
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "0"
      MaxSize: "0"
      AvailabilityZones: [eu-west-1a]
      LaunchTemplate: {LaunchTemplateId: lt-0c3, Version: "1"}
  Copies:  # not applicable: its subnets are declared elsewhere
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      InstanceId: i-0a1
```

```hcl
resource "aws_autoscaling_group" "queue_primary" { # not applicable: it is one of several over Availability Zones
  availability_zones   = ["eu-west-1a"]
  launch_configuration = "queue-4"
  min_size             = 1
  max_size             = 1
}

resource "aws_autoscaling_group" "queue_standby" { # not applicable: it is one of several over Availability Zones
  availability_zones   = ["eu-west-1b"]
  launch_configuration = "queue-standby-4"
  min_size             = 1
  max_size             = 1
}
```

```hcl
resource "aws_autoscaling_group" "each" { # not applicable: one of several groups
  for_each           = toset(["eu-west-1a", "eu-west-1b"])
  min_size           = 1
  max_size           = 3
  availability_zones = [each.key]

  launch_template {
    id = "lt-0a1"
  }
}
```

```hcl
resource "aws_autoscaling_group" "node" { # not applicable: its one instance has a volume of its own, which is in one zone
  min_size           = 1
  max_size           = 1
  availability_zones = ["eu-west-1a"]
  depends_on         = [aws_ebs_volume.data]

  launch_template {
    id = "lt-0a1"
  }
}

resource "aws_ebs_volume" "data" {
  availability_zone = "eu-west-1a"
  size              = 100
}
```

## Undecided

The result is undecided if `VPCZoneIdentifier` or `vpc_zone_identifier` is not known before deployment.

```yaml
Parameters:
  VPCZoneIdentifier:
    Type: CommaDelimitedList
Resources:
  Workers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "2"
      MaxSize: "6"
      VPCZoneIdentifier: !Ref VPCZoneIdentifier  # undecided: parameter "VPCZoneIdentifier" has no default
      LaunchTemplate: {LaunchTemplateId: lt-0a1, Version: "3"}
```

```hcl
variable "vpc_zone_identifier" {
  type = string
}

resource "aws_autoscaling_group" "workers" {
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = var.vpc_zone_identifier # undecided: var.vpc_zone_identifier has no default

  launch_template {
    id = "lt-0a1"
  }
}
```

## Sources

- [Add an Availability Zone - Amazon EC2 Auto Scaling](https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-add-availability-zone.html), read on 2026-11-29
- [Auto Scaling group Availability Zone distribution - Amazon EC2 Auto Scaling](https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-availability-zone-balanced.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.aws.ec2 import LaunchTemplate
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, holds
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, exempt_for, flag, rule
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.orchestrators import orchestrator
from wa_iac.knowledge.own_volumes import single_with_volume
from wa_iac.knowledge.workshops import named_alone
from wa_iac.knowledge.zone_copies import one_of_several
from wa_iac.pillars.judgements.copied_groups import where_copied
from wa_iac.pillars.judgements.more_subnets import of_their_block
from wa_iac.pillars.judgements.other_zones import needs_there
from wa_iac.pillars.judgements.workshops import where_needed

_KEEP: Final = "Keep the subnets, and add one in another Availability Zone."
_SAME: Final = "The subnet needs the same routes and endpoints."
_SERVED: Final = "The load balancer in front of the group has to use that zone too."
_PINNED: Final = (
    "First take the zone and the subnet out of its launch template {} (`{}`): instances cannot start elsewhere while they are there. Running "
    "instances stay as they are until they are replaced."
)
_REMEDY: Final = Remedy(
    cfn="VPCZoneIdentifier:\n  - !Ref <a subnet>\n  - !Ref <a subnet in another zone>",
    tf="vpc_zone_identifier = [<a subnet>.id, <a subnet in another zone>.id]",
    removes=("AvailabilityZones", "availability_zones"),
    decision=f"{_KEEP} {_SAME}",
)
_BY_ZONE: Final = Remedy(
    cfn="AvailabilityZones:\n  - <the zone>\n  - <another zone>",
    tf='availability_zones = ["<the zone>", "<another zone>"]',
    decision="Keep the zone, and add another one.",
)


def _fitting(group: AutoScalingGroup, graph: Graph) -> Remedy:
    """The remedy with what has to change first; words alone where one block makes all of the subnets."""
    first = next(filter(None, map(_pinned, group.launch_template)), "")
    served = "" if isinstance(group.served(), Absent) else _SERVED
    subnets = [subnet for place in group.places for subnet in place.subnet]
    made = of_their_block(subnets, graph)
    if made:
        return replace(made, decision=" ".join(filter(None, (first, made.decision, _SAME, served))))
    if not group.places and not isinstance(group.availability_zones, Absent):
        return replace(_BY_ZONE, decision=" ".join(filter(None, (first, _BY_ZONE.decision, served))))
    return replace(_REMEDY, decision=" ".join(filter(None, (first, _KEEP, _SAME, served, *needs_there(subnets, graph)))))


def _pinned(template: LaunchTemplate) -> str:
    """A sentence on a launch template that names a zone or a subnet; empty if it does not."""
    parts = (
        [] if isinstance(template.availability_zone, Absent) else ["Placement" if template.as_cloudformation else "placement"]
    )
    if any(not isinstance(each.subnet.value, Absent) for each in template.interfaces):
        parts.append("NetworkInterfaces" if template.as_cloudformation else "network_interfaces")
    return _PINNED.format(template.address, "`, `".join(parts)) if parts else ""


@rule(
    practices=["REL10-BP01", "REL11-BP02"],
    severity=Severity.HIGH,
    remedy=replace(_REMEDY, given=_fitting),
    equivalents={
        "config": ["AUTOSCALING_MULTIPLE_AZ"],
        "security_hub": ["AutoScaling.2"],
    },
)
def check(group: AutoScalingGroup, graph: Graph) -> Flags:
    yield from where_copied(group, graph, where_needed(group, _judge(group, graph), Absent()))


def _judge(group: AutoScalingGroup, graph: Graph) -> Flags:
    exempt(group.max_size == Known(0), "it is switched off: its maximum size is 0")
    zones = group.zones()
    exempt(isinstance(zones, Absent), "its subnets are declared elsewhere")
    accept(holds(zones, lambda count: count > 1))
    groups = (group.placement_group, *(each.placement_group for each in group.launch_template))
    exempt(any_of(map(given, groups)), "a placement group keeps its instances together")
    all_known(None if group.launch_template.targets else group.launch_template.unknown)
    exempt(group.siblings(graph), "it is one of several groups of the same kind")
    several = one_of_several(group, graph)
    exempt(several == Known(True), "it is one of several over Availability Zones")
    all_known(several)
    # A block that makes an unknown number of groups may make one for each zone.
    all_known(group.declared.others)
    exempt_for(orchestrator(group, graph))
    single = single_with_volume(group, graph)
    exempt(single == Known(True), "its one instance has a volume of its own, which is in one zone")
    all_known(single)
    needed = group.served() == Known(True) or holds(group.min_size, lambda least: least > 1) == Known(True)
    alone = named_alone(group)
    message = "All instances of this group are in one Availability Zone: when it fails, they are down and cannot be replaced."
    yield flag(
        group.subnets if group.places else group.availability_zones,
        f"{message} {alone}".rstrip(),
        severity=Severity.MEDIUM if alone or not needed else None,
        confidence=Confidence.LOW if alone or not needed else None,
    )
