"""What RDS and ElastiCache call the size of the machines that they run on."""

from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from wa_iac.aws import elasticache, rds
from wa_iac.core.late_pattern import late
from wa_iac.core.reasons import Said
from wa_iac.core.value import Absent, Known, Unknown, Value

from .dated import facts
from .engine_versions import numbers

Database: TypeAlias = rds.Instance | rds.ClusterInstance | elasticache.ReplicationGroup | elasticache.Cluster


def node_size(database: Database) -> Value[str]:
    """The class of an instance or the type of a node: `db.m7g.large`, `cache.r7g.large`."""
    return database.instance_class if isinstance(database, rds.Instance | rds.ClusterInstance) else database.node_type


def family_of(node: str) -> str:
    """The family of a class or of a node type: `db.m7g` of `db.m7g.large`."""
    return node.rpartition(".")[0]


_SIZES: Final = frozenset({"large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge"})
"""The sizes that all current classes have, except for the burstable ones."""
_NEXT: Final = {"10xlarge": "12xlarge"}
_BURSTABLE: Final = frozenset({"micro", "small", "medium", "large", "xlarge", "2xlarge"})
_DEFAULT_GROUP: Final = late(r"default\.(?:redis|valkey|memcached)([0-9.]+)")
"""The names of AWS's own parameter groups for caches, with the version that they are for."""
_GRAVITON: Final = late(r"[a-z]+[0-9]+g")
_CANDIDATES: Final = {"t": ("t4g", "t3"), "m": ("m7g", "m6i", "m5"), "r": ("r7g", "r6i", "r5")}
"""The families of today by kind, the best first; the last ones run old versions of the engines."""
_OLDEST: Final = frozenset(each[-1] for each in _CANDIDATES.values())
"""The families on which every version runs that RDS still offers."""
_NOT_FOR_NODES: Final = frozenset({"m6i", "r6i"})
"""Families that ElastiCache does not have: "Supported node types" (Amazon ElastiCache User Guide)."""
_SINCE: Final = facts("database_classes")["since"]
_SMALLEST: Final[Mapping[str, Mapping[str, str]]] = facts("database_classes")["smallest"]
_ORDER: Final = ("micro", "small", "medium", "large", "xlarge")
_PREVIOUS: Final = frozenset(
    f"{prefix}.{family}" for prefix, families in facts("database_classes")["previous"].items() for family in families
)


def is_previous(node: str) -> bool:
    """Whether a class or a node type is of a previous generation. ElastiCache makes no new clusters with such nodes, unless the
    account has some: "Migrating previous generation nodes" (Amazon ElastiCache User Guide)."""
    return family_of(node) in _PREVIOUS


def runs_old_versions(node: str) -> bool:
    """Whether it is of a family that is chosen for versions which newer families do not run."""
    return family_of(node).rpartition(".")[2] in _OLDEST


def is_dropped(engine: str, node: str) -> bool:
    """Whether an older version of an engine runs on a class of today, and newer ones do not: "Supported DB engines for DB instance classes"
    (Amazon Aurora User Guide)."""
    return node in facts("database_classes")["dropped"].get(engine, ())


def size_in(database: Database, node: str) -> tuple[dict[str, str], dict[str, str]]:
    """A class or a node type as content of both dialects: each under the name that this kind of database has for it."""
    if isinstance(database, rds.Instance | rds.ClusterInstance):
        return {"DBInstanceClass": node}, {"instance_class": node}
    return {"CacheNodeType": node}, {"node_type": node}


def is_aurora(database: Database) -> bool:
    """Whether it is Aurora, which has no general-purpose classes: "DB instance classes" (Amazon Aurora User Guide)."""
    if engine := _engine_name(database):
        return engine.startswith("aurora")
    if isinstance(database, rds.ClusterInstance):
        return True
    return isinstance(database, rds.Instance) and database.is_member() == Known(True)


def is_first_aurora(database: Database) -> bool:
    """Whether its engine is `aurora`: Aurora MySQL 1, compatible with MySQL 5.6. AWS ended it in February 2023."""
    return engine_of(database)[0] == Known("aurora")


def engine_of(database: Database) -> tuple[Value[str], Value[str]]:
    """Its engine, in lower case, and the version of that. What does not say it, or says nothing by an empty text, has that of its cluster, of
    the database that it copies, or of its snapshot."""
    engine, version = database.engine, database.engine_version
    others: Sequence[rds.Cluster | rds.Instance] = ()
    copied = False
    if isinstance(database, rds.ClusterInstance):
        others = database.cluster.targets
    elif isinstance(database, rds.Instance):
        others = database.source.targets or database.cluster.targets
        copied = database.copied() != Known(False)
    if isinstance(engine, Absent):
        engine = next((each.engine for each in others), engine)
    if isinstance(database, elasticache.Cluster | elasticache.ReplicationGroup) and isinstance(version, Absent):
        version = _of_parameters(database)
    if isinstance(version, Absent) or version == Known(""):
        kept = Unknown(Said("the database that is copied has the version"), ("version", database.address), version.origin)
        version = next((each.engine_version for each in others), kept if copied else version)
    return (Known(engine.value.lower(), engine.origin) if isinstance(engine, Known) else engine), version


