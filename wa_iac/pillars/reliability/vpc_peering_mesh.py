"""# VPCs are connected with each other by a mesh of peering connections

## Why

A peering connection joins two VPCs and passes nothing on. To join four VPCs with each other takes six connections and routes in every
table, and each further VPC one more of each for all the others. One of the routes is soon forgotten, and nobody sees from one place who
reaches whom. A transit gateway or AWS Cloud WAN is one hub: a new VPC needs one attachment.

## What it checks

The rule looks for three or more VPCs that peering connections in one template or configuration join in a ring, so that each has at least
two of them. It reports the last of these connections.

## What is left out

VPCs around one in the middle, such as a VPC with shared services, are not a mesh: there is one connection for each. Three VPCs that are
all joined with each other are reported with low confidence, because peering has no price by the hour, and three connections are still easy
to follow. VPCs that a transit gateway also connects are not reported.

## Non-compliant

```yaml
Resources:
  ShopOrders:
    Type: AWS::EC2::VPCPeeringConnection
    Properties: {VpcId: vpc-0a1, PeerVpcId: vpc-0b2}
  OrdersStock:
    Type: AWS::EC2::VPCPeeringConnection
    Properties: {VpcId: vpc-0b2, PeerVpcId: vpc-0c3}
  StockMail:
    Type: AWS::EC2::VPCPeeringConnection
    Properties: {VpcId: vpc-0c3, PeerVpcId: vpc-0d4}
  MailShop:  # finding: 4 VPCs
    Type: AWS::EC2::VPCPeeringConnection
    Properties: {VpcId: vpc-0d4, PeerVpcId: vpc-0a1}
```

```hcl
resource "aws_vpc" "one" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_vpc" "two" {
  cidr_block = "10.2.0.0/16"
}

resource "aws_vpc" "three" {
  cidr_block = "10.3.0.0/16"
}

resource "aws_vpc_peering_connection" "one_two" {
  vpc_id      = aws_vpc.one.id
  peer_vpc_id = aws_vpc.two.id
}

resource "aws_vpc_peering_connection" "two_three" {
  vpc_id      = aws_vpc.two.id
  peer_vpc_id = aws_vpc.three.id
}

resource "aws_vpc_peering_connection" "three_one" { # finding: 3 VPCs
  vpc_id      = aws_vpc.three.id
  peer_vpc_id = aws_vpc.one.id
}
```

## Compliant

```yaml
Resources:
  ShopShared:
    Type: AWS::EC2::VPCPeeringConnection
    Properties: {VpcId: vpc-0a1, PeerVpcId: vpc-0d4}
  OrdersShared:
    Type: AWS::EC2::VPCPeeringConnection
    Properties: {VpcId: vpc-0b2, PeerVpcId: vpc-0d4}
  StockShared:
    Type: AWS::EC2::VPCPeeringConnection
    Properties: {VpcId: vpc-0c3, PeerVpcId: vpc-0d4}
```

```hcl
resource "aws_ec2_transit_gateway" "hub" {}

resource "aws_ec2_transit_gateway_vpc_attachment" "one" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  vpc_id             = "vpc-0a1"
  subnet_ids         = ["subnet-0a1"]
}
```

## Undecided

The result is undecided if it is not known before deployment which VPC is at the other end, and the connection may close a ring.

```yaml
Parameters:
  PeerVpc:
    Type: String
Resources:
  ShopOrders:
    Type: AWS::EC2::VPCPeeringConnection
    Properties: {VpcId: vpc-0a1, PeerVpcId: vpc-0b2}
  OrdersStock:
    Type: AWS::EC2::VPCPeeringConnection
    Properties: {VpcId: vpc-0b2, PeerVpcId: vpc-0c3}
  StockOther:
    Type: AWS::EC2::VPCPeeringConnection
    Properties:
      VpcId: vpc-0c3
      PeerVpcId: !Ref PeerVpc  # undecided: parameter "PeerVpc" has no default
```

```hcl
variable "peer" {
  type = string
}

resource "aws_vpc_peering_connection" "one_two" {
  vpc_id      = "vpc-0a1"
  peer_vpc_id = "vpc-0b2"
}

resource "aws_vpc_peering_connection" "two_three" {
  vpc_id      = "vpc-0b2"
  peer_vpc_id = "vpc-0c3"
}

resource "aws_vpc_peering_connection" "three_other" {
  vpc_id      = "vpc-0c3"
  peer_vpc_id = var.peer # undecided: var.peer has no default
}
```

## Sources

- [REL02-BP04 Prefer hub-and-spoke topologies over many-to-many mesh](https://docs.aws.amazon.com/wellarchitected/2023-10-03/framework/rel_planning_network_topology_prefer_hub_and_spoke.html), read on 2026-11-29
- [VPC peering](https://docs.aws.amazon.com/whitepapers/latest/aws-vpc-connectivity-options/vpc-peering.html), read on 2026-11-29
"""

