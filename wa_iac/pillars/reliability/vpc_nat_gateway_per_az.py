"""# One zonal NAT gateway serves subnets in several Availability Zones

## Why

A zonal NAT gateway is in one Availability Zone. If this zone fails, the subnets in all other zones lose their way to the internet too, though
they themselves are healthy: the workload stops as a whole. Until then, each gigabyte that crosses zones costs extra.

## What it checks

The rule follows the routes. It reports a zonal public NAT gateway if route tables of subnets in two or more zones lead to it. If the VPC has
several NAT gateways, and one of them still serves other zones, this is mostly a mistake. If it has only one, this is often a decision
against its price, so the confidence is low.

## What is left out

- Regional NAT gateways (`AvailabilityMode: regional`), which AWS spreads over all zones by itself.
- Private NAT gateways, which do not lead to the internet.
- Gateways that are not for production, by their names, their tags or their directory: one NAT gateway is enough there.

## Non-compliant

```yaml
Resources:
  Nat:  # finding: 2 Availability Zones
    Type: AWS::EC2::NatGateway
    Properties:
      AllocationId: eipalloc-0a1b2c3d
      SubnetId: subnet-0a1b2c3d
  Private:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: vpc-0a1b2c3d
  Out:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref Private
      DestinationCidrBlock: 0.0.0.0/0
      NatGatewayId: !Ref Nat
  First:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-0a1b2c3d
      CidrBlock: 10.0.1.0/24
      AvailabilityZone: !Select [0, !GetAZs '']
  Second:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-0a1b2c3d
      CidrBlock: 10.0.2.0/24
      AvailabilityZone: !Select [1, !GetAZs '']
  FirstRoutes:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref First
      RouteTableId: !Ref Private
  SecondRoutes:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref Second
      RouteTableId: !Ref Private
```

```hcl
resource "aws_nat_gateway" "this" { # finding: 2 Availability Zones
  allocation_id = "eipalloc-0a1b2c3d"
  subnet_id     = "subnet-0a1b2c3d"
}

resource "aws_route_table" "private" {
  vpc_id = "vpc-0a1b2c3d"

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.this.id
  }
}

resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = "vpc-0a1b2c3d"
  cidr_block        = "10.0.${count.index}.0/24"
  availability_zone = ["eu-west-1a", "eu-west-1b"][count.index]
}

resource "aws_route_table_association" "private" {
  count          = 2
  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private.id
}
```

## Compliant

```yaml
Resources:
  Nat:
    Type: AWS::EC2::NatGateway
    Properties:
      AvailabilityMode: regional
      VpcId: vpc-0a1b2c3d
  Private:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: vpc-0a1b2c3d
  Out:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref Private
      DestinationCidrBlock: 0.0.0.0/0
      NatGatewayId: !Ref Nat
```

```hcl
resource "aws_nat_gateway" "this" {
  count         = 2
  allocation_id = "eipalloc-${count.index}"
  subnet_id     = "subnet-${count.index}"
}

resource "aws_route_table" "private" {
  count  = 2
  vpc_id = "vpc-0a1b2c3d"

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.this[count.index].id
  }
}

resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = "vpc-0a1b2c3d"
  cidr_block        = "10.0.${count.index}.0/24"
  availability_zone = ["eu-west-1a", "eu-west-1b"][count.index]
}

resource "aws_route_table_association" "private" {
  count          = 2
  subnet_id      = aws_subnet.private[count.index].id
  route_table_id = aws_route_table.private[count.index].id
}
```

## Not applicable

```yaml
Resources:
  Nat:  # not applicable: regional
    Type: AWS::EC2::NatGateway
    Properties:
      AvailabilityMode: regional
      VpcId: vpc-0a1b2c3d
```

```hcl
resource "aws_nat_gateway" "internal" { # not applicable: private
  connectivity_type = "private"
  subnet_id         = "subnet-0a1b2c3d"
}

resource "aws_nat_gateway" "this" { # not applicable: not for production
  allocation_id = "eipalloc-0a1b2c3d"
  subnet_id     = "subnet-0a1b2c3d"
  tags          = { Environment = "staging" }
}

resource "aws_nat_gateway" "lone" { # not applicable: no subnet that is declared here
  allocation_id = "eipalloc-0b2c3d4e"
  subnet_id     = "subnet-0b2c3d4e"
}
```

## Undecided

The result is undecided if it is not known before deployment in which zones the subnets are, whether the gateway is regional, or how
many gateways there are.

```yaml
Parameters:
  Zone:
    Type: String
Resources:
  Nat:
    Type: AWS::EC2::NatGateway
    Properties:
      AllocationId: eipalloc-0a1b2c3d
      SubnetId: subnet-0a1b2c3d
  Private:
    Type: AWS::EC2::RouteTable
    Properties:
      VpcId: vpc-0a1b2c3d
  Out:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref Private
      DestinationCidrBlock: 0.0.0.0/0
      NatGatewayId: !Ref Nat
  First:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-0a1b2c3d
      CidrBlock: 10.0.1.0/24
      AvailabilityZone: eu-west-1a
  Second:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-0a1b2c3d
      CidrBlock: 10.0.2.0/24
      AvailabilityZone: !Ref Zone  # undecided: parameter "Zone" has no default
  FirstRoutes:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref First
      RouteTableId: !Ref Private
  SecondRoutes:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties:
      SubnetId: !Ref Second
      RouteTableId: !Ref Private
```

```hcl
variable "mode" {
  type = string
}

resource "aws_nat_gateway" "this" {
  availability_mode = var.mode # undecided: var.mode has no default
  vpc_id            = "vpc-0a1b2c3d"
}
```

## Sources

- [Regional NAT gateways for automatic multi-AZ expansion](https://docs.amazonaws.cn/vpc/latest/userguide/nat-gateways-regional.html), read on 2026-11-29
- [AWS::EC2::NatGateway AvailabilityZoneAddress](https://docs.aws.amazon.com/it_it/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-natgateway-availabilityzoneaddress.html), read on 2026-11-29
"""

