"""# VPN connection of a transit gateway goes over the internet all the way

## Why

Without acceleration, the packets of a VPN connection cross the internet up to the AWS Region, with as much delay and jitter as the way happens
to have. An accelerated connection enters AWS's own network at the nearest edge location. This helps the more, the farther away the other
network is.

## What it checks

The rule checks VPN connections of a transit gateway without acceleration. AWS's default is off.

## What is left out

Connections of a virtual private gateway, which cannot be accelerated, and private ones, which go over Direct Connect, are not reported.
Neither are connections with large bandwidth tunnels, which acceleration may not support. The rule is for teams whose other networks are far from
their Region: acceleration costs extra, and a site in the same town gains little.

## Non-compliant

```yaml
Resources:
  Branch:  # finding
    Type: AWS::EC2::VPNConnection
    Properties:
      Type: ipsec.1
      CustomerGatewayId: cgw-0a1b2c3d
      TransitGatewayId: tgw-0a1b2c3d
```

```hcl
resource "aws_vpn_connection" "branch" {
  type                = "ipsec.1"
  customer_gateway_id = "cgw-0a1b2c3d"
  transit_gateway_id  = "tgw-0a1b2c3d"
  enable_acceleration = false # finding
}
```

## Compliant

```yaml
Resources:
  Branch:
    Type: AWS::EC2::VPNConnection
    Properties:
      Type: ipsec.1
      CustomerGatewayId: cgw-0a1b2c3d
      TransitGatewayId: tgw-0a1b2c3d
      EnableAcceleration: true
```

```hcl
resource "aws_vpn_connection" "branch" {
  type                = "ipsec.1"
  customer_gateway_id = "cgw-0a1b2c3d"
  transit_gateway_id  = "tgw-0a1b2c3d"
  enable_acceleration = true
}
```

## Not applicable

```yaml
Resources:
  Office:  # not applicable: only connections of a transit gateway
    Type: AWS::EC2::VPNConnection
    Properties:
      Type: ipsec.1
      CustomerGatewayId: cgw-0a1b2c3d
      VpnGatewayId: vgw-0a1b2c3d
```

```hcl
resource "aws_vpn_connection" "private" { # not applicable: goes over Direct Connect
  type                                    = "ipsec.1"
  customer_gateway_id                     = "cgw-0a1b2c3d"
  transit_gateway_id                      = "tgw-0a1b2c3d"
  outside_ip_address_type                 = "PrivateIpv4"
  transport_transit_gateway_attachment_id = "tgw-attach-0a1b2c3d"
}

resource "aws_vpn_connection" "large" { # not applicable: large bandwidth
  type                = "ipsec.1"
  customer_gateway_id = "cgw-0a1b2c3d"
  transit_gateway_id  = "tgw-0a1b2c3d"
  tunnel_bandwidth    = "large"
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Acceleration:
    Type: String
Resources:
  Branch:
    Type: AWS::EC2::VPNConnection
    Properties:
      Type: ipsec.1
      CustomerGatewayId: cgw-0a1b2c3d
      TransitGatewayId: tgw-0a1b2c3d
      EnableAcceleration: !Ref Acceleration  # undecided: parameter "Acceleration" has no default
```

```hcl
variable "acceleration" { # undecided: Fails when var.acceleration is false
  type = bool
}

resource "aws_vpn_connection" "branch" {
  type                = "ipsec.1"
  customer_gateway_id = "cgw-0a1b2c3d"
  transit_gateway_id  = "tgw-0a1b2c3d"
  enable_acceleration = var.acceleration
}
```

## Sources

- [Connecting On-Premises Networks Over VPN or Direct Connect](https://raw.githubusercontent.com/aws/agent-toolkit-for-aws/main/skills/specialized-skills/networking-and-content-delivery-skills/transitgateway/references/connecting-on-premises-networks.md), read on 2026-11-29
"""

from wa_iac.aws.connectivity import VpnConnection
from wa_iac.core.logic import holds, negate
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, expect, rule
from wa_iac.core.value import Known


@rule(
    practices=["PERF04-BP03", "PERF04-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    convention=True,
    profile="all",
    remedy=Remedy(
        cfn={"EnableAcceleration": True},
        tf={"enable_acceleration": True},
        decision="AWS replaces the connection with one that has other addresses, so the device at the other end needs its new configuration too.",
    ),
)
def check(connection: VpnConnection) -> Flags:
    if connection.acceleration == Known(True):
        return
    exempt(negate(given(connection.transit_gateway.value)), "only connections of a transit gateway can be accelerated")
    exempt(
        holds(connection.outside, lambda kind: kind.startswith("Private")), "it goes over Direct Connect, not over the internet"
    )
    exempt(
        holds(connection.bandwidth, lambda size: size == "large"),
        "its tunnels have a large bandwidth, which acceleration may not support",
    )
    message = "This VPN connection crosses the internet up to the Region, with all its delays: an accelerated one enters AWS's network nearby."
    yield from expect(connection.acceleration, True, message)
