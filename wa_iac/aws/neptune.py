"""Amazon Neptune."""

from typing import Annotated

from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.logic import any_of
from wa_iac.core.presence import given
from wa_iac.core.resource import Link, Resource
from wa_iac.core.value import Value

from .kms import Key
from .vpc import SecurityGroup


class Cluster(
    Resource,
    cfn="AWS::Neptune::DBCluster",
    tf="aws_neptune_cluster",
    cfn_key="DBClusterIdentifier",
    tf_key="cluster_identifier",
):
    """A graph database, with its instances."""

    identifier: Annotated[Value[str], Cfn("DBClusterIdentifier"), Tf("cluster_identifier")]
    storage_encrypted: Annotated[Value[bool], Cfn("StorageEncrypted"), Tf("storage_encrypted"), Default(False)]
    key: Annotated[Link[Key], Cfn("KmsKeyId"), Tf("kms_key_arn")]
    backup_retention: Annotated[Value[int], Cfn("BackupRetentionPeriod"), Tf("backup_retention_period"), Default(1)]
    deletion_protection: Annotated[Value[bool], Cfn("DeletionProtection"), Tf("deletion_protection"), Default(False)]
    # CloudFormation takes a snapshot of a cluster that it deletes, unless the policy says otherwise.
    deletion_policy: Annotated[Value[str], Cfn("@DeletionPolicy", default="Snapshot")]
    copy_tags: Annotated[Value[bool], Cfn("CopyTagsToSnapshot"), Tf("copy_tags_to_snapshot"), Default(False)]
    log_exports: Annotated[Value[list[Value[str]]], Cfn("EnableCloudwatchLogsExports"), Tf("enable_cloudwatch_logs_exports")]
    iam_authentication: Annotated[Value[bool], Cfn("IamAuthEnabled"), Tf("iam_database_authentication_enabled"), Default(False)]
    snapshot: Annotated[Value[str], Cfn("SnapshotIdentifier"), Tf("snapshot_identifier")]
    source: Annotated[Value[str], Cfn("SourceDBClusterIdentifier"), Tf("replication_source_identifier")]
    global_cluster: Annotated[Value[str], Cfn("GlobalClusterIdentifier"), Tf("global_cluster_identifier")]
    security_groups: Annotated[Link[SecurityGroup], Cfn("VpcSecurityGroupIds[]"), Tf("vpc_security_group_ids[]")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
    members: Annotated[Link["Instance"], Back("cluster")]

    def copied(self) -> Value[bool]:
        """Whether its data and its encryption come from a snapshot or another cluster."""
        return any_of((given(self.snapshot), given(self.source)))


class Instance(
    Resource,
    cfn="AWS::Neptune::DBInstance",
    tf="aws_neptune_cluster_instance",
    cfn_key="DBInstanceIdentifier",
    tf_key="identifier",
):
    """A member of a cluster."""

    cluster: Annotated[Link[Cluster], Cfn("DBClusterIdentifier"), Tf("cluster_identifier")]
    instance_class: Annotated[Value[str], Cfn("DBInstanceClass"), Tf("instance_class")]
    zone: Annotated[Value[str], Cfn("AvailabilityZone"), Tf("availability_zone")]
    publicly_accessible: Annotated[Value[bool], Cfn("PubliclyAccessible"), Tf("publicly_accessible"), Default(False)]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
