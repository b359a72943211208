"""# Connected VPCs have overlapping address ranges

## Why

A router can send an address to one network only. AWS refuses a peering connection between two VPCs whose ranges overlap. A transit
gateway accepts both, but learns the route to one of them only, so a part of the other VPC cannot be reached. The range of a VPC cannot
be changed later without creating it again.

## What it checks

The rule compares the main IPv4 ranges of VPCs that are declared together, and that a peering connection or a transit gateway connects.
It reports each pair whose ranges have addresses in common.

## What is left out

A private NAT gateway can translate the addresses between two overlapping networks. If one is declared, nothing is reported. Neither are
ranges that AWS allocates from a pool of IPAM, which gives each network its own.

## Non-compliant

```yaml
Resources:
  Shop:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Warehouse:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.128.0/17
  Peering:  # finding: 10.0.128.0/17
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Shop
      PeerVpcId: !Ref Warehouse
```

```hcl
resource "aws_vpc" "shop" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "warehouse" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_ec2_transit_gateway" "hub" {}

resource "aws_ec2_transit_gateway_vpc_attachment" "shop" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  vpc_id             = aws_vpc.shop.id
  subnet_ids         = ["subnet-0a1"]
}

resource "aws_ec2_transit_gateway_vpc_attachment" "warehouse" { # finding: 10.0.0.0/16
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  vpc_id             = aws_vpc.warehouse.id
  subnet_ids         = ["subnet-0b2"]
}
```

## Compliant

```yaml
Resources:
  Shop:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Warehouse:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.1.0.0/16
  Peering:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Shop
      PeerVpcId: !Ref Warehouse
```

```hcl
resource "aws_vpc" "shop" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "warehouse" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc_peering_connection" "shop_warehouse" {
  vpc_id      = aws_vpc.shop.id
  peer_vpc_id = aws_vpc.warehouse.id
}
```

## Not applicable

```yaml
Resources:
  Shop:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Partner:  # not applicable: only one of its VPCs is declared here
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Shop
      PeerVpcId: vpc-0a1b2c3d
```

```hcl
resource "aws_vpc" "shop" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "warehouse" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "translated" {
  vpc_id     = aws_vpc.warehouse.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_nat_gateway" "translator" {
  connectivity_type = "private"
  subnet_id         = aws_subnet.translated.id
}

resource "aws_ec2_transit_gateway" "hub" {}

resource "aws_ec2_transit_gateway_vpc_attachment" "shop" { # not applicable: may translate the addresses
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  vpc_id             = aws_vpc.shop.id
  subnet_ids         = ["subnet-0a1"]
}

resource "aws_ec2_transit_gateway_vpc_attachment" "warehouse" { # not applicable: may translate the addresses
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  vpc_id             = aws_vpc.warehouse.id
  subnet_ids         = [aws_subnet.translated.id]
}
```

## Undecided

The result is undecided if the range of one of the VPCs is not known before deployment.

```yaml
Parameters:
  WarehouseRange:
    Type: String
Resources:
  Shop:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Warehouse:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: !Ref WarehouseRange  # undecided: parameter "WarehouseRange" has no default
  Peering:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: !Ref Shop
      PeerVpcId: !Ref Warehouse
```

```hcl
variable "warehouse_range" {
  type = string
}

resource "aws_vpc" "shop" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "warehouse" {
  cidr_block = var.warehouse_range # undecided: var.warehouse_range has no default
}

resource "aws_vpc_peering_connection" "shop_warehouse" {
  vpc_id      = aws_vpc.shop.id
  peer_vpc_id = aws_vpc.warehouse.id
}
```

## Sources

- [VPC peering basics](https://docs.aws.amazon.com/AmazonVPC/latest/PeeringGuide/invalid-peering-configurations.html), read on 2026-11-29
"""

from collections.abc import Iterator

from wa_iac.aws.connectivity import PeeringConnection, TransitGatewayAttachment
from wa_iac.aws.vpc import NatGateway, Vpc
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, holds
from wa_iac.core.rule import Flags, Remedy, Severity, all_known, exempt, flag, rule
from wa_iac.core.value import Known, Origin, Step, Unknown, Value


@rule(
    practices=["REL02-BP05"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        decision="Give one of the VPCs a range that no connected network uses. AWS then replaces the VPC and everything in it, so do this "
        "before it holds anything; otherwise connect only what is needed, by AWS PrivateLink or a private NAT gateway."
    ),
)
def check(connection: PeeringConnection | TransitGatewayAttachment, graph: Graph) -> Flags:
    exempt(graph.once(_translates), "a private NAT gateway may translate the addresses")
    if isinstance(connection, PeeringConnection):
        all_known(connection.vpc.unknown, connection.peer.unknown)
        exempt(not (connection.vpc.targets and connection.peer.targets), "only one of its VPCs is declared here")
        pairs = [(connection.vpc.targets[0], connection.peer.targets[0])]
    else:
        pairs = [(own, other) for own in connection.vpc.targets for other in _attached_before(connection)]
    overlapping = [(own, other) for own, other in pairs if own != other and _overlap(own.cidr, other.cidr)]
    for own, other in overlapping[:1]:
        yield flag(connection, _message(connection, own, other), related=_places(own, other))
    if not overlapping:
        doubts = [] if isinstance(connection, PeeringConnection) else [*_doubts(connection)]
        all_known(*(each.cidr for pair in pairs for each in pair), *doubts)


def _attached_before(attachment: TransitGatewayAttachment) -> Iterator[Vpc]:
    """The VPCs of the attachments of its transit gateway that are declared before it, so that each pair is looked at once."""
    for gateway in attachment.gateway:
        for each in gateway.attachments:
            if each == attachment:
                break
            yield from each.vpc


def _doubts(attachment: TransitGatewayAttachment) -> Iterator[Unknown | None]:
    """Why it is not known which VPCs a transit gateway connects."""
    yield attachment.gateway.unknown
    for gateway in attachment.gateway:
        yield gateway.attachments.unknown
        if len(gateway.attachments) > 1:
            yield from (each.vpc.unknown for each in gateway.attachments)


def _translates(graph: Graph) -> Value[bool]:
    """Whether a private NAT gateway is declared."""
    return any_of((holds(each.connectivity, lambda kind: kind == "private") for each in graph.of(NatGateway)), Origin())


def _overlap(one: Value[str], other: Value[str]) -> bool:
    if not (isinstance(one, Known) and isinstance(other, Known)):
        return False
    from ipaddress import ip_network

    try:
        first, second = ip_network(one.value, strict=False), ip_network(other.value, strict=False)
    except ValueError:
        return False
    return first.version == second.version and first.overlaps(second)


def _message(connection: PeeringConnection | TransitGatewayAttachment, own: Vpc, other: Vpc) -> str:
    ranges = " and ".join(f"{each.address} ({each.cidr.value})" for each in (own, other) if isinstance(each.cidr, Known))
    if isinstance(connection, PeeringConnection):
        return f"The address ranges of {ranges} overlap: AWS refuses to connect them by peering."
    return f"The transit gateway connects {ranges}, which overlap: it has a route to one of them only, and the other cannot be reached."


def _places(own: Vpc, other: Vpc) -> list[Step]:
    return [Step(each.cidr.origin.span, f"the range of {each.address}") for each in (own, other)]
