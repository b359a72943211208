"""# RDS database or ElastiCache cluster uses a previous-generation class

## Why

Previous generations are slower than current classes, and cost as much or more. AWS also retires them: it announces a date, and then moves
the remaining instances in a maintenance window that it chooses.

Changing the class needs a restart, or a failover if there are several instances.

The classes for an engine depend on its version ([supported DB
engines](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html)): the remedy names a Graviton class
only if it certainly does, otherwise an Intel one. If only a parameter group says the version, the remedy says so. Editions of SQL Server and Oracle have a smallest class: the remedy names none below it.

## What it checks

The rule compares the class of each RDS database and ElastiCache cluster with a list of the previous generations.

The engine `aurora` is Aurora MySQL 1, which AWS ended in February 2023 ([Aurora MySQL
1.23.4](https://docs.aws.amazon.com/AmazonRDS/latest/AuroraMySQLReleaseNotes/AuroraMySQL.Updates.1234.html)). There the remedy begins
with the engine.

## What is left out

The rule does not report classes of today for other processors than Graviton: `rds-graviton` does. A class that a parameter or a variable
sets later is undecided.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m4.large  # finding: slower than db.m7g
      AllocatedStorage: "100"
```

```hcl
resource "aws_db_instance" "orders" {
  engine            = "mysql"
  instance_class    = "db.t2.medium" # finding: slower than db.t4g
  allocated_storage = 100
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "Sessions"
  node_type            = "cache.m3.medium" # finding: slower than cache.t4g
}

resource "aws_elasticache_cluster" "pages" {
  cluster_id      = "pages"
  engine          = "memcached"
  num_cache_nodes = 2
  node_type       = "cache.m3.large" # finding: slower than cache.m
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
resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "Sessions"
  engine               = "redis"
  node_type            = "cache.r7g.large"
  num_cache_clusters   = 2
}
```

## Not applicable

```hcl
resource "aws_elasticache_cluster" "replica" { # not applicable: the node type of its replication group
  cluster_id           = "sessions-2"
  replication_group_id = "sessions"
  node_type            = "cache.m3.large"
}
```

## Undecided

The result is undecided if `DBInstanceClass` or `node_type` is not known before deployment.

```yaml
Parameters:
  DBInstanceClass:
    Type: String
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: !Ref DBInstanceClass  # undecided: parameter "DBInstanceClass" has no default
      AllocatedStorage: "100"
```

```hcl
variable "node_type" {
  type = string
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "Sessions"
  engine               = "redis"
  node_type            = var.node_type # undecided: var.node_type has no default
  num_cache_clusters   = 2
}
```

## Sources

- [Supported node types (Spanish edition) - Amazon ElastiCache](https://docs.aws.amazon.com/es_es/AmazonElastiCache/latest/dg/CacheNodes.SupportedTypes.md), read on 2026-11-29
- [Supported DB engines for DB instance classes (Japanese edition)](https://docs.aws.amazon.com/ja_jp/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.md), read on 2026-11-29
"""

from wa_iac.aws.elasticache import Cluster, ReplicationGroup
from wa_iac.aws.rds import Instance
from wa_iac.core.binding import value_at
from wa_iac.core.rule import Flags, Remedy, Severity, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.node_sizes import (
    Database,
    current_class,
    engine_of,
    family_of,
    is_first_aurora,
    is_offered,
    is_previous,
    node_size,
    runs_old_versions,
    size_in,
)
from wa_iac.pillars.judgements.maintenance import waits

_SIZES = (
    "nano",
    "micro",
    "small",
    "medium",
    "large",
    "xlarge",
    "2xlarge",
    "4xlarge",
    "8xlarge",
    "10xlarge",
    "12xlarge",
    "16xlarge",
)
_ENDED = (
    "The engine aurora is Aurora MySQL 1 (MySQL 5.6), which AWS ended in February 2023, and runs on no current class. First move the cluster to "
    "the engine aurora-mysql: restore a snapshot of it there. Then choose a current class for its instances."
)
_INTERRUPTED = "The change interrupts connections for some minutes: make it in a maintenance window."
_EMPTIED = (
    "Terraform replaces a cluster of Memcached whose node type changes: the cache is away meanwhile, and begins empty. Make the change when the "
    "databases behind it can bear that."
)
_EMPTIED_IN_STACK = (
    "A cluster of Memcached begins empty with its new nodes: make the change when the databases behind it can bear that. If CloudFormation refuses "
    "the other type, give the resource another logical ID{}: that makes a new cluster, with another endpoint for its clients."
)


