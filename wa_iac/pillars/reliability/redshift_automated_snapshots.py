"""# Redshift cluster keeps automated snapshots for too short a time

## Why

An automated snapshot brings back data that was deleted or damaged. By default, Redshift keeps each of them for one day, so an error that is noticed after a
weekend cannot be undone.

## What it checks

The rule reports a cluster whose automated snapshots are off, or are kept for less than seven days. A team can set another minimum. A short
period is advice for what is not for production, by its names, its tags or its directory, and for a cluster that is restored from a snapshot: its data
may be restored from that again.

## What is left out

Redshift Serverless has recovery points, which are always kept for a day, and is not checked. A cluster that a plan of AWS Backup selects here is not reported.

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
      AutomatedSnapshotRetentionPeriod: 0  # finding: no automated snapshots
```

```hcl
resource "aws_redshift_cluster" "sales" { # finding: one day
  cluster_identifier     = "sales"
  node_type              = "ra3.large"
  master_username        = "root_user"
  manage_master_password = true
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
      AutomatedSnapshotRetentionPeriod: 7
```

```hcl
resource "aws_redshift_cluster" "sales" {
  cluster_identifier     = "sales"
  node_type              = "ra3.large"
  master_username        = "root_user"
  manage_master_password = true

  automated_snapshot_retention_period = 14
}
```

## Not applicable

```yaml
Resources:
  Sales:  # not applicable: AWS Backup keeps
    Type: AWS::Redshift::Cluster
    Properties:
      ClusterType: single-node
      DBName: sales
      MasterUsername: root_user
      ManageMasterPassword: true
      NodeType: ra3.large
  Weekly:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupPlanId: 11111111-2222-3333-4444-555555555555
      BackupSelection:
        SelectionName: sales
        IamRoleArn: arn:aws:iam::111122223333:role/backup
        Resources:
          - "arn:aws:redshift:*:*:cluster:*"
```

```hcl
resource "aws_redshift_cluster" "sales" { # not applicable: AWS Backup keeps
  cluster_identifier     = "sales"
  node_type              = "ra3.large"
  master_username        = "root_user"
  manage_master_password = true
}

resource "aws_backup_selection" "weekly" {
  name         = "sales"
  plan_id      = "11111111-2222-3333-4444-555555555555"
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  resources    = [aws_redshift_cluster.sales.arn]
}
```

## Undecided

The result is undecided if the period is not known before deployment.

```yaml
Parameters:
  Days:
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
      AutomatedSnapshotRetentionPeriod: !Ref Days  # undecided: parameter "Days" has no default
```

```hcl
variable "days" {
  type = number
}

resource "aws_redshift_cluster" "sales" {
  cluster_identifier     = "sales"
  node_type              = "ra3.large"
  master_username        = "root_user"
  manage_master_password = true

  automated_snapshot_retention_period = var.days # undecided: var.days has no default
}
```

## Sources

- [Security Hub CSPM controls for Amazon Redshift](https://docs.amazonaws.cn/en_us/securityhub/latest/userguide/redshift-controls.md), read on 2026-11-29
- [aws_redshift_cluster - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/redshift_cluster), read on 2026-11-29
"""

from pydantic import Field

from wa_iac.aws.redshift import Cluster
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Options, Severity, exempt, flag, milder, rule, written
from wa_iac.core.value import Known
from wa_iac.knowledge.backups import backed_up
from wa_iac.pillars.judgements.workshops import where_needed, where_operated

_RESTORED = "It is restored from a snapshot: if that stays, the data up to then can be restored again."


class Retention(Options):
    """How long automated snapshots must be kept."""

    minimum_days: int = Field(7, ge=1, le=35, description="The minimum number of days for which snapshots are kept.")


@rule(
    practices=["REL09-BP01", "REL09-BP03"],
    severity=Severity.HIGH,
    equivalents={
        "checkov": ["CKV_AWS_343"],
        "cdk_nag": ["AwsSolutions-RS10"],
        "guard": ["REDSHIFT_BACKUP_ENABLED"],
        "config": ["REDSHIFT_BACKUP_ENABLED"],
        "security_hub": ["Redshift.3"],
    },
    fix=lambda wanted: Recipe(
        cfn={"AutomatedSnapshotRetentionPeriod": wanted.minimum_days},
        tf={"automated_snapshot_retention_period": wanted.minimum_days},
        unsafe_because="AWS may charge for the snapshots",
    ),
)
def check(cluster: Cluster, graph: Graph, wanted: Retention) -> Flags:
    days = written(cluster.snapshot_retention).value
    if days < wanted.minimum_days:
        exempt(backed_up(cluster, graph), "AWS Backup keeps backups of it")
    match written(cluster.snapshot_retention):
        case Known(0) as kept:
            yield flag(kept, "This cluster has no automated snapshots: data that is deleted or damaged cannot be restored.")
        case Known(days) as kept if days < wanted.minimum_days:
            period = "one day" if days == 1 else f"{days} days"
            found = flag(
                kept,
                f"Automated snapshots are kept for only {period}: an error that is noticed later cannot be undone, unless the data is loaded again.",
                severity=Severity.MEDIUM,
            )
            if given(cluster.snapshot) != Known(False):
                yield from milder([found], more=_RESTORED, confidence=Confidence.LOW)
                return
            yield from where_operated(cluster, where_needed(cluster, [found], cluster.tags))
        case _:
            return
