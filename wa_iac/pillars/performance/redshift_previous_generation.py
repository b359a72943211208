"""# Redshift cluster uses nodes of a previous generation

## Why

Dense compute and dense storage nodes have their data on their own disks, so a warehouse that grows needs more nodes, also when it has
nothing to compute. RA3 nodes keep data in S3, scale both apart, and have features that the others lack: data sharing, and a cluster in
several zones. AWS deprecated DC2, the last of the older types, in April 2025, and makes no new clusters of it since May 2025.

## What it checks

The rule reports nodes of the types DC1, DC2, DS1 and DS2.

## What is left out

RA3 and newer nodes, and Redshift Serverless.

## Non-compliant

```yaml
Resources:
  Warehouse:
    Type: AWS::Redshift::Cluster
    Properties:
      ClusterType: multi-node
      NumberOfNodes: 2
      DBName: warehouse
      MasterUsername: admin
      ManageMasterPassword: true
      NodeType: dc2.large  # finding
```

```hcl
resource "aws_redshift_cluster" "warehouse" {
  cluster_identifier     = "warehouse"
  manage_master_password = true
  master_username        = "admin"
  number_of_nodes        = 2
  node_type              = "ds2.xlarge" # finding
}
```

## Compliant

```yaml
Resources:
  Warehouse:
    Type: AWS::Redshift::Cluster
    Properties:
      ClusterType: multi-node
      NumberOfNodes: 2
      DBName: warehouse
      MasterUsername: admin
      ManageMasterPassword: true
      NodeType: ra3.large
```

```hcl
resource "aws_redshift_cluster" "warehouse" {
  cluster_identifier     = "warehouse"
  manage_master_password = true
  master_username        = "admin"
  number_of_nodes        = 2
  node_type              = "ra3.xlplus"
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Node:
    Type: String
Resources:
  Warehouse:
    Type: AWS::Redshift::Cluster
    Properties:
      ClusterType: multi-node
      NumberOfNodes: 2
      DBName: warehouse
      MasterUsername: admin
      ManageMasterPassword: true
      NodeType: !Ref Node  # undecided: parameter "Node" has no default
```

```hcl
variable "node" {
  type = string
}

resource "aws_redshift_cluster" "warehouse" {
  cluster_identifier     = "warehouse"
  manage_master_password = true
  master_username        = "admin"
  number_of_nodes        = 2
  node_type              = var.node # undecided: var.node has no default
}
```

## Sources

- [update default node type from DC2_LARGE to RA3_LARGE](https://github.com/aws/aws-cdk/pull/36516), read on 2026-11-30
- [nodeType, CreateClusterRequest](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/redshift/aws.sdk.kotlin.services.redshift.model/-create-cluster-request/node-type.html), read on 2026-11-29
- [Amazon Redshift provisioned clusters](https://docs.amazonaws.cn/en_us/redshift/latest/mgmt/working-with-clusters.md), read on 2026-11-29
"""

from collections.abc import Mapping
from typing import Final

from wa_iac.aws.redshift import Cluster
from wa_iac.core.rule import Flags, Remedy, Severity, flag, rule, settled
from wa_iac.core.value import Known
from wa_iac.knowledge.dated import facts

_NODES: Final[Mapping[str, str]] = facts("service_generations")["nodes"]
_RESIZED: Final = (
    "RA3 nodes cost more for each hour, and their storage is paid for apart. This resizes the cluster, which refuses queries or writes meanwhile: compare the sizes first. RA3 nodes may need another number, and a classic "
    "resize or a restored snapshot if the numbers do not fit."
)


_SNAPSHOTS: Final = "RA3 nodes always have automated snapshots: first give them a period of a day or more."


_PORTS: Final = (range(5431, 5456), range(8191, 8216))
"""The ports of clusters of RA3 nodes ("CreateCluster", Amazon Redshift API Reference)."""
_OTHER_PORT: Final = "RA3 nodes take a port from 5431 to 5455 or from 8191 to 8215 only: a new cluster needs one of these, and so do its clients and security groups."


def _first(cluster: Cluster) -> str:
    """What has to change with the type."""
    words = []
    if cluster.snapshot_retention == Known(0):
        words.append(_SNAPSHOTS)
    if isinstance(cluster.port, Known) and not any(cluster.port.value in each for each in _PORTS):
        words.append(_OTHER_PORT)
    return " ".join((*words, _RESIZED))


def _of_type(better: str, decision: str = _RESIZED) -> Remedy:
    return Remedy(cfn={"NodeType": better}, tf={"node_type": better}, decision=decision)


@rule(
    practices=["PERF02-BP01", "PERF05-BP06", "COST06-BP02", "SUS05-BP02"],
    severity=Severity.MEDIUM,
    remedy=_of_type("ra3.large"),
)
def check(cluster: Cluster) -> Flags:
    match settled(cluster.node_type):
        case Known(name) if better := _NODES.get(name.lower()):
            yield flag(
                cluster.node_type,
                f"AWS makes no new clusters of {name} nodes: this can no longer be deployed again. {better} takes their place, and scales data and work apart.",
                instead=_of_type(better, _first(cluster)),
            )
        case _:
            return
