"""# Endpoint service or transit gateway accepts everybody who asks

## Why

A connection to an endpoint service leads to the load balancer behind it, and an attachment to a transit gateway to the networks on it. If
requests are accepted without a look, one list that is too wide lets in strangers: with `*` as the principal, every
AWS account in the world can connect, and the load balancer is public although it has no public IP address.

## What it checks

- An endpoint service that accepts connections by itself, and whose principals are `*`. AWS's default is to ask.
- A transit gateway with `AutoAcceptSharedAttachments`. AWS's default is to ask. The finding is advice: a share of RAM names the accounts
  that may ask at all, and the setting does not concern attachments of the own account.

## What is left out

An endpoint service that accepts connections from named accounts is not reported. AWS describes this as one of the two ways to control who
connects: a few trusted principals, or acceptance by hand. A transit gateway that
neither associates new attachments with its default route table nor learns their routes gives them nothing to reach. Without principals, nobody outside the own account can connect.

## Non-compliant

```yaml
Resources:
  Hub:
    Type: AWS::EC2::TransitGateway
    Properties:
      AutoAcceptSharedAttachments: enable  # finding: the accounts that it is shared with
  Share:
    Type: AWS::RAM::ResourceShare
    Properties:
      Name: hub
      ResourceArns:
        - !Sub arn:aws:ec2:${AWS::Region}:${AWS::AccountId}:transit-gateway/${Hub}
  Orders:
    Type: AWS::EC2::VPCEndpointService
    Properties:
      AcceptanceRequired: false  # finding: Every AWS account
      NetworkLoadBalancerArns:
        - arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/orders/0123456789abcdef
  Everybody:
    Type: AWS::EC2::VPCEndpointServicePermissions
    Properties:
      ServiceId: !Ref Orders
      AllowedPrincipals: ["*"]
```

```hcl
resource "aws_ec2_transit_gateway" "hub" {
  auto_accept_shared_attachments = "enable" # finding: nothing here shares it
}

resource "aws_vpc_endpoint_service" "orders" {
  acceptance_required        = false # finding: Every AWS account
  allowed_principals         = ["*"]
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/orders/0123456789abcdef"]
}
```

## Compliant

```yaml
Resources:
  Hub:
    Type: AWS::EC2::TransitGateway
    Properties:
      Description: hub
  Orders:
    Type: AWS::EC2::VPCEndpointService
    Properties:
      AcceptanceRequired: false
      NetworkLoadBalancerArns:
        - arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/orders/0123456789abcdef
  Partner:
    Type: AWS::EC2::VPCEndpointServicePermissions
    Properties:
      ServiceId: !Ref Orders
      AllowedPrincipals: ["arn:aws:iam::210987654321:root"]
```

```hcl
resource "aws_ec2_transit_gateway" "hub" {
  auto_accept_shared_attachments = "disable"
}

resource "aws_vpc_endpoint_service" "orders" {
  acceptance_required        = true
  allowed_principals         = ["*"]
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/orders/0123456789abcdef"]
}
```

## Not applicable

```hcl
resource "aws_ec2_transit_gateway" "hub" { # not applicable: no routes by itself
  auto_accept_shared_attachments  = "enable"
  default_route_table_association = "disable"
  default_route_table_propagation = "disable"
}
```

## Undecided

The result is undecided if the setting, or the list of principals of a service that accepts by itself, is not known before deployment.

```yaml
Parameters:
  Accept:
    Type: String
Resources:
  Hub:
    Type: AWS::EC2::TransitGateway
    Properties:
      AutoAcceptSharedAttachments: !Ref Accept  # undecided: parameter "Accept" has no default
```

```hcl
variable "principals" {
  type = list(string)
}

resource "aws_vpc_endpoint_service" "orders" {
  acceptance_required        = false
  allowed_principals         = var.principals # undecided: var.principals has no default
  network_load_balancer_arns = ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/orders/0123456789abcdef"]
}
```

## Sources

- [Configure an endpoint service](https://docs.aws.amazon.com/vpc/latest/privatelink/modify-endpoint-service.html), read on 2026-11-29
- [ec2-transit-gateway-auto-vpc-attach-disabled](https://docs.aws.amazon.com/config/latest/developerguide/ec2-transit-gateway-auto-vpc-attach-disabled.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.connectivity import OfferedService, ResourceShare, TransitGateway
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.logic import all_of, first_unknown, holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known, Unknown, Value

_SHARES = frozenset(ResourceShare.types())
_AUTO = Recipe(
    cfn={"AutoAcceptSharedAttachments": "disable"},
    tf={"auto_accept_shared_attachments": "disable"},
    types={
        "AWS::EC2::VPCEndpointService": {"AcceptanceRequired": True},
        "aws_vpc_endpoint_service": {"acceptance_required": True},
    },
    unsafe_because="somebody then has to accept each request by hand",
)

_BY_HAND: Final = "Connections and attachments that exist stay. Somebody has to accept each new request"
_ACCEPTERS: Final = {
    "gateway": "aws_ec2_transit_gateway_vpc_attachment_accepter in the account of the transit gateway",
    "service": "aws_vpc_endpoint_connection_accepter in the account of the service",
}


def _of_kind(hub: TransitGateway | OfferedService, graph: Graph) -> Remedy:
    """The remedy with the resource by which Terraform accepts a request."""
    del graph
    how = (
        f": by hand, or with {_ACCEPTERS['gateway' if isinstance(hub, TransitGateway) else 'service']}"
        if hub.dialect == "terraform"
        else " by hand"
    )
    return replace(Remedy.of_recipe(_AUTO), decision=f"{_BY_HAND}{how}.")


@rule(
    practices=["SEC05-BP02", "SEC03-BP08"],
    severity=Severity.MEDIUM,
    equivalents={
        "checkov": ["CKV_AWS_123", "CKV_AWS_331"],
        "config": ["EC2_TRANSIT_GATEWAY_AUTO_VPC_ATTACH_DISABLED"],
        "security_hub": ["EC2.23"],
    },
    remedy=replace(Remedy.of_recipe(_AUTO), decision=f"{_BY_HAND}.", given=_of_kind),
    fix=_AUTO,
)
def check(hub: TransitGateway | OfferedService, graph: Graph) -> Flags:
    if isinstance(hub, TransitGateway):
        yield from _gateway(hub, graph)
    else:
        yield from _service(hub)


def _gateway(gateway: TransitGateway, graph: Graph) -> Flags:
    if settled(gateway.auto_accept) != Known("enable"):
        return
    exempt(
        all_of(holds(each, lambda default: default == "disable") for each in (gateway.association, gateway.propagation)),
        "a new attachment gets no routes by itself",
    )
    message = (
        "This transit gateway is shared, and the accounts that it is shared with join its networks without anybody accepting that."
        if graph.referring(gateway, _SHARES)
        else "This transit gateway accepts every attachment from other accounts. Since nothing here shares it, only a share that is made "
        "elsewhere lets them ask."
    )
    yield flag(gateway.auto_accept, message, severity=Severity.LOW, confidence=Confidence.MEDIUM)


def _service(service: OfferedService) -> Flags:
    accept(service.acceptance)
    lists = [service.principals, *(each.principals for each in service.permissions)]
    if not any(map(_everybody, lists)):
        all_known(*(_doubt(each) for each in lists), service.permissions.unknown)
        return
    message = (
        "Every AWS account may connect to this endpoint service, and nobody is asked: its load balancer is as good as public, "
        "although it may have no public IP address."
    )
    yield flag(service.acceptance, message)


def _everybody(principals: Value[list[Value[str]]]) -> bool:
    return isinstance(principals, Known) and Known("*") in principals.value


def _doubt(principals: Value[list[Value[str]]]) -> Unknown | None:
    match principals:
        case Known(listed):
            return first_unknown(*listed)
        case Unknown():
            return principals
        case Absent():
            return None
