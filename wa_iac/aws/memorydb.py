"""Amazon MemoryDB."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class Cluster(Resource, cfn="AWS::MemoryDB::Cluster", tf="aws_memorydb_cluster", cfn_key="ClusterName", tf_key="name"):
    """A durable database in memory, for clients of Redis and Valkey. Its storage is always encrypted."""

    acl: Annotated[Value[str], Cfn("ACLName"), Tf("acl_name")]
    tls: Annotated[Value[bool], Cfn("TLSEnabled"), Tf("tls_enabled"), Default(True)]
    replicas: Annotated[Value[int], Cfn("NumReplicasPerShard"), Tf("num_replicas_per_shard"), Default(1)]
    snapshot_retention: Annotated[Value[int], Cfn("SnapshotRetentionLimit"), Tf("snapshot_retention_limit"), Default(0)]
