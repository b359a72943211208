"""# VPN to another network ends at a single device

## Why

A Site-to-Site VPN connection has two tunnels, so a failure on the side of AWS is covered. Both tunnels end at one customer gateway, though.
If this device or its line to the internet fails, or is only being maintained, nothing in AWS reaches the other network any more.

## What it checks

The rule checks VPN connections of a virtual private gateway or a transit gateway. It reports one if all VPN connections of that gateway end
at the same customer gateway.

## What is left out

The rule reports nothing if a Direct Connect line is declared beside the VPN connection: one of them is then the second way. It does
not report connections whose own name says that they are a backup, and those to the gateway of another cloud or of a branch office, which
mostly have a single device.

## Non-compliant

```yaml
Resources:
  Office:
    Type: AWS::EC2::CustomerGateway
    Properties:
      Type: ipsec.1
      BgpAsn: 65000
      IpAddress: 203.0.113.10
  Gateway:
    Type: AWS::EC2::VPNGateway
    Properties:
      Type: ipsec.1
  Connection:  # finding: single device
    Type: AWS::EC2::VPNConnection
    Properties:
      Type: ipsec.1
      CustomerGatewayId: !Ref Office
      VpnGatewayId: !Ref Gateway
```

```hcl
resource "aws_customer_gateway" "datacenter" {
  type       = "ipsec.1"
  bgp_asn    = 65000
  ip_address = "203.0.113.10"
}

resource "aws_ec2_transit_gateway" "hub" {}

resource "aws_vpn_connection" "datacenter" { # finding: single device
  type                = "ipsec.1"
  customer_gateway_id = aws_customer_gateway.datacenter.id
  transit_gateway_id  = aws_ec2_transit_gateway.hub.id
}
```

## Compliant

```yaml
Resources:
  First:
    Type: AWS::EC2::CustomerGateway
    Properties:
      Type: ipsec.1
      BgpAsn: 65000
      IpAddress: 203.0.113.10
  Second:
    Type: AWS::EC2::CustomerGateway
    Properties:
      Type: ipsec.1
      BgpAsn: 65000
      IpAddress: 198.51.100.10
  Gateway:
    Type: AWS::EC2::VPNGateway
    Properties:
      Type: ipsec.1
  FirstConnection:
    Type: AWS::EC2::VPNConnection
    Properties:
      Type: ipsec.1
      CustomerGatewayId: !Ref First
      VpnGatewayId: !Ref Gateway
  SecondConnection:
    Type: AWS::EC2::VPNConnection
    Properties:
      Type: ipsec.1
      CustomerGatewayId: !Ref Second
      VpnGatewayId: !Ref Gateway
```

```hcl
resource "aws_customer_gateway" "datacenter" {
  for_each   = toset(["203.0.113.10", "198.51.100.10"])
  type       = "ipsec.1"
  bgp_asn    = 65000
  ip_address = each.value
}

resource "aws_vpn_gateway" "this" {
  vpc_id = "vpc-0a1"
}

resource "aws_vpn_connection" "datacenter" {
  for_each            = aws_customer_gateway.datacenter
  type                = "ipsec.1"
  customer_gateway_id = each.value.id
  vpn_gateway_id      = aws_vpn_gateway.this.id
}
```

## Not applicable

```yaml
Resources:
  Office:
    Type: AWS::EC2::CustomerGateway
    Properties:
      Type: ipsec.1
      BgpAsn: 65000
      IpAddress: 203.0.113.10
  Elsewhere:  # not applicable: its gateway is declared elsewhere
    Type: AWS::EC2::VPNConnection
    Properties:
      Type: ipsec.1
      CustomerGatewayId: !Ref Office
      VpnGatewayId: vgw-0a1b2c3d
```

```hcl
resource "aws_dx_connection" "main" {
  name      = "main"
  bandwidth = "1Gbps"
  location  = "EqDC2"
}

resource "aws_customer_gateway" "datacenter" {
  type       = "ipsec.1"
  bgp_asn    = 65000
  ip_address = "203.0.113.10"
}

resource "aws_vpn_gateway" "this" {
  vpc_id = "vpc-0a1"
}

resource "aws_vpn_connection" "second_way" { # not applicable: Direct Connect is declared beside it
  type                = "ipsec.1"
  customer_gateway_id = aws_customer_gateway.datacenter.id
  vpn_gateway_id      = aws_vpn_gateway.this.id
}
```

```hcl
resource "aws_customer_gateway" "this" {
  type       = "ipsec.1"
  bgp_asn    = 65000
  ip_address = "203.0.113.10"
}

resource "aws_vpn_gateway" "this" {
  vpc_id = "vpc-0a1"
}

resource "aws_vpn_connection" "azure" { # not applicable: another cloud, a branch office or a backup
  type                = "ipsec.1"
  customer_gateway_id = aws_customer_gateway.this.id
  vpn_gateway_id      = aws_vpn_gateway.this.id
}
```

## Undecided

The result is undecided if it is not known before deployment which device another connection of the gateway ends at.

```yaml
Parameters:
  CustomerGateway:
    Type: String
Resources:
  Main:
    Type: AWS::EC2::CustomerGateway
    Properties:
      Type: ipsec.1
      BgpAsn: 65000
      IpAddress: 203.0.113.10
  Gateway:
    Type: AWS::EC2::VPNGateway
    Properties:
      Type: ipsec.1
  First:
    Type: AWS::EC2::VPNConnection
    Properties:
      Type: ipsec.1
      CustomerGatewayId: !Ref Main
      VpnGatewayId: !Ref Gateway
  Second:
    Type: AWS::EC2::VPNConnection
    Properties:
      Type: ipsec.1
      CustomerGatewayId: !Ref CustomerGateway  # undecided: parameter "CustomerGateway" has no default
      VpnGatewayId: !Ref Gateway
```

```hcl
variable "customer_gateway_id" {
  type = string
}

resource "aws_customer_gateway" "main" {
  type       = "ipsec.1"
  bgp_asn    = 65000
  ip_address = "203.0.113.10"
}

resource "aws_vpn_gateway" "this" {
  vpc_id = "vpc-0a1"
}

resource "aws_vpn_connection" "first" {
  type                = "ipsec.1"
  customer_gateway_id = aws_customer_gateway.main.id
  vpn_gateway_id      = aws_vpn_gateway.this.id
}

resource "aws_vpn_connection" "second" {
  type                = "ipsec.1"
  customer_gateway_id = var.customer_gateway_id # undecided: var.customer_gateway_id has no default
  vpn_gateway_id      = aws_vpn_gateway.this.id
}
```

## Sources

- [Making a Site-to-Site VPN Connection Highly Available](https://raw.githubusercontent.com/aws/agent-toolkit-for-aws/main/skills/specialized-skills/networking-and-content-delivery-skills/sitetositevpn/references/making-a-connection-highly-available.md), read on 2026-11-29
- [AWS Site-to-Site VPN User Guide](https://docs.aws.amazon.com/pdfs/vpn/latest/s2svpn/s2s-vpn-user-guide.pdf), read on 2026-11-29
"""

