"""# Backups that are kept for a year stay in warm storage

## Why

Cold storage of AWS Backup costs about a fifth of warm storage. Backups that are kept for a year or more are rarely restored after the
first weeks, so most of what they cost is for nothing.

## What it checks

The rule looks at the rules of backup plans that keep backups for 365 days or more. It reports those that never move them to cold storage.

## What is left out

Shorter retention: backups stay in cold storage for at least 90 days. Rules for continuous backups, which cold storage does not take.
Resources of some kinds cannot move; AWS Backup then ignores the setting.

## Non-compliant

```yaml
Resources:
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanName: yearly
        BackupPlanRule:
          - RuleName: monthly
            TargetBackupVault: Default
            ScheduleExpression: cron(0 5 1 * ? *)
            Lifecycle:
              DeleteAfterDays: 2555  # finding
```

```hcl
resource "aws_backup_plan" "plan" {
  name = "yearly"
  rule {
    rule_name         = "monthly"
    target_vault_name = "Default"
    schedule          = "cron(0 5 1 * ? *)"
    lifecycle {
      delete_after = 2555 # finding
    }
  }
}
```

## Compliant

```yaml
Resources:
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanName: yearly
        BackupPlanRule:
          - RuleName: monthly
            TargetBackupVault: Default
            ScheduleExpression: cron(0 5 1 * ? *)
            Lifecycle:
              DeleteAfterDays: 2555
              MoveToColdStorageAfterDays: 30
```

```hcl
resource "aws_backup_plan" "plan" {
  name = "yearly"
  rule {
    rule_name         = "monthly"
    target_vault_name = "Default"
    schedule          = "cron(0 5 1 * ? *)"
    lifecycle {
      delete_after       = 2555
      cold_storage_after = 30
    }
  }
}
```

```yaml
Resources:
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanName: yearly
        BackupPlanRule:
          - RuleName: monthly
            TargetBackupVault: Default
            ScheduleExpression: cron(0 5 1 * ? *)
            Lifecycle:
              DeleteAfterDays: 35
```

## Undecided

The result is undecided if it is not known when backups move.

```yaml
Parameters:
  Days:
    Type: Number
Resources:
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanName: yearly
        BackupPlanRule:
          - RuleName: monthly
            TargetBackupVault: Default
            ScheduleExpression: cron(0 5 1 * ? *)
            Lifecycle:
              DeleteAfterDays: 2555
              MoveToColdStorageAfterDays: !Ref Days  # undecided: parameter "Days" has no default
```

```hcl
variable "days" {
  type = number
}

resource "aws_backup_plan" "plan" {
  name = "yearly"
  rule {
    rule_name         = "monthly"
    target_vault_name = "Default"
    schedule          = "cron(0 5 1 * ? *)"
    lifecycle {
      delete_after       = 2555
      cold_storage_after = var.days # undecided: var.days has no default
    }
  }
}
```

## Sources

- [Lifecycle - AWS Backup](https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.backup import BackupPlan, PlanRule
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Flags, Severity, each_of, flag, rule, settled
from wa_iac.core.value import Absent, Known

_LONG: Final = 365


@rule(
    practices=["COST04-BP05", "SUS04-BP03"],
    severity=Severity.LOW,
    profile="all",
    fix=Recipe(
        cfn={"BackupPlan": {"BackupPlanRule[]": {"Lifecycle": {"MoveToColdStorageAfterDays": 30}}}},
        tf={"rule[]": {"lifecycle": {"cold_storage_after": 30}}},
        unsafe_because="restoring from cold storage takes hours and costs more",
    ),
)
def check(plan: BackupPlan) -> Flags:
    yield from each_of(plan.rules, _judge)


def _judge(each: PlanRule) -> Flags:
    if each.continuous == Known(True):
        return
    kept = settled(each.delete_after)
    if not isinstance(kept, Known) or kept.value < _LONG:
        return
    cold = settled(each.cold_after)
    if isinstance(cold, Known) and cold.value > 0:
        return
    yield flag(
        kept if isinstance(cold, Absent) else cold,
        f"These backups are kept for {kept.value} days in warm storage, at about five times the price of cold storage.",
    )
