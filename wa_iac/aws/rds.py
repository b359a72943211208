"""Amazon RDS and Amazon Aurora."""

from typing import Annotated, Any, Final

from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.coerce import EmbeddedDocument, Tags
from wa_iac.core.logic import all_of, any_of, holds, negate
from wa_iac.core.presence import given
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value

from .kms import Key
from .vpc import SecurityGroup, Subnet


class SubnetGroup(
    Resource, cfn="AWS::RDS::DBSubnetGroup", tf="aws_db_subnet_group", cfn_key="DBSubnetGroupName", tf_key="name"
):
    """The subnets a database may be placed in."""

    name: Annotated[Value[str], Cfn("DBSubnetGroupName"), Tf("name")]
    subnets: Annotated[Link[Subnet], Cfn("SubnetIds[]"), Tf("subnet_ids[]")]
    listed: Annotated[Value[Any], Cfn("SubnetIds"), Tf("subnet_ids")]


class Parameter(Block):
    """One parameter of a group. CloudFormation has a map instead, which is read from `ParameterGroup.parameters`."""

    name: Annotated[Value[str], Tf("name")]
    value: Annotated[Value[str], Tf("value")]


class ParameterGroup(
    Resource, cfn="AWS::RDS::DBParameterGroup", tf="aws_db_parameter_group", cfn_key="DBParameterGroupName", tf_key="name"
):
    """An instance's engine settings."""

    family: Annotated[Value[str], Cfn("Family"), Tf("family")]
    parameters: Annotated[Value[EmbeddedDocument], Cfn("Parameters")]
    parameter_blocks: Annotated[list[Parameter], Tf("parameter[]")]


class ClusterParameterGroup(
    Resource,
    cfn="AWS::RDS::DBClusterParameterGroup",
    tf="aws_rds_cluster_parameter_group",
    cfn_key="DBClusterParameterGroupName",
    tf_key="name",
):
    """A cluster's engine settings."""

    family: Annotated[Value[str], Cfn("Family"), Tf("family")]
    parameters: Annotated[Value[EmbeddedDocument], Cfn("Parameters")]
    parameter_blocks: Annotated[list[Parameter], Tf("parameter[]")]


class EventSubscription(Resource, cfn="AWS::RDS::EventSubscription", tf="aws_db_event_subscription"):
    """Tells a topic of events of databases. Without a type, of every type; without categories, of all."""

    enabled: Annotated[Value[bool], Cfn("Enabled"), Tf("enabled"), Default(True)]
    kind: Annotated[Value[str], Cfn("SourceType"), Tf("source_type")]
    categories: Annotated[Value[list[Value[str]]], Cfn("EventCategories"), Tf("event_categories")]


class Snapshot(
    Resource,
    tf=("aws_db_snapshot", "aws_db_cluster_snapshot", "aws_db_snapshot_copy", "aws_rds_cluster_snapshot_copy"),
):
    """A manual snapshot, or a copy of one."""

    shared_with: Annotated[Value[list[Value[str]]], Tf("shared_accounts")]


class GlobalCluster(
    Resource,
    cfn="AWS::RDS::GlobalCluster",
    tf="aws_rds_global_cluster",
    cfn_key="GlobalClusterIdentifier",
    tf_key="global_cluster_identifier",
):
    """An Aurora database in several Regions."""

    source: Annotated[Link["Cluster"], Cfn("SourceDBClusterIdentifier"), Tf("source_db_cluster_identifier")]
    storage_encrypted: Annotated[Value[bool], Cfn("StorageEncrypted"), Tf("storage_encrypted"), Default(False)]
    deletion_protection: Annotated[Value[bool], Cfn("DeletionProtection"), Tf("deletion_protection"), Default(False)]
    clusters: Annotated[Link["Cluster"], Back("global_cluster")]


