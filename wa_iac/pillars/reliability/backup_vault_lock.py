"""# Backup vault lets recovery points be deleted

## Why

An attacker with an administrator's permissions deletes the backups before the data. So does a script with a mistake. A vault
lock keeps recovery points until their retention ends, even if an administrator wants to delete them. A vault policy that denies
the deletion is a weaker guard, since an administrator can change it.

## What it checks

Vaults without a lock and without a policy that denies `backup:DeleteRecoveryPoint`.

## What is left out

A lock in compliance mode can never be removed, so a team has to decide on it, and the rule is off by default. Logically air-
gapped vaults are always locked.

## Non-compliant

```yaml
Resources:
  Main:  # finding
    Type: AWS::Backup::BackupVault
    Properties:
      BackupVaultName: main
```

```hcl
resource "aws_backup_vault" "main" { # finding
  name = "main"
}
```

## Compliant

```yaml
Resources:
  Main:
    Type: AWS::Backup::BackupVault
    Properties:
      BackupVaultName: main
      AccessPolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Deny
            Principal: "*"
            Action: backup:DeleteRecoveryPoint
            Resource: "*"
```

```hcl
resource "aws_backup_vault" "main" {
  name = "main"
}

resource "aws_backup_vault_lock_configuration" "main" {
  backup_vault_name  = aws_backup_vault.main.name
  min_retention_days = 7
}
```

## Undecided

The result is undecided if the policy is not known before deployment.

```yaml
Parameters:
  Policy:
    Type: String
Resources:
  Main:
    Type: AWS::Backup::BackupVault
    Properties:
      BackupVaultName: main
      AccessPolicy: !Ref Policy  # undecided: parameter "Policy" has no default
```

```hcl
variable "policy" {
  type = string
}

resource "aws_backup_vault" "main" {
  name = "main"
}

resource "aws_backup_vault_policy" "main" {
  backup_vault_name = aws_backup_vault.main.name
  policy            = var.policy # undecided: var.policy has no default
}
```

## Sources

- [PutBackupVaultLockConfiguration](https://docs.aws.amazon.com/sdk-for-sap-abap/v1/api/latest/bup/operation/PUTBACKUPVAULTLOCKCONF.html), read on 2026-11-29
- [backup delete vault lock](https://repost.aws/zh-Hant/knowledge-center/backup-delete-vault-lock), read on 2026-11-29
"""

from wa_iac.aws.backup import Vault
from wa_iac.core.iam_policy import statements
from wa_iac.core.logic import any_of
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, flag, rule, settled
from wa_iac.core.value import Known


@rule(
    practices=["REL09-BP02", "SEC08-BP04"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    convention=True,
    profile="all",
    remedy=Remedy(
        cfn="LockConfiguration:\n  MinRetentionDays: 7",
        tf='resource "aws_backup_vault_lock_configuration" "<a name>" {\n'
        "  backup_vault_name  = <this resource>.name\n  min_retention_days = 7\n}",
        decision="Recovery points with a shorter retention are refused afterwards. With ChangeableForDays, nobody can ever remove the lock.",
    ),
    equivalents={"config": ["BACKUP_RECOVERY_POINT_MANUAL_DELETION_DISABLED"]},
)
def check(vault: Vault) -> Flags:
    accept(any(lock.unknown is None for lock in vault.locks))
    found = statements(vault.policy)
    denials = [each.covers_action("backup:DeleteRecoveryPoint") for each in found if each.denies and not each.conditional]
    accept(any_of(denials) == Known(True))
    all_known(*(lock.unknown for lock in vault.locks), *denials)
    all_known(*(why for each in found for why in (each.unknown, each.effect, each.conditions_unknown)))
    settled(vault.policy)
    yield flag(
        vault,
        "Nothing here keeps recovery points in this vault: an attacker or a mistake can delete the backups together with the data.",
    )
