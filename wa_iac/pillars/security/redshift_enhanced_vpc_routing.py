"""# Redshift data warehouse loads data outside of its VPC

## Why

Without enhanced VPC routing, `COPY` and `UNLOAD` reach S3 by the internet routes of AWS. Then endpoint policies, security groups and flow logs of the VPC do
not apply to the data that leaves the warehouse.

## What it checks

The rule reports a cluster or a workgroup of Redshift Serverless without enhanced VPC routing. It is off by default.

## What is left out

The rule is in the profile `all`: the traffic is encrypted in any case, and many teams do not control it.

## Non-compliant

```yaml
Resources:
  Sales:  # finding
    Type: AWS::Redshift::Cluster
    Properties:
      ClusterType: single-node
      DBName: sales
      MasterUsername: root_user
      ManageMasterPassword: true
      NodeType: ra3.large
```

```hcl
resource "aws_redshiftserverless_workgroup" "sales" {
  namespace_name       = "sales"
  workgroup_name       = "sales"
  enhanced_vpc_routing = false # finding
}
```

## Compliant

```yaml
Resources:
  Sales:
    Type: AWS::Redshift::Cluster
    Properties:
      ClusterType: single-node
      DBName: sales
      MasterUsername: root_user
      ManageMasterPassword: true
      NodeType: ra3.large
      EnhancedVpcRouting: true
```

```hcl
resource "aws_redshift_cluster" "sales" {
  cluster_identifier     = "sales"
  node_type              = "ra3.large"
  master_username        = "root_user"
  manage_master_password = true
  enhanced_vpc_routing   = true
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Routing:
    Type: String
Resources:
  Sales:
    Type: AWS::Redshift::Cluster
    Properties:
      ClusterType: single-node
      DBName: sales
      MasterUsername: root_user
      ManageMasterPassword: true
      NodeType: ra3.large
      EnhancedVpcRouting: !Ref Routing  # undecided: parameter "Routing" has no default
```

```hcl
variable "routing" { # undecided: Fails when var.routing is false
  type = bool
}

resource "aws_redshift_cluster" "sales" {
  cluster_identifier     = "sales"
  node_type              = "ra3.large"
  master_username        = "root_user"
  manage_master_password = true
  enhanced_vpc_routing   = var.routing
}
```

## Sources

- [Security Hub CSPM controls for Amazon Redshift Serverless](https://docs.amazonaws.cn/en_us/securityhub/latest/userguide/redshiftserverless-controls.md), read on 2026-11-29
- [Security Hub CSPM controls for Amazon Redshift](https://docs.amazonaws.cn/en_us/securityhub/latest/userguide/redshift-controls.md), read on 2026-11-29
"""

from wa_iac.aws.redshift import Cluster, Workgroup
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Confidence, Flags, Severity, expect, rule


@rule(
    practices=["SEC05-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    equivalents={
        "checkov": ["CKV_AWS_321"],
        "cdk_nag": ["RedshiftEnhancedVPCRoutingEnabled"],
        "guard": ["REDSHIFT_ENHANCED_VPC_ROUTING_ENABLED"],
        "config": ["REDSHIFT_ENHANCED_VPC_ROUTING_ENABLED", "REDSHIFT_SERVERLESS_WORKGROUP_ROUTES_WITHIN_VPC"],
        "security_hub": ["Redshift.7", "RedshiftServerless.1"],
    },
    fix=Recipe(
        cfn={"EnhancedVpcRouting": True},
        tf={"enhanced_vpc_routing": True},
        unsafe_because="COPY and UNLOAD fail if the VPC has no way to S3",
    ),
)
def check(warehouse: Cluster | Workgroup) -> Flags:
    yield from expect(
        warehouse.enhanced_routing,
        True,
        "COPY and UNLOAD of this data warehouse do not pass through its VPC: endpoint policies and flow logs do not apply to them.",
    )