from collections import defaultdict
from collections.abc import Hashable
from typing import NamedTuple

from wa_iac.aws.connectivity import PeeringConnection, TransitGatewayAttachment
from wa_iac.aws.vpc import Vpc
from wa_iac.core.graph import Graph
from wa_iac.core.resource import Link
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, flag, rule, undecided
from wa_iac.core.value import Unknown

_FEW = 3
"""So many VPCs in a ring are the smallest mesh."""


class _Edge(NamedTuple):
    connection: PeeringConnection
    ends: tuple[Hashable, Hashable]


@rule(
    practices=["REL02-BP04"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        decision="Attach the VPCs to a transit gateway (AWS::EC2::TransitGateway, aws_ec2_transit_gateway) or to a core network of AWS "
        "Cloud WAN, route the traffic there, and then delete the peering connections. A hub costs money for each attachment and each "
        "gigabyte."
    ),
)
def check(graph: Graph) -> Flags:
    connections = graph.of(PeeringConnection)
    hubs = graph.of(TransitGatewayAttachment)
    if len(connections) < _FEW or hubs:
        return
    edges: dict[frozenset[Hashable], _Edge] = {}
    doubts: list[tuple[Unknown, PeeringConnection]] = []
    for each in connections:
        ends = (_end(each.vpc), _end(each.peer))
        doubt = next((end for end in ends if isinstance(end, Unknown)), None)
        if doubt is not None:
            doubts.append((doubt, each))
        elif ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
            edges[frozenset(ends)] = _Edge(each, (ends[0], ends[1]))
    ring = _ringed([*edges.values()])
    if ring:
        vpcs = {end for each in ring for end in each.ends}
        message = (
            f"{len(ring)} peering connections join {len(vpcs)} VPCs in a mesh: each further VPC needs a connection and routes for every "
            "other one that it talks to."
        )
        sure = Confidence.LOW if len(vpcs) == _FEW else None
        yield flag(ring[-1].connection, message, confidence=sure)
        return
    for why, connection in doubts[:1]:
        if len(edges) + len(doubts) >= _FEW:
            yield undecided(why, resource=connection)


def _end(link: Link[Vpc]) -> Hashable | Unknown | None:
    """What tells the VPC at one end from others."""
    if link.targets:
        return link.unknown if link.unknown is not None else link.targets[0]
    if link.external:
        return str(link.external[0].value)
    return link.unknown


def _ringed(edges: list[_Edge]) -> list[_Edge]:
    """The connections that are left when those of VPCs with one connection only are taken away again and again."""
    left = edges
    while True:
        degrees: dict[Hashable, int] = defaultdict(int)
        for each in left:
            for end in each.ends:
                degrees[end] += 1
        kept = [each for each in left if all(degrees[end] > 1 for end in each.ends)]
        if len(kept) == len(left):
            return kept
        left = kept
