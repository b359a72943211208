"""# Redshift data warehouse is in the default VPC

## Why

Everything that names no network of its own is together in the default VPC, and each of its subnets has a route to the internet. One change of
`PubliclyAccessible` then puts the data warehouse on the internet, and no subnet of its own limits who reaches it.

## What it checks

The rule reports a cluster without a subnet group, or with the group `default`, and a workgroup of Redshift Serverless without subnets.

## What is left out

The rule does not look at a subnet group that you name: it may be of the default VPC too. Redshift was once placed outside of a VPC without a subnet
group; that network (EC2-Classic) is gone. The rule is in the profile `all`: a team decides once whether it uses the default VPC.

## Non-compliant

```yaml
Resources:
  Sales:  # finding
    Type: AWS::Redshift::Cluster
    Properties:
      ClusterType: single-node
      NodeType: ra3.large
      DBName: sales
      MasterUsername: sales
      ManageMasterPassword: true
```

```hcl
resource "aws_redshiftserverless_workgroup" "sales" { # finding
  namespace_name = "sales"
  workgroup_name = "sales"
}
```

## Compliant

```yaml
Resources:
  Sales:
    Type: AWS::Redshift::Cluster
    Properties:
      ClusterType: single-node
      NodeType: ra3.large
      DBName: sales
      MasterUsername: sales
      ManageMasterPassword: true
      ClusterSubnetGroupName: data
```

```hcl
resource "aws_redshiftserverless_workgroup" "sales" {
  namespace_name = "sales"
  workgroup_name = "sales"
  subnet_ids     = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1", "subnet-0123456789abcdef2"]
}
```

## Undecided

The result is undecided if the subnet group or the subnets are not known before deployment, and may be empty.

```yaml
Parameters:
  Group:
    Type: String
Conditions:
  HasGroup: !Not [!Equals [!Ref Group, ""]]
Resources:
  Sales:
    Type: AWS::Redshift::Cluster
    Properties:
      ClusterType: single-node
      NodeType: ra3.large
      DBName: sales
      MasterUsername: sales
      ManageMasterPassword: true
      ClusterSubnetGroupName: !If [HasGroup, !Ref Group, !Ref AWS::NoValue]  # undecided: Fails when
```

```hcl
variable "subnets" {
  type = list(string)
}

resource "aws_redshiftserverless_workgroup" "sales" {
  namespace_name = "sales"
  workgroup_name = "sales"
  subnet_ids     = var.subnets # undecided: var.subnets has no default
}
```

## Sources

- [clusterSubnetGroupName (CreateClusterRequest)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/redshift/aws.sdk.kotlin.services.redshift.model/-create-cluster-request/cluster-subnet-group-name.html), read on 2026-11-29
- [create-cluster-subnet-group](https://docs.aws.amazon.com/cli/latest/reference/redshift/create-cluster-subnet-group.md), read on 2026-11-29
"""

from wa_iac.aws.redshift import Cluster, Workgroup
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, rule
from wa_iac.pillars.judgements.default_vpc import placed


@rule(
    practices=["SEC05-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn="ClusterSubnetGroupName: !Ref <the subnet group>",
        tf="cluster_subnet_group_name = <the subnet group>.name",
        of={
            "AWS::RedshiftServerless::Workgroup": "SubnetIds:\n  - !Ref <a private subnet>",
            "aws_redshiftserverless_workgroup": "subnet_ids = [<a private subnet>.id]",
        },
        replaces=True,
        decision="A cluster is replaced: restore the new one from a snapshot. A workgroup moves.",
    ),
    equivalents={"checkov": ["CKV_AWS_154"], "trivy": ["AVD-AWS-0127"], "cdk_nag": ["AwsSolutions-RS2"]},
)
def check(warehouse: Cluster | Workgroup) -> Flags:
    subnets = warehouse.subnet_group if isinstance(warehouse, Cluster) else warehouse.subnets
    yield from placed(warehouse, "data warehouse", subnets)
