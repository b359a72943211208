"""What RDS and ElastiCache call the size of the machines that they run on."""

from typing import Final, TypeAlias

from wa_iac.aws import elasticache, rds
from wa_iac.core.value import Known, Value

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
_NO_GRAVITON: Final = ("oracle", "sqlserver", "custom-", "db2")
"""The engines that do not run on Graviton: "Supported DB engines for DB instance classes" (Amazon RDS User Guide)."""


def size_in(database: Database, node: str) -> tuple[dict[str, str], dict[str, str]]:
    """A class or a node type as content of both dialects: each under the name that this kind of database has for it."""
    if isinstance(database, rds.Instance | rds.ClusterInstance):
        return {"DBInstanceClass": node}, {"instance_class": node}
    return {"CacheNodeType": node}, {"node_type": node}


def is_aurora(database: Database) -> bool:
    """Whether it is Aurora, which has no general-purpose classes: "DB instance classes" (Amazon Aurora User Guide)."""
    if isinstance(database.engine, Known):
        return database.engine.value.lower().startswith("aurora")
    if isinstance(database, rds.ClusterInstance):
        return True
    return isinstance(database, rds.Instance) and database.is_member() == Known(True)


def current_class(database: Database, node: str) -> str:
    """A class of today that is nearest to an older one, and runs the database's engine."""
    prefix, family, size = node.split(".")
    engine = database.engine.value.lower() if isinstance(database.engine, Known) else ""
    others = engine.startswith(_NO_GRAVITON)
    kind = "r" if is_aurora(database) and family[0] == "m" else family[0]
    if kind == "t":
        small = {"nano": "micro", "micro": "micro" if prefix == "cache" or not is_aurora(database) else "medium"}.get(
            size, size
        )
        small = "medium" if is_aurora(database) and small == "small" else small
        return f"{prefix}.{'t3' if others else 't4g'}.{small if small in _BURSTABLE else 'medium'}"
    size = _NEXT.get(size, size)
    return f"{prefix}.{'r' if kind == 'r' else 'm'}{'6i' if others else '7g'}.{size if size in _SIZES else 'large'}"
