"""What RDS and ElastiCache call the size of the machines that they run on."""

from typing import TypeAlias

from wa_iac.aws import elasticache, rds
from wa_iac.core.value import Value

Database: TypeAlias = rds.Instance | rds.ClusterInstance | elasticache.ReplicationGroup | elasticache.Cluster


def node_size(database: Database) -> Value[str]:
    """The class of an instance or the type of a node: `db.m7g.large`, `cache.r7g.large`."""
    return database.instance_class if isinstance(database, rds.Instance | rds.ClusterInstance) else database.node_type