@rule(
    practices=["PERF05-BP06", "COST06-BP02", "SUS05-BP02", "SUS06-BP03"],
    severity=Severity.LOW,
    remedy=Remedy(cfn={"DBInstanceClass": "db.m7g.large"}, tf={"instance_class": "db.m7g.large"}),
)
def check(database: Database) -> Flags:
    grouped = isinstance(database, Cluster) and not isinstance(database.replication_group.value, Absent)
    exempt(grouped, "it has the node type of its replication group")
    size = settled(node_size(database))
    if not isinstance(size, Known) or not is_previous(size.value):
        return
    better = current_class(database, size.value)
    cfn, tf = size_in(database, better or "")
    emptied = isinstance(database, Cluster) and database.engine == Known("memcached")
    replaced = emptied and database.dialect == "terraform" and not database.as_cloudformation
    happens = _EMPTIED if replaced else _emptied(database) if emptied else _INTERRUPTED
    later = f" {waits(database)}".rstrip() if happens == _INTERRUPTED else ""
    grows = _grows(size.value, better)
    more = f" {better} is larger, and at a higher price: none of today's classes for it has the old size." if grows else ""
    price = "" if grows else ", at the same price or a higher one"
    less = f" {better} has a little less memory: see that the data fit." if size.value.startswith("cache.t2.") else ""
    older = (
        f" Its parameter group is for one version of the engine: if that does not run on {better}, upgrade first."
        if _is_for_one_version(database)
        else _perhaps_too_old(database, better or "")
    )
    software = " ".join(each.value for each in engine_of(database) if isinstance(each, Known)) or "its engine"
    why = f"No current class runs {software}" if is_offered(database) else f"RDS no longer offers {software}"
    yield flag(
        size,
        f"{family_of(size.value)} is a previous generation: slower than {family_of(better or '') or 'current classes'}{price}, "
        "and AWS is retiring it.",
        instead=Remedy(cfn=cfn, tf=tf, decision=f"{happens}{later}{less}{more}{older}", replaces=replaced)
        if better
        else Remedy(decision=_ENDED)
        if is_first_aurora(database)
        else Remedy(decision=f"{why}: {_first(database)}, and then change the class."),
    )


def _grows(node: str, better: str | None) -> bool:
    """Whether the class of today is of a larger size, since none of the same size runs the engine."""
    old, new = node.rpartition(".")[2], (better or "").rpartition(".")[2]
    return old in _SIZES and new in _SIZES and _SIZES.index(new) > _SIZES.index(old)


def _is_for_one_version(database: Database) -> bool:
    """Whether only the parameter group of an instance says which version of the engine it has."""
    if not isinstance(database, Instance) or not isinstance(engine_of(database)[1], Absent):
        return False
    return bool(database.parameter_group.targets or database.parameter_group.external)


def _perhaps_too_old(database: Database, better: str) -> str:
    """What to do about a cache whose version is too old for the newest families, and perhaps for all current ones."""
    engine, version = engine_of(database)
    if not isinstance(database, Cluster | ReplicationGroup) or not isinstance(version, Known) or not runs_old_versions(better):
        return ""
    software = f"{engine.value} {version.value}" if isinstance(engine, Known) else f"version {version.value}"
    return f" If {better} does not run {software}, upgrade the engine first, with a parameter group for its new version."


def _emptied(database: Database) -> str:
    """What happens to a cluster of Memcached in a stack ("AWS::ElastiCache::CacheCluster", AWS CloudFormation Template Reference)."""
    is_named = not isinstance(value_at(database.declared.body, "ClusterName"), Absent)
    return _EMPTIED_IN_STACK.format(" and another ClusterName" if is_named else "")


def _first(database: Database) -> str:
    """What comes before the class: a read replica has the engine of its source."""
    source = next(iter(database.source), None) if isinstance(database, Instance) else None
    return (
        "upgrade the engine first" if source is None else f"upgrade the engine of {source.address} first, which this one copies"
    )
