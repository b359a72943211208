"""# DocumentDB cluster has no deletion protection

## Why

Once a cluster has no instances, one request deletes it with all its data. A script in the wrong account, the deletion of its stack, or
`terraform destroy` in the wrong directory deletes the instances first. With deletion protection, DocumentDB rejects the request until someone disables the protection.

## What it checks

The rule reports a cluster for which the deletion protection is not turned on; it is off by default.

A cluster with `DeletionPolicy: Delete` is reported as advice: its author lets the data go with the stack. So is a cluster in a file of a
workshop or a demonstration, by its path.

## What is left out

The rule does not look at snapshots that are taken when a cluster is deleted: a new cluster has to be restored from them, and meanwhile the
workload stands still. If clusters come and go with a test environment, let the setting depend on the environment.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::DocDB::DBCluster
    Properties:
      StorageEncrypted: true
```

```hcl
resource "aws_docdb_cluster" "orders" {
  cluster_identifier  = "orders"
  deletion_protection = false # finding
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::DocDB::DBCluster
    Properties:
      DeletionProtection: true
```

```hcl
resource "aws_docdb_cluster" "orders" {
  cluster_identifier  = "orders"
  deletion_protection = true
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Protected:
    Type: String
Resources:
  Orders:
    Type: AWS::DocDB::DBCluster
    Properties:
      DeletionProtection: !Ref Protected  # undecided: parameter "Protected" has no default
```

```hcl
variable "protected" { # undecided: Fails when var.protected is false
  type = bool
}

resource "aws_docdb_cluster" "orders" {
  cluster_identifier  = "orders"
  deletion_protection = var.protected
}
```

## Sources

- [Support for deletion_protection in version 2.57 of the provider](https://github.com/hashicorp/terraform-provider-aws/issues/12594), read on 2026-11-29
- [AWS::DocDB::DBCluster (CfnDBCluster)](https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_docdb.CfnDBCluster.md), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.docdb import Cluster
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, milder, rule
from wa_iac.pillars.judgements.cluster_databases import deletion

_SINCE: Final = 3
_NEWER: Final = Remedy(
    tf={"deletion_protection": True},
    decision="The argument needs version 2.57 of the AWS provider or a later one: raise its version first.",
)


@rule(
    practices=["SEC08-BP04", "OPS06-BP01"],
    severity=Severity.HIGH,
    equivalents={"config": ["DOCDB_CLUSTER_DELETION_PROTECTION_ENABLED"], "security_hub": ["DocumentDB.5"]},
    fix=Recipe(
        cfn={"DeletionProtection": True},
        tf={"deletion_protection": True},
        unsafe_because="the cluster, and a stack with it, can no longer be deleted or replaced until the protection is off",
    ),
)
def check(cluster: Cluster, graph: Graph) -> Flags:
    found = deletion(cluster)
    yield from milder(found, instead=_NEWER) if cluster.dialect == "terraform" and graph.once(_has_old_provider) else found


def _has_old_provider(graph: Graph) -> bool:
    from wa_iac.knowledge.provider_versions import newest_major

    return newest_major(graph) < _SINCE
