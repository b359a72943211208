"""Amazon DocumentDB."""

from typing import Annotated

from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.coerce import EmbeddedDocument, Tags
from wa_iac.core.logic import any_of, first_unknown
from wa_iac.core.presence import given
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value

from .kms import Key
from .vpc import SecurityGroup


class Parameter(Block):
    """One parameter of a group. CloudFormation has a map instead, which is read from `ClusterParameterGroup.parameters`."""

    name: Annotated[Value[str], Tf("name")]
    value: Annotated[Value[str], Tf("value")]


class ClusterParameterGroup(
    Resource,
    cfn="AWS::DocDB::DBClusterParameterGroup",
    tf="aws_docdb_cluster_parameter_group",
    cfn_key="Name",
    tf_key="name",
):
    """A cluster's engine settings."""

    parameters: Annotated[Value[EmbeddedDocument], Cfn("Parameters"), Tf("parameter")]
    parameter_blocks: Annotated[list[Parameter], Tf("parameter[]")]

    def setting(self, name: str) -> Value[str]:
        """The value of a parameter; absent if it is not set here."""
        for each in self.parameter_blocks:
            if each.name == Known(name):
                return each.value
        match self.parameters:
            case Known(dict() as parameters):
                found: Value[str] = parameters.get(name, Absent(self.parameters.origin))
                return found
            case Unknown() as unknown:
                return unknown
            case _:
                doubt = first_unknown(*(each.name for each in self.parameter_blocks), *self._listed())
                return Absent(self.parameters.origin) if doubt is None else doubt

    def _listed(self) -> list[Tree]:
        return self.parameters.value if isinstance(self.parameters, Known) and isinstance(self.parameters.value, list) else []


class Cluster(
    Resource,
    cfn="AWS::DocDB::DBCluster",
    tf="aws_docdb_cluster",
    cfn_key="DBClusterIdentifier",
    tf_key="cluster_identifier",
):
    """A document database, with its instances."""

    identifier: Annotated[Value[str], Cfn("DBClusterIdentifier"), Tf("cluster_identifier")]
    version: Annotated[Value[str], Cfn("EngineVersion"), Tf("engine_version")]
    storage_encrypted: Annotated[Value[bool], Cfn("StorageEncrypted"), Tf("storage_encrypted"), Default(False)]
    key: Annotated[Link[Key], Cfn("KmsKeyId"), Tf("kms_key_id")]
    backup_retention: Annotated[Value[int], Cfn("BackupRetentionPeriod"), Tf("backup_retention_period"), Default(1)]
    deletion_protection: Annotated[Value[bool], Cfn("DeletionProtection"), Tf("deletion_protection"), Default(False)]
    log_exports: Annotated[Value[list[Value[str]]], Cfn("EnableCloudwatchLogsExports"), Tf("enabled_cloudwatch_logs_exports")]
    snapshot: Annotated[Value[str], Cfn("SnapshotIdentifier"), Tf("snapshot_identifier")]
    source: Annotated[Value[str], Cfn("SourceDBClusterIdentifier"), Tf("restore_to_point_in_time.source_cluster_identifier")]
    global_cluster: Annotated[Value[str], Cfn("GlobalClusterIdentifier"), Tf("global_cluster_identifier")]
    parameter_group: Annotated[
        Link[ClusterParameterGroup], Cfn("DBClusterParameterGroupName"), Tf("db_cluster_parameter_group_name")
    ]
    security_groups: Annotated[Link[SecurityGroup], Cfn("VpcSecurityGroupIds[]"), Tf("vpc_security_group_ids[]")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
    members: Annotated[Link["Instance"], Back("cluster")]

    def copied(self) -> Value[bool]:
        """Whether its data and its encryption come from a snapshot or another cluster."""
        return any_of((given(self.snapshot), given(self.source)))


class Instance(
    Resource,
    cfn="AWS::DocDB::DBInstance",
    tf="aws_docdb_cluster_instance",
    cfn_key="DBInstanceIdentifier",
    tf_key="identifier",
):
    """A member of a cluster."""

    cluster: Annotated[Link[Cluster], Cfn("DBClusterIdentifier"), Tf("cluster_identifier")]
    instance_class: Annotated[Value[str], Cfn("DBInstanceClass"), Tf("instance_class")]
    zone: Annotated[Value[str], Cfn("AvailabilityZone"), Tf("availability_zone")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
