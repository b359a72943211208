"""# Backups are never restored as a test

## Why

A backup that nobody ever restored may not work: a key is missing, a permission, a part of the data. That is then noticed when
the data is needed. AWS Backup can restore recovery points regularly, and report whether and how fast it works.

## What it checks

Backup plans in code without any restore testing plan.

## What is left out

A restore testing plan may be in other code of the account, or a team may test by hand. So the rule is off by default.

## Non-compliant

```yaml
Resources:
  Daily:  # finding
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanName: daily
        BackupPlanRule:
          - RuleName: daily
            TargetBackupVault: main
            ScheduleExpression: cron(0 3 * * ? *)
            Lifecycle:
              DeleteAfterDays: 35
```

```hcl
resource "aws_backup_plan" "daily" { # finding
  name = "daily"

  rule {
    rule_name         = "daily"
    target_vault_name = "main"
    schedule          = "cron(0 3 * * ? *)"

    lifecycle {
      delete_after = 35
    }
  }
}
```

## Compliant

```yaml
Resources:
  Daily:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanName: daily
        BackupPlanRule:
          - RuleName: daily
            TargetBackupVault: main
            ScheduleExpression: cron(0 3 * * ? *)
            Lifecycle:
              DeleteAfterDays: 35
  Restores:
    Type: AWS::Backup::RestoreTestingPlan
    Properties:
      RestoreTestingPlanName: weekly
      ScheduleExpression: cron(0 5 ? * SUN *)
      RecoveryPointSelection:
        Algorithm: LATEST_WITHIN_WINDOW
        IncludeVaults:
          - "*"
        RecoveryPointTypes:
          - SNAPSHOT
```

```hcl
resource "aws_backup_plan" "daily" {
  name = "daily"

  rule {
    rule_name         = "daily"
    target_vault_name = "main"
    schedule          = "cron(0 3 * * ? *)"

    lifecycle {
      delete_after = 35
    }
  }
}

resource "aws_backup_restore_testing_plan" "weekly" {
  name                = "weekly"
  schedule_expression = "cron(0 5 ? * SUN *)"

  recovery_point_selection {
    algorithm            = "LATEST_WITHIN_WINDOW"
    include_vaults       = ["*"]
    recovery_point_types = ["SNAPSHOT"]
  }
}
```

## Sources

- [restore testing](https://docs.amazonaws.cn/en_us/aws-backup/latest/devguide/restore-testing.md), read on 2026-11-29
"""

from wa_iac.aws.backup import BackupPlan, RestoreTestingPlan
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, flag, rule


@rule(
    practices=["REL09-BP04", "REL13-BP03"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    convention=True,
    profile="all",
    remedy=Remedy(
        decision="Add a restore testing plan and a selection for each kind of data (AWS::Backup::RestoreTestingPlan, "
        "aws_backup_restore_testing_plan). Restored resources are charged until AWS Backup deletes them after the test."
    ),
)
def check(plan: BackupPlan, graph: Graph) -> Flags:
    accept(bool(graph.of(RestoreTestingPlan)))
    yield flag(
        plan, "No restore testing plan tries these backups: whether they can be restored is found out when they are needed."
    )
