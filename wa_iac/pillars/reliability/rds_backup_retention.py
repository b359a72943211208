"""# RDS database keeps automated backups for less than a week

## Why

Automated backups let you restore the database to any second within their retention period. Without them, or with a retention of one day,
an error that is noticed after a weekend cannot be undone.

## What it checks

The rule reads the backup retention period of each database instance and cluster. It reports less than seven days; the option `minimum_days`
changes this. The default is one day in CloudFormation and none in Terraform. With two days or more, most errors are noticed in time: the
finding is of medium severity. The confidence is low for a database with a tag about backups, such as `backup-enabled: true`, by which a
plan elsewhere may select it, and for one in a file of a workshop, a demonstration, or an environment for development or tests, by its path, or
that is not for production by its names or its tags.

A database that is restored keeps the period of its source, unless one is written: the result is then undecided.

## What is left out

The rule does not check cluster members or read replicas, because the cluster or the primary keeps the backups, nor databases that a
backup plan in the same template selects.

## Non-compliant

```yaml
Resources:
  Orders:  # finding: for only one day
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
```

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-postgresql
      BackupRetentionPeriod: 3  # finding: for only 3 days
```

```hcl
resource "aws_db_instance" "orders" { # finding: no automated backups
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
}
```

```hcl
resource "aws_db_instance" "orders" {
  engine                  = "postgres"
  instance_class          = "db.m7g.large"
  allocated_storage       = 100
  backup_retention_period = 0 # finding: no automated backups
}

resource "aws_rds_cluster" "orders" {
  engine                  = "aurora-postgresql"
  backup_retention_period = 0 # finding: RDS does not accept 0
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      BackupRetentionPeriod: 14
```

```hcl
resource "aws_db_instance" "orders" {
  engine                  = "postgres"
  instance_class          = "db.m7g.large"
  allocated_storage       = 100
  backup_retention_period = 7
}
```

```hcl
resource "aws_rds_cluster" "orders" {
  engine                  = "aurora-postgresql"
  backup_retention_period = 35
}
```

## Not applicable

```yaml
Resources:
  Replica:  # not applicable: the instance it replicates
    Type: AWS::RDS::DBInstance
    Properties:
      SourceDBInstanceIdentifier: orders
      DBInstanceClass: db.m7g.large
  Orders:  # not applicable: AWS Backup keeps backups
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupPlanId: daily
      BackupSelection:
        SelectionName: databases
        IamRoleArn: arn:aws:iam::123456789012:role/backup
        Resources: [!GetAtt Orders.DBInstanceArn]
```

```hcl
resource "aws_db_instance" "replica" { # not applicable: the instance it replicates
  replicate_source_db = "orders"
  instance_class      = "db.m7g.large"
}

resource "aws_db_instance" "orders" { # not applicable: AWS Backup keeps backups
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
}

resource "aws_backup_selection" "databases" {
  name         = "databases"
  plan_id      = "daily"
  iam_role_arn = "arn:aws:iam::123456789012:role/backup"
  resources    = [aws_db_instance.orders.arn]
}
```

## Undecided

The result is undecided if `BackupRetentionPeriod` or `backup_retention_period` is not known before deployment.

```yaml
Parameters:
  BackupRetentionPeriod:
    Type: Number
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-postgresql
      BackupRetentionPeriod: !Ref BackupRetentionPeriod  # undecided: parameter "BackupRetentionPeriod" has no default
```

```hcl
resource "aws_db_instance" "restored" { # undecided: keeps the period of the snapshot
  snapshot_identifier = "orders"
  instance_class      = "db.m7g.large"
}
```

```hcl
variable "backup_retention_period" {
  type = number
}

resource "aws_db_instance" "orders" {
  engine                  = "postgres"
  instance_class          = "db.m7g.large"
  allocated_storage       = 100
  backup_retention_period = var.backup_retention_period # undecided: var.backup_retention_period has no default
}
```

## Sources

- [backupRetentionPeriod (CreateDBInstance)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/rds/aws.sdk.kotlin.services.rds.model/-create-db-instance-request/backup-retention-period.html), read on 2026-11-29
- [Backup retention period - Amazon Relational Database Service](https://docs.amazonaws.cn/en_us/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.md), read on 2026-11-29
"""

