"""# Load balancer uses only one Availability Zone

## Why

When the load balancer's only zone fails, no requests get through, even to targets in other zones. An Application Load Balancer
needs at least two zones; Network, Gateway and Classic Load Balancers do not.

## What it checks

The rule counts the Availability Zones of a load balancer, and reports one with only one. A literal subnet ID counts as one zone; whether
two of them share a zone is unknown.

The finding is advice, of a lower severity, if all targets here are single instances (or groups of at most one) in one zone. When that zone fails, so do
they: a second zone of the load balancer helps only together with targets there, and a group of one instance
with a volume of its own cannot leave the volume's zone.

## What is left out

An Application Load Balancer whose zones are not known is not checked, because AWS creates it only in two zones or more. If the subnets
are declared elsewhere, their zones are not known here. One that surely has a single subnet cannot be deployed, and is reported as that, as advice.
Only on an Outpost or in a Local Zone can it have a single one: suppress the finding there. A load balancer of another kind with a copy in
another zone is one of several, such as a primary and its standby: their addresses differ only by the word for a zone, a number or a part in a
pair. If the zones of such copies are not known, the result is undecided. If the author's names or the path of the file say `single_az` or the
like, the finding is advice. So it is in a file of a workshop, a demonstration, or an environment for development or tests, by its path, and for
a load balancer that is not for production, by its names or tags.

## Non-compliant

```yaml
Resources:
  Front:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: network
      Subnets: [subnet-0a1]  # finding
```

```yaml
Resources:
  Front:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: network
      SubnetMappings:  # finding
        - SubnetId: !Ref SubnetA
          AllocationId: eipalloc-0a1
  SubnetA:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-0a1
      CidrBlock: 10.0.0.0/24
```

```hcl
resource "aws_lb" "front" {
  load_balancer_type = "network"
  subnets            = [aws_subnet.a.id] # finding
}

resource "aws_elb" "old" {
  availability_zones = ["eu-west-1a"] # finding

  listener {
    lb_port           = 443
    lb_protocol       = "tcp"
    instance_port     = 443
    instance_protocol = "tcp"
  }
}

resource "aws_subnet" "a" {
  vpc_id     = "vpc-0a1"
  cidr_block = "10.0.0.0/24"
}
```

```hcl
resource "aws_elb" "single" {
  subnets   = [aws_subnet.only.id] # finding: all its targets are in one Availability Zone
  instances = [aws_instance.app.id]

  listener {
    lb_port           = 443
    lb_protocol       = "tcp"
    instance_port     = 443
    instance_protocol = "tcp"
  }
}

resource "aws_instance" "app" {
  ami       = "ami-12345678"
  subnet_id = aws_subnet.only.id
}

resource "aws_subnet" "only" {
  vpc_id     = "vpc-0a1"
  cidr_block = "10.0.0.0/24"
}
```

## Compliant

```yaml
Resources:
  Front:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: network
      Subnets: [!Ref SubnetA, !Ref SubnetB]
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
  Old:
    Type: AWS::ElasticLoadBalancing::LoadBalancer
    Properties:
      AvailabilityZones: !GetAZs ""
      Listeners:
        - {LoadBalancerPort: "443", InstancePort: "443", Protocol: TCP}
```

```hcl
resource "aws_lb" "front" {
  load_balancer_type = "network"

  subnet_mapping {
    subnet_id = aws_subnet.front["eu-west-1a"].id
  }
  subnet_mapping {
    subnet_id = aws_subnet.front["eu-west-1b"].id
  }
}

resource "aws_subnet" "front" {
  for_each          = { "eu-west-1a" = "10.0.0.0/24", "eu-west-1b" = "10.0.1.0/24" }
  vpc_id            = "vpc-0a1"
  cidr_block        = each.value
  availability_zone = each.key
}
```

## Not applicable

```yaml
Parameters:
  Subnets:
    Type: List<AWS::EC2::Subnet::Id>
Resources:
  Web:  # not applicable: only in two zones or more
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: !Ref Subnets
  Elsewhere:  # not applicable: its subnets are declared elsewhere
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: network
```

```hcl
resource "aws_lb" "zonal" { # not applicable: one of several over Availability Zones
  for_each           = aws_subnet.zonal
  load_balancer_type = "network"
  subnets            = [each.value.id]
}

resource "aws_subnet" "zonal" {
  for_each          = { "eu-west-1a" = "10.0.0.0/24", "eu-west-1b" = "10.0.1.0/24" }
  vpc_id            = "vpc-0a1"
  cidr_block        = each.value
  availability_zone = each.key
}
```

```hcl
resource "aws_lb" "elsewhere" { # not applicable: its subnets are declared elsewhere
  load_balancer_type = "network"
}
```

## Undecided

The result is undecided if `Subnets` or `subnet_id` is not known before deployment.

```yaml
Parameters:
  Subnets:
    Type: CommaDelimitedList
Resources:
  Front:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: network
      Subnets: !Ref Subnets  # undecided: parameter "Subnets" has no default
```

```hcl
variable "subnet_id" {
  type = string
}

resource "aws_lb" "front" {
  load_balancer_type = "network"

  subnet_mapping {
    subnet_id = var.subnet_id # undecided: var.subnet_id has no default
  }
  subnet_mapping {
    subnet_id = aws_subnet.front["eu-west-1b"].id
  }
}
```

## Sources

- [Availability Zones - AWS Fault Isolation Boundaries](https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/availability-zones.html), read on 2026-11-29
- [Elastic Load Balancing Documentation](https://docs.aws.amazon.com/elasticloadbalancing), read on 2026-11-29
"""

from collections.abc import Iterable
from dataclasses import replace

