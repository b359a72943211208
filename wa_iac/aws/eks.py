"""Amazon Elastic Kubernetes Service."""

from typing import Annotated, Any

from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.logic import any_of
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Value

from .ec2 import LaunchTemplate
from .kms import Key
from .parts.zones import Place, spread
from .vpc import SecurityGroup


class LogTypes(Block):
    """A kind of control plane log, in CloudFormation."""

    kind: Annotated[Value[str], Cfn("Type")]


class Cluster(Resource, cfn="AWS::EKS::Cluster", tf="aws_eks_cluster", cfn_key="Name", tf_key="name"):
    """The control plane of a Kubernetes cluster."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    # The newest version that EKS offers, unless one is written.
    version: Annotated[Value[str], Cfn("Version"), Tf("version")]
    public_endpoint: Annotated[
        Value[bool], Cfn("ResourcesVpcConfig.EndpointPublicAccess"), Tf("vpc_config.endpoint_public_access"), Default(True)
    ]
    # Everybody, unless ranges are written.
    private_endpoint: Annotated[
        Value[bool], Cfn("ResourcesVpcConfig.EndpointPrivateAccess"), Tf("vpc_config.endpoint_private_access"), Default(False)
    ]
    public_ranges: Annotated[
        Value[list[Value[str]]], Cfn("ResourcesVpcConfig.PublicAccessCidrs"), Tf("vpc_config.public_access_cidrs")
    ]
    log_types: Annotated[
        Value[list[Value[str]]],
        Tf("enabled_cluster_log_types"),
    ]
    log_blocks: Annotated[list[LogTypes], Cfn("Logging.ClusterLogging.EnabledTypes[]")]
    logging: Annotated[Value[Any], Cfn("Logging.ClusterLogging.EnabledTypes"), Tf("enabled_cluster_log_types")]
    key: Annotated[Link[Key], Cfn("EncryptionConfig[].Provider.KeyArn"), Tf("encryption_config.provider.key_arn")]
    encryption: Annotated[Value[Any], Cfn("EncryptionConfig"), Tf("encryption_config")]
    support: Annotated[Value[str], Cfn("UpgradePolicy.SupportType"), Tf("upgrade_policy.support_type"), Default("EXTENDED")]
    deletion_protection: Annotated[Value[bool], Cfn("DeletionProtection"), Tf("deletion_protection"), Default(False)]
    # EKS Auto Mode: EKS starts and replaces the nodes.
    auto_mode: Annotated[Value[bool], Cfn("ComputeConfig.Enabled"), Tf("compute_config.enabled"), Default(False)]
    authentication: Annotated[Value[str], Cfn("AccessConfig.AuthenticationMode"), Tf("access_config.authentication_mode")]
    on_outposts: Annotated[Value[Any], Cfn("OutpostConfig"), Tf("outpost_config")]
    places: Annotated[list[Place], Cfn("ResourcesVpcConfig.SubnetIds[]"), Tf("vpc_config.subnet_ids[]")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
    node_groups: Annotated[Link["NodeGroup"], Back("cluster")]


class NodeGroup(
    Resource, cfn="AWS::EKS::Nodegroup", tf="aws_eks_node_group", cfn_key="NodegroupName", tf_key="node_group_name"
):
    """A managed group of nodes."""

    name: Annotated[Value[str], Cfn("NodegroupName"), Tf("node_group_name"), Tf("node_group_name_prefix")]
    cluster: Annotated[Link[Cluster], Cfn("ClusterName"), Tf("cluster_name")]
    minimum: Annotated[Value[int], Cfn("ScalingConfig.MinSize"), Tf("scaling_config.min_size")]
    maximum: Annotated[Value[int], Cfn("ScalingConfig.MaxSize"), Tf("scaling_config.max_size")]
    desired: Annotated[Value[int], Cfn("ScalingConfig.DesiredSize"), Tf("scaling_config.desired_size")]
    instance_types: Annotated[Value[list[Value[str]]], Cfn("InstanceTypes"), Tf("instance_types")]
    image_type: Annotated[Value[str], Cfn("AmiType"), Tf("ami_type")]
    capacity: Annotated[Value[str], Cfn("CapacityType"), Tf("capacity_type"), Default("ON_DEMAND")]
    template: Annotated[
        Link[LaunchTemplate],
        Cfn("LaunchTemplate.Id"),
        Cfn("LaunchTemplate.Name"),
        Tf("launch_template.id"),
        Tf("launch_template.name"),
    ]
    ssh_key: Annotated[Value[str], Cfn("RemoteAccess.Ec2SshKey"), Tf("remote_access.ec2_ssh_key")]
    ssh_sources: Annotated[
        Link[SecurityGroup], Cfn("RemoteAccess.SourceSecurityGroups[]"), Tf("remote_access.source_security_group_ids[]")
    ]
    remote_access: Annotated[Value[Any], Cfn("RemoteAccess"), Tf("remote_access")]
    places: Annotated[list[Place], Cfn("Subnets[]"), Tf("subnet_ids[]")]
    subnets: Annotated[Value[list[Value[str]]], Cfn("Subnets"), Tf("subnet_ids")]
    taints: Annotated[Value[Any], Cfn("Taints"), Tf("taint")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]

    def zones(self) -> Value[int]:
        """Number of its zones: 1, or `SEVERAL`; absent if none is set."""
        return spread(self.places, self.subnets)

    def is_of_auto_mode(self) -> Value[bool]:
        """Whether its cluster uses EKS Auto Mode."""
        return any_of(each.auto_mode for each in self.cluster)
