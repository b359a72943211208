"""# DocumentDB cluster keeps backups for too short a time

## Why

DocumentDB makes a backup every day and keeps it for one day by default. An error that is noticed later, such as after a weekend, cannot be undone then.

## What it checks

The rule reports a cluster whose backups are kept for less than seven days. A team can set another minimum. If it does not, three days or
more are reported as advice. So is a cluster in a file of a workshop or a demonstration, by its path.

## What is left out

Backups of a cluster cannot be turned off: the service keeps at least one day. A cluster
that a plan of AWS Backup selects here is not reported.

## Non-compliant

```yaml
Resources:
  Orders:  # finding: one day
    Type: AWS::DocDB::DBCluster
    Properties:
      StorageEncrypted: true
```

```hcl
resource "aws_docdb_cluster" "orders" {
  cluster_identifier      = "orders"
  backup_retention_period = 3 # finding: 3 days
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::DocDB::DBCluster
    Properties:
      BackupRetentionPeriod: 14
```

```hcl
resource "aws_docdb_cluster" "orders" {
  cluster_identifier      = "orders"
  backup_retention_period = 7
}
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: AWS Backup keeps
    Type: AWS::DocDB::DBCluster
    Properties:
      StorageEncrypted: true
  Weekly:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupPlanId: 11111111-2222-3333-4444-555555555555
      BackupSelection:
        SelectionName: orders
        IamRoleArn: arn:aws:iam::111122223333:role/backup
        Resources:
          - "arn:aws:rds:*:*:cluster:*"
```

```hcl
resource "aws_docdb_cluster" "orders" { # not applicable: AWS Backup keeps
  cluster_identifier = "orders"
}

resource "aws_backup_selection" "weekly" {
  name         = "orders"
  plan_id      = "11111111-2222-3333-4444-555555555555"
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  resources    = [aws_docdb_cluster.orders.arn]
}
```

## Undecided

The result is undecided if the period is not known before deployment.

```yaml
Parameters:
  Days:
    Type: String
Resources:
  Orders:
    Type: AWS::DocDB::DBCluster
    Properties:
      BackupRetentionPeriod: !Ref Days  # undecided: parameter "Days" has no default
```

```hcl
variable "days" {
  type = number
}

resource "aws_docdb_cluster" "orders" {
  cluster_identifier      = "orders"
  backup_retention_period = var.days # undecided: var.days has no default
}
```

## Sources

- [Amazon DocumentDB controls](https://docs.aws.amazon.com/controltower/latest/controlreference/documentdb-rules.html), read on 2026-11-29
- [aws_docdb_cluster - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/docdb_cluster), read on 2026-11-29
"""

from pydantic import Field

from wa_iac.aws.docdb import Cluster
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, Options, Severity, rule
from wa_iac.pillars.judgements.cluster_databases import backups


class Retention(Options):
    """How long backups must be kept."""

    minimum_days: int = Field(7, ge=1, le=35, description="The minimum number of days for which backups are kept.")


@rule(
    practices=["REL09-BP01", "REL09-BP03"],
    severity=Severity.MEDIUM,
    equivalents={
        "checkov": ["CKV_AWS_360"],
        "cdk_nag": ["AwsSolutions-DOC4"],
        "config": ["DOCDB_CLUSTER_BACKUP_RETENTION_CHECK"],
        "security_hub": ["DocumentDB.2"],
    },
    fix=lambda wanted: Recipe(
        cfn={"BackupRetentionPeriod": wanted.minimum_days},
        tf={"backup_retention_period": wanted.minimum_days},
        unsafe_because="AWS charges for backups that are kept longer than a day",
    ),
)
def check(cluster: Cluster, graph: Graph, wanted: Retention) -> Flags:
    yield from backups(cluster, graph, wanted.minimum_days)
