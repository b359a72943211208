"""# Private subnets reach the internet through an instance

## Why

An instance that translates addresses is a server like any other: somebody has to patch it, it has the bandwidth of its type, and when it or its
zone fails, all private subnets behind it lose their way out. A NAT gateway scales by itself and needs no care.

## What it checks

The rule checks default routes (`0.0.0.0/0`) to an instance or to its network interface that are declared with it.

## What is left out

Firewalls and other appliances, by the name of the instance, are not reported: they look into the traffic, which a NAT gateway does not. For little
traffic in an environment for development, a small instance is much cheaper than a NAT gateway; such instances are not reported if
their names say so.

## Non-compliant

```yaml
Resources:
  Nat:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1b2c3d
      SourceDestCheck: false
  Out:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: rtb-0a1b2c3d
      DestinationCidrBlock: 0.0.0.0/0
      InstanceId: !Ref Nat  # finding
```

```hcl
resource "aws_instance" "nat" {
  ami               = "ami-0a1b2c3d"
  instance_type     = "t4g.small"
  source_dest_check = false
}

resource "aws_route" "out" {
  route_table_id         = "rtb-0a1b2c3d"
  destination_cidr_block = "0.0.0.0/0"
  network_interface_id   = aws_instance.nat.primary_network_interface_id # finding
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
  Out:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: rtb-0a1b2c3d
      DestinationCidrBlock: 0.0.0.0/0
      NatGatewayId: !Ref Nat
```

```hcl
resource "aws_nat_gateway" "this" {
  allocation_id = "eipalloc-0a1b2c3d"
  subnet_id     = "subnet-0a1b2c3d"
}

resource "aws_route" "out" {
  route_table_id         = "rtb-0a1b2c3d"
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.this.id
}
```

## Not applicable

```yaml
Resources:
  Firewall:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1b2c3d
      SourceDestCheck: false
  Out:  # not applicable: an appliance
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: rtb-0a1b2c3d
      DestinationCidrBlock: 0.0.0.0/0
      InstanceId: !Ref Firewall
```

```hcl
resource "aws_instance" "nat_dev" {
  ami               = "ami-0a1b2c3d"
  instance_type     = "t4g.nano"
  source_dest_check = false
}

resource "aws_route" "out" { # not applicable: not for production
  route_table_id         = "rtb-0a1b2c3d"
  destination_cidr_block = "0.0.0.0/0"
  network_interface_id   = aws_instance.nat_dev.primary_network_interface_id
}
```

## Undecided

The result is undecided if the destination of such a route is not known before deployment, or how many such routes there are: a
switch may choose between instances and NAT gateways.

```yaml
Parameters:
  Destination:
    Type: String
Resources:
  Nat:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1b2c3d
      SourceDestCheck: false
  Out:
    Type: AWS::EC2::Route
    Properties:
      RouteTableId: rtb-0a1b2c3d
      DestinationCidrBlock: !Ref Destination  # undecided: parameter "Destination" has no default
      InstanceId: !Ref Nat
```

```hcl
variable "destination" {
  type = string
}

resource "aws_instance" "nat" {
  ami               = "ami-0a1b2c3d"
  instance_type     = "t4g.small"
  source_dest_check = false
}

resource "aws_route" "out" {
  route_table_id         = "rtb-0a1b2c3d"
  destination_cidr_block = var.destination # undecided: var.destination has no default
  network_interface_id   = aws_instance.nat.primary_network_interface_id
}
```

## Sources

- [Regional NAT gateways for automatic multi-AZ expansion](https://docs.amazonaws.cn/vpc/latest/userguide/nat-gateways-regional.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.ec2 import Instance
from wa_iac.aws.vpc import InlineRoute, Route, RouteTable
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known, Tree
from wa_iac.knowledge.called import called
from wa_iac.knowledge.purposes import not_production

_APPLIANCE: Final = late(
    r"\b(?:fire ?wall|fw|palo|alto|forti\w*|check ?point|sophos|pf ?sense|opnsense|squid|proxy|inspection|appliance|vpn|wireguard|router)\b"
)
_INSTANCES: Final = frozenset(Instance.types())


@rule(
    practices=["SUS05-BP03", "REL02-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    remedy=Remedy(
        cfn="NatGatewayId: !Ref <a NAT gateway>",
        tf="nat_gateway_id = <a NAT gateway>.id",
        removes=("InstanceId", "NetworkInterfaceId", "network_interface_id", "instance_id"),
        decision="Route to a NAT gateway instead, and then terminate the instance. The public address changes, so tell partners who allow it:",
    ),
    equivalents={"checkov": ["CKV2_AWS_35"]},
)
def check(holder: Route | RouteTable, graph: Graph) -> Flags:
    for route in [holder] if isinstance(holder, Route) else holder.inline_routes:
        place = _target(route)
        servers = [graph.typed(each, Instance) for each in graph.referred(place) if each.type in _INSTANCES]
        if not servers:
            continue
        server = servers[0]
        exempt(
            any(map(_APPLIANCE.search, called(server, server.tags))), "the instance is an appliance that looks into the traffic"
        )
        exempt(bool(not_production(server, server.tags)), "its names, tags or directory say that it is not for production")
        if settled(route.destination) == Known("0.0.0.0/0"):
            all_known(holder.declared.others)
            yield flag(
                place,
                f"The way to the internet leads through {server.address}: somebody has to patch it, and if it fails, the subnets are cut off.",
            )


def _target(route: Route | InlineRoute) -> Tree:
    if isinstance(route, Route) and isinstance(route.instance, Absent):
        return route.interface
    return route.instance
