"""# Elastic IP address is not associated with a resource

Since February 2024, every public IPv4 address is billed by the hour, used or not. You pay for an unused one until someone
remembers to release it.

The rule reports an address that nothing in the same configuration refers to, not even an output. If the address is used in
another way, suppress the finding, with a reason.

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
"""

from collections.abc import Iterator

from wa_iac.aws.vpc import ElasticIp
from wa_iac.core.algebra import references
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flag, Remedy, Severity, flag, rule, undecided
from wa_iac.core.value import Known, Unknown


@rule(
    practices=["COST04-BP03", "SUS02-BP03"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        cfn="Association:\n  Type: AWS::EC2::EIPAssociation\n  Properties:\n    AllocationId: !GetAtt <the address>.AllocationId\n"
        "    InstanceId: !Ref <the server>",
        tf='resource "aws_eip_association" "this" {\n  allocation_id = <the address>.id\n  instance_id   = <the server>.id\n}',
    ),
    equivalents={"checkov": ["CKV2_AWS_19"], "config": ["EIP_ATTACHED"]},
)
def check(address: ElasticIp, graph: Graph) -> Iterator[Flag]:
    holders = (address.instance, address.network_interface, address.associations.presence, address.gateways.presence)
    if any(isinstance(holder, Known) for holder in holders) or _used(address, graph):
        return
    for holder in holders:
        if isinstance(holder, Unknown):
            if not holder.origin.references:
                yield undecided(holder)
            return
    yield flag(address, "Nothing here uses this address, and a public IPv4 address is billed by the hour, used or not.")


def _used(address: ElasticIp, graph: Graph) -> bool:
    """Whether anything at all refers to it: a load balancer, a firewall, a start-up script that attaches it."""
    for other in graph.declared:
        if other is address.declared:
            continue
        for value in (
            other.body,
            *(value for key, value in other.attributes.items() if key not in ("depends_on", "DependsOn")),
        ):
            for reference in references(value):
                if any(found is address.declared for found in graph.at(reference.address)):
                    return True
    return False
