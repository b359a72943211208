"""# Network Firewall is in one Availability Zone

## Why

A firewall works through an endpoint in each zone that it is given. With a single endpoint, all traffic of the VPC goes through one zone. If
this zone fails, nothing in the other zones reaches the internet or another network either.

## What it checks

The rule counts the zones of the subnets in the firewall's mappings, or the zones of a firewall that is attached to a transit gateway. It
reports a firewall in one zone. The finding is advice if its author names it for that (`single_az`, in the name or the path of the file).

The finding is advice in a file of a workshop, a demonstration, or an environment for development or tests, by its path, and for anything that is not for
production, by its names or tags.

## What is left out

A firewall with endpoint associations has more endpoints. A firewall in a VPC whose subnets here are all in one zone adds nothing to that:
`vpc-multi-az-subnets` reports the VPC. The same holds for one at a transit gateway, if all subnets of the VPCs that are attached to it are in one zone.

## Non-compliant

```yaml
Resources:
  Firewall:
    Type: AWS::NetworkFirewall::Firewall
    Properties:
      FirewallName: egress
      FirewallPolicyArn: arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/egress
      VpcId: vpc-0a1b2c3d
      SubnetMappings:  # finding
        - SubnetId: subnet-0a1b2c3d
```

```yaml
Parameters:
  Subnet:
    Type: AWS::EC2::Subnet::Id
Resources:
  Firewall:
    Type: AWS::NetworkFirewall::Firewall
    Properties:
      FirewallName: egress
      FirewallPolicyArn: arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/egress
      VpcId: vpc-0a1b2c3d
      SubnetMappings:  # finding
        - SubnetId: !Ref Subnet
```

```hcl
resource "aws_networkfirewall_firewall" "egress" {
  name                = "egress"
  firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/egress"
  vpc_id              = "vpc-0a1b2c3d"
  subnet_mapping { # finding
    subnet_id = "subnet-0a1b2c3d"
  }
}
```

```hcl
resource "aws_networkfirewall_firewall" "hub" {
  name                = "hub"
  firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/hub"
  transit_gateway_id  = "tgw-0a1b2c3d"
  availability_zone_mapping { # finding
    availability_zone_id = "euw1-az1"
  }
}
```

```yaml
Resources:
  SingleAzFirewall:
    Type: AWS::NetworkFirewall::Firewall
    Properties:
      FirewallName: egress
      FirewallPolicyArn: arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/egress
      VpcId: vpc-0a1b2c3d
      SubnetMappings:  # finding: probably on purpose
        - SubnetId: subnet-0a1b2c3d
```

## Compliant

```yaml
Resources:
  FirstSubnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-0a1b2c3d
      CidrBlock: 10.0.0.0/28
      AvailabilityZone: eu-west-1a
  SecondSubnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-0a1b2c3d
      CidrBlock: 10.0.0.16/28
      AvailabilityZone: eu-west-1b
  Firewall:
    Type: AWS::NetworkFirewall::Firewall
    Properties:
      FirewallName: egress
      FirewallPolicyArn: arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/egress
      VpcId: vpc-0a1b2c3d
      SubnetMappings:
        - SubnetId: !Ref FirstSubnet
        - SubnetId: !Ref SecondSubnet
```

```hcl
resource "aws_networkfirewall_firewall" "hub" {
  name                = "hub"
  firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/hub"
  transit_gateway_id  = "tgw-0a1b2c3d"
  availability_zone_mapping {
    availability_zone_id = "euw1-az1"
  }
  availability_zone_mapping {
    availability_zone_id = "euw1-az2"
  }
}
```

```hcl
resource "aws_networkfirewall_firewall" "egress" {
  name                = "egress"
  firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/egress"
  vpc_id              = "vpc-0a1b2c3d"
  subnet_mapping {
    subnet_id = "subnet-0a1b2c3d"
  }
}

resource "aws_networkfirewall_vpc_endpoint_association" "second" {
  firewall_arn = aws_networkfirewall_firewall.egress.arn
  vpc_id       = "vpc-0a1b2c3d"
  subnet_mapping {
    subnet_id = "subnet-0a1b2c3e"
  }
}
```

## Not applicable

```hcl
resource "aws_vpc" "lab" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "lab" {
  for_each          = toset(["10.0.0.0/24", "10.0.1.0/24"])
  vpc_id            = aws_vpc.lab.id
  cidr_block        = each.value
  availability_zone = "eu-west-1a"
}

resource "aws_networkfirewall_firewall" "lab" { # not applicable: all subnets of its VPC are in one zone
  name                = "lab"
  firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/lab"
  vpc_id              = aws_vpc.lab.id
  subnet_mapping {
    subnet_id = aws_subnet.lab["10.0.0.0/24"].id
  }
}
```

```yaml
Resources:
  Lab:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  LabSubnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Lab
      CidrBlock: 10.0.0.0/24
      AvailabilityZone: eu-west-1a
  Hub:
    Type: AWS::EC2::TransitGateway
  Attachment:
    Type: AWS::EC2::TransitGatewayAttachment
    Properties:
      TransitGatewayId: !Ref Hub
      VpcId: !Ref Lab
      SubnetIds: [!Ref LabSubnet]
  Firewall:  # not applicable: all subnets of the VPCs at its transit gateway are in one zone
    Type: AWS::NetworkFirewall::Firewall
    Properties:
      FirewallName: hub
      FirewallPolicyArn: arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/hub
      TransitGatewayId: !Ref Hub
      AvailabilityZoneMappings:
        - AvailabilityZone: euw1-az1
```

```hcl
resource "aws_networkfirewall_firewall" "later" { # not applicable: its subnets are declared elsewhere
  name                = "later"
  firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/later"
  vpc_id              = "vpc-0a1b2c3d"
}
```

## Undecided

```yaml
Parameters:
  Zone:
    Type: String
Resources:
  FirstSubnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-0a1b2c3d
      CidrBlock: 10.0.0.0/28
      AvailabilityZone: eu-west-1a
  SecondSubnet:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-0a1b2c3d
      CidrBlock: 10.0.0.16/28
      AvailabilityZone: !Ref Zone  # undecided: parameter "Zone" has no default
  Firewall:
    Type: AWS::NetworkFirewall::Firewall
    Properties:
      FirewallName: egress
      FirewallPolicyArn: arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/egress
      VpcId: vpc-0a1b2c3d
      SubnetMappings:
        - SubnetId: !Ref FirstSubnet
        - SubnetId: !Ref SecondSubnet
```

```hcl
variable "subnets" {
  type = list(string)
}

resource "aws_networkfirewall_firewall" "egress" {
  name                = "egress"
  firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/egress"
  vpc_id              = "vpc-0a1b2c3d"
  dynamic "subnet_mapping" {
    for_each = var.subnets
    content {
      subnet_id = subnet_mapping.value # undecided: var.subnets has no default
    }
  }
}
```

## Sources

- [netfw-multi-az-enabled - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/netfw-multi-az-enabled.html), read on 2026-11-29
- [AWS Network Firewall controls](https://docs.aws.amazon.com/controltower/latest/controlreference/network-firewall-rules.html), read on 2026-11-29
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from wa_iac.aws.connectivity import TransitGateway
from wa_iac.aws.networkfirewall import Firewall
from wa_iac.aws.parts.zones import to_settle
from wa_iac.aws.vpc import Vpc
from wa_iac.core.algebra import count_distinct
from wa_iac.core.graph import Graph
from wa_iac.core.logic import first_unknown
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, milder, refuse, rule
from wa_iac.core.value import Absent, Known, Unknown, Value
from wa_iac.knowledge.workshops import named_alone
from wa_iac.pillars.judgements.workshops import where_needed

_KEPT: Final = (
    "Keep the subnet, and add one in each other zone that has workloads. Route the traffic of each zone to its own endpoint; each is charged by the "
    "hour:"
)
_REMEDY: Final = Remedy(
    cfn="SubnetMappings:\n  - SubnetId: !Ref <a subnet in another zone>",
    tf="subnet_mapping {\n  subnet_id = <a subnet in another zone>.id\n}",
    decision=_KEPT,
)
_ATTACHED: Final = Remedy(
    cfn="AvailabilityZoneMappings:\n  - AvailabilityZone: <another zone's id>",
    tf="availability_zone_mapping {\n  availability_zone_id = <another zone's id>\n}",
    decision="Keep the zone, and add another one, which is charged by the hour:",
)


def _fitting(firewall: Firewall, graph: Graph) -> Remedy:
    """The remedy for a firewall in a VPC or at a transit gateway, and the protection to turn off first."""
    del graph
    in_vpc = isinstance(firewall.zone_mappings_as_written, Absent)
    made = _REMEDY if in_vpc else _ATTACHED
    if (firewall.subnets_protected if in_vpc else firewall.zones_protected) != Known(True):
        return made
    written = (
        ("SubnetChangeProtection", "subnet_change_protection")
        if in_vpc
        else ("AvailabilityZoneChangeProtection", "availability_zone_change_protection")
    )
    name = written[firewall.dialect == "terraform"]
    return replace(
        made, decision=f"AWS refuses other subnets or zones while {name} is true: set it to false first. {made.decision}"
    )


@rule(
    practices=["REL10-BP01", "REL02-BP01"],
    severity=Severity.HIGH,
    remedy=replace(_REMEDY, given=_fitting),
    equivalents={"config": ["NETFW_MULTI_AZ_ENABLED"]},
)
def check(firewall: Firewall, graph: Graph) -> Flags:
    yield from where_needed(firewall, _judge(firewall, graph), Absent())


def _judge(firewall: Firewall, graph: Graph) -> Flags:
    accept(bool(firewall.associations.targets))
    zones = firewall.zones()
    exempt(isinstance(zones, Absent), "its subnets are declared elsewhere")
    if zones == Known(1):
        exempt(_in_one_zone(firewall.vpc.targets, firewall.vpc.unknown), "all subnets of its VPC are in one zone")
        exempt(_attached_in_one_zone(firewall, graph), "all subnets of the VPCs at its transit gateway are in one zone")
    all_known(firewall.associations.unknown if zones == Known(1) else None)
    message = "This firewall has an endpoint in one Availability Zone: when it fails, the traffic of all zones that goes through the firewall stops."
    found = refuse(zones, 1, message, at=firewall.where())
    alone = named_alone(firewall)
    yield from milder(found, more=alone, severity=Severity.MEDIUM, confidence=Confidence.LOW) if alone else found


def _attached_in_one_zone(firewall: Firewall, graph: Graph) -> Value[bool]:
    """The same for the VPCs that are attached to its transit gateway, if all of them are here."""
    if firewall.transit_gateway.unknown is not None and graph.of(TransitGateway):
        return firewall.transit_gateway.unknown
    attachments = [each for gateway in firewall.transit_gateway for each in gateway.attachments]
    if any(each.vpc.external for each in attachments):
        return Known(False)
    vpcs = {vpc.address: vpc for each in attachments for vpc in each.vpc}.values()
    doubt = first_unknown(
        *(each.vpc.unknown for each in attachments), *(each.attachments.unknown for each in firewall.transit_gateway)
    )
    return _in_one_zone(vpcs, doubt)


def _in_one_zone(vpcs: Collection[Vpc], more: Unknown | None) -> Value[bool]:
    """Whether everything that is known of some VPCs is in one zone. `more` says why there may be another VPC."""
    subnets = [subnet for vpc in vpcs for subnet in vpc.subnets]
    doubt = first_unknown(more, *(vpc.subnets.unknown for vpc in vpcs))
    if not subnets:
        return Known(False) if doubt is None else doubt
    least, most = count_distinct(each.zone for each in subnets)
    if least > 1 or most == 1:
        return Known(most == 1) if doubt is None or least > 1 else doubt
    why = first_unknown(to_settle([each.zone for each in subnets]), doubt)
    return Known(False) if why is None else why
