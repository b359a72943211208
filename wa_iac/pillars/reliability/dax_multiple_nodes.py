"""# DAX cluster has a single node

## Why

All reads and writes of the application go through this node. When it or its Availability Zone fails, they fail too, although DynamoDB itself works,
until a new node has started, with an empty cache. AWS recommends three nodes or more, in different zones.

## What it checks

The rule reports a cluster with one node.

## What is left out

The rule does not report two nodes, which survive the loss of one.

## Non-compliant

```yaml
Resources:
  Cache:
    Type: AWS::DAX::Cluster
    Properties:
      NodeType: dax.r5.large
      ReplicationFactor: 1  # finding
      IAMRoleARN: arn:aws:iam::111122223333:role/cache
```

```hcl
resource "aws_dax_cluster" "cache" {
  cluster_name       = "cache"
  node_type          = "dax.r5.large"
  replication_factor = 1 # finding
  iam_role_arn       = "arn:aws:iam::111122223333:role/cache"
}
```

## Compliant

```yaml
Resources:
  Cache:
    Type: AWS::DAX::Cluster
    Properties:
      NodeType: dax.r5.large
      ReplicationFactor: 3
      IAMRoleARN: arn:aws:iam::111122223333:role/cache
```

```hcl
resource "aws_dax_cluster" "cache" {
  cluster_name       = "cache"
  node_type          = "dax.r5.large"
  replication_factor = 3
  iam_role_arn       = "arn:aws:iam::111122223333:role/cache"
}
```

## Undecided

The result is undecided if the number of nodes is not known before deployment.

```yaml
Parameters:
  Nodes:
    Type: String
Resources:
  Cache:
    Type: AWS::DAX::Cluster
    Properties:
      NodeType: dax.r5.large
      ReplicationFactor: !Ref Nodes  # undecided: parameter "Nodes" has no default
      IAMRoleARN: arn:aws:iam::111122223333:role/cache
```

```hcl
variable "nodes" {
  type = number
}

resource "aws_dax_cluster" "cache" {
  cluster_name       = "cache"
  node_type          = "dax.r5.large"
  replication_factor = var.nodes # undecided: var.nodes has no default
  iam_role_arn       = "arn:aws:iam::111122223333:role/cache"
}
```

## Sources

- [replicationFactor (CreateClusterRequest)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/dax/aws.sdk.kotlin.services.dax.model/-create-cluster-request/replication-factor.html), read on 2026-11-29
"""

from wa_iac.aws.dax import Cluster
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Confidence, Flags, Severity, refuse, rule


@rule(
    practices=["REL10-BP01", "REL11-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    fix=Recipe(
        cfn={"ReplicationFactor": 3}, tf={"replication_factor": 3}, unsafe_because="each node costs as much as the first"
    ),
)
def check(cluster: Cluster) -> Flags:
    yield from refuse(
        cluster.nodes,
        1,
        "This cluster has one node: when it or its zone fails, every read and write through it fails, although DynamoDB works.",
    )
