"""Amazon Redshift and Amazon Redshift Serverless."""

from typing import Annotated, Any

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Value

from .kms import Key
from .vpc import SecurityGroup


class Parameter(Block):
    """One parameter of a group."""

    name: Annotated[Value[str], Cfn("ParameterName"), Tf("name")]
    value: Annotated[Value[str], Cfn("ParameterValue"), Tf("value")]


class ParameterGroup(
    Resource,
    cfn="AWS::Redshift::ClusterParameterGroup",
    tf="aws_redshift_parameter_group",
    cfn_key="ParameterGroupName",
    tf_key="name",
):
    """A cluster's settings."""

    family: Annotated[Value[str], Cfn("ParameterGroupFamily"), Tf("family")]
    listed: Annotated[Value[Any], Cfn("Parameters"), Tf("parameter")]
    parameters: Annotated[list[Parameter], Cfn("Parameters[]"), Tf("parameter[]")]


class Cluster(
    Resource,
    cfn="AWS::Redshift::Cluster",
    tf="aws_redshift_cluster",
    cfn_key="ClusterIdentifier",
    tf_key="cluster_identifier",
):
    """A provisioned data warehouse."""

    identifier: Annotated[Value[str], Cfn("ClusterIdentifier"), Tf("cluster_identifier")]
    node_type: Annotated[Value[str], Cfn("NodeType"), Tf("node_type")]
    port: Annotated[Value[int], Cfn("Port"), Tf("port"), Default(5439)]
    nodes: Annotated[Value[int], Cfn("NumberOfNodes"), Tf("number_of_nodes"), Default(1)]
    # Redshift has encrypted every new cluster since January 2025, unless this says otherwise.
    encrypted: Annotated[Value[bool], Cfn("Encrypted"), Tf("encrypted")]
    key: Annotated[Link[Key], Cfn("KmsKeyId"), Tf("kms_key_id")]
    # False by default for clusters made since January 2025. The provider sent true up to 5.x.
    publicly_accessible: Annotated[Value[bool], Cfn("PubliclyAccessible"), Tf("publicly_accessible")]
    enhanced_routing: Annotated[Value[bool], Cfn("EnhancedVpcRouting"), Tf("enhanced_vpc_routing"), Default(False)]
    version_upgrades: Annotated[Value[bool], Cfn("AllowVersionUpgrade"), Tf("allow_version_upgrade"), Default(True)]
    snapshot_retention: Annotated[
        Value[int], Cfn("AutomatedSnapshotRetentionPeriod"), Tf("automated_snapshot_retention_period"), Default(1)
    ]
    snapshot: Annotated[Value[str], Cfn("SnapshotIdentifier"), Tf("snapshot_identifier"), Tf("snapshot_arn")]
    logging: Annotated[
        Value[Any],
        Cfn("LoggingProperties"),
        Tf("cluster_identifier", of="aws_redshift_logging", by="cluster_identifier"),
    ]
    logging_block: Annotated[Value[bool], Tf("logging.enable", until="6.0")]
    subnet_group: Annotated[Value[str], Cfn("ClusterSubnetGroupName"), Tf("cluster_subnet_group_name")]
    multi_az: Annotated[Value[bool], Cfn("MultiAZ"), Tf("multi_az"), Default(False)]
    relocation: Annotated[
        Value[bool],
        Cfn("AvailabilityZoneRelocation"),
        Tf("availability_zone_relocation_enabled"),
        Default(False),
    ]
    security_groups: Annotated[Link[SecurityGroup], Cfn("VpcSecurityGroupIds[]"), Tf("vpc_security_group_ids[]")]
    parameter_group: Annotated[Link[ParameterGroup], Cfn("ClusterParameterGroupName"), Tf("cluster_parameter_group_name")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]


class Namespace(
    Resource,
    cfn="AWS::RedshiftServerless::Namespace",
    tf="aws_redshiftserverless_namespace",
    cfn_key="NamespaceName",
    tf_key="namespace_name",
):
    """The databases and users of a serverless data warehouse. It is always encrypted."""

    name: Annotated[Value[str], Cfn("NamespaceName"), Tf("namespace_name")]
    log_exports: Annotated[Value[list[Value[str]]], Cfn("LogExports"), Tf("log_exports")]
    key: Annotated[Link[Key], Cfn("KmsKeyId"), Tf("kms_key_id")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]


class WorkgroupParameter(Block):
    """One parameter of a workgroup."""

    name: Annotated[Value[str], Cfn("ParameterKey"), Tf("parameter_key")]
    value: Annotated[Value[str], Cfn("ParameterValue"), Tf("parameter_value")]


class Workgroup(
    Resource,
    cfn="AWS::RedshiftServerless::Workgroup",
    tf="aws_redshiftserverless_workgroup",
    cfn_key="WorkgroupName",
    tf_key="workgroup_name",
):
    """The capacity and the network of a serverless data warehouse."""

    name: Annotated[Value[str], Cfn("WorkgroupName"), Tf("workgroup_name")]
    namespace: Annotated[Link[Namespace], Cfn("NamespaceName"), Tf("namespace_name")]
    publicly_accessible: Annotated[Value[bool], Cfn("PubliclyAccessible"), Tf("publicly_accessible"), Default(False)]
    enhanced_routing: Annotated[Value[bool], Cfn("EnhancedVpcRouting"), Tf("enhanced_vpc_routing"), Default(False)]
    parameters: Annotated[list[WorkgroupParameter], Cfn("ConfigParameters[]"), Tf("config_parameter[]")]
    subnets: Annotated[Value[Any], Cfn("SubnetIds"), Tf("subnet_ids")]
    security_groups: Annotated[Link[SecurityGroup], Cfn("SecurityGroupIds[]"), Tf("security_group_ids[]")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
