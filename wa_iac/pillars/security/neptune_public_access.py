"""# Neptune instance has a public endpoint

## Why

With a public endpoint, an instance of this graph database has a public IP address. Only its security groups and the signature of each
request keep the internet out: a leaked access key of a role that may use the graph then works from anywhere.

## What it checks

The rule reports an instance that is publicly accessible. The finding is advice if the security groups of its cluster let in no address of
the internet.

## What is left out

The default: an instance without the setting is private. Neptune asks for IAM authentication before it makes an endpoint public, so the
severity is high, and not critical.

## Non-compliant

```yaml
Resources:
  Graph:
    Type: AWS::Neptune::DBCluster
    Properties:
      IamAuthEnabled: true
      StorageEncrypted: true
  First:
    Type: AWS::Neptune::DBInstance
    Properties:
      DBClusterIdentifier: !Ref Graph
      DBInstanceClass: db.r6g.large
      PubliclyAccessible: true  # finding
```

```hcl
resource "aws_neptune_cluster_instance" "first" {
  cluster_identifier  = "graph"
  instance_class      = "db.r6g.large"
  publicly_accessible = true # finding
}
```

## Compliant

```yaml
Resources:
  First:
    Type: AWS::Neptune::DBInstance
    Properties:
      DBClusterIdentifier: graph
      DBInstanceClass: db.r6g.large
```

```hcl
resource "aws_neptune_cluster_instance" "first" {
  cluster_identifier  = "graph"
  instance_class      = "db.r6g.large"
  publicly_accessible = false
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Public:
    Type: String
Resources:
  First:
    Type: AWS::Neptune::DBInstance
    Properties:
      DBClusterIdentifier: graph
      DBInstanceClass: db.r6g.large
      PubliclyAccessible: !Ref Public  # undecided: parameter "Public" has no default
```

```hcl
variable "public" { # undecided: Fails when var.public is true
  type = bool
}

resource "aws_neptune_cluster_instance" "first" {
  cluster_identifier  = "graph"
  instance_class      = "db.r6g.large"
  publicly_accessible = var.public
}
```

## Sources

- [Neptune Public Endpoints - Amazon Neptune](https://docs.aws.amazon.com/neptune/latest/userguide/neptune-public-endpoints.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.neptune import Instance
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, flag, rule, settled
from wa_iac.core.value import Known

_FIX: Final = Recipe(
    cfn={"PubliclyAccessible": False},
    tf={"publicly_accessible": False},
    unsafe_because="clients outside of the VPC can no longer connect",
)


@rule(
    practices=["SEC05-BP01", "SEC03-BP07"],
    severity=Severity.HIGH,
    equivalents={"checkov": ["CKV_AWS_102"]},
    remedy=replace(
        Remedy.of_recipe(_FIX),
        decision="Clients outside of the VPC can no longer connect: notebooks, build servers and tests, people at their desks. Give them a way into the "
        "VPC first, such as a VPN or runners in its subnets. If it is to stay public, let its security groups admit these clients only.",
    ),
    fix=_FIX,
)
def check(instance: Instance, graph: Graph) -> Flags:
    public = settled(instance.publicly_accessible)
    if public != Known(True):
        return
    # Imported here, since few instances are public.
    from wa_iac.knowledge.admission import admits_internet

    groups = [cluster.security_groups for cluster in instance.cluster]
    if groups and admits_internet(groups, graph) == Known(False):
        yield flag(
            public,
            "This instance has a public endpoint. Its security groups let in no address of the internet today.",
            severity=Severity.MEDIUM,
            confidence=Confidence.LOW,
        )
        return
    yield flag(
        public,
        "This instance has a public endpoint: its security groups and the signature of requests at most keep the internet out.",
    )
