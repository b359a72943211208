"""# Default route leads into a peering connection

## Why

A peering connection carries traffic only between the addresses of its two VPCs. The other VPC does not pass traffic on to its gateways, so packets
for the internet or for another network are dropped. A default route into a peering connection leads nowhere, and everything without a
narrower route fails.

## What it checks

Routes to `0.0.0.0/0` or `::/0` whose target is a peering connection, in a resource of their own or inside of a route table.

## What is left out

Routes to the range of the other VPC, or to any other range. A range that is passed in from outside is hardly ever that of the whole internet.

## Non-compliant

```yaml
Resources:
  Out:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: rtb-0a1b2c3d
      DestinationCidrBlock: 0.0.0.0/0  # finding
      VpcPeeringConnectionId: pcx-0a1b2c3d
```

```hcl
resource "aws_route_table" "private" {
  vpc_id = "vpc-0a1b2c3d"
  route {
    cidr_block                = "0.0.0.0/0" # finding
    vpc_peering_connection_id = "pcx-0a1b2c3d"
  }
}
```

## Compliant

```yaml
Resources:
  ToPeer:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: rtb-0a1b2c3d
      DestinationCidrBlock: 10.1.0.0/16
      VpcPeeringConnectionId: pcx-0a1b2c3d
```

```hcl
resource "aws_route" "to_peer" {
  route_table_id            = "rtb-0a1b2c3d"
  destination_cidr_block    = "10.1.0.0/16"
  vpc_peering_connection_id = "pcx-0a1b2c3d"
}

resource "aws_route" "out" {
  route_table_id         = "rtb-0a1b2c3d"
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = "nat-0a1b2c3d"
}
```

## Sources

- [VPC Peering (user guide)](https://docs.aws.amazon.com/pdfs/vpc/latest/peering/vpc-pg.pdf), read on 2026-11-29
- [VPC peering - Amazon Virtual Private Cloud Connectivity Options](https://docs.aws.amazon.com/whitepapers/latest/aws-vpc-connectivity-options/vpc-peering.html), read on 2026-11-29
"""

from functools import partial

from wa_iac.aws.vpc import InlineRoute, Route, RouteTable
from wa_iac.core.logic import holds
from wa_iac.core.presence import given
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Flags, Remedy, Severity, accept, each_of, flag, rule
from wa_iac.core.value import Known


@rule(
    practices=["REL02-BP01"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        cfn="DestinationCidrBlock: <the range of the other VPC>",
        tf="destination_cidr_block = <the range of the other VPC>",
        of={"aws_route_table": "cidr_block = <the range of the other VPC>"},
        removes=("DestinationIpv6CidrBlock", "destination_ipv6_cidr_block", "ipv6_cidr_block"),
        differs=True,
        decision="To reach the internet through another VPC, connect both to a transit gateway.",
    ),
)
def check(subject: Route | RouteTable) -> Flags:
    if isinstance(subject, Route):
        yield from _judge(subject, subject)
        return
    yield from each_of(subject.inline_routes, partial(_judge, subject))


def _judge(resource: Resource, route: Route | InlineRoute) -> Flags:
    if isinstance(route, InlineRoute):
        accept(route.unknown is not None)
    accept(given(route.peering) != Known(True))
    for destination in (route.destination, route.destination_ipv6):
        if holds(destination, lambda addresses: addresses in ("0.0.0.0/0", "::/0")) == Known(True):
            yield flag(
                destination,
                "This default route leads into a peering connection, which does not pass traffic on to the internet or to other networks: "
                "everything without a narrower route fails.",
                resource=resource,
            )
            return
