"""Amazon ElastiCache."""

from typing import Annotated, Any

from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Absent, Value

from .kms import Key
from .vpc import SecurityGroup, Subnet


class SubnetGroup(
    Resource,
    cfn="AWS::ElastiCache::SubnetGroup",
    tf="aws_elasticache_subnet_group",
    cfn_key="CacheSubnetGroupName",
    tf_key="name",
):
    """The subnets a cache may be placed in."""

    name: Annotated[Value[str], Cfn("CacheSubnetGroupName"), Tf("name")]
    subnets: Annotated[Link[Subnet], Cfn("SubnetIds[]"), Tf("subnet_ids[]")]
    listed: Annotated[Value[Any], Cfn("SubnetIds"), Tf("subnet_ids")]


class NodeGroup(Block):
    """A shard."""

    replicas: Annotated[Value[int], Cfn("ReplicaCount"), Tf("replica_count")]


class LogDelivery(Block):
    """The destination of one of the logs."""

    kind: Annotated[Value[str], Cfn("LogType"), Tf("log_type")]
    destination: Annotated[Value[str], Cfn("DestinationType"), Tf("destination_type")]


class ReplicationGroup(
    Resource,
    cfn="AWS::ElastiCache::ReplicationGroup",
    tf="aws_elasticache_replication_group",
    cfn_key="ReplicationGroupId",
    tf_key="replication_group_id",
):
    """A Redis or Valkey cache with its replicas."""

    identifier: Annotated[Value[str], Cfn("ReplicationGroupId"), Tf("replication_group_id")]
    engine: Annotated[Value[str], Cfn("Engine"), Tf("engine"), Default("redis")]
    engine_version: Annotated[Value[str], Cfn("EngineVersion"), Tf("engine_version")]
    node_type: Annotated[Value[str], Cfn("CacheNodeType"), Tf("node_type")]
    # A member of a global datastore gets its engine, node type and encryption from the primary.
    global_datastore: Annotated[Value[str], Cfn("GlobalReplicationGroupId"), Tf("global_replication_group_id")]
    # The group may be made around an existing cluster, or from a snapshot.
    primary_cluster: Annotated[Link["Cluster"], Cfn("PrimaryClusterId")]
    # No default: on for Valkey, off for Redis.
    encrypted_at_rest: Annotated[Value[bool], Cfn("AtRestEncryptionEnabled"), Tf("at_rest_encryption_enabled")]
    encrypted_in_transit: Annotated[Value[bool], Cfn("TransitEncryptionEnabled"), Tf("transit_encryption_enabled")]
    transit_mode: Annotated[Value[str], Cfn("TransitEncryptionMode"), Tf("transit_encryption_mode")]
    key: Annotated[Link[Key], Cfn("KmsKeyId"), Tf("kms_key_id")]
    auth_token: Annotated[Value[str], Cfn("AuthToken"), Tf("auth_token"), Tf("auth_token_wo")]
    # Terraform does not keep the token itself, only the number of tokens: if there is a number, there is a token.
    token_version: Annotated[Value[Any], Tf("auth_token_wo_version")]
    user_groups: Annotated[Value[list[Value[str]]], Cfn("UserGroupIds"), Tf("user_group_ids")]
    multi_az: Annotated[Value[bool], Cfn("MultiAZEnabled"), Tf("multi_az_enabled"), Default(False)]
    automatic_failover: Annotated[
        Value[bool], Cfn("AutomaticFailoverEnabled"), Tf("automatic_failover_enabled"), Default(False)
    ]
    nodes: Annotated[
        Value[int],
        Cfn("NumCacheClusters"),
        Tf("num_cache_clusters"),
        Tf("number_cache_clusters", until="5.0"),
    ]
    shards: Annotated[Value[int], Cfn("NumNodeGroups"), Tf("num_node_groups"), Tf("cluster_mode.num_node_groups", until="5.0")]
    replicas_per_shard: Annotated[
        Value[int],
        Cfn("ReplicasPerNodeGroup"),
        Tf("replicas_per_node_group"),
        Tf("cluster_mode.replicas_per_node_group", until="5.0"),
    ]
    zones: Annotated[
        Value[list[Value[str]]],
        Cfn("PreferredCacheClusterAZs"),
        Tf("preferred_cache_cluster_azs"),
        Tf("availability_zones", until="5.0"),
    ]
    node_groups: Annotated[list[NodeGroup], Cfn("NodeGroupConfiguration[]"), Tf("node_group_configuration[]")]
    snapshot_retention: Annotated[Value[int], Cfn("SnapshotRetentionLimit"), Tf("snapshot_retention_limit"), Default(0)]
    final_snapshot: Annotated[Value[str], Tf("final_snapshot_identifier")]
    minor_upgrades: Annotated[Value[bool], Cfn("AutoMinorVersionUpgrade"), Tf("auto_minor_version_upgrade"), Default(True)]
    parameter_group: Annotated[Value[str], Cfn("CacheParameterGroupName"), Tf("parameter_group_name")]
    port: Annotated[Value[int], Cfn("Port"), Tf("port")]
    subnet_group: Annotated[Link[SubnetGroup], Cfn("CacheSubnetGroupName"), Tf("subnet_group_name")]
    security_groups: Annotated[Link[SecurityGroup], Cfn("SecurityGroupIds[]"), Tf("security_group_ids[]")]
    logs: Annotated[list[LogDelivery], Cfn("LogDeliveryConfigurations[]"), Tf("log_delivery_configuration[]")]
    deletion_policy: Annotated[Value[str], Cfn("@DeletionPolicy", default="Delete")]
    replace_policy: Annotated[Value[str], Cfn("@UpdateReplacePolicy", default="Delete")]
    prevent_destroy: Annotated[Value[bool], Tf("@lifecycle.prevent_destroy", default=False)]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
    clusters: Annotated[Link["Cluster"], Back("replication_group")]


