"""# Lightsail database is open to the internet

## Why

A public database of Lightsail can be reached from everywhere, and has no security group that narrows this. Only the password of the master user
keeps strangers out.

## What it checks

Databases of Lightsail with public mode on.

## What is left out

The default is off: only the resources of the account in the same Region then reach the database.

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
      PubliclyAccessible: true  # finding
```

```hcl
resource "aws_lightsail_database" "shop" {
  relational_database_name = "shop"
  blueprint_id             = "mysql_8_0"
  bundle_id                = "micro_2_0"
  master_database_name     = "shop"
  master_username          = "admin"
  master_password          = ephemeral.random_password.shop.result
  publicly_accessible      = true # finding
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
}
```

## Undecided

```yaml
Parameters:
  Public:
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
      PubliclyAccessible: !Ref Public  # undecided: parameter "Public" has no default
```

```hcl
variable "public" { # undecided: Fails when var.public is true
  type = bool
}

resource "aws_lightsail_database" "shop" {
  relational_database_name = "shop"
  blueprint_id             = "mysql_8_0"
  bundle_id                = "micro_2_0"
  master_database_name     = "shop"
  master_username          = "admin"
  master_password          = ephemeral.random_password.shop.result
  publicly_accessible      = var.public
}
```

## Sources

- [publiclyAccessible (UpdateRelationalDatabase)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/lightsail/aws.sdk.kotlin.services.lightsail.model/-update-relational-database-request/publicly-accessible.html), read on 2026-11-29
"""

from wa_iac.aws.lightsail import Database
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Flags, Severity, refuse, rule


@rule(
    practices=["SEC05-BP01", "SEC05-BP02"],
    severity=Severity.CRITICAL,
    fix=Recipe(
        cfn={"PubliclyAccessible": False},
        tf={"publicly_accessible": False},
        unsafe_because="clients other than the account's Lightsail resources in this Region can no longer connect",
    ),
)
def check(database: Database) -> Flags:
    message = "This database can be reached from the whole internet, and no security group narrows this: only a password keeps strangers out."
    yield from refuse(database.public, True, message)