class Cluster(
    Resource,
    cfn="AWS::RDS::DBCluster",
    tf="aws_rds_cluster",
    cfn_key="DBClusterIdentifier",
    tf_key="cluster_identifier",
):
    """An Aurora cluster, or a Multi-AZ cluster of MySQL or PostgreSQL."""

    identifier: Annotated[Value[str], Cfn("DBClusterIdentifier"), Tf("cluster_identifier")]
    # Up to 4.x, the provider creates "aurora" by default; since 5.0, the argument is required.
    engine: Annotated[Value[str], Cfn("Engine"), Tf("engine", default="aurora")]
    engine_version: Annotated[Value[str], Cfn("EngineVersion"), Tf("engine_version")]
    # Extended Support is on unless it is turned off.
    support: Annotated[Value[str], Cfn("EngineLifecycleSupport"), Tf("engine_lifecycle_support")]
    engine_mode: Annotated[Value[str], Cfn("EngineMode"), Tf("engine_mode"), Default("provisioned")]
    scalability: Annotated[Value[str], Cfn("ClusterScalabilityType"), Tf("cluster_scalability_type"), Default("standard")]
    # Set for a Multi-AZ cluster, which includes its three instances. Aurora has separate instances.
    instance_class: Annotated[Value[str], Cfn("DBClusterInstanceClass"), Tf("db_cluster_instance_class")]
    zones: Annotated[Value[list[Value[str]]], Cfn("AvailabilityZones"), Tf("availability_zones")]
    serverless_v2: Annotated[
        list["ServerlessV2"], Cfn("ServerlessV2ScalingConfiguration"), Tf("serverlessv2_scaling_configuration[]")
    ]
    # Aurora has encrypted every new cluster by default since February 2026; other engines do not.
    storage_encrypted: Annotated[Value[bool], Cfn("StorageEncrypted"), Tf("storage_encrypted")]
    storage_type: Annotated[Value[str], Cfn("StorageType"), Tf("storage_type")]
    key: Annotated[Link[Key], Cfn("KmsKeyId"), Tf("kms_key_id")]
    backup_retention: Annotated[Value[int], Cfn("BackupRetentionPeriod"), Tf("backup_retention_period"), Default(1)]
    backtrack_window: Annotated[Value[int], Cfn("BacktrackWindow"), Tf("backtrack_window"), Default(0)]
    deletion_protection: Annotated[Value[bool], Cfn("DeletionProtection"), Tf("deletion_protection"), Default(False)]
    copy_tags: Annotated[Value[bool], Cfn("CopyTagsToSnapshot"), Tf("copy_tags_to_snapshot"), Default(False)]
    master_user: Annotated[Value[str], Cfn("MasterUsername"), Tf("master_username")]
    master_password: Annotated[Value[str], Cfn("MasterUserPassword"), Tf("master_password_wo"), Tf("master_password")]
    manage_password: Annotated[Value[bool], Cfn("ManageMasterUserPassword"), Tf("manage_master_user_password"), Default(False)]
    iam_authentication: Annotated[
        Value[bool],
        Cfn("EnableIAMDatabaseAuthentication"),
        Tf("iam_database_authentication_enabled"),
        Default(False),
    ]
    port: Annotated[Value[int], Cfn("Port"), Tf("port")]
    log_exports: Annotated[Value[list[Value[str]]], Cfn("EnableCloudwatchLogsExports"), Tf("enabled_cloudwatch_logs_exports")]
    performance_insights: Annotated[
        Value[bool], Cfn("PerformanceInsightsEnabled"), Tf("performance_insights_enabled"), Default(False)
    ]
    database_insights: Annotated[Value[str], Cfn("DatabaseInsightsMode"), Tf("database_insights_mode"), Default("standard")]
    monitoring_interval: Annotated[Value[int], Cfn("MonitoringInterval"), Tf("monitoring_interval"), Default(0)]
    publicly_accessible: Annotated[Value[bool], Cfn("PubliclyAccessible")]
    network_type: Annotated[Value[str], Cfn("NetworkType"), Tf("network_type"), Default("IPV4")]
    minor_upgrades: Annotated[Value[bool], Cfn("AutoMinorVersionUpgrade"), Tf("auto_minor_version_upgrade")]
    snapshot: Annotated[Value[str], Cfn("SnapshotIdentifier"), Tf("snapshot_identifier")]
    # A cluster made from another one gets its encryption and its data from that.
    source: Annotated[
        Value[str],
        Cfn("SourceDBClusterIdentifier"),
        Cfn("SourceDbClusterResourceId"),
        Cfn("ReplicationSourceIdentifier"),
        Tf("replication_source_identifier"),
        Tf("restore_to_point_in_time.source_cluster_identifier"),
        Tf("restore_to_point_in_time.source_cluster_resource_id"),
    ]
    global_cluster: Annotated[Link[GlobalCluster], Cfn("GlobalClusterIdentifier"), Tf("global_cluster_identifier")]
    subnet_group: Annotated[Link[SubnetGroup], Cfn("DBSubnetGroupName"), Tf("db_subnet_group_name")]
    security_groups: Annotated[Link[SecurityGroup], Cfn("VpcSecurityGroupIds[]"), Tf("vpc_security_group_ids[]")]
    parameter_group: Annotated[
        Link[ClusterParameterGroup], Cfn("DBClusterParameterGroupName"), Tf("db_cluster_parameter_group_name")
    ]
    deletion_policy: Annotated[Value[str], Cfn("@DeletionPolicy", default="Snapshot")]
    replace_policy: Annotated[Value[str], Cfn("@UpdateReplacePolicy", default="Delete")]
    skip_final_snapshot: Annotated[Value[bool], Tf("skip_final_snapshot", default=False)]
    prevent_destroy: Annotated[Value[bool], Tf("@lifecycle.prevent_destroy", default=False)]
    destroyed: Annotated[Value[bool], Tf("@lifecycle.destroy", default=True)]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
    members: Annotated[Link["Instance | ClusterInstance"], Back("cluster")]

    def is_aurora(self) -> Value[bool]:
        """Whether it is Aurora, which has members. A Multi-AZ cluster of another engine includes its instances."""
        return _aurora(self.engine)

    def listens_on(self) -> Value[int]:
        """Its port: as set, else its engine's default; absent if neither is known."""
        return _port(self.port, self.engine)

    def is_serverless_v1(self) -> bool:
        """Whether it is Aurora Serverless v1: no members, always encrypted, in several zones."""
        return self.engine_mode == Known("serverless")

    def is_secondary(self) -> Value[bool]:
        """Whether it is a secondary of a global cluster: it has no master user of its own, and comes from nothing else."""
        own = _any_given(self.master_user, self.snapshot, self.source)
        return all_of((given(self.global_cluster.value), negate(own)))

    def depends(self) -> Value[bool]:
        """Whether another database has its data; see `Instance.depends`."""
        return Known(False, self.absent.origin)

    def copied(self) -> Value[bool]:
        """Whether its data and encryption come from a snapshot or another cluster."""
        return _any_given(self.snapshot, self.source)


