"""# Database storage is not encrypted

Without encryption, the data of this database, its backups, its replicas and every snapshot of it lie on disk in the clear. It
cannot be turned on later: the way there is an encrypted copy of a snapshot, and a new database from that.

A read replica and a member of a cluster take the encryption of what they belong to. Aurora has encrypted every new cluster
since February 2026, so there only an explicit `false` is reported: a cluster from before that day stays in the clear with it.
Whether a database that is restored from a snapshot is encrypted, the snapshot decides.

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

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-postgresql
      StorageEncrypted: false  # finding
```

```hcl
resource "aws_db_instance" "orders" { # finding
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
}
```

```hcl
resource "aws_rds_cluster" "orders" {
  engine                    = "mysql"
  db_cluster_instance_class = "db.m6gd.large"
  storage_encrypted         = false # finding
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
      StorageEncrypted: true
  Replica:
    Type: AWS::RDS::DBInstance
    Properties:
      SourceDBInstanceIdentifier: !Ref Orders
      DBInstanceClass: db.m7g.large
  Sessions:
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-mysql
```

```hcl
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
  storage_encrypted = true
}

resource "aws_db_instance" "replica" {
  replicate_source_db = aws_db_instance.orders.identifier
  instance_class      = "db.m7g.large"
}

# RDS cannot encrypt this edition.
resource "aws_db_instance" "express" {
  engine            = "sqlserver-ex"
  instance_class    = "db.t3.large"
  allocated_storage = 20
  storage_encrypted = false
}
```
"""

from collections.abc import Iterator

from wa_iac.aws.rds import Cluster, Instance
from wa_iac.core.fix import Recipe
from wa_iac.core.reasons import Said
from wa_iac.core.rule import Flag, Remedy, Severity, flag, not_applicable, rule, undecided
from wa_iac.core.value import Absent, Known, Unknown

LOST = "The storage of this database, its backups and its snapshots are not encrypted, and that cannot be changed later on."


@rule(
    practices=["SEC08-BP02"],
    severity=Severity.HIGH,
    remedy=Remedy(cfn="StorageEncrypted: true", tf="storage_encrypted = true"),
    equivalents={
        "checkov": ["CKV_AWS_16", "CKV_AWS_96"],
        "trivy": ["AVD-AWS-0079", "AVD-AWS-0080"],
        "cdk_nag": ["AwsSolutions-RDS2"],
        "guard": ["RDS_STORAGE_ENCRYPTED"],
        "config": ["RDS_STORAGE_ENCRYPTED", "RDS_CLUSTER_ENCRYPTED_AT_REST"],
    },
    fix=Recipe(
        cfn={"StorageEncrypted": True},
        tf={"storage_encrypted": True},
        unsafe_because="the database is replaced by an empty one",
    ),
)
def check(database: Instance | Cluster) -> Iterator[Flag]:
    if database.storage_encrypted == Known(True):
        return
    if isinstance(database, Instance):
        if isinstance(database.engine, Known) and database.engine.value.lower() == "sqlserver-ex":
            yield not_applicable("RDS does not encrypt SQL Server Express")
            return
        match database.depends():
            case Unknown() as why:
                yield undecided(why)
                return
            case Known(True):
                yield not_applicable("a member or a read replica takes the encryption of what it belongs to")
                return
            case Known() | Absent():
                pass
    match database.storage_encrypted:
        case Unknown() as value:
            yield undecided(value)
        case Known() | Absent() as value:
            yield from _off(database, value)


def _off(database: Instance | Cluster, value: Known[bool] | Absent) -> Iterator[Flag]:
    if isinstance(database, Cluster) and database.is_serverless_v1():
        yield not_applicable("Aurora Serverless v1 is always encrypted")
        return
    match database.copied():
        case Known(True):
            yield undecided(
                Unknown(
                    Said("what it is restored from decides on its encryption"), ("restored", database.address), value.origin
                )
            )
            return
        case Unknown() as why:
            yield undecided(why)
            return
        case Known() | Absent():
            pass
    aurora = database.is_aurora() if isinstance(database, Cluster) and isinstance(value, Absent) else Known(False)
    match aurora:
        case Known(True):
            return
        case Unknown() as why:
            yield undecided(why)
        case Known() | Absent():
            yield flag(value, LOST)
