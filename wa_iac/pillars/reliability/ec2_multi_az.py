"""# EC2 instances of the same kind are all in one Availability Zone

## Why

Several instances that do the same work protect each other only if they do not fail together. In one Availability Zone, a single
power or network failure stops them all.

## What it checks

The rule compares the zones of instances of the same kind, and reports their first if all of them are in one zone.

If a load balancer sends requests to them, each copy is there for the time when another one is down. Otherwise the finding is advice: several machines of one kind
may be separate ones (bastions, machines for developers, members of a cluster with data of their own).

Instances are of the same kind if one Terraform block creates several of them. They are also of the same kind if they start from the same
image and their names differ only in a number or a letter: `Web1` and `Web2`, `web_a` and `web_b`.

## What is left out

Instances that differ in their type, image, instance profile or key, in a tag such as `Role`, or in the VPC of their subnets, are different
machines. If the author's names or the path of the file say `single_az` or the like, the finding is advice. So it is in a
file of a workshop, a demonstration, or an environment for development or tests, by its path, and for instances that are not for production, by
their names or tags. The rule does not
check instances in a placement group, which are close together on purpose, or instances that forward traffic (without `SourceDestCheck`):
a pair of firewalls that takes over its partner's addresses has to be in one subnet. If a copy with another image or make is in another zone,
such as the standby of a primary, the instances are part of several over zones.

## Non-compliant

```yaml
Resources:
  Web1:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      SubnetId: subnet-12345678  # finding
  Web2:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      SubnetId: subnet-12345678
```

```hcl
resource "aws_instance" "web" {
  count             = 3
  ami               = "ami-12345678"
  availability_zone = "eu-west-1a" # finding
}
```

## Compliant

```yaml
Resources:
  First:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-12345678
      CidrBlock: 10.0.0.0/24
      AvailabilityZone: !Select [0, !GetAZs '']
  Second:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-12345678
      CidrBlock: 10.0.1.0/24
      AvailabilityZone: !Select [1, !GetAZs '']
  Web1:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      SubnetId: !Ref First
  Web2:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      SubnetId: !Ref Second
```

```hcl
resource "aws_instance" "web" {
  count             = 2
  ami               = "ami-12345678"
  availability_zone = ["eu-west-1a", "eu-west-1b"][count.index]
}
```

## Not applicable

```yaml
Resources:
  Worker:  # not applicable: the only one of its kind
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1
      AvailabilityZone: eu-west-1a
  Firewall:  # not applicable: it forwards traffic
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0c3
      AvailabilityZone: eu-west-1a
      SourceDestCheck: false
  Node1:  # not applicable: a placement group
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0b2
      AvailabilityZone: eu-west-1a
      PlacementGroupName: near
  Node2:  # not applicable: a placement group
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0b2
      AvailabilityZone: eu-west-1a
      PlacementGroupName: near
```

```hcl
resource "aws_instance" "queue" { # not applicable: other copies of it are in another Availability Zone
  count             = 2
  ami               = "ami-12345678"
  availability_zone = "eu-west-1a"
}

resource "aws_instance" "queue_standby" { # not applicable: the only one of its kind
  ami               = "ami-12345678"
  availability_zone = "eu-west-1b"
}
```

```hcl
resource "aws_instance" "worker" { # not applicable: the only one of its kind
  ami               = "ami-0a1"
  availability_zone = "eu-west-1a"
}

resource "aws_instance" "firewall" { # not applicable: it forwards traffic
  count             = 2
  ami               = "ami-0c3"
  availability_zone = "eu-west-1a"
  source_dest_check = false
}

resource "aws_instance" "client_a" { # not applicable: the only one of its kind
  ami       = "ami-0d4"
  subnet_id = aws_subnet.a.id
}

resource "aws_instance" "client_b" { # not applicable: the only one of its kind
  ami       = "ami-0d4"
  subnet_id = aws_subnet.b.id
}

resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.a.id
  cidr_block        = "10.1.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_subnet" "b" {
  vpc_id            = aws_vpc.b.id
  cidr_block        = "10.2.0.0/24"
  availability_zone = "eu-west-1a"
}

resource "aws_vpc" "a" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc" "b" {
  cidr_block = "10.2.0.0/16"
}

resource "aws_instance" "node" { # not applicable: a placement group
  count             = 2
  ami               = "ami-0b2"
  availability_zone = "eu-west-1a"
  placement_group   = "near"
}
```

## Undecided

The result is undecided if `SubnetId` or `availability_zone` is not known before deployment.

```yaml
Parameters:
  SubnetId:
    Type: String
Resources:
  Web1:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      SubnetId: !Ref SubnetId  # undecided: parameter "SubnetId" has no default
  Web2:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      SubnetId: subnet-12345678
```

```hcl
variable "zones" {
  type = list(string)
}

resource "aws_instance" "web" {
  count             = 2
  ami               = "ami-12345678"
  availability_zone = var.zones[count.index % length(var.zones)] # undecided: var.zones has no default
}
```

## Sources

- [Availability Zones - AWS Fault Isolation Boundaries](https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/availability-zones.html), read on 2026-11-29
"""

from dataclasses import replace

