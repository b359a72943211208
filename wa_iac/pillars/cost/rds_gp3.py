"""# RDS database uses an older storage type than gp3

## Why

gp3 costs the same as gp2 per gigabyte on RDS, and includes 3,000 IOPS and 125 MiB/s at any size. From 400 GiB (Oracle: 200 GiB), it
includes 12,000 IOPS and 500 MiB/s, except for SQL Server ([RDS
storage](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html#gp3-storage)). gp2 has 3 IOPS per GiB, and magnetic
storage has hardly any. The change needs no downtime. [gp3
needs](https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html) at least 20 GiB (RDS Custom: 40 GiB): smaller
storage has to grow with the change. A number of IOPS (`iops = 0`) has to go.

## What it checks

The rule reads the storage type of each database instance, and reports gp2 and magnetic storage (`standard`). It reports Provisioned IOPS
storage (io1, io2) only if it requests no more IOPS than gp3 includes.

## What is left out

RDS uses gp3 by default. Storage that is smaller than gp3 can be is advice: it has to grow for the move, so that it costs more, and it cannot
become smaller again. So is storage of a database whose engine RDS no longer offers in its version: the database has to be upgraded or replaced first. The rule does not report gp2 storage that has as many IOPS by its size as gp3 includes, or more. The rule does not check
the members of a cluster, because their storage is the cluster's.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      StorageType: gp2  # finding: fewer IOPS than gp3
```

```hcl
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
  storage_type      = "standard" # finding: Magnetic storage is slow
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

## Not applicable

```yaml
Resources:
  Large:  # not applicable: as many IOPS as gp3 includes
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: sqlserver-se
      DBInstanceClass: db.m6i.large
      AllocatedStorage: "2000"
      StorageType: gp2
  First:  # not applicable: its cluster's
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-mysql
      DBInstanceClass: db.r7g.large
      DBClusterIdentifier: orders
      StorageType: aurora
```

```hcl
resource "aws_db_instance" "large" { # not applicable: as many IOPS as gp3 includes
  engine            = "sqlserver-se"
  instance_class    = "db.m6i.large"
  allocated_storage = 2000
  storage_type      = "gp2"
}
```

## Undecided

The result is undecided if `StorageType` or `storage_type` is not known before deployment.

```yaml
Parameters:
  StorageType:
    Type: String
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      StorageType: !Ref StorageType  # undecided: parameter "StorageType" has no default
```

```hcl
variable "storage_type" {
  type = string
}

resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
  storage_type      = var.storage_type # undecided: var.storage_type has no default
}
```

So it is if the storage is gp2 with the size of a snapshot or of another database, since a large volume has more IOPS.

```hcl
resource "aws_db_instance" "restored" {
  snapshot_identifier = "orders"
  instance_class      = "db.m7g.large"
  storage_type        = "gp2" # undecided: has the size of the snapshot
}
```

## Sources

- [Amazon RDS DB instance storage (Chinese edition)](https://docs.aws.amazon.com/zh_tw/AmazonRDS/latest/UserGuide/CHAP_Storage.html), read on 2026-11-29
- [storageType (RestoreDBInstanceToPointInTime)](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/rds/aws.sdk.kotlin.services.rds.model/-restore-db-instance-to-point-in-time-request/storage-type.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.rds import Instance
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.reasons import Said
from wa_iac.core.rule import (
    Confidence,
    Flags,
    Remedy,
    Severity,
    accept,
    exempt,
    flag,
    milder,
    not_applicable,
    rule,
    settled,
    undecided,
)
from wa_iac.core.value import Absent, Known, Step, Unknown
from wa_iac.knowledge.dated import facts
from wa_iac.knowledge.node_sizes import current_class
from wa_iac.pillars.judgements.maintenance import waits

_GP3: Final = facts("rds_gp3")
_SLOWER: Final = (
    "While the storage is changed, the database may be slower for hours, and its storage cannot be changed again for six hours."
)
_LEAVING_MAGNETIC: Final = "The change from magnetic storage interrupts the database for a moment when it begins."
_THROUGHPUT: Final = (
    f"gp2 storage of this size is striped, and may pass more than the {_GP3['large']['throughput']} MiB a second that gp3 includes: if the database uses more, provide that "
    "also (StorageThroughput, storage_throughput)."
)
"""RDS stripes gp2 storage from the same size on as that of gp3 ("Amazon RDS DB instance storage", Amazon RDS User Guide)."""
_OWN_IOPS: Final = "gp3 has its own IOPS, and RDS refuses another number for small storage"
_FIX: Final = Recipe(
    cfn={"StorageType": "gp3"},
    tf={"storage_type": "gp3"},
    unsafe_because="a large volume may have had more IOPS, and the database is slow while its storage is changed",
)
_ENDED: Final = (
    "RDS no longer offers its engine in this version, or runs it on no current class: the database has to be upgraded or replaced first, and "
    "its storage can change with that."
)
_USUAL: Final = "db.m5.large"
_GP2_PER_GIB: Final = 3
"""The IOPS of gp2 storage for each GiB."""
_USUAL_CHANGE: Final = replace(Remedy.of_recipe(_FIX), decision=_SLOWER)


def _usual(instance: Instance, graph: Graph) -> Remedy:
    """The usual change, and when it is made."""
    del graph
    return replace(_USUAL_CHANGE, decision=_with_interruption(_SLOWER, instance))


def _with_interruption(words: str, instance: Instance) -> str:
    """What happens during a change, with the interruption at its beginning and the window that it waits for, where there are such."""
    first = _LEAVING_MAGNETIC if instance.storage_type == Known("standard") else ""
    return " ".join(filter(None, (first, words, waits(instance))))


@rule(
    practices=["COST06-BP02", "PERF03-BP02"],
    severity=Severity.LOW,
    convention=True,
    remedy=replace(_USUAL_CHANGE, given=_usual),
    fix=_FIX,
)
def check(instance: Instance) -> Flags:
    found = _judge(instance)
    yield from milder(found, confidence=Confidence.LOW, more=_ENDED) if _is_ended(instance) else found


def _is_ended(instance: Instance) -> bool:
    """Whether RDS no longer offers the engine in its version, or runs it on no class of today."""
    node = instance.instance_class.value if isinstance(instance.instance_class, Known) else ""
    return current_class(instance, node if node.count(".") == 2 else _USUAL) is None


def _judge(instance: Instance) -> Flags:
    kind = instance.storage_type
    accept(isinstance(kind, Absent) or kind == Known("gp3"))
    exempt(instance.is_member(), "the storage of a member is its cluster's")
    match settled(kind):
        case Known("gp2"):
            size = settled(instance.allocated_storage)
            if isinstance(size, Absent) and settled(instance.copied()) == Known(True):
                # A large volume of gp2 has more IOPS than gp3 includes.
                why = Said("its storage has the size of the snapshot or the database that it copies", "write the size")
                yield undecided(Unknown(why, ("size", instance.address), kind.origin))
                return
            if isinstance(size, Known) and size.value * _GP2_PER_GIB >= _included(instance):
                yield not_applicable("gp2 storage of this size has as many IOPS as gp3 includes, or more")
                return
            message = "gp2 storage has fewer IOPS than gp3 at this size, for the same price per gigabyte."
            grows = _smallest(instance) is not None
            change = _changed(instance)
            if _included(instance) == _GP3["large"]["iops"]:
                change = change or Remedy(cfn=_FIX.cfn, tf=_FIX.tf, decision=_SLOWER)
                change = replace(change, decision=f"{_THROUGHPUT} {change.decision}")
            yield flag(kind, message, instead=_waiting(change, instance), confidence=Confidence.MEDIUM if grows else None)
        case Known("standard"):
            message = "Magnetic storage is slow, and AWS keeps it only for old databases; gp3 replaces it."
            yield flag(kind, message, instead=_waiting(_changed(instance), instance))
        case Known("io1" | "io2" as name):
            iops = settled(instance.iops)
            if isinstance(iops, Known) and iops.value <= (included := _included(instance)):
                message = f"{iops.value} IOPS are provisioned with {name}, and each is paid for; gp3 includes {included:,}."
                change = _grown(instance) or Remedy(cfn=_FIX.cfn, tf=_FIX.tf, decision=_SLOWER)
                # With gp3, RDS accepts a number of IOPS only above those that are included.
                yield flag(kind, message, instead=_waiting(replace(change, removes=("Iops", "iops")), instance))
        case _:
            return


def _waiting(change: Remedy | None, instance: Instance) -> Remedy | str:
    """The change, if it is not the usual one, and when it is made."""
    return "" if change is None else replace(change, decision=_with_interruption(change.decision, instance))


def _changed(instance: Instance) -> Remedy | None:
    """The change from storage that needs no number of IOPS: one that is written all the same has to go."""
    grown = _grown(instance)
    if isinstance(instance.iops, Absent):
        return grown
    change = grown or Remedy(cfn=_FIX.cfn, tf=_FIX.tf, decision=_SLOWER)
    if chain := instance.iops.origin.chain:
        return replace(change, decision=f"{_OWN_IOPS}: let the {_setter(chain[-1])} give null for `iops`. {change.decision}")
    return replace(change, removes=("Iops", "iops"), decision=f"{_OWN_IOPS}. {change.decision}")


def _setter(step: Step) -> str:
    """The place that sets a value, in words."""
    named = bool(step.argument or step.default_of)
    return f'key "{step.key}"' if step.key else step.note if named else f"place {step.span.path}:{step.span.start_line}"


def _smallest(instance: Instance) -> int | None:
    """The size that gp3 needs at least, if the storage is smaller."""
    if not isinstance(instance.allocated_storage, Known):
        return None
    engine = instance.engine.value.lower() if isinstance(instance.engine, Known) else ""
    smallest: int = next(size for name, size in _GP3["smallest"].items() if engine.startswith(name))
    return smallest if instance.allocated_storage.value < smallest else None


def _grown(instance: Instance) -> Remedy | None:
    """The change together with the size that gp3 needs, if the storage is smaller."""
    smallest = _smallest(instance)
    if smallest is None:
        return None
    if chain := instance.allocated_storage.origin.chain:
        return Remedy(
            cfn={"StorageType": "gp3"},
            tf={"storage_type": "gp3"},
            decision=f"gp3 needs at least {smallest} GiB: first raise the size, which the {_setter(chain[-1])} sets. The storage cannot become "
            f"smaller again. {_SLOWER}",
        )
    return Remedy(
        cfn={"StorageType": "gp3", "AllocatedStorage": str(smallest)},
        tf={"storage_type": "gp3", "allocated_storage": smallest},
        decision=f"gp3 needs at least {smallest} GiB; the storage cannot become smaller again. {_SLOWER}",
    )


def _included(instance: Instance) -> int:
    """The IOPS that gp3 surely includes for this engine and size."""
    usual: int = _GP3["iops"]
    large: int = _GP3["large"]["iops"]
    if not (isinstance(instance.engine, Known) and isinstance(instance.allocated_storage, Known)):
        return usual
    engine, size = instance.engine.value.lower(), instance.allocated_storage.value
    starts = (start for name, start in _GP3["large"]["from"].items() if engine.startswith(name))
    return large if any(size >= start for start in starts) else usual
