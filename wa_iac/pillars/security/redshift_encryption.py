"""# Redshift cluster is not encrypted

## Why

Redshift has encrypted every new cluster since January 2025. This cluster turns it off: its data, its backups and its snapshots are stored unencrypted.

## What it checks

The rule reports a cluster whose encryption is turned off explicitly (`Encrypted: false`, `encrypted = false`). Such a setting also decrypts a cluster that
is encrypted already.

## What is left out

A cluster that leaves it open is not reported: Redshift encrypts it. Redshift Serverless is always encrypted. The rule does not ask for a customer managed
key.

## Non-compliant

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
      Encrypted: false  # finding
```

```hcl
resource "aws_redshift_cluster" "sales" {
  cluster_identifier     = "sales"
  node_type              = "ra3.large"
  master_username        = "root_user"
  manage_master_password = true
  encrypted              = false # finding
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
      Encrypted: true
```

```hcl
resource "aws_redshift_cluster" "sales" {
  cluster_identifier     = "sales"
  node_type              = "ra3.large"
  master_username        = "root_user"
  manage_master_password = true
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Encrypted:
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
      Encrypted: !Ref Encrypted  # undecided: parameter "Encrypted" has no default
```

```hcl
variable "encrypted" { # undecided: Fails when var.encrypted is false
  type = bool
}

resource "aws_redshift_cluster" "sales" {
  cluster_identifier     = "sales"
  node_type              = "ra3.large"
  master_username        = "root_user"
  manage_master_password = true
  encrypted              = var.encrypted
}
```

## Sources

- [Amazon Redshift database encryption](https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html), read on 2026-11-29
- [Behavior changes in Amazon Redshift](https://docs.aws.amazon.com/zh_cn/redshift/latest/mgmt/behavior-changes.html), read on 2026-11-29
- [aws_redshift_cluster - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/redshift_cluster), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.redshift import Cluster
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Flags, Remedy, Severity, flag, rule, written
from wa_iac.core.value import Known

_FIX: Final = Recipe(
    cfn={"Encrypted": True},
    tf={"encrypted": True},
    unsafe_because="Redshift moves the data to a new cluster, and nobody can write to it meanwhile",
)
_SHARED: Final = (
    "Redshift moves the data to a new cluster, and nobody can write to it meanwhile. If it shares data with other clusters (data shares), encrypt "
    "these too, since both sides have to be encrypted, or neither."
)


@rule(
    practices=["SEC08-BP02"],
    severity=Severity.HIGH,
    equivalents={
        "checkov": ["CKV_AWS_64"],
        "trivy": ["AVD-AWS-0084"],
        "cdk_nag": ["AwsSolutions-RS6", "RedshiftClusterConfiguration"],
        "guard": ["REDSHIFT_CLUSTER_CONFIGURATION_CHECK"],
        "config": ["REDSHIFT_CLUSTER_CONFIGURATION_CHECK"],
        "security_hub": ["Redshift.10"],
    },
    remedy=replace(Remedy.of_recipe(_FIX), decision=_SHARED),
    fix=_FIX,
)
def check(cluster: Cluster) -> Flags:
    setting = written(cluster.encrypted)
    if setting == Known(False):
        yield flag(
            setting,
            "Encryption, which Redshift turns on by itself, is turned off: the data, the backups and the snapshots are stored unencrypted.",
        )
