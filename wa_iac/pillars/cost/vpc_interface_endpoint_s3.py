"""# VPC pays for an interface endpoint where a gateway endpoint is free

## Why

An interface endpoint costs for each hour and zone, and for each gigabyte. S3 and DynamoDB also have gateway endpoints, which cost
nothing. Traffic of the VPC itself can use them.

## What it checks

The rule looks at interface endpoints for S3 and DynamoDB. It reports one if its VPC has no gateway endpoint for the same service in the
unit.

## What is left out

Networks that are connected by VPN, Direct Connect, peering or a transit gateway need an interface endpoint, since a gateway endpoint
serves the VPC alone: the rule does not report a VPC in a unit that has such a connection. An interface endpoint beside a gateway endpoint
is for somebody else.

## Non-compliant

```yaml
Resources:
  Files:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: vpc-0123456789abcdef0
      ServiceName: com.amazonaws.eu-west-1.s3
      VpcEndpointType: Interface  # finding
```

```hcl
resource "aws_vpc_endpoint" "files" {
  vpc_id            = "vpc-0123456789abcdef0"
  service_name      = "com.amazonaws.eu-west-1.dynamodb"
  vpc_endpoint_type = "Interface" # finding
}
```

## Compliant

```yaml
Resources:
  Files:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: vpc-0123456789abcdef0
      ServiceName: com.amazonaws.eu-west-1.s3
      VpcEndpointType: Gateway
```

```hcl
resource "aws_vpc_endpoint" "files" {
  vpc_id            = "vpc-0123456789abcdef0"
  service_name      = "com.amazonaws.eu-west-1.sqs"
  vpc_endpoint_type = "Interface"
}
```

## Undecided

The result is undecided if the kind of the endpoint is not known before deployment.

```yaml
Parameters:
  Kind:
    Type: String
Resources:
  Files:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: vpc-0123456789abcdef0
      ServiceName: com.amazonaws.eu-west-1.s3
      VpcEndpointType: !Ref Kind  # undecided: parameter "Kind" has no default
```

```hcl
variable "kind" {
  type = string
}

resource "aws_vpc_endpoint" "files" {
  vpc_id            = "vpc-0123456789abcdef0"
  service_name      = "com.amazonaws.eu-west-1.s3"
  vpc_endpoint_type = var.kind # undecided: var.kind has no default
}
```

## Sources

- [WKLD.12 Use VPC endpoints to access supported services](https://docs.aws.amazon.com/prescriptive-guidance/latest/aws-startup-security-baseline/wkld-12.html), read on 2026-11-29
- [AWS PrivateLink for Amazon S3](https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.md), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.vpc import VpcEndpoint
from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, flag, rule, settled
from wa_iac.core.value import Known, Unknown

_SERVICE: Final = late(r"(?:^|\.)(?P<name>s3|dynamodb)$")
_CONNECTIONS: Final = frozenset(
    and_awscc(
        "AWS::EC2::VPNGateway",
        "AWS::EC2::VPNConnection",
        "AWS::EC2::TransitGatewayAttachment",
        "AWS::EC2::TransitGatewayVpcAttachment",
        "AWS::EC2::VPCPeeringConnection",
        "AWS::EC2::ClientVpnEndpoint",
        "AWS::DirectConnect::PrivateVirtualInterface",
        "AWS::NetworkManager::VpcAttachment",
        "aws_vpn_gateway",
        "aws_vpn_connection",
        "aws_ec2_transit_gateway_vpc_attachment",
        "aws_vpc_peering_connection",
        "aws_ec2_client_vpn_endpoint",
        "aws_dx_private_virtual_interface",
        "aws_networkmanager_vpc_attachment",
    )
)
"""What connects a VPC with other networks, which need an interface endpoint."""


@rule(
    practices=["COST08-BP02", "COST08-BP03"],
    severity=Severity.LOW,
    profile="all",
    remedy=Remedy(
        cfn={"VpcEndpointType": "Gateway", "RouteTableIds": ["<the private route tables>"]},
        tf={"vpc_endpoint_type": "Gateway", "route_table_ids": ["<the private route tables>"]},
        removes=(
            "SubnetIds",
            "SecurityGroupIds",
            "PrivateDnsEnabled",
            "subnet_ids",
            "security_group_ids",
            "private_dns_enabled",
            "dns_options",
        ),
        replaces=True,
        decision="The endpoint is replaced, and requests are interrupted for a moment.",
    ),
)
def check(endpoint: VpcEndpoint, graph: Graph) -> Flags:
    found = _service(endpoint)
    if not found:
        return
    if settled(endpoint.kind) != Known("Interface") or graph.once(_connected):
        return
    if found in graph.once(_free):
        return
    yield flag(
        endpoint.kind,
        f"This interface endpoint costs for each hour, zone and gigabyte; a gateway endpoint for {found} is free for the traffic of the VPC.",
    )


def _service(endpoint: VpcEndpoint) -> str:
    """`s3` or `dynamodb`; empty for another service, or one that is not known."""
    match endpoint.service:
        case Known(text):
            end = text
        case Unknown(parts=[*_, str() as end]):
            pass
        case _:
            return ""
    found = _SERVICE.search(end)
    return found["name"] if found else ""


def _connected(graph: Graph) -> bool:
    """Whether something connects a VPC of the unit with other networks."""
    return any(graph.type_of(each) in _CONNECTIONS for each in graph.declared)


def _free(graph: Graph) -> frozenset[str]:
    """The services for which the unit has a gateway endpoint."""
    return frozenset(_service(each) for each in graph.of(VpcEndpoint) if each.kind == Known("Gateway"))
