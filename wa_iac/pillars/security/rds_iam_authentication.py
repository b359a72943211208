"""# RDS database does not accept sign-in with IAM

## Why

Without IAM authentication, every user and every program needs a password of the database. Passwords are shared, copied and seldom
changed, and nobody sees from IAM who may sign in. With it, a role gets a token for fifteen minutes, and CloudTrail and IAM policies cover
the access.

## What it checks

The rule looks at instances and clusters of MySQL, MariaDB and PostgreSQL, and of Aurora. It reports those without IAM database
authentication, which is off by default.

## What is left out

Other engines, RDS Custom, and MariaDB before 10.6 do not support it. Members follow their cluster, and replicas their source.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
```

```hcl
resource "aws_db_instance" "orders" { # finding
  engine            = "postgres"
  instance_class    = "db.m7g.large"
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
      EnableIAMDatabaseAuthentication: true
```

```hcl
resource "aws_db_instance" "orders" {
  engine                              = "postgres"
  instance_class                      = "db.m7g.large"
  allocated_storage                   = 100
  iam_database_authentication_enabled = true
}
```

## Not applicable

```yaml
Resources:
  Ledger:  # not applicable: does not support
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: oracle-ee
      DBInstanceClass: db.m5.large
      AllocatedStorage: "100"
  Member:  # not applicable: follows its cluster
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-postgresql
      DBClusterIdentifier: orders
      DBInstanceClass: db.r7g.large
  Replica:  # not applicable: follows its cluster
    Type: AWS::RDS::DBInstance
    Properties:
      SourceDBInstanceIdentifier: orders
      DBInstanceClass: db.m7g.large
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  SignIn:
    Type: String
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      EnableIAMDatabaseAuthentication: !Ref SignIn  # undecided: parameter "SignIn" has no default
```

```hcl
variable "sign_in" { # undecided: Fails when var.sign_in is false
  type = bool
}

resource "aws_db_instance" "orders" {
  engine                              = "postgres"
  instance_class                      = "db.m7g.large"
  allocated_storage                   = 100
  iam_database_authentication_enabled = var.sign_in
}
```

## Sources

- [enableIamDatabaseAuthentication, CreateDBInstanceRequest](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/rds/aws.sdk.kotlin.services.rds.model/-create-db-instance-request/enable-iam-database-authentication.html), read on 2026-11-29
- [rds-instance-iam-authentication-enabled](https://docs.aws.amazon.com/config/latest/developerguide/rds-instance-iam-authentication-enabled.md), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.rds import Cluster, Instance
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Flags, Severity, accept, exempt, flag, not_applicable, rule, settled
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.engine_versions import numbers

_SUPPORTED: Final = ("mysql", "postgres", "mariadb", "aurora")
_MARIADB: Final = (10, 6)


@rule(
    practices=["SEC02-BP02", "SEC03-BP02"],
    severity=Severity.LOW,
    profile="all",
    convention=True,
    equivalents={
        "checkov": ["CKV_AWS_161", "CKV_AWS_162"],
        "trivy": ["AVD-AWS-0176"],
        "cdk_nag": ["AwsSolutions-RDS6"],
        "config": ["RDS_INSTANCE_IAM_AUTHENTICATION_ENABLED", "RDS_CLUSTER_IAM_AUTHENTICATION_ENABLED"],
        "security_hub": ["RDS.10", "RDS.12"],
    },
    fix=Recipe(cfn={"EnableIAMDatabaseAuthentication": True}, tf={"iam_database_authentication_enabled": True}),
)
def check(database: Instance | Cluster) -> Flags:
    accept(database.iam_authentication)
    if isinstance(database, Instance):
        exempt(database.depends(), "it follows its cluster, or the instance that it replicates")
    engine = settled(database.engine)
    name = "" if isinstance(engine, Absent) else engine.value.lower()
    old = name == "mariadb" and isinstance(database.engine_version, Known) and numbers(database.engine_version.value) < _MARIADB
    if name and (old or not name.startswith(_SUPPORTED)):
        yield not_applicable(f"{name} does not support it")
        return
    yield flag(
        database.iam_authentication,
        "This database accepts passwords only: each user and program needs one that is kept somewhere and seldom changes.",
    )