from collections.abc import Hashable
from dataclasses import replace

from wa_iac.aws.connectivity import DirectConnectConnection, DirectConnectLag, VpnConnection
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import first_unknown
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, exempt, flag, rule
from wa_iac.knowledge.called import called

_OTHERS = late(r"\b(?:backup|fallback|standby|secondary|azure|gcp|google|oracle|oci|ibm|branch|store|partner|customer|test)\b")
"""How a connection is called whose other end mostly has a single device, or that stands in for another way."""


_DECISION = "Connect a second device, best with a line of another provider, and let both announce the same routes by BGP."


def _second(cfn: str, tf: str) -> Remedy:
    """A second device and a connection to it, on the gateway that some arguments name."""
    return Remedy(
        cfn="SecondDevice:\n  Type: AWS::EC2::CustomerGateway\n  Properties:\n    Type: ipsec.1\n    BgpAsn: <the ASN of the network>\n"
        "    IpAddress: <the address of a second device>\nSecondConnection:\n  Type: AWS::EC2::VPNConnection\n  Properties:\n"
        f"    Type: ipsec.1\n    CustomerGatewayId: !Ref SecondDevice\n    {cfn}: <the same gateway>",
        tf='resource "aws_customer_gateway" "second" {\n  type       = "ipsec.1"\n  bgp_asn    = <the ASN of the network>\n'
        '  ip_address = <the address of a second device>\n}\n\nresource "aws_vpn_connection" "second" {\n  type                = "ipsec.1"\n'
        f"  customer_gateway_id = aws_customer_gateway.second.id\n  {tf:19} = <the same gateway>.id\n}}",
        decision=_DECISION,
    )


def _on_same_gateway(connection: VpnConnection, graph: Graph) -> Remedy | None:
    del graph
    return _second("TransitGatewayId", "transit_gateway_id") if connection.transit_gateway.targets else None


@rule(
    practices=["REL02-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    remedy=replace(_second("VpnGatewayId", "vpn_gateway_id"), given=_on_same_gateway),
)
def check(connection: VpnConnection, graph: Graph) -> Flags:
    gateways = (*connection.gateway, *connection.transit_gateway)
    doubt = None if gateways else first_unknown(connection.gateway.unknown, connection.transit_gateway.unknown)
    exempt(not gateways and doubt is None, "its gateway is declared elsewhere")
    exempt(bool(graph.of(DirectConnectConnection) or graph.of(DirectConnectLag)), "Direct Connect is declared beside it")
    exempt(
        any(map(_OTHERS.search, called(connection, connection.tags))),
        "its name says that it is for another cloud, a branch office or a backup",
    )
    all_known(doubt)
    connections = gateways[0].connections
    devices = {device for each in connections if (device := _device(each)) is not None}
    if len(devices) > 1:
        return
    all_known(
        *(each.customer_gateway.unknown for each in connections if _device(each) is None),
        connections.unknown,
        connection.declared.others,
    )
    # All connections of the gateway end at one device: the first of them stands for all.
    if connections.targets[0] == connection:
        yield flag(
            connection,
            "Both tunnels of this VPN connection end at a single device, and nothing here is a second way: if the device or its line "
            "fails, the other network cannot be reached.",
        )


def _device(connection: VpnConnection) -> Hashable | None:
    """What tells the device at the other end from others; None if it is not known."""
    link = connection.customer_gateway
    if link.targets:
        return link.targets[0] if link.unknown is None else None
    return str(link.external[0].value) if link.external else None