from wa_iac.aws import elb
from wa_iac.aws.elbv2 import LoadBalancer
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flag, Flags, Remedy, Severity, all_known, exempt, flag, refuse, rule
from wa_iac.core.value import Absent, Known, Unknown
from wa_iac.knowledge.targets import have_own_volumes, is_single_server, single_targets_in_one_zone
from wa_iac.knowledge.zone_copies import one_of_several
from wa_iac.pillars.judgements.more_subnets import of_their_block
from wa_iac.pillars.judgements.other_zones import admitted
from wa_iac.pillars.judgements.workshops import where_needed

_ONE_ZONE = "This load balancer and all its targets are in one Availability Zone: when it fails, everything behind it stops."
_ONE_SERVER = "Its only target is one server, which may not be able to run twice."
_REFUSED = "AWS refuses an Application Load Balancer with subnets in only one Availability Zone, so it cannot be deployed."
_STAYS = Remedy(
    decision="The only server has a volume in its zone, and cannot start in another one: a second subnet for the load balancer does not help it. "
    "Keep what is on the volume in several zones first, such as with Amazon EFS or a database of RDS. Or suppress this with that as the "
    "reason."
)
_BY_ZONE = Remedy(
    cfn="AvailabilityZones:\n  - <the zone>\n  - <another zone>",
    tf='availability_zones = ["<the zone>", "<another zone>"]',
    decision="Keep the zone, and add another one:",
)
_KEEP = "Keep the subnets, and add one in another Availability Zone with the same routes."
_OF_GATEWAY = (
    "Keep the subnets, and add one in another Availability Zone. A Gateway Load Balancer cannot change its subnets: it is replaced, and so are the "
    "endpoint service and the endpoints that lead to it."
)
_FIRST = "First add targets in another Availability Zone."
_BOTH = f"{_FIRST} Keep the subnets of the load balancer, and add one in that zone:"


def _mapped(balancer: LoadBalancer | elb.LoadBalancer, graph: Graph) -> Remedy | None:
    """A second subnet, in the way in which the first is written; words where one block makes all of them."""
    if isinstance(balancer, elb.LoadBalancer) and isinstance(balancer.subnets, Absent):
        return _BY_ZONE
    if isinstance(balancer, LoadBalancer) and balancer.kind == Known("gateway"):
        return replace(_REMEDY, given=None, replaces=True, decision=_OF_GATEWAY)
    if balancer.declared.body.value.keys().isdisjoint(("SubnetMappings", "subnet_mapping")):
        subnets = [subnet for place in balancer.places for subnet in place.subnet]
        needs = " ".join((_KEEP, *admitted(subnets, graph)))
        return of_their_block(subnets, graph) or replace(_REMEDY, given=None, decision=f"{needs.removesuffix('.')}:")
    return Remedy(
        cfn="SubnetMappings:\n  - SubnetId: !Ref <a subnet in another zone>",
        tf="subnet_mapping {\n  subnet_id = <a subnet in another zone>.id\n}",
        decision="Add a subnet in another Availability Zone with the same routes. Give it a fixed address if the present one has one: who lets in that "
        "address, has to let in the new one too.",
    )


_REMEDY = Remedy(
    cfn="Subnets:\n  - !Ref <a subnet>\n  - !Ref <a subnet in another zone>",
    tf="subnets = [<a subnet>.id, <a subnet in another zone>.id]",
    given=_mapped,
    decision=f"{_KEEP.removesuffix('.')}:",
)


@rule(
    practices=["REL10-BP01"],
    severity=Severity.HIGH,
    remedy=_REMEDY,
    equivalents={
        "config": ["ELBV2_MULTIPLE_AZ"],
        "security_hub": ["ELB.10", "ELB.13"],
    },
)
def check(balancer: LoadBalancer | elb.LoadBalancer, graph: Graph) -> Flags:
    zones = balancer.zones()
    if isinstance(balancer, LoadBalancer) and isinstance(zones, Unknown):
        exempt(balancer.kind == Known("application"), "AWS creates an Application Load Balancer only in two zones or more")
    exempt(isinstance(zones, Absent), "its subnets are declared elsewhere")
    if zones == Known(1) and isinstance(balancer, LoadBalancer) and balancer.kind == Known("application"):
        yield flag(balancer.where(), _REFUSED, severity=Severity.MEDIUM, confidence=Confidence.LOW)
        return
    if zones == Known(1):
        several = one_of_several(balancer, graph)
        exempt(several == Known(True), "it is one of several over Availability Zones")
        all_known(several)
    if zones == Known(1) and single_targets_in_one_zone(balancer, graph) == Known(True):
        fitting = _REMEDY.for_resource(balancer, graph)
        both = replace(fitting, decision=_BOTH if fitting.cfn or fitting.tf else f"{_FIRST} {fitting.decision}")
        if have_own_volumes(balancer, graph):
            found = flag(balancer.where(), _ONE_ZONE, severity=Severity.LOW, confidence=Confidence.LOW, instead=_STAYS)
        else:
            message = f"{_ONE_ZONE} {_ONE_SERVER}" if is_single_server(balancer) else _ONE_ZONE
            found = flag(balancer.where(), message, severity=Severity.MEDIUM, confidence=Confidence.LOW, instead=both)
        yield from _milder([found], balancer)
        return
    message = "This load balancer is in one Availability Zone: when it fails, no request reaches any target."
    yield from _milder(refuse(zones, 1, message, at=balancer.where()), balancer)


def _milder(found: Iterable[Flag], balancer: LoadBalancer | elb.LoadBalancer) -> Flags:
    """Advice, where the author's names say that one zone is meant, or that nobody needs it always."""
    yield from where_needed(balancer, found, balancer.tags)