from wa_iac.aws.ec2 import Instance
from wa_iac.aws.parts.zones import to_settle
from wa_iac.core.algebra import count_distinct
from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.logic import first_unknown
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, flag, rule
from wa_iac.core.value import Absent, Known, Step
from wa_iac.knowledge.same_kind import alike, is_first_of_its_kind, same_kind, vpc_of
from wa_iac.knowledge.servers import VOLUME_ATTACHMENTS, routes_traffic, zone_of
from wa_iac.knowledge.zone_copies import one_of_several
from wa_iac.pillars.judgements.wording import all_of
from wa_iac.pillars.judgements.workshops import where_needed


def _placed(server: Instance, graph: Graph) -> Remedy | None:
    """The remedy for an instance, with what has to move with it: an address of the present subnet, volumes of the present zone."""
    made = _by_placement(server)
    more = [_ADDRESS.format(each) for each in _ADDRESSES if each in server.declared.body.value]
    if graph.referring(server, VOLUME_ATTACHMENTS) or "Volumes" in server.declared.body.value:
        more.append(_VOLUMES)
    if graph.referring(server, _BALANCED):
        more.append(_BALANCER)
    return replace(made, decision=" ".join((made.decision, *more)))


def _by_placement(server: Instance) -> Remedy:
    """The remedy for an instance that no subnet of its own places: its zone does, or its network interfaces, and then it cannot name
    a subnet itself."""
    if server.interfaces or server.own_interfaces:
        return Remedy(
            decision="Put about half of these instances into another Availability Zone: give them network interfaces in its subnets. "
            "Moving an instance replaces it, with its volumes and addresses.",
            differs=True,
        )
    named = not isinstance(server.availability_zone, Absent)
    by_zone = isinstance(server.subnet.value, Absent) and named
    if not by_zone and (server.representative or server.address.endswith("]")):
        return _OF_EACH if server.address[-2].isdigit() else Remedy(decision=f"{_HALF} {_BY_KEY}", differs=True)
    if by_zone:
        return Remedy(
            cfn="AvailabilityZone: <another zone>", tf='availability_zone = "<another zone>"', decision=_HALF, differs=True
        )
    return replace(_MOVED, removes=("AvailabilityZone", "availability_zone")) if named else _MOVED


_ADDRESSES = ("private_ip", "PrivateIpAddress")
_ADDRESS = "Its {} has to be an address of the other subnet."
_VOLUMES = "A volume that is attached to it stays in its zone: move its data by a snapshot, from which a volume in the other zone is made."
_BALANCER = "If the load balancer is not in the other zone, give it a subnet there first: it sends nothing to instances where it is not."
_BALANCED = frozenset(
    and_awscc(
        *("AWS::ElasticLoadBalancingV2::TargetGroup", "AWS::ElasticLoadBalancing::LoadBalancer"),
        *("aws_lb_target_group_attachment", "aws_alb_target_group_attachment", "aws_elb", "aws_elb_attachment"),
    )
)
_HALF = "Put about half of these instances into another Availability Zone. Moving an instance replaces it, with its volumes and addresses."


_BY_KEY = "One block makes them: let the index or the key of each choose its subnet."
_OF_EACH = Remedy(
    tf="subnet_id = element([<a subnet>.id, <a subnet in another zone>.id], count.index)",
    decision=f"{_HALF} One block makes them: let `count.index` choose the subnet of each.",
    removes=("availability_zone",),
    differs=True,
)
_MOVED = Remedy(
    cfn="SubnetId: !Ref <a subnet in another zone>",
    tf="subnet_id = <a subnet in another zone>.id",
    decision=_HALF,
    differs=True,
)


@rule(
    practices=["REL10-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=replace(_MOVED, given=_placed),
)
def check(server: Instance, graph: Graph) -> Flags:
    exempt(
        routes_traffic(server, graph),
        "it forwards traffic, and a pair of such appliances may share the addresses of one subnet",
    )
    exempt(not isinstance(server.placement_group, Absent), "a placement group keeps it close to others")
    is_alone = next(alike(server, graph), None) is None and not server.representative
    exempt(is_alone, "it is the only one of its kind")
    # The finding is on the first of its kind.
    accept(not is_first_of_its_kind(server, graph))
    kind = same_kind(server, graph)
    zones = [zone_of(each) for each in kind]
    least, most = count_distinct(zones)
    accept(least > 1)
    several = [one_of_several(each, graph) for each in kind[:1] if most < 2]
    exempt(Known(True) in several, "other copies of it are in another Availability Zone")
    all_known(*several)
    conditions = (each.declared.condition for each in kind)
    _, vpcs = count_distinct([vpc_of(each) for each in kind])
    elsewhere = first_unknown(*(vpc_of(each) for each in kind)) if vpcs > 1 else None
    all_known(*conditions, *(each.declared.others for each in kind), to_settle(zones) if most > 1 else None, elsewhere)
    balanced = any(graph.referring(each, _BALANCED) for each in kind)
    found = flag(
        server.subnet.value if isinstance(server.availability_zone, Absent) else server.availability_zone,
        f"{all_of(len(kind))} instances of this kind are in one Availability Zone: when it fails, they all fail.",
        related=[Step(each.span, f"{each.address} is one of them") for each in kind[1:] if each.span != server.span],
        confidence=None if balanced else Confidence.LOW,
    )
    yield from where_needed(server, [found], server.tags)
