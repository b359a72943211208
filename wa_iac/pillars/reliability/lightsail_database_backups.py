"""# Lightsail database has no automated backups

## Why

Lightsail backs up a database by itself. If that is turned off, a wrong deletion or a broken migration cannot be undone. Turning it off also
deletes the backups that exist.

## What it checks

Databases of Lightsail whose automated backups are turned off.

## What is left out

They are on if nothing is written. Snapshots that somebody takes by hand are not in the code.

## Non-compliant

```yaml
Resources:
  Shop:
    Type: AWS::Lightsail::Database
    Properties:
      RelationalDatabaseName: shop
      RelationalDatabaseBlueprintId: mysql_8_0
      RelationalDatabaseBundleId: micro_2_0
      MasterDatabaseName: shop
      MasterUsername: admin
      BackupRetention: false  # finding
```

```hcl
resource "aws_lightsail_database" "shop" {
  relational_database_name = "shop"
  blueprint_id             = "mysql_8_0"
  bundle_id                = "micro_2_0"
  master_database_name     = "shop"
  master_username          = "admin"
  master_password          = ephemeral.random_password.shop.result
  backup_retention_enabled = false # finding
}
```

## Compliant

```yaml
Resources:
  Shop:
    Type: AWS::Lightsail::Database
    Properties:
      RelationalDatabaseName: shop
      RelationalDatabaseBlueprintId: mysql_8_0
      RelationalDatabaseBundleId: micro_2_0
      MasterDatabaseName: shop
      MasterUsername: admin
```

```hcl
resource "aws_lightsail_database" "shop" {
  relational_database_name = "shop"
  blueprint_id             = "mysql_8_0"
  bundle_id                = "micro_2_0"
  master_database_name     = "shop"
  master_username          = "admin"
  master_password          = ephemeral.random_password.shop.result
  backup_retention_enabled = true
}
```

## Undecided

```yaml
Parameters:
  Backups:
    Type: String
Resources:
  Shop:
    Type: AWS::Lightsail::Database
    Properties:
      RelationalDatabaseName: shop
      RelationalDatabaseBlueprintId: mysql_8_0
      RelationalDatabaseBundleId: micro_2_0
      MasterDatabaseName: shop
      MasterUsername: admin
      BackupRetention: !Ref Backups  # undecided: parameter "Backups" has no default
```

```hcl
variable "backups" { # undecided: Fails when var.backups is false
  type = bool
}

resource "aws_lightsail_database" "shop" {
  relational_database_name = "shop"
  blueprint_id             = "mysql_8_0"
  bundle_id                = "micro_2_0"
  master_database_name     = "shop"
  master_username          = "admin"
  master_password          = ephemeral.random_password.shop.result
  backup_retention_enabled = var.backups
}
```

## Sources

- [disableBackupRetention (UpdateRelationalDatabase)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/lightsail/aws.sdk.kotlin.services.lightsail.model/-update-relational-database-request/disable-backup-retention.html), read on 2026-11-29
"""

from wa_iac.aws.lightsail import Database
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Flags, Severity, refuse, rule


@rule(
    practices=["REL09-BP03", "REL09-BP01"],
    severity=Severity.HIGH,
    fix=Recipe(
        cfn={"BackupRetention": True},
        tf={"backup_retention_enabled": True},
        unsafe_because="the change is applied in a maintenance window, and may interrupt the database",
    ),
)
def check(database: Database) -> Flags:
    message = (
        "The automated backups of this database are turned off: they could bring back what is deleted or broken by mistake."
    )
    yield from refuse(database.backups, False, message)
