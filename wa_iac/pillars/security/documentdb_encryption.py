"""# DocumentDB cluster is not encrypted

## Why

Without encryption, the data of this document database, its automated backups and all its snapshots are stored unencrypted. Encryption cannot be turned on later: you have
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
    Type: AWS::DocDB::DBCluster
    Properties:
      BackupRetentionPeriod: 7
```

```hcl
resource "aws_docdb_cluster" "orders" {
  cluster_identifier = "orders"
  storage_encrypted  = false # finding
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::DocDB::DBCluster
    Properties:
      StorageEncrypted: true
```

```hcl
resource "aws_docdb_cluster" "orders" {
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
    Type: AWS::DocDB::DBCluster
    Properties:
      StorageEncrypted: !Ref Encrypted  # undecided: parameter "Encrypted" has no default
```

```hcl
variable "encrypted" { # undecided: Fails when var.encrypted is false
  type = bool
}

resource "aws_docdb_cluster" "orders" {
  cluster_identifier = "orders"
  storage_encrypted  = var.encrypted
}
```

## Sources

- [Amazon DocumentDB controls](https://docs.aws.amazon.com/controltower/latest/controlreference/documentdb-rules.html), read on 2026-11-29
- [aws_docdb_cluster - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/docdb_cluster), read on 2026-11-29
"""

from dataclasses import replace

from wa_iac.aws.docdb import Cluster
from wa_iac.core.rule import Flags, Severity, rule
from wa_iac.pillars.judgements.cluster_databases import ENCRYPTED, ENCRYPTION, encryption, restored


@rule(
    practices=["SEC08-BP02"],
    severity=Severity.HIGH,
    remedy=replace(ENCRYPTED, given=restored),
    equivalents={
        "checkov": ["CKV_AWS_74"],
        "trivy": ["AVD-AWS-0021"],
        "cdk_nag": ["AwsSolutions-DOC1"],
        "config": ["DOCDB_CLUSTER_ENCRYPTED"],
        "security_hub": ["DocumentDB.1"],
    },
    fix=ENCRYPTION,
)
def check(cluster: Cluster) -> Flags:
    yield from encryption(cluster)
