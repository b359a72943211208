"""# RDS database is publicly accessible

## Why

A publicly accessible database has a name that resolves to a public IP address. Then only a security group and a password
protect it from the whole internet, and a mistake in one of them is enough.

Administrators reach a private database through a VPN, a bastion host or Session Manager's port forwarding.

## What it checks

The rule reads whether each database instance is publicly accessible, and each Multi-AZ DB cluster in a template, and reports `true`. If CloudFormation does not set it, RDS decides
by the VPC of the subnet group, and the result is undecided. The severity is critical if the security groups, which a
member has from its cluster, are known to let in many addresses of the internet. It is high if they let in none, or only a few, or whom they let in is not known, or if there is only the default group of the VPC; if a comment beside the setting also gives a reason for those few, the finding is advice. It is medium if the
internet certainly cannot reach the database: its subnets have no route to an internet gateway, or VPC Block Public Access is on.

## What is left out

In Terraform, an instance without the setting is not publicly accessible, which counts as good. `aws_rds_cluster` has no such argument.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      PubliclyAccessible: true  # finding
```

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: postgres
      DBClusterInstanceClass: db.r6gd.large
      AllocatedStorage: 100
      Iops: 1000
      MasterUsername: orders
      ManageMasterUserPassword: true
      PubliclyAccessible: true  # finding
```

```hcl
resource "aws_db_instance" "orders" {
  engine              = "postgres"
  instance_class      = "db.m7g.large"
  allocated_storage   = 100
  publicly_accessible = true # finding
}
```

```hcl
resource "aws_security_group" "orders" {
  description = "The application"
  ingress {
    protocol    = "tcp"
    from_port   = 3306
    to_port     = 3306
    cidr_blocks = ["10.0.0.0/16"]
  }
}

resource "aws_rds_cluster" "orders" {
  cluster_identifier     = "orders"
  engine                 = "aurora-mysql"
  vpc_security_group_ids = [aws_security_group.orders.id]
}

resource "aws_rds_cluster_instance" "first" {
  cluster_identifier  = aws_rds_cluster.orders.id
  engine              = "aurora-mysql"
  instance_class      = "db.r7g.large"
  publicly_accessible = true # finding: only its security groups
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      PubliclyAccessible: false
```

```hcl
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
}

resource "aws_rds_cluster_instance" "first" {
  cluster_identifier  = "sessions"
  engine              = "aurora-mysql"
  instance_class      = "db.r7g.large"
  publicly_accessible = false
}
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: its instances have the setting
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-postgresql
      MasterUsername: orders
      ManageMasterUserPassword: true
```

## Undecided

The result is undecided if `PubliclyAccessible` or `publicly_accessible` is not known before deployment.

```yaml
Parameters:
  PubliclyAccessible:
    Type: String
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      PubliclyAccessible: !Ref PubliclyAccessible  # undecided: parameter "PubliclyAccessible" has no default
```

```hcl
variable "publicly_accessible" { # undecided: Fails when var.publicly_accessible is true
  type = bool
}

resource "aws_db_instance" "orders" {
  engine              = "postgres"
  instance_class      = "db.m7g.large"
  allocated_storage   = 100
  publicly_accessible = var.publicly_accessible
}
```

## Sources

- [publiclyAccessible (CreateDBCluster)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/rds/aws.sdk.kotlin.services.rds.model/-create-db-cluster-request/publicly-accessible.html), read on 2026-12-01
- [publiclyAccessible (CreateDBInstance)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/rds/aws.sdk.kotlin.services.rds.model/-create-db-instance-request/publicly-accessible.html), read on 2026-11-29
- [publiclyAccessible (ModifyDBInstance)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/rds/aws.sdk.kotlin.services.rds.model/-modify-db-instance-request/publicly-accessible.html), read on 2026-11-29
"""

import re
from dataclasses import replace
from typing import Final

from wa_iac.aws.rds import Cluster, ClusterInstance, Instance
from wa_iac.aws.vpc import SecurityGroup
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.partial import pieces_of
from wa_iac.core.reasons import Said
from wa_iac.core.resource import Link
from wa_iac.core.rule import Flags, Remedy, Severity, exempt, flag, rule, settled, undecided
from wa_iac.core.value import Absent, Known, Unknown
from wa_iac.pillars.judgements.from_outside import cut_off

_PRIVATE = Recipe(
    cfn={"PubliclyAccessible": False},
    tf={"publicly_accessible": False},
    unsafe_because="clients outside of the VPC can no longer connect",
)
_FROM_OUTSIDE = late(
    r"\b(?:external(?:ly)?|(?:from )?outside|(?:from|over) the internet)\b(?:\W+\w+){0,4}\W+(?:access|connect\w*|vpc|clients?)\b"
    r"|\b(?:access\w*|connect\w*|reach\w*)\b(?:\W+\w+){0,3}\W+(?:from outside|externally|from the internet)\b",
    re.IGNORECASE,
)
"""How a description says that clients outside of the VPC need the database."""
_FOR_OUTSIDERS = replace(
    Remedy.of_recipe(_PRIVATE),
    decision="The code says that clients outside of the VPC connect to it, and they no longer can: first move them into the VPC, or give them "
    "a VPN or a bastion host. Until then, let the security group admit their addresses only.",
)
_FOR_FEW = replace(
    Remedy.of_recipe(_PRIVATE),
    decision="First give the machines at these addresses another way, such as a VPN, VPC peering or a bastion host in the VPC. If a hosted service that "
    "can use none of these is at them, keep the address, require TLS, and suppress this with that as the reason.",
)