class ServerlessV2(Block):
    """The capacity range of an Aurora Serverless v2 cluster."""

    minimum: Annotated[Value[float], Cfn("MinCapacity"), Tf("min_capacity")]
    maximum: Annotated[Value[float], Cfn("MaxCapacity"), Tf("max_capacity")]


class Instance(Resource, cfn="AWS::RDS::DBInstance", tf="aws_db_instance", cfn_key="DBInstanceIdentifier", tf_key="identifier"):
    """An instance. In CloudFormation also a member of a cluster (`cluster`), which is a `ClusterInstance` in Terraform."""

    identifier: Annotated[Value[str], Cfn("DBInstanceIdentifier"), Tf("identifier")]
    engine: Annotated[Value[str], Cfn("Engine"), Tf("engine")]
    engine_version: Annotated[Value[str], Cfn("EngineVersion"), Tf("engine_version")]
    instance_class: Annotated[Value[str], Cfn("DBInstanceClass"), Tf("instance_class")]
    # Extended Support is on unless it is turned off.
    support: Annotated[Value[str], Cfn("EngineLifecycleSupport"), Tf("engine_lifecycle_support")]
    license_model: Annotated[Value[str], Cfn("LicenseModel"), Tf("license_model")]
    # A member gets storage, encryption, backups and protection from its cluster.
    cluster: Annotated[Link[Cluster], Cfn("DBClusterIdentifier")]
    # A read replica gets encryption and credentials from the instance that it copies.
    replica_of: Annotated[
        Value[str],
        Cfn("SourceDBInstanceIdentifier"),
        Cfn("SourceDBClusterIdentifier"),
        Tf("replicate_source_db"),
    ]
    source: Annotated[Link["Instance"], Cfn("SourceDBInstanceIdentifier"), Tf("replicate_source_db")]
    # A restored instance gets its credentials from the snapshot, and by default its encryption.
    snapshot: Annotated[Value[str], Cfn("DBSnapshotIdentifier"), Cfn("DBClusterSnapshotIdentifier"), Tf("snapshot_identifier")]
    restored_from: Annotated[
        Value[str],
        Cfn("SourceDbiResourceId"),
        Cfn("SourceDBInstanceAutomatedBackupsArn"),
        Tf("restore_to_point_in_time.source_db_instance_identifier"),
        Tf("restore_to_point_in_time.source_dbi_resource_id"),
        Tf("restore_to_point_in_time.source_db_instance_automated_backups_arn"),
    ]
    blue_green: Annotated[Value[bool], Tf("blue_green_update.enabled", default=False)]
    multi_az: Annotated[Value[bool], Cfn("MultiAZ"), Tf("multi_az"), Default(False)]
    zone: Annotated[Value[str], Cfn("AvailabilityZone"), Tf("availability_zone")]
    storage_encrypted: Annotated[Value[bool], Cfn("StorageEncrypted"), Tf("storage_encrypted"), Default(False)]
    storage_type: Annotated[Value[str], Cfn("StorageType"), Tf("storage_type")]
    allocated_storage: Annotated[Value[int], Cfn("AllocatedStorage"), Tf("allocated_storage")]
    max_allocated_storage: Annotated[Value[int], Cfn("MaxAllocatedStorage"), Tf("max_allocated_storage")]
    iops: Annotated[Value[int], Cfn("Iops"), Tf("iops")]
    key: Annotated[Link[Key], Cfn("KmsKeyId"), Tf("kms_key_id")]
    # The API's default is one day of backups. Terraform sends 0, which turns them off.
    backup_retention: Annotated[Value[int], Cfn("BackupRetentionPeriod", default=1), Tf("backup_retention_period", default=0)]
    backup_region: Annotated[Value[str], Cfn("AutomaticBackupReplicationRegion")]
    deletion_protection: Annotated[Value[bool], Cfn("DeletionProtection"), Tf("deletion_protection"), Default(False)]
    copy_tags: Annotated[Value[bool], Cfn("CopyTagsToSnapshot"), Tf("copy_tags_to_snapshot"), Default(False)]
    network_type: Annotated[Value[str], Cfn("NetworkType"), Tf("network_type"), Default("IPV4")]
    # Without it, CloudFormation leaves the choice to RDS, which depends on the subnet group and its VPC.
    publicly_accessible: Annotated[Value[bool], Cfn("PubliclyAccessible"), Tf("publicly_accessible", default=False)]
    master_password: Annotated[Value[str], Cfn("MasterUserPassword"), Tf("password_wo"), Tf("password")]
    manage_password: Annotated[Value[bool], Cfn("ManageMasterUserPassword"), Tf("manage_master_user_password"), Default(False)]
    iam_authentication: Annotated[
        Value[bool],
        Cfn("EnableIAMDatabaseAuthentication"),
        Tf("iam_database_authentication_enabled"),
        Default(False),
    ]
    port: Annotated[Value[int], Cfn("Port"), Tf("port")]
    certificate_authority: Annotated[Value[str], Cfn("CACertificateIdentifier"), Tf("ca_cert_identifier")]
    minor_upgrades: Annotated[Value[bool], Cfn("AutoMinorVersionUpgrade"), Tf("auto_minor_version_upgrade"), Default(True)]
    log_exports: Annotated[Value[list[Value[str]]], Cfn("EnableCloudwatchLogsExports"), Tf("enabled_cloudwatch_logs_exports")]
    performance_insights: Annotated[
        Value[bool], Cfn("EnablePerformanceInsights"), Tf("performance_insights_enabled"), Default(False)
    ]
    database_insights: Annotated[Value[str], Cfn("DatabaseInsightsMode"), Tf("database_insights_mode")]
    monitoring_interval: Annotated[Value[int], Cfn("MonitoringInterval"), Tf("monitoring_interval"), Default(0)]
    subnet_group: Annotated[Link[SubnetGroup], Cfn("DBSubnetGroupName"), Tf("db_subnet_group_name")]
    security_groups: Annotated[Link[SecurityGroup], Cfn("VPCSecurityGroups[]"), Tf("vpc_security_group_ids[]")]
    # For EC2-Classic, which no longer exists.
    classic_security_groups: Annotated[
        Value[list[Value[str]]], Cfn("DBSecurityGroups"), Tf("security_group_names", until="5.0")
    ]
    parameter_group: Annotated[Link[ParameterGroup], Cfn("DBParameterGroupName"), Tf("parameter_group_name")]
    # If the stack is deleted, CloudFormation keeps a snapshot by default (except for a cluster's members); if it replaces an
    # instance, it does not.
    deletion_policy: Annotated[Value[str], Cfn("@DeletionPolicy", default="Snapshot")]
    replace_policy: Annotated[Value[str], Cfn("@UpdateReplacePolicy", default="Delete")]
    skip_final_snapshot: Annotated[Value[bool], Tf("skip_final_snapshot", default=False)]
    prevent_destroy: Annotated[Value[bool], Tf("@lifecycle.prevent_destroy", default=False)]
    destroyed: Annotated[Value[bool], Tf("@lifecycle.destroy", default=True)]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]

    def is_member(self) -> Value[bool]:
        """Whether it belongs to a cluster, which then has its data and most of its settings."""
        aurora = _aurora(self.engine)
        if aurora == Known(True):
            return aurora
        return given(self.cluster.value)

    def listens_on(self) -> Value[int]:
        """Its port: as set, else its engine's default; absent if neither is known."""
        return _port(self.port, self.engine)

    def is_custom(self) -> Value[bool]:
        """Whether it is RDS Custom, whose owner manages the operating system and the engine."""
        return holds(self.engine, lambda name: name.lower().startswith("custom-"))

    def is_replica(self) -> Value[bool]:
        """Whether it is a read replica, so that another instance also has its data."""
        return given(self.replica_of)

    def depends(self) -> Value[bool]:
        """Whether it is a member or a replica."""
        return any_of((self.is_member(), self.is_replica()))

    def copied(self) -> Value[bool]:
        """Whether its data, encryption and credentials come from a snapshot or another instance."""
        return _any_given(self.replica_of, self.snapshot, self.restored_from)


