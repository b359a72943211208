"""# Internet-facing load balancer is in a subnet that the internet does not reach

## Why

An internet-facing load balancer has a public IP address in each of its subnets, and its DNS name leads to all of them. In a subnet without a
route to an internet gateway, its answers do not get back to the clients. Requests to that address time out, so a part of the clients, or
all of them, cannot connect.

## What it checks

Internet-facing load balancers: that is the default if no scheme is written. The rule reports one if the route table of one of its subnets
is known here and has no route to an internet gateway, or if its VPC has no internet gateway.

## What is left out

A subnet whose routes lead to an endpoint of a firewall, to an appliance or to a gateway of a Local Zone is accepted: what it leads to may
lead on to the internet. A subnet without a route table of its own uses the main one of its VPC, which may be changed elsewhere.

## Non-compliant

```yaml
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: { CidrBlock: 10.0.0.0/16 }
  Private:
    Type: AWS::EC2::Subnet
    Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a }
  Table:
    Type: AWS::EC2::RouteTable
    Properties: { VpcId: !Ref Vpc }
  Out:
    Type: AWS::EC2::Route
    Properties: { RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: nat-0a1b2c3d }
  Association:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: { RouteTableId: !Ref Table, SubnetId: !Ref Private }
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: network
      Scheme: internet-facing
      Subnets: [!Ref Private]  # finding
```

```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "private" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.0.0/24"
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = "nat-0a1b2c3d"
  }
}

resource "aws_route_table_association" "private" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.private.id
}

resource "aws_lb" "balancer" {
  load_balancer_type = "network"
  subnets            = [aws_subnet.private.id] # finding
}
```

## Compliant

```yaml
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: { CidrBlock: 10.0.0.0/16 }
  Gateway:
    Type: AWS::EC2::InternetGateway
  Attachment:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway }
  Public:
    Type: AWS::EC2::Subnet
    Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a }
  Table:
    Type: AWS::EC2::RouteTable
    Properties: { VpcId: !Ref Vpc }
  Out:
    Type: AWS::EC2::Route
    Properties: { RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway }
  Association:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: { RouteTableId: !Ref Table, SubnetId: !Ref Public }
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: network
      Scheme: internet-facing
      Subnets: [!Select [0, !Split [",", !Join [",", [!Ref Public, !Ref Private]]]]]
  Private:
    Type: AWS::EC2::Subnet
    Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1a }
  PrivateTable:
    Type: AWS::EC2::RouteTable
    Properties: { VpcId: !Ref Vpc }
  PrivateAssociation:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: { RouteTableId: !Ref PrivateTable, SubnetId: !Ref Private }
```

```hcl
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "inspected" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.0.0/24"
}

resource "aws_route_table" "inspected" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block      = "0.0.0.0/0"
    vpc_endpoint_id = "vpce-0a1b2c3d"
  }
}

resource "aws_route_table_association" "inspected" {
  subnet_id      = aws_subnet.inspected.id
  route_table_id = aws_route_table.inspected.id
}

resource "aws_lb" "balancer" {
  load_balancer_type = "network"
  subnets            = [aws_subnet.inspected.id]
}
```

## Undecided

```yaml
Parameters:
  Gateway:
    Type: String
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: { CidrBlock: 10.0.0.0/16 }
  OwnGateway:
    Type: AWS::EC2::InternetGateway
  Attachment:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref OwnGateway }
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24, AvailabilityZone: eu-west-1a }
  Table:
    Type: AWS::EC2::RouteTable
    Properties: { VpcId: !Ref Vpc }
  Out:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: !Ref Table
      DestinationCidrBlock: 0.0.0.0/0
      GatewayId: !Ref Gateway  # undecided: parameter "Gateway" has no default
  Association:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: { RouteTableId: !Ref Table, SubnetId: !Ref Subnet }
  Balancer:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Type: network
      Scheme: internet-facing
      Subnets: [!Ref Subnet]
```

```hcl
variable "gateway" {
  type = string
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_subnet" "main" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.0.0/24"
}

resource "aws_route_table" "main" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = var.gateway # undecided: var.gateway has no default
  }
}

resource "aws_route_table_association" "main" {
  subnet_id      = aws_subnet.main.id
  route_table_id = aws_route_table.main.id
}

resource "aws_lb" "balancer" {
  load_balancer_type = "network"
  subnets            = [aws_subnet.main.id]
}
```

## Sources

- [Internet-facing Classic Load Balancers - Elastic Load Balancing](https://docs.aws.amazon.com/en_en/elasticloadbalancing/latest/classic/elb-internet-facing-load-balancers.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws import elb
from wa_iac.aws.elbv2 import LoadBalancer
from wa_iac.aws.parts.zones import Place
from wa_iac.aws.vpc import Subnet
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, Remedy, Severity, accept, all_known, flag, rule, settled
from wa_iac.core.value import Absent, Known, Step, Unknown, Value
from wa_iac.knowledge.reachability import cut_off

_INTERNAL: Final = (
    "If only internal clients are to reach it, keep the subnets and make the load balancer internal instead, which replaces it."
)
_OF_NETWORK: Final = (
    "Terraform replaces a Network Load Balancer to take a subnet away: it gets other addresses and another DNS name."
)


def _by_kind(balancer: LoadBalancer | elb.LoadBalancer, graph: Graph) -> Remedy:
    """The public subnets, in the way in which the present ones are written."""
    del graph
    replaced = balancer.dialect == "terraform" and isinstance(balancer, LoadBalancer) and balancer.kind == Known("network")
    mapped = isinstance(balancer, LoadBalancer) and not isinstance(balancer.mappings, Absent)
    return Remedy(
        cfn=_MAPPED_CFN if mapped else _CFN,
        tf=_MAPPED_TF if mapped else _TF,
        replaces=replaced,
        decision=f"{_OF_NETWORK} {_INTERNAL}" if replaced else _INTERNAL,
    )


_CFN: Final = "Subnets:\n  - !Ref <a public subnet>\n  - !Ref <a public subnet in another zone>"
_TF: Final = "subnets = [<a public subnet>.id, <a public subnet in another zone>.id]"
_MAPPED_CFN: Final = (
    "SubnetMappings:\n  - SubnetId: !Ref <a public subnet>\n  - SubnetId: !Ref <a public subnet in another zone>"
)
_MAPPED_TF: Final = "subnet_mapping {\n  subnet_id = <a public subnet>.id\n}"


@rule(
    practices=["REL02-BP01"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        cfn=_CFN,
        tf=_TF,
        decision=_INTERNAL,
        given=_by_kind,
    ),
)
def check(balancer: LoadBalancer | elb.LoadBalancer, graph: Graph) -> Flags:
    accept(isinstance(balancer.scheme, Known) and balancer.scheme.value == "internal")
    if isinstance(balancer, LoadBalancer):
        accept(balancer.kind == Known("gateway"))
    found = [_first_closed(place, graph) for place in balancer.places if place.subnet.targets]
    closed = [(subnet, why.value) for subnet, why in found if isinstance(why, Known)]
    if closed:
        settled(balancer.scheme)
        subnet, why = closed[0]
        part = "no client can connect" if len(closed) == len(balancer.places) else "some of its clients cannot connect"
        yield flag(
            balancer.where(),
            f"This load balancer is internet-facing, but the internet does not reach it in {subnet.address}, because {why}: {part}.",
            related=[Step(subnet.span, "this subnet is not public")],
        )
        return
    all_known(*(why for _, why in found))


def _first_closed(place: Place, graph: Graph) -> tuple[Subnet, Value[str]]:
    """A subnet in one place of the list, and why the internet does not reach it. A value that may name one of several subnets is closed if
    all of them are."""
    found = [(subnet, _closed(subnet, graph)) for subnet in place.subnet]
    several = len(found) > 1 and any(not isinstance(why, Known) for _, why in found)
    if several and isinstance(place.written, Unknown) and any(isinstance(why, Known) for _, why in found):
        return found[0][0], place.written
    return found[0]


def _closed(subnet: Subnet, graph: Graph) -> Value[str]:
    """Why the internet does not reach a subnet, unless something leads on from there that is not known to lead nowhere."""
    tables = [table for association in subnet.associations for table in association.table]
    onward = (route.onward for table in tables for route in (*table.routes, *table.inline_routes))
    if not tables or any(not isinstance(each, Absent) for each in onward):
        return Absent()
    return cut_off(subnet, graph)
