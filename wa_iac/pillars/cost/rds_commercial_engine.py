"""# Database needs a commercial license

## Why

With SQL Server or Oracle, a large part of the price of a database is the license, which RDS charges for every hour. PostgreSQL, MySQL and
MariaDB have no such fee. Often an application would run on one of these, or could with some changes.

## What it checks

The rule reads the engine and the license model of each database. It reports SQL Server, and Oracle with the license included.

## What is left out

SQL Server Express, which is free. Databases with a license of your own. RDS Custom. Databases restored from a snapshot without an engine
in the code.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: sqlserver-se  # finding
      DBInstanceClass: db.m6i.large
      AllocatedStorage: "100"
```

```hcl
resource "aws_db_instance" "orders" {
  engine            = "oracle-se2" # finding
  license_model     = "license-included"
  instance_class    = "db.m6i.large"
  allocated_storage = 100
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
```

```hcl
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
}
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: a license of its own
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: oracle-ee
      LicenseModel: bring-your-own-license
      DBInstanceClass: db.m6i.large
      AllocatedStorage: "100"
```

## Undecided

The result is undecided if the engine or the license model is not known before deployment.

```yaml
Parameters:
  Engine:
    Type: String
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: !Ref Engine  # undecided: parameter "Engine" has no default
      DBInstanceClass: db.m6i.large
      AllocatedStorage: "100"
```

```hcl
variable "engine" {
  type = string
}

resource "aws_db_instance" "orders" {
  engine            = var.engine # undecided: var.engine has no default
  instance_class    = "db.m6i.large"
  allocated_storage = 100
}
```

## Sources

- [Oracle license - AWS Prescriptive Guidance](https://docs.aws.amazon.com/prescriptive-guidance/latest/replatform-oracle-database-options/oracle-license.html), read on 2026-11-29
- [Bring Your Own Media (BYOM) for RDS for SQL Server](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/sqlserver-byom.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.rds import Instance
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known

_INCLUDED: Final = "license-included"


@rule(
    practices=["COST05-BP04"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    profile="all",
    remedy=Remedy(
        decision="Find out whether the application runs on PostgreSQL or MySQL; AWS DMS converts the schema and copies the data. Else compare the "
        "price with that of licenses of your own."
    ),
)
def check(database: Instance) -> Flags:
    engine = settled(database.engine)
    name = engine.value.lower() if isinstance(engine, Known) else ""
    if not name.startswith(("sqlserver-", "oracle-")) or name == "sqlserver-ex":
        return
    model = settled(database.license_model)
    exempt(isinstance(model, Known) and model.value.lower() != _INCLUDED, "it has a license of its own")
    if name.startswith("oracle-") and isinstance(model, Absent):
        return
    product = "SQL Server" if name.startswith("sqlserver-") else "Oracle"
    yield flag(engine, f"RDS charges for a license of {product} by the hour: PostgreSQL and MySQL have no such fee.")
