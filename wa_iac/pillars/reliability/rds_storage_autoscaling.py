"""# RDS database cannot grow its storage by itself

## Why

A database whose storage is full stops accepting writes. RDS can add storage by itself before that happens, up to a limit that you set.
This costs nothing until storage is added.

## What it checks

The rule looks at the maximum storage of each instance. It reports an instance that has none, which is the default, or one that is not
above the allocated storage.

## What is left out

Aurora grows its storage by itself, and so members of clusters are left out. RDS Custom has no such setting. A read replica that writes
nothing takes the setting of its source.

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
      MaxAllocatedStorage: 500
```

```hcl
resource "aws_db_instance" "orders" {
  engine                = "postgres"
  instance_class        = "db.m7g.large"
  allocated_storage     = 100
  max_allocated_storage = 500
}
```

## Not applicable

```yaml
Resources:
  Custom:  # not applicable: RDS Custom
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: custom-oracle-ee
      DBInstanceClass: db.m5.large
      AllocatedStorage: "100"
  Member:  # not applicable: its cluster's storage grows
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-postgresql
      DBClusterIdentifier: orders
      DBInstanceClass: db.r7g.large
  Replica:  # not applicable: instance that it replicates
    Type: AWS::RDS::DBInstance
    Properties:
      SourceDBInstanceIdentifier: orders
      DBInstanceClass: db.m7g.large
```

## Undecided

The result is undecided if the limit is not known before deployment.

```yaml
Parameters:
  Limit:
    Type: String
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      MaxAllocatedStorage: !Ref Limit  # undecided: parameter "Limit" has no default
```

```hcl
variable "limit" {
  type = number
}

resource "aws_db_instance" "orders" {
  engine                = "postgres"
  instance_class        = "db.m7g.large"
  allocated_storage     = 100
  max_allocated_storage = var.limit # undecided: var.limit has no default
}
```

## Sources

- [Managing capacity automatically with Amazon RDS storage autoscaling](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html), read on 2026-11-29
- [maxAllocatedStorage, CreateDBInstanceRequest](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/rds/aws.sdk.kotlin.services.rds.model/-create-db-instance-request/max-allocated-storage.html), read on 2026-11-29
"""

from wa_iac.aws.rds import Instance
from wa_iac.core.graph import Graph
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known


def _doubled(database: Instance, graph: Graph) -> Remedy | None:
    """A limit of twice the storage of today; a number for the reader to choose where that is not known."""
    del graph
    now = database.allocated_storage
    if not isinstance(now, Known) or not isinstance(now.value, int):
        return None
    return Remedy(cfn={"MaxAllocatedStorage": 2 * now.value}, tf={"max_allocated_storage": 2 * now.value})


@rule(
    practices=["REL07-BP01", "SUS04-BP04", "COST09-BP03"],
    severity=Severity.LOW,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn={"MaxAllocatedStorage": "<twice the storage of today, in GiB>"},
        tf={"max_allocated_storage": "<twice the storage of today, in GiB>"},
        given=_doubled,
    ),
)
def check(database: Instance) -> Flags:
    limit = settled(database.max_allocated_storage)
    now = database.allocated_storage
    if isinstance(limit, Known) and limit.value and not (isinstance(now, Known) and limit.value <= now.value):
        return
    exempt(database.is_member(), "its cluster's storage grows by itself")
    exempt(database.is_replica(), "it has the limit of the instance that it replicates")
    exempt(database.is_custom(), "RDS Custom has no such setting")
    size = f" of {now.value} GiB" if isinstance(now, Known) else ""
    yield flag(
        Absent(limit.origin) if isinstance(limit, Absent) else limit,
        f"The storage{size} of this database does not grow by itself: when it is full, the database stops accepting writes.",
    )
