"""# RDS database or ElastiCache cluster does not run on Graviton

## Why

Graviton processors need up to 60 % less energy for the same work, and their classes cost about a tenth less than Intel and AMD
classes of the same size. A managed database or cache can change to Graviton without any change to its clients.

## What it checks

The rule reads the class of each RDS database and ElastiCache cluster, with its engine and the engine's version. The rule reports classes
with a Graviton equivalent, for engines that run on it.

## What is left out

The rule does not report Oracle, SQL Server, or engine versions from before Graviton. It does not report sizes beyond `16xlarge`, of which
not all have an equivalent, and classes of previous generations, which `rds-previous-generation` reports.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      EngineVersion: "16"
      DBInstanceClass: db.m6i.large  # finding: Graviton classes (db.m7g)
      AllocatedStorage: "100"
```

```hcl
resource "aws_db_instance" "orders" {
  engine            = "mysql"
  instance_class    = "db.t3.medium" # finding: Graviton classes (db.t4g)
  allocated_storage = 100
}
```

```hcl
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "Sessions"
  engine               = "valkey"
  node_type            = "cache.r5.large" # finding: Graviton classes (cache.r7g)
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
  engine            = "mysql"
  instance_class    = "db.t4g.medium"
  allocated_storage = 100
}
```

## Not applicable

```yaml
Resources:
  Ledger:  # not applicable: not known to run on Graviton
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: oracle-se2
      DBInstanceClass: db.m5.large
      AllocatedStorage: "100"
  Old:  # not applicable: may not run on Graviton
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      EngineVersion: "11.5"
      DBInstanceClass: db.m5.large
      AllocatedStorage: "100"
```

```hcl
resource "aws_db_instance" "ledger" { # not applicable: not known to run on Graviton
  engine            = "oracle-se2"
  instance_class    = "db.m5.large"
  allocated_storage = 100
}

resource "aws_db_instance" "old" { # not applicable: may not run on Graviton
  engine            = "postgres"
  engine_version    = "11.5"
  instance_class    = "db.m5.large"
  allocated_storage = 100
}
```

## Undecided

The result is undecided if `DBInstanceClass` or `instance_class` is not known before deployment.

```yaml
Parameters:
  DBInstanceClass:
    Type: String
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      EngineVersion: "16"
      DBInstanceClass: !Ref DBInstanceClass  # undecided: parameter "DBInstanceClass" has no default
      AllocatedStorage: "100"
```

```hcl
variable "instance_class" {
  type = string
}

resource "aws_db_instance" "orders" {
  engine            = "mysql"
  instance_class    = var.instance_class # undecided: var.instance_class has no default
  allocated_storage = 100
}
```

## Sources

- [Supported DB engines for DB instance classes (Japanese edition)](https://docs.aws.amazon.com/ja_jp/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.md), read on 2026-11-29
- [CacheNode - Amazon ElastiCache](https://docs.aws.amazon.com/zh_cn/AmazonElastiCache/latest/APIReference/API_CacheNode.html), read on 2026-11-29
"""

from collections.abc import Mapping
from typing import Final

from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, flag, not_applicable, rule, settled
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.dated import facts
from wa_iac.knowledge.engine_versions import numbers
from wa_iac.knowledge.node_sizes import Database, is_aurora, node_size, size_in

_CLASSES: Final = facts("database_classes")
SIBLINGS: Final[Mapping[str, str]] = _CLASSES["graviton"]
"""Of classes of today; `rds-previous-generation` reports the older ones."""
CLASS = late(r"^(?P<prefix>db|cache)\.(?P<family>[a-z]+\d+[a-z]*)\.((?P<number>[0-9]{0,9})xlarge|\w+)$")
LARGEST: Final[int] = _CLASSES["largest"]
"""Not all sizes beyond `16xlarge` have a sibling."""
FIRST_VERSION: Final = {engine: tuple(version) for engine, version in _CLASSES["first_version"].items()}
"""The first version of an engine that surely runs on Graviton."""


def _on_graviton(database: Database, graph: Graph) -> Remedy | None:
    """The Graviton class of the same size."""
    del graph
    size = node_size(database)
    found = CLASS.match(size.value) if isinstance(size, Known) else None
    if found is None:
        return None
    sibling = SIBLINGS[found["family"]]
    if is_aurora(database):
        sibling = sibling.replace("m", "r")
    cfn, tf = size_in(database, f"{found['prefix']}.{sibling}.{found[3]}")
    return Remedy(cfn=cfn, tf=tf)


@rule(
    practices=["SUS05-BP02", "COST06-BP02", "PERF02-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    convention=True,
    remedy=Remedy(cfn={"DBInstanceClass": "db.m7g.large"}, tf={"instance_class": "db.m7g.large"}, given=_on_graviton),
)
def check(database: Database) -> Flags:
    size = settled(node_size(database))
    found = CLASS.match(size.value) if isinstance(size, Known) else None
    sibling = SIBLINGS.get(found["family"]) if found else None
    if found is None or sibling is None or int(found["number"] or 0) > LARGEST:
        return
    engine = settled(database.engine)
    if isinstance(engine, Absent):
        return
    first_version = FIRST_VERSION.get(engine.value.lower())
    if first_version is None:
        yield not_applicable(f"{engine.value} is not known to run on Graviton")
        return
    version = settled(database.engine_version)
    if isinstance(version, Known):
        exempt((*numbers(version.value), 0) < first_version, f"{engine.value} {version.value} may not run on Graviton")
    better = f"{found['prefix']}.{sibling}"
    yield flag(size, f"{found.string} needs more energy and costs more than the Graviton classes ({better}) for the same work.")
