"""# Backup plan copies no backups to another Region or account

## Why

A failure of the whole Region, or an attacker who controls the account, affects the backups together with the data. A copy in a
vault in another Region or account survives both.

## What it checks

The rule checks backup plans. It reports a plan with no rule that copies its backups, and a plan whose copies all stay in the Region and
account of the backups. A destination vault in the same configuration must be in another Region or belong to another provider; a vault
outside it is assumed to be elsewhere.

## What is left out

Copies cost storage and transfer, and not all data may leave its Region, so the rule is off by default. A plan with a logically air-gapped
vault as its target is accepted. The rule does not look at how long a copy is kept.

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

## Undecided

The result is undecided if `CopyActions` or `copy_action` is not known before deployment.

```yaml
Parameters:
  CopyVault:
    Type: String
Conditions:
  Copies: !Not [!Equals [!Ref CopyVault, ""]]
Resources:
  Daily:  # undecided: Fails when CopyVault is
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanName: daily
        BackupPlanRule:
          - RuleName: daily
            TargetBackupVault: main
            ScheduleExpression: cron(0 3 * * ? *)
            CopyActions:
              Fn::If:
                - Copies
                - - DestinationBackupVaultArn: !Ref CopyVault
                - !Ref AWS::NoValue
```

```hcl
variable "copies" {
  type = set(string)
}

resource "aws_backup_plan" "daily" {
  name = "daily"

  rule {
    rule_name         = "daily"
    target_vault_name = "main"
    schedule          = "cron(0 3 * * ? *)"

    dynamic "copy_action" { # undecided: var.copies has no default
      for_each = var.copies
      content {
        destination_vault_arn = copy_action.value
      }
    }
  }
}
```

## Sources

- [Copy a backup - AWS Backup](https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html), read on 2026-11-29
- [Creating backup copies across AWS Regions - AWS Backup](https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html), read on 2026-11-29
"""

from wa_iac.aws.backup import BackupPlan, Vault
from wa_iac.core.algebra import are_equal
from wa_iac.core.rule import Flags, Remedy, Severity, accept, all_known, flag, rule
from wa_iac.core.value import Absent


@rule(
    practices=["REL09-BP01", "REL13-BP02"],
    severity=Severity.MEDIUM,
    convention=True,
    profile="all",
    remedy=Remedy(
        cfn="BackupPlan:\n  BackupPlanRule:\n    - CopyActions:\n        - DestinationBackupVaultArn: <the ARN of a vault elsewhere>",
        tf='rule {\n  copy_action {\n    destination_vault_arn = "<the ARN of a vault elsewhere>"\n  }\n}',
    ),
)
def check(plan: BackupPlan) -> Flags:
    copies = [copy for rule in plan.rules for copy in rule.copies]
    all_known(*(block.unknown for block in (*plan.rules, *copies)))
    accept(any(not isinstance(rule.air_gapped_vault, Absent) for rule in plan.rules))
    accept(any(not copy.vault.targets or any(not _beside(vault, plan) for vault in copy.vault) for copy in copies))
    if copies:
        yield flag(
            copies[0].vault_arn,
            "The copies stay in the Region and account of the backups: whatever destroys the backups can destroy the "
            "copies as well.",
            resource=plan,
        )
    else:
        yield flag(plan, "No rule of this plan copies backups elsewhere: they are lost together with this Region or account.")


def _beside(vault: Vault, plan: BackupPlan) -> bool:
    """Whether a vault is surely in the Region and account of the plan: made by the same provider."""
    one, other = (each.declared.attributes.get("provider", Absent()) for each in (vault, plan))
    return one == other and are_equal(vault.declared.region, plan.declared.region) is True
