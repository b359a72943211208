"""# ECS service uses only one Availability Zone

## Why

All tasks of the service run in subnets of one zone. When that zone fails, all of them are down, and ECS cannot start others
anywhere else.

## What it checks

The rule counts the Availability Zones of the subnets in a service's network configuration, and reports a service with only one. A literal
subnet ID counts as one zone; whether two of them share a zone is unknown. The finding is advice: what
the tasks need (a database, a file system, a way out) may be in that zone only, and then a second zone for the tasks helps nobody. It says what
speaks against a second zone if the author's names or the path of the file say `single_az` or the like. So it does in a file of a workshop, a demonstration, or an environment for development or tests, by its path, and
for a service that is not for production, by its names or tags, and for one whose tasks something else starts: its number of tasks is 0.

The remedy names what the subnets in other zones lack: the route to the internet that the present one has, and the security groups that let in its
range alone.

## What is left out

Services without their own network configuration run where the cluster's instances are, which `autoscaling-multi-az` checks. A service
that runs no tasks is switched off. A service with a copy in another zone is one of several: a standby, or a service for each zone with the
same task definition. If the zones of such copies are not known, the result is undecided.

## Non-compliant

```yaml
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      DesiredCount: 2
      TaskDefinition: web:7
      NetworkConfiguration:
        AwsvpcConfiguration:
          Subnets: [subnet-0a1]  # finding
```

```hcl
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "main"
  launch_type     = "FARGATE"
  desired_count   = 2
  task_definition = "web:7"

  network_configuration {
    subnets = [aws_subnet.web.id] # finding
  }
}

resource "aws_subnet" "web" {
  vpc_id     = "vpc-0a1"
  cidr_block = "10.0.0.0/24"
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      DesiredCount: 2
      TaskDefinition: web:7
      NetworkConfiguration:
        AwsvpcConfiguration:
          Subnets: [!Ref SubnetA, !Ref SubnetB]
  SubnetA:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-0a1
      CidrBlock: 10.0.0.0/24
      AvailabilityZone: eu-west-1a
  SubnetB:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-0a1
      CidrBlock: 10.0.1.0/24
      AvailabilityZone: eu-west-1b
```

```hcl
resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "main"
  launch_type     = "FARGATE"
  desired_count   = 2
  task_definition = "web:7"

  network_configuration {
    subnets = [for subnet in aws_subnet.web : subnet.id]
  }
}

resource "aws_subnet" "web" {
  for_each          = { "eu-west-1a" = "10.0.0.0/24", "eu-west-1b" = "10.0.1.0/24" }
  vpc_id            = "vpc-0a1"
  cidr_block        = each.value
  availability_zone = each.key
}
```

## Not applicable

```yaml
Resources:
  Web:  # not applicable: no network configuration of its own
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: EC2
      DesiredCount: 2
      TaskDefinition: web:7
  Off:  # not applicable: it runs no tasks
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      DesiredCount: 0
      TaskDefinition: off:1
      NetworkConfiguration:
        AwsvpcConfiguration:
          Subnets: [subnet-0a1]
```

```hcl
resource "aws_ecs_service" "dhcp_primary" { # not applicable: one of several over Availability Zones
  name            = "dhcp"
  desired_count   = 1
  task_definition = "dhcp:3"

  network_configuration {
    subnets = [aws_subnet.first.id]
  }
}

resource "aws_ecs_service" "dhcp_standby" { # not applicable: one of several over Availability Zones
  name            = "dhcp-standby"
  desired_count   = 1
  task_definition = "dhcp-standby:3"

  network_configuration {
    subnets = [aws_subnet.second.id]
  }
}

resource "aws_subnet" "first" {
  vpc_id            = "vpc-0a1"
  cidr_block        = "10.0.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "second" {
  vpc_id            = "vpc-0a1"
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1b"
}
```

```hcl
resource "aws_ecs_service" "web" { # not applicable: no network configuration of its own
  name            = "web"
  cluster         = "main"
  launch_type     = "EC2"
  desired_count   = 2
  task_definition = "web:7"
}
```

## Undecided

The result is undecided if `Subnets` or `subnets` is not known before deployment.

```yaml
Parameters:
  Subnets:
    Type: CommaDelimitedList
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      LaunchType: FARGATE
      DesiredCount: 2
      TaskDefinition: web:7
      NetworkConfiguration:
        AwsvpcConfiguration:
          Subnets: !Ref Subnets  # undecided: parameter "Subnets" has no default
```

```hcl
variable "subnets" {
  type = list(string)
}

resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "main"
  launch_type     = "FARGATE"
  desired_count   = 2
  task_definition = "web:7"

  network_configuration {
    subnets = var.subnets # undecided: var.subnets has no default
  }
}
```

## Sources

- [Availability Zones - AWS Fault Isolation Boundaries](https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/availability-zones.html), read on 2026-11-29
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from wa_iac.aws.ecs import Service, TaskDefinition
from wa_iac.aws.parts.zones import spread
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.partial import pieces_of
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, exempt, milder, refuse, rule
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.zone_copies import one_of_several
from wa_iac.pillars.judgements.more_subnets import of_their_block
from wa_iac.pillars.judgements.other_zones import needs_there
from wa_iac.pillars.judgements.workshops import where_needed

_KEEP: Final = "Keep the subnets, and add one in another Availability Zone with the same routes and endpoints."
_SERVED: Final = "Its load balancer has to use that zone too: otherwise the tasks there get no requests."
_ROOM: Final = "the cluster needs instances in that zone too."


def _fitting(service: Service, graph: Graph) -> Remedy:
    """The remedy with what else the tasks need, or words on the block that makes all of the subnets."""
    room = service.for_instances(_ROOM)
    served = "" if isinstance(service.balanced(), Absent) else _SERVED
    room = " ".join(filter(None, (room, served, *_kept_in_zone(service))))
    subnets = [subnet for place in service.places for subnet in place.subnet]
    made = of_their_block(subnets, graph)
    if made:
        return replace(made, decision=f"{made.decision} {room}".rstrip())
    room = " ".join(filter(None, (room, *needs_there(subnets, graph))))
    return replace(_REMEDY, decision=f"{_KEEP} {room}".rstrip())


def _kept_in_zone(service: Service) -> Iterator[str]:
    """Sentences on what else keeps the tasks in their zone."""
    tasks = list(service.task_definition)
    constrained = [(service.address, service.constraints), *((each.address, each.constraints) for each in tasks)]
    holders = [address for address, listed in constrained if any(each.names_zone() for each in listed)]
    if holders:
        argument = "PlacementConstraints" if service.as_cloudformation else "placement_constraints"
        yield f"The {argument} of {' and of '.join(holders)} {'ask' if len(holders) > 1 else 'asks'} for one zone: take that out too."
    names = [
        each.name.value
        for task in tasks
        for each in task.volumes
        if isinstance(each.name, Known) and any(_EBS.search(piece) for piece in pieces_of(each.driver))
    ]
    if names:
        yield (
            f"The volume {names[0]} is an EBS volume, which is in one zone: a task in another zone gets no data of it. First move the data to a file "
            "system that all zones reach, such as one of EFS."
        )
    yield from _mounted_in_one(tasks)


def _mounted_in_one(tasks: Sequence[TaskDefinition]) -> Iterator[str]:
    """Sentences on file systems with one mount target, which is in one zone, or that keep their files in one zone."""
    systems = dict.fromkeys(system for task in tasks for each in task.volumes for system in each.file_system)
    for system in systems:
        if isinstance(system.zone, Known):
            yield (
                f"{system.address} is a One Zone file system: it is down with its zone, and so are the tasks that need it. First move its files to one "
                "over several zones."
            )
        elif len(system.mount_targets.targets) == 1 and system.mount_targets.unknown is None:
            only = system.mount_targets.targets[0].address
            yield (
                f"The tasks mount {system.address}, whose only mount target ({only}) is in one zone: first give it another one in the subnet that you add, "
                "or the tasks there cannot start."
            )


_EBS: Final = late(r"\bebs\b|cloudstor")
"""Drivers of Docker for EBS volumes."""
_REMEDY: Final = Remedy(
    cfn="NetworkConfiguration:\n  AwsvpcConfiguration:\n    Subnets:\n      - !Ref <a subnet>\n      - !Ref <a subnet in another zone>",
    tf="network_configuration {\n  subnets = [<a subnet>.id, <a subnet in another zone>.id]\n}",
    decision=_KEEP,
)


@rule(
    practices=["REL10-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    remedy=replace(_REMEDY, given=_fitting),
)
def check(service: Service, graph: Graph) -> Flags:
    exempt(service.switched_off(graph), "it is switched off: it runs no tasks")
    zones = spread(service.places, service.subnets)
    exempt(isinstance(zones, Absent), "it has no network configuration of its own")
    if zones == Known(1):
        several = one_of_several(service, graph)
        exempt(several == Known(True), "it is one of several over Availability Zones")
        all_known(several)
    message = "All tasks of this service are in one Availability Zone: when it fails, they are down and cannot be replaced."
    found = refuse(zones, 1, message, at=service.subnets)
    if service.desired_count == Known(0):
        found = milder(found, more="Something else starts its tasks when there is work.")
    yield from where_needed(service, found, service.tags)
