"""# Elastic IP address is not associated with a resource

## Why

Since February 2024, every public IPv4 address is billed by the hour, used or not. You pay for an unused one until someone
remembers to release it.

## What it checks

The rule reports an address that nothing in the same configuration refers to, not even an output.

## What is left out

If the address is used in another way, suppress the finding, with a reason.

## Non-compliant

```yaml
Resources:
  Address:  # finding
    Type: AWS::EC2::EIP
    Properties:
      Domain: vpc
```

```hcl
resource "aws_eip" "spare" { # finding
  domain = "vpc"
}
```

## Compliant

```yaml
Resources:
  Address:
    Type: AWS::EC2::EIP
    Properties:
      Domain: vpc
  Gateway:
    Type: AWS::EC2::NatGateway
    Properties:
      AllocationId: !GetAtt Address.AllocationId
      SubnetId: subnet-12345678
```

```hcl
resource "aws_eip" "server" {
  domain   = "vpc"
  instance = "i-1234567890abcdef0"
}

resource "aws_eip" "balancer" {
  domain = "vpc"
}

resource "aws_lb" "balancer" {
  load_balancer_type = "network"

  subnet_mapping {
    subnet_id     = "subnet-12345678"
    allocation_id = aws_eip.balancer.id
  }
}
```

## Undecided

The result is undecided if `AllocationId` or `instance` is not known before deployment.

```yaml
Parameters:
  AllocationId:
    Type: String
Resources:
  Address:
    Type: AWS::EC2::EIP
    Properties:
      Domain: vpc
  Gateway:
    Type: AWS::EC2::NatGateway
    Properties:
      AllocationId: !Ref AllocationId  # undecided: parameter "AllocationId" has no default
      SubnetId: subnet-12345678
```

```hcl
variable "instance" {
  type = string
}

resource "aws_eip" "server" {
  domain   = "vpc"
  instance = var.instance # undecided: var.instance has no default
}
```

## Sources

- [associatePublicIpAddress (InstanceNetworkInterfaceSpecification)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/ec2/aws.sdk.kotlin.services.ec2.model/-instance-network-interface-specification/associate-public-ip-address.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.vpc import ElasticIp
from wa_iac.core.graph import Graph
from wa_iac.core.logic import first_unknown
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, flag, rule
from wa_iac.core.value import Known

_ORDER: Final = ("depends_on", "DependsOn")
"""The attributes that only say what is made first."""


@rule(
    practices=["COST04-BP03", "SUS02-BP03"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        cfn="Association:\n  Type: AWS::EC2::EIPAssociation\n  Properties:\n    AllocationId: !GetAtt <this address>.AllocationId\n"
        "    InstanceId: !Ref <the instance>",
        tf='resource "aws_eip_association" "this" {\n  allocation_id = <this address>.id\n  instance_id   = <the instance>.id\n}',
        decision="Remove the address if nobody needs it: it is then gone for good. Or give it to an instance, whose present public address goes:",
    ),
    equivalents={"checkov": ["CKV2_AWS_19"], "config": ["EIP_ATTACHED"]},
)
def check(address: ElasticIp, graph: Graph) -> Flags:
    holders = (address.instance, address.network_interface, address.associations.presence, address.gateways.presence)
    accept(any(isinstance(holder, Known) for holder in holders) or id(address.declared) in graph.once(_used))
    unknown = first_unknown(*holders)
    accept(unknown is not None and bool(unknown.origin.references))
    all_known(unknown)
    yield flag(
        address, "Nothing here uses this Elastic IP address: AWS charges for a public IPv4 address by the hour, used or not."
    )


def _used(graph: Graph) -> frozenset[int]:
    """The `id` of each declaration that anything at all refers to: a load balancer, a firewall, a start-up script."""
    return frozenset(
        id(found)
        for each in graph.declared
        for value in (each.body, *(value for key, value in each.attributes.items() if key not in _ORDER))
        for found in graph.referred(value)
        if found is not each
    )
