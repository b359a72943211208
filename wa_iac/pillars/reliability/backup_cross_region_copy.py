"""# Backups stay in the Region and account they were made in

A fault of the whole Region, or somebody who takes over the account, reaches the backups together with the data. A copy in a
vault of another Region or account survives both.

Copies cost storage and transfer, and not all data may leave its Region: the rule is off by default. A plan that targets a
logically air-gapped vault is fine. Whether the destination is really elsewhere, the rule does not ask.

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
```

```hcl
resource "aws_backup_plan" "daily" { # finding
  name = "daily"

  rule {
    rule_name         = "daily"
    target_vault_name = "main"
    schedule          = "cron(0 3 * * ? *)"
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
            CopyActions:
              - DestinationBackupVaultArn: arn:aws:backup:eu-central-1:111122223333:backup-vault:main
```

```hcl
resource "aws_backup_plan" "daily" {
  name = "daily"

  rule {
    rule_name         = "daily"
    target_vault_name = "main"
    schedule          = "cron(0 3 * * ? *)"

    copy_action {
      destination_vault_arn = "arn:aws:backup:eu-central-1:111122223333:backup-vault:main"
    }
  }
}
```
"""

from collections.abc import Iterator

from wa_iac.aws.backup import Plan
from wa_iac.core.rule import Flag, Remedy, Severity, flag, rule, undecided
from wa_iac.core.value import Absent


@rule(
    practices=["REL09-BP01", "REL13-BP02"],
    severity=Severity.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn="CopyActions:\n  - DestinationBackupVaultArn: <a vault elsewhere>",
        tf="copy_action {\n  destination_vault_arn = <a vault elsewhere>\n}",
    ),
)
def check(plan: Plan) -> Iterator[Flag]:
    blocks = [block for rule in plan.rules for block in (rule, *rule.copies)]
    for block in blocks:
        if block.unknown is not None:
            yield undecided(block.unknown)
            return
    if any(rule.copies or not isinstance(rule.air_gapped_vault, Absent) for rule in plan.rules):
        return
    yield flag(plan, "No rule of this plan copies backups elsewhere: what destroys this Region or account destroys them too.")
