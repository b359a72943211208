"""# Servers of the same kind are all in one Availability Zone

Several servers that do the same work protect each other only while they do not fail together. In one Availability Zone, one power or
network failure stops them all.

Servers are taken to be of the same kind where one Terraform block makes several of them, and where they start from the same image and
their names differ in a number or a letter: `Web1` and `Web2`, `web_a` and `web_b`. Those in a placement group are close together on
purpose, and are left alone.

## Non-compliant

```yaml
Resources:
  Web1:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      SubnetId: subnet-12345678  # finding
  Web2:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      SubnetId: subnet-12345678
```

```hcl
resource "aws_instance" "web" {
  count             = 3
  ami               = "ami-12345678"
  availability_zone = "eu-west-1a" # finding
}
```

## Compliant

```yaml
Resources:
  First:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-12345678
      CidrBlock: 10.0.0.0/24
      AvailabilityZone: !Select [0, !GetAZs '']
  Second:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: vpc-12345678
      CidrBlock: 10.0.1.0/24
      AvailabilityZone: !Select [1, !GetAZs '']
  Web1:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      SubnetId: !Ref First
  Web2:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      SubnetId: !Ref Second
```

```hcl
resource "aws_instance" "web" {
  count             = 2
  ami               = "ami-12345678"
  availability_zone = ["eu-west-1a", "eu-west-1b"][count.index]
}

resource "aws_instance" "worker" {
  ami               = "ami-12345678"
  availability_zone = "eu-west-1a"
}
```
"""

from collections.abc import Iterator

from wa_iac.aws.ec2 import Instance
from wa_iac.core.algebra import distinct
from wa_iac.core.graph import Graph
from wa_iac.core.reasons import Said
from wa_iac.core.rule import Confidence, Flag, Remedy, Severity, flag, not_applicable, rule, undecided
from wa_iac.core.value import Absent, Known, Step, Tree, Unknown
from wa_iac.knowledge.servers import same_kind


@rule(
    practices=["REL10-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        cfn="SubnetId: !Ref <a subnet in another zone>",
        tf="subnet_id = <subnets in several zones>[count.index % length(<subnets in several zones>)]",
    ),
)
def check(server: Instance, graph: Graph) -> Iterator[Flag]:
    kind = [other for other in graph.of(Instance) if same_kind(server, other)]
    if not isinstance(server.placement_group, Absent):
        yield not_applicable("a placement group keeps it close to others")
        return
    if len(kind) < 2 and not server.representative:
        yield not_applicable("it is the only one of its kind")
        return
    if kind[0] != server:
        # The finding is on the first of its kind.
        return
    least, most = distinct(_zone(each) for each in kind)
    doubts = [
        *(each.declared.condition for each in kind),
        *(each.declared.others for each in kind),
        *(found for found in (_zone(each) for each in kind) if isinstance(found, Unknown) and most > 1),
    ]
    doubt = next((each for each in doubts if each is not None), None)
    if least > 1:
        return
    if doubt is not None:
        yield undecided(doubt)
        return
    yield flag(
        _written(server),
        f"All {len(kind)} servers of this kind are in one Availability Zone: when it fails, they fail together.",
        related=[Step(each.span, f"{each.address} is one of them") for each in kind[1:] if each.span != server.span],
    )


def _written(server: Instance) -> Tree:
    if not isinstance(server.availability_zone, Absent):
        return server.availability_zone
    return server.subnet.value


def _zone(server: Instance) -> Tree:
    """The zone it is in, or an unknown that is equal for servers which are surely in the same one."""
    if not isinstance(server.availability_zone, Absent):
        return server.availability_zone
    if len(server.subnet.targets) == 1 and server.subnet.unknown is None:
        return server.subnet.targets[0].zone
    match server.subnet.value:
        case Known(str() as text) if not server.subnet.targets:
            return Unknown(Said(f"the zone of the subnet {text} is not known here"), ("zone of", text), server.absent.origin)
        case Unknown() as subnet:
            return subnet
        case _:
            return Unknown(Said("nothing says in which zone it is"), ("zone of", server.address), server.absent.origin)