from collections.abc import Iterator

from wa_iac.aws.parts.zones import to_settle
from wa_iac.aws.vpc import NatGateway, Route, RouteTable, RouteTableAssociation, Subnet
from wa_iac.core.algebra import count_distinct
from wa_iac.core.graph import Graph
from wa_iac.core.logic import first_unknown, holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, exempt, flag, rule
from wa_iac.core.value import Step, Unknown
from wa_iac.knowledge.nat_gateways import nat_gateways
from wa_iac.knowledge.purposes import not_production


@rule(
    practices=["REL02-BP01", "REL10-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        decision="Either make one regional NAT gateway (AvailabilityMode: regional, availability_mode, in a recent version of the provider), which AWS "
        "spreads over the zones, and route to it, or add a zonal one in each zone, with a route table for the private subnets of each. A NAT gateway in another mode is "
        "another gateway: AWS replaces it, and its address changes unless you keep the Elastic IP address. Others that admit the "
        "present address have to admit the new ones first."
    ),
)
def check(gateway: NatGateway, graph: Graph) -> Flags:
    exempt(holds(gateway.connectivity, lambda kind: kind == "private"), "a private NAT gateway does not lead to the internet")
    exempt(holds(gateway.mode, lambda mode: mode == "regional"), "a regional NAT gateway is in all Availability Zones")
    exempt(bool(not_production(gateway, gateway.tags)), "its names, tags or directory say that it is not for production")
    subnets, doubt = _served(gateway, graph)
    exempt(not subnets and doubt is None, "it serves no subnet that is declared here")
    zones = [each.zone for each in subnets]
    least, _ = count_distinct(zones)
    if least > 1:
        all_known(gateway.declared.others)
        yield flag(
            gateway,
            f"Subnets in {least} Availability Zones reach the internet through this NAT gateway, which is in one zone: when that zone fails, "
            "they all lose their way out.",
            related=[Step(each.span, f"{each.address} is one of them") for each in subnets[:3]],
            confidence=None if _has_others(gateway, graph) else Confidence.LOW,
        )
        return
    all_known(doubt, to_settle(zones) if len(subnets) > 1 else None)


def _served(gateway: NatGateway, graph: Graph) -> tuple[list[Subnet], Unknown | None]:
    """The subnets whose route tables surely lead to a gateway; and why it is not known of others."""
    routes = graph.pointing(Route, "nat_gateway")
    associations = graph.pointing(RouteTableAssociation, "table")
    doubts: list[Unknown | None] = [routes.loose, associations.loose, graph.once(_loose)]
    tables = dict.fromkeys(graph.index(RouteTable, _gateways).get(gateway, ()))
    for route, _ in routes.at.get(id(gateway.declared), ()):
        if isinstance(route, Route):
            if route.nat_gateway.surely(gateway):
                tables |= dict.fromkeys(route.table)
            doubts += [route.nat_gateway.unknown, route.table.unknown]
    subnets: dict[Subnet, None] = {}
    for table in tables:
        for association, _ in associations.at.get(id(table.declared), ()):
            if isinstance(association, RouteTableAssociation):
                # An association has one subnet. With more, its expression has been understood by halves only.
                if association.table.surely(table) and len(association.subnets.targets) < 2:
                    subnets |= dict.fromkeys(association.subnets)
                doubts += [association.table.unknown, association.subnets.unknown]
    return [*subnets], first_unknown(*doubts)


def _loose(graph: Graph) -> Unknown | None:
    """Why it is not known which gateway a route inside a table leads to."""
    routes = [route for table in graph.of(RouteTable) for route in table.inline_routes]
    return first_unknown(*(each for route in routes for each in (route.unknown, route.nat_gateway.unknown)))


def _gateways(table: RouteTable) -> Iterator[NatGateway]:
    """The gateways that the routes inside a table surely lead to."""
    for route in table.inline_routes:
        yield from (each for each in route.nat_gateway if route.nat_gateway.surely(each))


def _has_others(gateway: NatGateway, graph: Graph) -> bool:
    """Whether the VPC has another gateway that leads to the internet."""
    networks = [*gateway.vpc, *(vpc for subnet in gateway.subnet for vpc in subnet.vpc)]
    return any(each != gateway for vpc in networks for each in nat_gateways(vpc, graph))
