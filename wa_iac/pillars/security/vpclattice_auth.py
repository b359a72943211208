"""# Services of VPC Lattice answer anybody in the network's VPCs

## Why

VPC Lattice carries requests between VPCs and accounts, past security groups that kept them apart. With the auth type NONE, which is the
default, it asks nobody who they are: one server that somebody took over can call each service of the network.

## What it checks

The rule looks at service networks with the auth type NONE. It reports a network if one of its services in the unit has the type NONE too,
or if the unit shows no service in it.

## What is left out

Networks whose services in the unit all use AWS_IAM. The contents of auth policies. Services may check a token themselves, so the
confidence is medium, and low where no service is shown.

## Non-compliant

```yaml
Resources:
  Network:  # finding
    Type: AWS::VpcLattice::ServiceNetwork
    Properties:
      Name: shop
  Orders:
    Type: AWS::VpcLattice::Service
    Properties: {Name: orders}
  OrdersInShop:
    Type: AWS::VpcLattice::ServiceNetworkServiceAssociation
    Properties: {ServiceIdentifier: !Ref Orders, ServiceNetworkIdentifier: !Ref Network}
```

```hcl
resource "aws_vpclattice_service_network" "network" { # finding
  name = "shop"
}

resource "aws_vpclattice_service" "orders" {
  name = "orders"
}

resource "aws_vpclattice_service_network_service_association" "orders" {
  service_identifier         = aws_vpclattice_service.orders.id
  service_network_identifier = aws_vpclattice_service_network.network.id
}
```

## Compliant

```yaml
Resources:
  Network:
    Type: AWS::VpcLattice::ServiceNetwork
    Properties:
      Name: shop
      AuthType: AWS_IAM
```

```hcl
resource "aws_vpclattice_service_network" "network" {
  name      = "shop"
  auth_type = "AWS_IAM"
}
```

```yaml
Resources:
  Network:
    Type: AWS::VpcLattice::ServiceNetwork
    Properties:
      Name: shop
  Orders:
    Type: AWS::VpcLattice::Service
    Properties: {Name: orders, AuthType: AWS_IAM}
  OrdersInShop:
    Type: AWS::VpcLattice::ServiceNetworkServiceAssociation
    Properties: {ServiceIdentifier: !Ref Orders, ServiceNetworkIdentifier: !Ref Network}
```

```hcl
resource "aws_vpclattice_service_network" "network" {
  name = "shop"
}

resource "aws_vpclattice_service" "orders" {
  name      = "orders"
  auth_type = "AWS_IAM"
}

resource "aws_vpclattice_service_network_service_association" "orders" {
  service_identifier         = aws_vpclattice_service.orders.id
  service_network_identifier = aws_vpclattice_service_network.network.id
}
```

## Not applicable

```yaml
Resources:
  Network:  # not applicable: its services are elsewhere
    Type: AWS::VpcLattice::ServiceNetwork
    Properties:
      Name: shop
  OrdersInShop:
    Type: AWS::VpcLattice::ServiceNetworkServiceAssociation
    Properties: {ServiceIdentifier: svc-0123456789abcdef0, ServiceNetworkIdentifier: !Ref Network}
```

## Undecided

The result is undecided if the type of a service is not known before deployment.

```yaml
Parameters:
  Auth:
    Type: String
Resources:
  Network:
    Type: AWS::VpcLattice::ServiceNetwork
    Properties:
      Name: shop
  Orders:
    Type: AWS::VpcLattice::Service
    Properties: {Name: orders, AuthType: !Ref Auth}  # undecided: parameter "Auth" has no default
  OrdersInShop:
    Type: AWS::VpcLattice::ServiceNetworkServiceAssociation
    Properties: {ServiceIdentifier: !Ref Orders, ServiceNetworkIdentifier: !Ref Network}
```

```hcl
variable "auth" {
  type = string
}

resource "aws_vpclattice_service_network" "network" {
  name = "shop"
}

resource "aws_vpclattice_service" "orders" {
  name      = "orders"
  auth_type = var.auth # undecided: var.auth has no default
}

resource "aws_vpclattice_service_network_service_association" "orders" {
  service_identifier         = aws_vpclattice_service.orders.id
  service_network_identifier = aws_vpclattice_service_network.network.id
}
```

## Sources

- [Control access to VPC Lattice services using auth policies - Amazon VPC Lattice](https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html), read on 2026-11-29
- [Edit access settings for a VPC Lattice service - Amazon VPC Lattice](https://docs.aws.amazon.com/vpc-lattice/latest/ug/service-access.html), read on 2026-11-29
"""

from wa_iac.aws.vpclattice import ServiceNetwork
from wa_iac.core.logic import all_of, holds
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, accept, all_known, exempt, flag, rule, settled
from wa_iac.core.value import Known

_IAM = "AWS_IAM"


@rule(
    practices=["SEC09-BP03", "SEC05-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        cfn={"AuthType": _IAM},
        tf={"auth_type": _IAM},
        decision="First let all clients sign their requests (SigV4), and give the network an auth policy which says who may call what: without one, every "
        "request is refused. Then:",
    ),
)
def check(network: ServiceNetwork) -> Flags:
    if settled(network.auth) == Known(_IAM):
        return
    services = [service for each in network.associations for service in each.service]
    checked = all_of(holds(each.auth, lambda kind: kind == _IAM) for each in services)
    exempt(any(each.service.external for each in network.associations), "its services are elsewhere")
    if services:
        accept(checked)
    all_known(
        *(each.service.unknown for each in network.associations), network.associations.unknown, checked if services else None
    )
    named = next((each.declared.name for each in services if each.auth != Known(_IAM)), "")
    yield flag(
        network.auth,
        f"Neither this network nor its service {named} asks callers who they are: anyone in one of its VPCs can call it."
        if named
        else "This network asks callers for nothing: anyone in one of its VPCs can call each service that does not ask itself.",
        confidence=None if named else Confidence.LOW,
    )
