"""# Default security group of a VPC is in use or has rules

## Why

A resource that names no security group gets the default one of its VPC. As AWS makes it, all its members reach each other on every port, and
nobody has decided that. If a team uses the group on purpose, everything that forgot its own group is let in too.

## What it checks

- In Terraform, an `aws_default_security_group` with rules. Without rules, Terraform removes those that AWS made.
- A resource that uses the default group of a VPC that is declared with it, or adds a rule to it.
- In Terraform, a VPC whose default group is not managed, so that AWS's rules stay. Its severity is low.

## What is left out

CloudFormation cannot remove the rules of a default group. A VPC of a template is reported only if something uses its default group.

## Non-compliant

```yaml
Resources:
  Network:  # finding: Cache
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      SecurityGroupIds: [!GetAtt Network.DefaultSecurityGroup]
```

```hcl
resource "aws_vpc" "unmanaged" { # finding: rules that AWS made
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpc" "managed" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_default_security_group" "managed" {
  vpc_id = aws_vpc.managed.id

  ingress { # finding: keeps rules
    protocol  = "-1"
    from_port = 0
    to_port   = 0
    self      = true
  }
}
```

## Compliant

```yaml
Resources:
  Network:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Caches:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: Caches
      VpcId: !Ref Network
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      SecurityGroupIds: [!GetAtt Caches.GroupId]
```

```hcl
resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_default_security_group" "this" {
  vpc_id = aws_vpc.this.id
}
```

## Not applicable

```yaml
Resources:
  Network:  # not applicable: CloudFormation cannot change
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
```

## Undecided

The result is undecided if it is not known before deployment which VPC a managed default group belongs to, or whether the group has rules.

```yaml
Parameters:
  UseDefault:
    Type: String
Conditions:
  UsesDefault: !Equals [!Ref UseDefault, "yes"]
Resources:
  Network:  # undecided: Fails when UsesDefault is true
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
  Cache:
    Type: AWS::ElastiCache::ReplicationGroup
    Properties:
      ReplicationGroupDescription: Sessions
      SecurityGroupIds:
        - !If [UsesDefault, !GetAtt Network.DefaultSecurityGroup, sg-0a1b2c3d]
```

```hcl
variable "vpc_id" {
  type = string
}

resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_default_security_group" "other" {
  vpc_id = var.vpc_id # undecided: var.vpc_id has no default
}
```

## Sources

- [vpc-default-security-group-closed](https://docs.aws.amazon.com/config/latest/developerguide/vpc-default-security-group-closed.html), read on 2026-11-29
"""

from collections.abc import Iterator
from typing import Final

from wa_iac.aws.vpc import DefaultSecurityGroup, Vpc
from wa_iac.core.algebra import references
from wa_iac.core.declared import INDEX, Declared
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, exempt, flag, rule, undecided
from wa_iac.core.value import Known, Step, Tree, Unknown

_ATTRIBUTES: Final = frozenset({"DefaultSecurityGroup", "default_security_group", "default_security_group_id"})
_CLOSED: Final = Remedy(
    tf='resource "aws_default_security_group" "this" {\n  vpc_id = <this VPC>.id\n}',
    decision="Terraform then removes all rules of the default group. First look whether something still uses it.",
)


@rule(
    practices=["SEC05-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    convention=True,
    profile="all",
    remedy=Remedy(
        decision="Give each member a security group of its own with the rules that it needs, and leave the default group without rules."
    ),
    equivalents={
        "checkov": ["CKV2_AWS_12"],
        "trivy": ["AVD-AWS-0173"],
        "cdk_nag": ["VPCDefaultSecurityGroupClosed"],
        "config": ["VPC_DEFAULT_SECURITY_GROUP_CLOSED"],
        "security_hub": ["EC2.2"],
    },
)
def check(resource: Vpc | DefaultSecurityGroup, graph: Graph) -> Flags:
    if isinstance(resource, DefaultSecurityGroup):
        rules = [*resource.ingress, *resource.egress]
        known = [each for each in rules if each.unknown is None]
        if known:
            message = "This default security group keeps rules: they hold for everything that has no group of its own."
            yield flag(known[0], message)
        else:
            all_known(*(each.unknown for each in rules))
        return
    yield from _vpc(resource, graph)


def _vpc(vpc: Vpc, graph: Graph) -> Flags:
    users = [*_users(vpc, graph)]
    sure = [each for each, doubt in users if doubt is None]
    if sure:
        name = INDEX.sub("", sure[0].address)
        message = f"{name} uses the default security group of this VPC, and so does everything that has no group of its own."
        yield flag(vpc, message, related=[Step(each.span, "it is used here") for each in sure[:3]])
        return
    for _, doubt in users:
        if doubt is not None:
            yield undecided(doubt)
            return
    exempt(vpc.as_cloudformation, "CloudFormation cannot change the default security group, and nothing here uses it")
    managed = graph.pointing(DefaultSecurityGroup, "vpc")
    if managed.at.get(id(vpc.declared)):
        return
    all_known(managed.loose)
    message = "Nothing manages the default security group of this VPC, so the rules that AWS made stay: its members reach each other on every port."
    yield flag(vpc, message, severity=Severity.LOW, instead=_CLOSED)


def _users(vpc: Vpc, graph: Graph) -> Iterator[tuple[Declared, Unknown | None]]:
    """The resources that name the default group of a VPC, each with the choice that this depends on."""
    for each in graph.referring(vpc, graph.types):
        if each.kind != "resource" or each.type in DefaultSecurityGroup.tf:
            continue
        for value in _values(each.body):
            if any(found.attribute in _ATTRIBUTES and vpc.declared in graph.at(found.address) for found in references(value)):
                yield each, value if isinstance(value, Unknown) and value.alternatives else None
                break


def _values(body: Tree) -> Iterator[Tree]:
    waiting = [body]
    while waiting:
        match waiting.pop():
            case Known(dict() as entries):
                waiting += entries.values()
            case Known(list() as items):
                waiting += items
            case value:
                yield value
