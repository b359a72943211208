"""# MemoryDB cluster makes no snapshots

## Why

MemoryDB keeps its data safe when a node or a zone fails, but not when a program or a person deletes it: one `FLUSHALL`, or the deletion of the
cluster, and everything is gone. A daily snapshot is what it can be restored from.

## What it checks

The rule reports a cluster that keeps its automatic snapshots for 0 days, which turns them off. That is the default. The severity is medium: only
mistakes of people and programs lose data.

The finding is advice in a file of a workshop, a demonstration, or an environment for development or tests, by its path, and for anything that is not for
production, by its names or tags.

## What is left out

The rule does not look at snapshots that a program makes. If the data can be made again from another store, suppress the finding at the cluster,
with a reason.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::MemoryDB::Cluster
    Properties:
      ClusterName: orders
      NodeType: db.r7g.large
      ACLName: orders
      SnapshotRetentionLimit: 0  # finding
```

```hcl
resource "aws_memorydb_cluster" "orders" { # finding
  name      = "orders"
  node_type = "db.r7g.large"
  acl_name  = "orders"
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::MemoryDB::Cluster
    Properties:
      ClusterName: orders
      NodeType: db.r7g.large
      ACLName: orders
      SnapshotRetentionLimit: 7
```

```hcl
resource "aws_memorydb_cluster" "orders" {
  name      = "orders"
  node_type = "db.r7g.large"
  acl_name  = "orders"

  snapshot_retention_limit = 7
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Days:
    Type: Number
Resources:
  Orders:
    Type: AWS::MemoryDB::Cluster
    Properties:
      ClusterName: orders
      NodeType: db.r7g.large
      ACLName: orders
      SnapshotRetentionLimit: !Ref Days  # undecided: parameter "Days" has no default
```

```hcl
variable "days" {
  type = number
}

resource "aws_memorydb_cluster" "orders" {
  name      = "orders"
  node_type = "db.r7g.large"
  acl_name  = "orders"

  snapshot_retention_limit = var.days # undecided: var.days has no default
}
```

## Sources

- [Scheduling automatic snapshots - Amazon MemoryDB](https://docs.aws.amazon.com/memorydb/latest/devguide/snapshots-automatic.html), read on 2026-11-29
- [aws_memorydb_cluster - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/memorydb_cluster), read on 2026-11-29
"""

from wa_iac.aws.memorydb import Cluster
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Confidence, Flags, Severity, refuse, rule
from wa_iac.core.value import Absent
from wa_iac.pillars.judgements.workshops import where_needed


@rule(
    practices=["REL09-BP01", "REL09-BP03"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    fix=Recipe(
        cfn={"SnapshotRetentionLimit": 7},
        tf={"snapshot_retention_limit": 7},
        unsafe_because="AWS charges for snapshots that are kept longer than a day",
    ),
)
def check(cluster: Cluster) -> Flags:
    yield from where_needed(cluster, _judge(cluster), Absent())


def _judge(cluster: Cluster) -> Flags:
    yield from refuse(
        cluster.snapshot_retention,
        0,
        "This database makes no snapshots, from which data that is deleted or flushed by mistake could be restored.",
    )