class ClusterInstance(Resource, tf="aws_rds_cluster_instance", tf_key="identifier"):
    """A member of a cluster in Terraform. CloudFormation's is an `Instance`."""

    identifier: Annotated[Value[str], Tf("identifier")]
    engine: Annotated[Value[str], Tf("engine")]
    engine_version: Annotated[Value[str], Tf("engine_version")]
    instance_class: Annotated[Value[str], Tf("instance_class")]
    cluster: Annotated[Link[Cluster], Tf("cluster_identifier")]
    zone: Annotated[Value[str], Tf("availability_zone")]
    promotion_tier: Annotated[Value[int], Tf("promotion_tier", default=0)]
    publicly_accessible: Annotated[Value[bool], Tf("publicly_accessible", default=False)]
    minor_upgrades: Annotated[Value[bool], Tf("auto_minor_version_upgrade", default=True)]
    performance_insights: Annotated[Value[bool], Tf("performance_insights_enabled", default=False)]
    monitoring_interval: Annotated[Value[int], Tf("monitoring_interval", default=0)]
    certificate_authority: Annotated[Value[str], Tf("ca_cert_identifier")]
    copy_tags: Annotated[Value[bool], Tf("copy_tags_to_snapshot", default=False)]
    subnet_group: Annotated[Link[SubnetGroup], Tf("db_subnet_group_name")]
    parameter_group: Annotated[Link[ParameterGroup], Tf("db_parameter_group_name")]
    tags: Annotated[Value[Tags], Tf("tags_all"), Tf("tags")]


