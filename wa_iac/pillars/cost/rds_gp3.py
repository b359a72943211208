"""# RDS database uses an older storage type than gp3

gp3 costs less than gp2 for the same size, and provides 3,000 IOPS and 125 MB/s at any size. With gp2, IOPS grow with the size,
and magnetic storage has hardly any. The change needs no downtime.

RDS uses gp3 by default. The rule reports Provisioned IOPS storage (io1, io2) only if it requests no more than the 3,000 IOPS
that gp3 includes.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      StorageType: gp2  # finding
```

```hcl
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
  storage_type      = "standard" # finding
}
```

```hcl
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
  storage_type      = "io1" # finding
  iops              = 1000
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
      StorageType: gp3
```

```hcl
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
  storage_type      = "gp3"
}
```

```hcl
resource "aws_db_instance" "ledger" {
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
  storage_type      = "io2"
  iops              = 20000
}
```
"""

from wa_iac.aws.rds import Instance
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Flags, Severity, accept, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known

INCLUDED = 3000
"""IOPS that gp3 includes."""


@rule(
    practices=["COST06-BP02", "PERF03-BP02"],
    severity=Severity.LOW,
    convention=True,
    fix=Recipe(
        cfn={"StorageType": "gp3"},
        tf={"storage_type": "gp3"},
        unsafe_because="a large volume may have had more IOPS, and the database is slow while its storage is changed",
    ),
)
def check(instance: Instance) -> Flags:
    kind = instance.storage_type
    accept(isinstance(kind, Absent) or kind == Known("gp3"))
    exempt(instance.is_member(), "the storage of a member is its cluster's")
    match settled(kind):
        case Known("gp2"):
            yield flag(kind, "gp2 storage costs more per gigabyte than gp3, and its IOPS depend on its size.")
        case Known("standard"):
            yield flag(kind, "Magnetic storage is slow, and AWS keeps it only for old databases; gp3 replaces it.")
        case Known("io1" | "io2" as name):
            iops = settled(instance.iops)
            if isinstance(iops, Known) and iops.value <= INCLUDED:
                yield flag(
                    kind, f"{iops.value} IOPS are provisioned with {name}, and each is paid for; gp3 includes {INCLUDED}."
                )
        case _:
            return
