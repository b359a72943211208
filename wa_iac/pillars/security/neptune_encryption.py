"""# Neptune cluster is not encrypted

## Why

Without encryption, the data of this graph database, its automated backups and all its snapshots are stored unencrypted. Encryption cannot be turned on later: you have
to restore a snapshot into a new, encrypted cluster.

## What it checks

The rule reports a cluster that does not set `StorageEncrypted` or `storage_encrypted`, or turns it off. It is off by default, in CloudFormation and in Terraform.
The finding is advice in a directory of tests, and in one of examples if no snapshot is kept when the cluster is deleted.

## What is left out

A cluster that is restored from a snapshot or copied from another cluster may get its encryption from there, so its result is undecided. The rule does not ask for a
customer managed key.

The finding is advice for a cluster that Terraform deletes without a final snapshot (`skip_final_snapshot`) and that is not for production, by its names, tags
or directory: nobody keeps data there.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::Neptune::DBCluster
    Properties:
      BackupRetentionPeriod: 7
```

```hcl
resource "aws_neptune_cluster" "orders" {
  cluster_identifier = "orders"
  storage_encrypted  = false # finding
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::Neptune::DBCluster
    Properties:
      StorageEncrypted: true
```

```hcl
resource "aws_neptune_cluster" "orders" {
  cluster_identifier = "orders"
  storage_encrypted  = true
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Encrypted:
    Type: String
Resources:
  Orders:
    Type: AWS::Neptune::DBCluster
    Properties:
      StorageEncrypted: !Ref Encrypted  # undecided: parameter "Encrypted" has no default
```

```hcl
variable "encrypted" { # undecided: Fails when var.encrypted is false
  type = bool
}

resource "aws_neptune_cluster" "orders" {
  cluster_identifier = "orders"
  storage_encrypted  = var.encrypted
}
```

## Sources

- [Amazon Neptune controls](https://docs.aws.amazon.com/controltower/latest/controlreference/neptune-rules.md), read on 2026-11-29
- [Security Hub CSPM controls for Neptune](https://docs.aws.amazon.com/securityhub/latest/userguide/neptune-controls.md), read on 2026-11-29
"""

from dataclasses import replace

from wa_iac.aws.neptune import Cluster
from wa_iac.core.rule import Flags, Severity, rule
from wa_iac.pillars.judgements.cluster_databases import ENCRYPTED, ENCRYPTION, encryption, restored


@rule(
    practices=["SEC08-BP02"],
    severity=Severity.HIGH,
    remedy=replace(ENCRYPTED, given=restored),
    equivalents={
        "checkov": ["CKV_AWS_44"],
        "trivy": ["AVD-AWS-0076"],
        "cdk_nag": ["AwsSolutions-N4"],
        "config": ["NEPTUNE_CLUSTER_ENCRYPTED"],
        "security_hub": ["Neptune.1"],
    },
    fix=ENCRYPTION,
)
def check(cluster: Cluster) -> Flags:
    yield from encryption(cluster)