class SignIn(Block):
    """How clients of a proxy sign in."""

    iam: Annotated[Value[str], Cfn("IAMAuth"), Tf("iam_auth"), Default("DISABLED")]


class Proxy(Resource, cfn="AWS::RDS::DBProxy", tf="aws_db_proxy", cfn_key="DBProxyName", tf_key="name"):
    """A pool of connections in front of a database."""

    tls: Annotated[Value[bool], Cfn("RequireTLS"), Tf("require_tls"), Default(False)]
    sign_ins: Annotated[list[SignIn], Cfn("Auth[]"), Tf("auth[]")]


def _any_given(*values: Tree) -> Value[bool]:
    return any_of(given(value) for value in values)


def _aurora(engine: Value[str]) -> Value[bool]:
    match engine:
        case Known(name):
            return Known(name.lower().startswith("aurora"), engine.origin)
        case Unknown():
            return engine.map("aurora", _aurora)
        case Absent():
            return Known(False, engine.origin)


_PORTS: Final = {
    "mysql": 3306,
    "mariadb": 3306,
    "aurora-postgresql": 5432,
    "aurora": 3306,
    "postgres": 5432,
    "oracle": 1521,
    "sqlserver": 1433,
}
"""The port of each engine, by the beginning of its name. Longer names come first."""


def _port(port: Value[int], engine: Value[str]) -> Value[int]:
    if not isinstance(port, Absent) or isinstance(engine, Absent):
        return port
    if isinstance(engine, Unknown):
        return engine
    number = next((number for start, number in _PORTS.items() if engine.value.lower().startswith(start)), None)
    return port if number is None else Known(number, engine.origin)