_CUT_OFF = (
    "Clients outside of the VPC can no longer connect, such as tests, people at their desks and hosted services: first give them a VPN, a bastion host or "
    "VPC peering. If some of them can use none of these, let the security group admit their addresses only, require TLS, and suppress this with that as "
    "the reason."
)


def _with_programs(instance: Instance | ClusterInstance | Cluster, graph: Graph) -> Remedy | None:
    """The remedy where a program of this code comes from outside of the VPC: by the endpoint of the instance, or of its cluster."""
    databases = (instance,) if isinstance(instance, Cluster) else (instance, *instance.cluster)
    found = next(filter(None, (cut_off(each, graph) for each in databases)), "")
    return (
        replace(Remedy.of_recipe(_PRIVATE), decision=f"Clients outside of the VPC can no longer connect. {found}")
        if found
        else None
    )


_PERHAPS: Final = (
    " If its subnets, which are not known here, have no route to an internet gateway, the internet cannot reach it."
)


@rule(
    practices=["SEC05-BP01", "SEC03-BP07"],
    severity=Severity.CRITICAL,
    equivalents={
        "checkov": ["CKV_AWS_17"],
        "trivy": ["AVD-AWS-0180"],
        "cdk_nag": ["RDSInstancePublicAccess"],
        "guard": ["RDS_INSTANCE_PUBLIC_ACCESS_CHECK"],
        "config": ["RDS_INSTANCE_PUBLIC_ACCESS_CHECK"],
        "cfn_nag": ["F22"],
        "security_hub": ["RDS.2"],
    },
    remedy=replace(Remedy.of_recipe(_PRIVATE), decision=_CUT_OFF, given=_with_programs),
    fix=_PRIVATE,
)
def check(instance: Instance | ClusterInstance | Cluster, graph: Graph) -> Flags:
    public = instance.publicly_accessible
    if isinstance(instance, Cluster):
        if instance.declared.type == "aws_rds_cluster":
            return  # It has no such argument.
        exempt(instance.is_aurora(), "its instances have the setting")
    if isinstance(public, Absent):
        why = "without PubliclyAccessible, RDS decides by the subnet group's VPC"
        yield undecided(
            Unknown(Said(why, "set PubliclyAccessible: false"), ("public by default", instance.address), public.origin)
        )
    elif settled(public) == Known(True):
        # Imported here, since most databases are not public.
        from wa_iac.knowledge.admission import admits_internet, only_default_group
        from wa_iac.knowledge.reachability import way_closed_to

        closed = way_closed_to(instance, graph)
        groups = _groups(instance)
        admitted = admits_internet(groups, graph)
        perhaps = _PERHAPS if isinstance(closed, Unknown) else ""
        if isinstance(closed, Known):
            message = f"This database is publicly accessible. The internet cannot reach it today, because {closed.value}."
            yield flag(public, message, severity=Severity.MEDIUM)
        elif admitted == Known(False):
            message = (
                "This database has a public IP address: only its security groups keep the internet out; one more rule opens it."
            )
            yield flag(public, message + perhaps, severity=Severity.HIGH)
        elif not _is_classic(instance) and only_default_group(groups, graph):
            message = (
                "This database has a public IP address. Its security group is the default one of its VPC, which lets in its own members only, "
                "until somebody changes it."
            )
            yield flag(public, message + perhaps, severity=Severity.HIGH)
        elif (many := admits_internet(groups, graph, narrow=True)) == Known(False):
            message = (
                "This database has a public IP address. Its security groups let in a few addresses of the internet only; one more rule "
                "opens it."
            )
            yield flag(public, message + perhaps, severity=Severity.HIGH, explained=Severity.MEDIUM, instead=_FOR_FEW)
        else:
            is_open = many == Known(True)
            message = (
                "This database has a public IP address: its security group and a password at most keep the internet out."
                if is_open
                else "This database has a public IP address: a password, and security groups whose rules are not all known here, keep the "
                "internet out."
            )
            yield flag(
                public,
                message + perhaps,
                severity=None if is_open else Severity.HIGH,
                instead=_FOR_OUTSIDERS if _is_for_outsiders(instance) else "",
            )


def _groups(instance: Instance | ClusterInstance | Cluster) -> list[Link[SecurityGroup]]:
    """The security groups of an instance: a member has those of its cluster."""
    own = [] if isinstance(instance, ClusterInstance) else [instance.security_groups]
    return own if isinstance(instance, Cluster) else [*own, *(cluster.security_groups for cluster in instance.cluster)]


def _is_classic(instance: Instance | ClusterInstance | Cluster) -> bool:
    """Whether it names security groups of EC2-Classic, which have address ranges of their own."""
    return isinstance(instance, Instance) and not isinstance(instance.classic_security_groups, Absent)


def _is_for_outsiders(instance: Instance | ClusterInstance | Cluster) -> bool:
    """Whether the description of a security group of its says so."""
    texts = (piece for link in _groups(instance) for group in link for piece in pieces_of(group.description))
    return any(_FROM_OUTSIDE.search(each) for each in texts)
