"""# Backup vault policy allows every principal

## Why

An `Allow` for every principal, without a condition on who they are, gives each user and role of the account what it names, also those without
any permission for AWS Backup. One program that is taken over can then delete the recovery points, or restore the data for itself. AWS Backup
refuses all that other accounts ask of a vault but copies into it, whatever the policy says ("Vault access policies", AWS Backup Developer Guide).

A vault that other accounts copy into needs a condition on the organization, `aws:PrincipalOrgID`. AWS Backup copies only between accounts of one
organization, so a statement that allows copies alone has the severity low, and its finding is advice.

## What it checks

The rule reads the access policy of a backup vault. It reports each `Allow` statement for every principal that no condition limits and no
`Deny` takes back.

## What is left out

Conditions on the account, the organization, an ARN, a VPC or an address range count as a limit. A policy for named accounts is accepted,
even if they are not yours.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::Backup::BackupVault
    Properties:
      BackupVaultName: orders
      AccessPolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow  # finding: Each user and role of the account
            Principal: "*"
            Action: backup:DeleteRecoveryPoint
            Resource: "*"
```

```hcl
resource "aws_backup_vault" "orders" {
  name = "orders"
}

resource "aws_backup_vault_policy" "orders" {
  backup_vault_name = aws_backup_vault.orders.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # finding: Any account of the organization may copy
        Effect    = "Allow"
        Principal = "*"
        Action    = "backup:CopyIntoBackupVault"
        Resource  = "*"
      }
    ]
  })
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::Backup::BackupVault
    Properties:
      BackupVaultName: orders
      AccessPolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: "*"
            Action: backup:CopyIntoBackupVault
            Resource: "*"
            Condition:
              StringEquals:
                aws:PrincipalOrgID: o-a1b2c3d4e5
```

```hcl
resource "aws_backup_vault" "orders" {
  name = "orders"
}

resource "aws_backup_vault_policy" "orders" {
  backup_vault_name = aws_backup_vault.orders.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:role/orders" }
        Action    = "backup:CopyIntoBackupVault"
        Resource  = "*"
      }
    ]
  })
}
```

## Undecided

The result is undecided if `Principal` is not known before deployment.

```yaml
Parameters:
  Principal:
    Type: String
Resources:
  Orders:
    Type: AWS::Backup::BackupVault
    Properties:
      BackupVaultName: orders
      AccessPolicy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal: !Ref Principal  # undecided: parameter "Principal" has no default
            Action: backup:CopyIntoBackupVault
            Resource: "*"
```

```hcl
variable "principal" {
  type = string
}

resource "aws_backup_vault" "orders" {
  name = "orders"
}

resource "aws_backup_vault_policy" "orders" {
  backup_vault_name = aws_backup_vault.orders.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = var.principal } # undecided: var.principal has no default
        Action    = "backup:CopyIntoBackupVault"
        Resource  = "*"
      }
    ]
  })
}
```

## Sources

- [Vault access policies - AWS Backup](https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault-access-policy.html), read on 2026-11-30
- [Copy a backup - AWS Backup](https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html), read on 2026-11-29
"""

from wa_iac.aws.backup import Vault
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, milder, rule
from wa_iac.core.value import Known
from wa_iac.knowledge.policies.own_resources import BACKUP_VAULT, OfOwners, owner
from wa_iac.pillars.judgements.open_policy import judge


@rule(
    practices=["SEC03-BP07"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        decision="If the statement is to keep everybody from this, its effect has to be Deny. For accounts of your organization that copy into the vault, "
        "keep the principal and add the condition aws:PrincipalOrgID instead. Otherwise:",
        cfn="Principal:\n  AWS: <the role that uses it>",
        tf="Principal = { AWS = <the role that uses it>.arn }",
    ),
)
def check(vault: Vault, graph: Graph) -> Flags:
    scope = OfOwners(graph, [owner(vault, BACKUP_VAULT, vault.name)])
    yield from judge(
        vault.policy,
        "Each user and role of the account may do what this statement allows with the vault and its backups, also without any permission of its own: it "
        "allows any principal, and no condition limits who.",
        scope,
        unless=_only_copies,
    )
    copies = judge(
        vault.policy,
        "Any account of the organization may copy backups into this vault: the statement allows any principal, and no condition limits who.",
        scope,
        unless=lambda statement: not _only_copies(statement),
    )
    yield from milder(copies, severity=Severity.LOW, confidence=Confidence.MEDIUM)


def _only_copies(statement: Statement) -> bool:
    """Whether a statement allows nothing but copies into the vault: AWS Backup makes these only within an organization."""
    return bool(statement.actions) and all(
        isinstance(each, Known) and each.value.lower() == "backup:copyintobackupvault" for each in statement.actions
    )
