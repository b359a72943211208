"""# Backup vault is not encrypted with a customer managed key

## Why

AWS Backup always encrypts a vault, by default with its own key `aws/backup`. Nobody can change the policy of that key, and most
recovery points that are encrypted with it cannot be copied to another account. So it cannot be part of a plan against an attack
on this account.

## What it checks

Vaults without a key of their own.

## What is left out

The key of a vault applies to the recovery points that AWS Backup manages fully; others keep the key of their source. The rule
is off by default, since the data is encrypted anyway. A key can be chosen only when a vault is made: a change replaces the
vault.

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
      EncryptionKeyArn: arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555
```

```hcl
resource "aws_backup_vault" "main" {
  name = "main"
  kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
}
```

## Undecided

The result is undecided if the key is not known before deployment.

```yaml
Parameters:
  Key:
    Type: String
Resources:
  Main:
    Type: AWS::Backup::BackupVault
    Properties:
      BackupVaultName: main
      EncryptionKeyArn: !Ref Key  # undecided: parameter "Key" has no default
```

```hcl
variable "key" {
  type = string
}

resource "aws_backup_vault" "main" {
  name = "main"
  kms_key_arn = var.key # undecided: var.key has no default
}
```

## Sources

- [Encryption for backups in AWS Backup](https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption), read on 2026-11-29
- [Backup vaults - AWS Backup](https://docs.aws.amazon.com/aws-backup/latest/devguide/vaults.html), read on 2026-11-29
- [restore testing](https://docs.amazonaws.cn/en_us/aws-backup/latest/devguide/restore-testing.md), read on 2026-11-29
"""

from wa_iac.aws.backup import Vault
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, require, rule


@rule(
    practices=["SEC08-BP02", "REL09-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    convention=True,
    profile="all",
    remedy=Remedy(
        cfn="EncryptionKeyArn: !GetAtt <a key>.Arn",
        tf="kms_key_arn = <a key>.arn",
        replaces=True,
        decision="This replaces the vault: move its recovery points first.",
    ),
    equivalents={"checkov": ["CKV_AWS_166"], "config": ["BACKUP_RECOVERY_POINT_ENCRYPTED"], "security_hub": ["Backup.1"]},
)
def check(vault: Vault) -> Flags:
    yield from require(
        vault.key.presence,
        "This vault has AWS's own key: most of its recovery points cannot be copied to another account.",
        at=vault,
    )
