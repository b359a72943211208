"""# Backup plan deletes all its backups within days

## Why

Errors and attacks are often noticed after days. If all backups are deleted by then, only damaged data can be restored.

## What it checks

Backup plans whose rules all delete their recovery points after fewer than seven days. The minimum is an option.

## What is left out

A plan needs one rule that keeps its backups long enough; others may be short. Without a lifecycle, recovery points are kept
until somebody deletes them. The copies of a rule have a lifecycle of their own, so a plan with copies whose lifecycle is longer
is accepted. If another plan here keeps backups long enough, it may be for the same resources: the finding is then advice.

## Non-compliant

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
              DeleteAfterDays: 3  # finding
```

```hcl
resource "aws_backup_plan" "daily" {
  name = "daily"

  rule {
    rule_name         = "hourly"
    target_vault_name = "main"
    schedule          = "cron(0 3 * * ? *)"

    lifecycle {
      delete_after = 1 # finding
    }
  }

  rule {
    rule_name         = "daily"
    target_vault_name = "main"
    schedule          = "cron(0 3 * * ? *)"

    lifecycle {
      delete_after = 3
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
          - RuleName: short
            TargetBackupVault: main
            ScheduleExpression: cron(0 3 * * ? *)
            Lifecycle:
              DeleteAfterDays: 3
          - RuleName: long
            TargetBackupVault: main
            ScheduleExpression: cron(0 3 * * ? *)
            Lifecycle:
              DeleteAfterDays: 35
```

```hcl
resource "aws_backup_plan" "daily" {
  name = "daily"

  rule {
    rule_name         = "daily"
    target_vault_name = "main"
    schedule          = "cron(0 3 * * ? *)"

    lifecycle {
      delete_after = 30
    }
  }
}
```

## Undecided

The result is undecided if a retention is not known before deployment.

```yaml
Parameters:
  Days:
    Type: Number
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
              DeleteAfterDays: !Ref Days  # undecided: parameter "Days" has no default
```

```hcl
variable "days" {
  type = number
}

resource "aws_backup_plan" "daily" {
  name = "daily"

  rule {
    rule_name         = "daily"
    target_vault_name = "main"
    schedule          = "cron(0 3 * * ? *)"

    lifecycle {
      delete_after = var.days # undecided: var.days has no default
    }
  }
}
```

## Sources

- [backup-plan-min-frequency-and-min-retention-check - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/backup-plan-min-frequency-and-min-retention-check.html), read on 2026-11-29
"""

from math import inf

from pydantic import Field

from wa_iac.aws.backup import BackupPlan
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Options, Remedy, Severity, accept, all_known, flag, rule
from wa_iac.core.value import Absent, Known, Unknown


class Retention(Options):
    """How long backups must be kept."""

    minimum_days: int = Field(7, ge=1, description="The minimum number of days for which a rule of the plan keeps its backups.")


@rule(
    practices=["REL09-BP03", "REL13-BP02"],
    severity=Severity.MEDIUM,
    remedy=lambda wanted: Remedy(
        cfn={"BackupPlan": {"BackupPlanRule[]": {"Lifecycle": {"DeleteAfterDays": max(35, wanted.minimum_days)}}}},
        tf={"rule[]": {"lifecycle": {"delete_after": max(35, wanted.minimum_days)}}},
        decision="Storage is charged for each day. It holds for backups that are made from then on, and a lock of the vault must allow as many days.",
    ),
    equivalents={
        "config": ["BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK", "BACKUP_RECOVERY_POINT_MINIMUM_RETENTION_CHECK"]
    },
)
def check(plan: BackupPlan, graph: Graph, wanted: Retention) -> Flags:
    kept = [each.delete_after for each in plan.rules if each.unknown is None]
    kept += [copy.delete_after for each in plan.rules for copy in each.copies if copy.unknown is None]
    accept(any(_is_long(each, wanted.minimum_days) for each in kept))
    all_known(*(each.unknown for each in plan.rules), *(copy.unknown for each in plan.rules for copy in each.copies), *kept)
    if kept:
        longest = max(each.value for each in kept if isinstance(each, Known))
        yield flag(
            kept[0],
            f"This plan keeps no backup for more than {longest} days: they do not undo an error that is noticed later.",
            confidence=Confidence.LOW if graph.once(_longest) >= wanted.minimum_days else None,
        )


def _longest(graph: Graph) -> float:
    """For how many days a plan of the unit keeps backups, at the most, as far as is known."""
    rules = (rule for plan in graph.of(BackupPlan) for rule in plan.rules if rule.unknown is None)
    kept = [days for rule in rules for days in (rule.delete_after, *(copy.delete_after for copy in rule.copies))]
    return max(
        (each.value if isinstance(each, Known) and each.value > 0 else inf for each in kept if not isinstance(each, Unknown)),
        default=0,
    )


def _is_long(days: Known[int] | object, minimum: int) -> bool:
    """Whether recovery points are kept long enough; without a number, nothing deletes them."""
    return isinstance(days, Absent) or (isinstance(days, Known) and (days.value >= minimum or days.value <= 0))
