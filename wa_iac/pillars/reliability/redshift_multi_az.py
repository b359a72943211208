"""# Redshift cluster is in one Availability Zone

## Why

All nodes of this data warehouse are in one Availability Zone. When that zone fails, no query runs until the cluster has been moved or restored by
hand. A Multi-AZ cluster goes on with its nodes in the second zone.

## What it checks

The rule reports a cluster of RA3 nodes for which neither Multi-AZ nor relocation to another zone is turned on. Both are off by default.

## What is left out

Redshift Serverless, which uses several zones. The rule is in the profile `all`: a second set of nodes doubles the cost, which is not worth it for
reports that can wait for a day.

## Non-compliant

```yaml
Resources:
  Sales:
    Type: AWS::Redshift::Cluster
    Properties:
      ClusterType: multi-node
      NumberOfNodes: 2
      NodeType: ra3.xlplus
      DBName: sales
      MasterUsername: sales
      ManageMasterPassword: true
      MultiAZ: false  # finding
```

```hcl
resource "aws_redshift_cluster" "sales" { # finding
  cluster_identifier     = "sales"
  cluster_type           = "multi-node"
  number_of_nodes        = 2
  node_type              = "ra3.xlplus"
  master_username        = "sales"
  manage_master_password = true
}
```

## Compliant

```yaml
Resources:
  Sales:
    Type: AWS::Redshift::Cluster
    Properties:
      ClusterType: multi-node
      NumberOfNodes: 2
      NodeType: ra3.xlplus
      DBName: sales
      MasterUsername: sales
      ManageMasterPassword: true
      MultiAZ: true
```

```hcl
resource "aws_redshift_cluster" "sales" {
  cluster_identifier     = "sales"
  cluster_type           = "multi-node"
  number_of_nodes        = 2
  node_type              = "ra3.xlplus"
  master_username        = "sales"
  manage_master_password = true
  multi_az               = true
}
```

## Not applicable

```yaml
Resources:
  Sales:  # not applicable: only RA3 nodes
    Type: AWS::Redshift::Cluster
    Properties:
      ClusterType: multi-node
      NumberOfNodes: 2
      NodeType: dc2.large
      DBName: sales
      MasterUsername: sales
      ManageMasterPassword: true
```

```hcl
resource "aws_redshift_cluster" "sales" { # not applicable: only RA3 nodes
  cluster_identifier     = "sales"
  cluster_type           = "multi-node"
  number_of_nodes        = 2
  node_type              = "dc2.large"
  master_username        = "sales"
  manage_master_password = true
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Zones:
    Type: String
Resources:
  Sales:
    Type: AWS::Redshift::Cluster
    Properties:
      ClusterType: multi-node
      NumberOfNodes: 2
      NodeType: ra3.xlplus
      DBName: sales
      MasterUsername: sales
      ManageMasterPassword: true
      MultiAZ: !Ref Zones  # undecided: parameter "Zones" has no default
```

```hcl
variable "zones" { # undecided: Fails when var.zones is false
  type = bool
}

resource "aws_redshift_cluster" "sales" {
  cluster_identifier     = "sales"
  cluster_type           = "multi-node"
  number_of_nodes        = 2
  node_type              = "ra3.xlplus"
  master_username        = "sales"
  manage_master_password = true
  multi_az               = var.zones
}
```

## Sources

- [Setting up Multi-AZ deployment - Amazon Redshift](https://docs.aws.amazon.com/redshift/latest/mgmt/overview-multi-az.html), read on 2026-11-29
- [availabilityZoneRelocation (CreateClusterRequest)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/redshift/aws.sdk.kotlin.services.redshift.model/-create-cluster-request/availability-zone-relocation.html), read on 2026-11-29
"""

from wa_iac.aws.redshift import Cluster
from wa_iac.core.logic import holds
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, accept, exempt, expect, rule
from wa_iac.core.value import Known


@rule(
    practices=["REL10-BP01", "REL11-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn={"MultiAZ": True},
        tf={"multi_az": True},
        decision="Multi-AZ needs two nodes or more, encryption and subnets in several zones, and doubles the cost of the nodes. "
        "AvailabilityZoneRelocation (availability_zone_relocation_enabled) costs nothing, and moves the cluster instead.",
    ),
    equivalents={"config": ["REDSHIFT_CLUSTER_MULTI_AZ_ENABLED"], "security_hub": ["Redshift.18"]},
)
def check(cluster: Cluster) -> Flags:
    accept(cluster.multi_az == Known(True))
    exempt(
        holds(cluster.node_type, lambda name: name.lower().startswith(("dc", "ds"))), "only RA3 nodes can be in several zones"
    )
    accept(cluster.relocation)
    yield from expect(
        cluster.multi_az,
        True,
        "All nodes of this data warehouse are in one Availability Zone: when it fails, no query runs until somebody has moved the cluster.",
    )