from dataclasses import replace
from functools import partial

from pydantic import Field

from wa_iac.aws.rds import Cluster, Instance
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.reasons import Said
from wa_iac.core.rule import Confidence, Flags, Options, Remedy, Severity, exempt, flag, rule, settled, undecided
from wa_iac.core.value import Absent, Known, Unknown
from wa_iac.knowledge.backups import backed_up, tagged_for_backups
from wa_iac.knowledge.purposes import why_not_production
from wa_iac.knowledge.workshops import without_need
from wa_iac.pillars.judgements.maintenance import waits


class Retention(Options):
    """How long backups must be kept."""

    minimum_days: int = Field(7, ge=1, le=35, description="The minimum number of days for which backups are kept.")


def _fix(wanted: Retention) -> Recipe:
    return Recipe(
        cfn={"BackupRetentionPeriod": wanted.minimum_days},
        tf={"backup_retention_period": wanted.minimum_days},
        unsafe_because="AWS may charge for the backups, and turning them on restarts the database",
    )


def _remedy(wanted: Retention, database: Instance | Cluster, graph: Graph) -> Remedy | None:
    """A longer period changes nothing else; the first one interrupts the database ("Backup retention period", Amazon RDS User Guide)."""
    del graph
    if isinstance(database, Cluster) or database.backup_retention != Known(0):
        return None
    restarted = "Turning backups on restarts the database, and AWS may charge for them."
    return replace(Remedy.of_recipe(_fix(wanted)), decision=f"{restarted} {waits(database)}".rstrip())


@rule(
    practices=["REL09-BP01", "REL09-BP03"],
    severity=Severity.HIGH,
    equivalents={
        "checkov": ["CKV_AWS_133"],
        "trivy": ["AVD-AWS-0077"],
        "cdk_nag": ["AwsSolutions-RDS13"],
        "guard": ["DB_INSTANCE_BACKUP_ENABLED"],
        "config": ["DB_INSTANCE_BACKUP_ENABLED"],
        "cfn_nag": ["W75"],
        "security_hub": ["RDS.11", "RDS.50"],
    },
    remedy=lambda wanted: replace(
        Remedy.of_recipe(_fix(wanted)), decision="AWS may charge for the backups.", given=partial(_remedy, wanted)
    ),
    fix=_fix,
)
def check(database: Instance | Cluster, graph: Graph, wanted: Retention) -> Flags:
    kept = database.backup_retention
    if isinstance(kept, Known) and kept.value >= wanted.minimum_days:
        return
    exempt(database.depends(), "its cluster, or the instance it replicates, keeps the backups")
    exempt(backed_up(database, graph), "AWS Backup keeps backups of it")
    if kept.origin.how == "service default" and (isinstance(database, Instance) or database.as_cloudformation):
        restored = settled(database.copied())
        if restored == Known(True):
            why = Said("it keeps the period of the snapshot or the database that it is restored from", "write the period")
            yield undecided(Unknown(why, ("restored", database.address), kept.origin))
            return
    tag = tagged_for_backups(database.tags)
    more = f' The tag "{tag}" may select it for a plan of AWS Backup elsewhere.' if tag else ""
    # Plans of AWS Backup select by tags, and replace what is kept here.
    more = f"{more} {without_need(database) or why_not_production(database, database.tags)}".rstrip()
    sure, most = (Confidence.LOW, Severity.MEDIUM) if more else (None, None)
    match settled(kept):
        case Known(0) if isinstance(database, Cluster):
            message = (
                "A cluster keeps backups for at least one day, and RDS does not accept 0 for it: with one day, they do not undo an error that is "
                f"noticed later.{more}"
            )
            yield flag(kept, message, severity=most, confidence=sure)
        case Known(0):
            message = (
                f"This database has no automated backups, from which data that is deleted or damaged could be restored.{more}"
            )
            yield flag(kept, message, severity=most, confidence=sure)
        case Known(days):
            period = "one day" if days == 1 else f"{days} days"
            yield flag(
                kept,
                f"Backups are kept for only {period}: they do not undo an error that is noticed later.{more}",
                severity=most if days == 1 else Severity.MEDIUM,
                confidence=sure,
            )
        case Absent():
            return
