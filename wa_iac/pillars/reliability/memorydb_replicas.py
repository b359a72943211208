"""# MemoryDB shard has no replica

## Why

Each shard of this database is one node. When it or its Availability Zone fails, a part of the data can be neither read nor written until a new node has
started and loaded it. With a replica in another zone, MemoryDB fails over by itself.

## What it checks

The rule reports a cluster with no replica per shard. There is one by default.

The finding is advice in a file of a workshop, a demonstration, or an environment for development or tests, by its path, and for anything that is not for
production, by its names or tags.

## What is left out

The rule does not look at the zones of the subnets: MemoryDB spreads the nodes over them.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::MemoryDB::Cluster
    Properties:
      ClusterName: orders
      NodeType: db.r7g.large
      ACLName: orders
      NumReplicasPerShard: 0  # finding
```

```hcl
resource "aws_memorydb_cluster" "orders" {
  name      = "orders"
  node_type = "db.r7g.large"
  acl_name  = "orders"

  num_replicas_per_shard = 0 # finding
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
      NumReplicasPerShard: 2
```

```hcl
resource "aws_memorydb_cluster" "orders" {
  name      = "orders"
  node_type = "db.r7g.large"
  acl_name  = "orders"
}
```

## Undecided

The result is undecided if the number of replicas is not known before deployment.

```yaml
Parameters:
  Replicas:
    Type: Number
Resources:
  Orders:
    Type: AWS::MemoryDB::Cluster
    Properties:
      ClusterName: orders
      NodeType: db.r7g.large
      ACLName: orders
      NumReplicasPerShard: !Ref Replicas  # undecided: parameter "Replicas" has no default
```

```hcl
variable "replicas" {
  type = number
}

resource "aws_memorydb_cluster" "orders" {
  name      = "orders"
  node_type = "db.r7g.large"
  acl_name  = "orders"

  num_replicas_per_shard = var.replicas # undecided: var.replicas has no default
}
```

## Sources

- [Features of MemoryDB - Amazon MemoryDB](https://docs.aws.amazon.com/memorydb/latest/devguide/servicename-feature-overview.html), read on 2026-11-29
- [aws_memorydb_cluster - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/memorydb_cluster), read on 2026-11-29
"""

from wa_iac.aws.memorydb import Cluster
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Flags, Severity, refuse, rule
from wa_iac.core.value import Absent
from wa_iac.pillars.judgements.workshops import where_needed


@rule(
    practices=["REL10-BP01", "REL11-BP02"],
    severity=Severity.MEDIUM,
    fix=Recipe(
        cfn={"NumReplicasPerShard": 1},
        tf={"num_replicas_per_shard": 1},
        unsafe_because="a replica costs as much as the first node, and helps against the loss of a zone only if the subnets are in several",
    ),
)
def check(cluster: Cluster) -> Flags:
    yield from where_needed(cluster, _judge(cluster), Absent())


def _judge(cluster: Cluster) -> Flags:
    yield from refuse(
        cluster.replicas,
        0,
        "Each shard of this database is a single node: when it or its zone fails, its data is out of reach until a new one has started.",
    )