def _of_parameters(cache: elasticache.Cluster | elasticache.ReplicationGroup) -> Value[str]:
    """The version that the parameter group of a cache is for: absent without one, and known by the name of a group of AWS."""
    group = cache.parameter_group
    if isinstance(group, Absent):
        return cache.engine_version
    if isinstance(group, Known) and (found := _DEFAULT_GROUP.match(group.value)) is not None:
        return Known(found[1], group.origin)
    why = "its parameter group is for one version of the engine"
    return Unknown(Said(why, "set the version"), ("version", cache.address), group.origin)


def is_offered(database: Database) -> bool:
    """Whether RDS may still make databases of its engine in its version: the first version of the calendar is the oldest that it offers."""
    engine, version = engine_of(database)
    if not (isinstance(engine, Known) and isinstance(version, Known)):
        return True
    calendar: Mapping[str, str] = facts("rds_versions").get(engine.value, {})
    found = numbers(version.value)
    return not calendar or not found or found[:2] >= min(numbers(each) for each in calendar)


def current_class(database: Database, node: str) -> str | None:
    """The class of today that is nearest to an older one, and runs the database's engine in its version; None if that is too old for
    all of them."""
    if is_first_aurora(database) or not is_offered(database):
        return None
    prefix, family, size = node.split(".")
    candidates = _CANDIDATES.get(_kind(database, family, size), _CANDIDATES["m"])
    ours = [each for each in candidates if prefix != "cache" or each not in _NOT_FOR_NODES]
    found = next((each for each in ours if _runs_on(database, each)), None)
    if found is None:
        return None
    if found[0] == "t":
        return f"{prefix}.{found}.{_at_least(database, found, _burstable(database, prefix, size))}"
    size = _NEXT.get(size, size)
    return f"{prefix}.{found}.{_at_least(database, found, size if size in _SIZES else 'large')}"


def _engine_name(database: Database) -> str:
    engine = engine_of(database)[0]
    return engine.value if isinstance(engine, Known) else ""


def _smallest(database: Database, kind: str) -> str | None:
    """The smallest size of a kind of families on which the database's engine surely runs: empty where it may run on none, and None where
    it runs on all that the families have."""
    engine = _engine_name(database)
    return next((sizes.get(kind) for name, sizes in _SMALLEST.items() if engine.startswith(name)), None)


def _at_least(database: Database, family: str, size: str) -> str:
    """A size, or the smallest one on which the database's engine surely runs."""
    least = _smallest(database, family[0])
    return least if least and size in _ORDER[: _ORDER.index(least)] else size


def _kind(database: Database, family: str, size: str) -> str:
    """The kind of the families that replace a family. The small sizes of today are all burstable. m2 has the memory of r."""
    if isinstance(database, elasticache.ReplicationGroup) and database.automatic_failover == Known(True):
        return family[0]  # a group that has to stay available keeps nodes that are not burstable
    if family == "m2" or (is_aurora(database) and family[0] == "m"):
        return "r"
    kind = "t" if family[0] == "m" and size in ("micro", "small", "medium") else family[0]
    return "m" if kind == "t" and _smallest(database, kind) == "" else kind


def _burstable(database: Database, prefix: str, size: str) -> str:
    if size == "nano":
        size = "micro"
    if prefix == "db" and is_aurora(database) and size in ("micro", "small"):
        size = "medium"
    return size if size in _BURSTABLE else "medium"


def _runs_on(database: Database, family: str) -> bool:
    """Whether a family certainly has classes for the database's engine in its version; without a version, AWS chooses a recent one. An
    engine that is not known runs on Intel processors: "Supported DB engines for DB instance classes" (Amazon RDS User Guide)."""
    since: Mapping[str, list[list[int]]] = _SINCE[family]
    engine, version = _engine_name(database), engine_of(database)[1]
    first = next((versions for name, versions in since.items() if engine.startswith(name)), None)
    if first is None:
        return _GRAVITON.fullmatch(family) is None
    match version:
        case Absent():
            return True
        case Known(text):
            return _reaches(numbers(text), first)
        case Unknown():
            return family in _OLDEST


def _reaches(version: tuple[int, ...], first: Sequence[Sequence[int]]) -> bool:
    """Whether a version is at least the first one of its branch, or of a later branch. A version of few numbers (`14`, `8.0`) is the
    latest of its branch."""
    for each in first:
        if version == tuple(each[: len(version)]):
            return True
        if version[: len(each) - 1] == tuple(each[:-1]):
            return version >= tuple(each)
    return version > max(tuple(each) for each in first)