class Cluster(
    Resource,
    cfn="AWS::ElastiCache::CacheCluster",
    tf="aws_elasticache_cluster",
    cfn_key="ClusterName",
    tf_key="cluster_id",
):
    """A Memcached cluster, a single Redis node, or (in Terraform) a node added to a replication group."""

    identifier: Annotated[Value[str], Cfn("ClusterName"), Tf("cluster_id")]
    engine: Annotated[Value[str], Cfn("Engine"), Tf("engine")]
    engine_version: Annotated[Value[str], Cfn("EngineVersion"), Tf("engine_version")]
    node_type: Annotated[Value[str], Cfn("CacheNodeType"), Tf("node_type")]
    nodes: Annotated[Value[int], Cfn("NumCacheNodes"), Tf("num_cache_nodes")]
    replication_group: Annotated[Link[ReplicationGroup], Tf("replication_group_id")]
    az_mode: Annotated[Value[str], Cfn("AZMode"), Tf("az_mode"), Default("single-az")]
    zones: Annotated[Value[list[Value[str]]], Cfn("PreferredAvailabilityZones"), Tf("preferred_availability_zones")]
    encrypted_in_transit: Annotated[
        Value[bool], Cfn("TransitEncryptionEnabled"), Tf("transit_encryption_enabled"), Default(False)
    ]
    snapshot_retention: Annotated[Value[int], Cfn("SnapshotRetentionLimit"), Tf("snapshot_retention_limit"), Default(0)]
    minor_upgrades: Annotated[Value[bool], Cfn("AutoMinorVersionUpgrade"), Tf("auto_minor_version_upgrade"), Default(True)]
    parameter_group: Annotated[Value[str], Cfn("CacheParameterGroupName"), Tf("parameter_group_name")]
    port: Annotated[Value[int], Cfn("Port"), Tf("port")]
    subnet_group: Annotated[Link[SubnetGroup], Cfn("CacheSubnetGroupName"), Tf("subnet_group_name")]
    security_groups: Annotated[Link[SecurityGroup], Cfn("VpcSecurityGroupIds[]"), Tf("security_group_ids[]")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
    # The groups that are made around this cluster.
    groups: Annotated[Link[ReplicationGroup], Back("primary_cluster")]

    def in_group(self) -> bool:
        """Whether it belongs to a replication group."""
        return bool(self.groups.targets) or not isinstance(self.replication_group.value, Absent)


class Serverless(
    Resource,
    cfn="AWS::ElastiCache::ServerlessCache",
    tf="aws_elasticache_serverless_cache",
    cfn_key="ServerlessCacheName",
    tf_key="name",
):
    """A serverless cache: always encrypted, always in several zones."""

    name: Annotated[Value[str], Cfn("ServerlessCacheName"), Tf("name")]
    engine: Annotated[Value[str], Cfn("Engine"), Tf("engine")]
    key: Annotated[Link[Key], Cfn("KmsKeyId"), Tf("kms_key_id")]
    snapshot_retention: Annotated[Value[int], Cfn("SnapshotRetentionLimit"), Tf("snapshot_retention_limit")]
    subnets: Annotated[Link[Subnet], Cfn("SubnetIds[]"), Tf("subnet_ids[]")]
    listed: Annotated[Value[Any], Cfn("SubnetIds"), Tf("subnet_ids")]
    security_groups: Annotated[Link[SecurityGroup], Cfn("SecurityGroupIds[]"), Tf("security_group_ids[]")]
    user_group: Annotated[Value[str], Cfn("UserGroupId"), Tf("user_group_id")]
