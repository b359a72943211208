"""Amazon OpenSearch Service and OpenSearch Serverless."""

import re
from typing import Annotated, Any, Final

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.coerce import EmbeddedDocument, Tags
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import any_of, first_unknown, holds
from wa_iac.core.presence import given
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Absent, Known, Unknown, Value

from .kms import Key
from .vpc import SecurityGroup

_ELASTICSEARCH: Final = late(r"(?:Elasticsearch_)?(\d{1,9})\.(\d{1,9})", re.IGNORECASE)


class EndpointOptions(Block):
    """How clients reach a domain."""

    # Terraform requires HTTPS if the block is written. AWS does not require it by default.
    enforce_https: Annotated[Value[bool], Cfn("EnforceHTTPS", default=False), Tf("enforce_https", default=True)]
    tls_policy: Annotated[Value[str], Cfn("TLSSecurityPolicy"), Tf("tls_security_policy")]


class LogPublishing(Block):
    """One of the logs that a domain sends to CloudWatch Logs. CloudFormation has a map instead, which is read from `Domain.logs`."""

    kind: Annotated[Value[str], Tf("log_type")]
    enabled: Annotated[Value[bool], Tf("enabled", default=True)]


class Domain(
    Resource,
    cfn=("AWS::OpenSearchService::Domain", "AWS::Elasticsearch::Domain"),
    tf=("aws_opensearch_domain", "aws_elasticsearch_domain"),
    cfn_key="DomainName",
    tf_key="domain_name",
):
    """A domain, with the policy that Terraform may attach separately."""

    name: Annotated[Value[str], Cfn("DomainName"), Tf("domain_name")]
    engine_version: Annotated[
        Value[str],
        Cfn("EngineVersion"),
        Cfn("ElasticsearchVersion"),
        Tf("engine_version"),
        Tf("elasticsearch_version"),
    ]
    policy: Annotated[
        Value[EmbeddedDocument],
        Cfn("AccessPolicies"),
        Tf("access_policies", of="aws_opensearch_domain_policy", by="domain_name"),
        Tf("access_policies", of="aws_elasticsearch_domain_policy", by="domain_name"),
        Tf("access_policies"),
    ]
    subnets: Annotated[Value[list[Value[str]]], Cfn("VPCOptions.SubnetIds"), Tf("vpc_options.subnet_ids")]
    security_groups: Annotated[
        Link[SecurityGroup], Cfn("VPCOptions.SecurityGroupIds[]"), Tf("vpc_options.security_group_ids[]")
    ]
    instance_type: Annotated[
        Value[str],
        Cfn("ClusterConfig.InstanceType"),
        Cfn("ElasticsearchClusterConfig.InstanceType"),
        Tf("cluster_config.instance_type"),
    ]
    volumes: Annotated[Value[bool], Cfn("EBSOptions.EBSEnabled"), Tf("ebs_options.ebs_enabled"), Default(False)]
    volume_type: Annotated[Value[str], Cfn("EBSOptions.VolumeType"), Tf("ebs_options.volume_type")]
    volume_iops: Annotated[Value[int], Cfn("EBSOptions.Iops"), Tf("ebs_options.iops")]
    volume_size: Annotated[Value[int], Cfn("EBSOptions.VolumeSize"), Tf("ebs_options.volume_size")]
    nodes: Annotated[
        Value[int],
        Cfn("ClusterConfig.InstanceCount"),
        Cfn("ElasticsearchClusterConfig.InstanceCount"),
        Tf("cluster_config.instance_count"),
        Default(1),
    ]
    zone_awareness: Annotated[
        Value[bool],
        Cfn("ClusterConfig.ZoneAwarenessEnabled"),
        Cfn("ElasticsearchClusterConfig.ZoneAwarenessEnabled"),
        Tf("cluster_config.zone_awareness_enabled"),
        Default(False),
    ]
    standby: Annotated[
        Value[bool],
        Cfn("ClusterConfig.MultiAZWithStandbyEnabled"),
        Tf("cluster_config.multi_az_with_standby_enabled"),
        Default(False),
    ]
    dedicated_masters: Annotated[
        Value[bool],
        Cfn("ClusterConfig.DedicatedMasterEnabled"),
        Cfn("ElasticsearchClusterConfig.DedicatedMasterEnabled"),
        Tf("cluster_config.dedicated_master_enabled"),
        Default(False),
    ]
    masters: Annotated[
        Value[int],
        Cfn("ClusterConfig.DedicatedMasterCount"),
        Cfn("ElasticsearchClusterConfig.DedicatedMasterCount"),
        Tf("cluster_config.dedicated_master_count"),
    ]
    master_type: Annotated[
        Value[str],
        Cfn("ClusterConfig.DedicatedMasterType"),
        Cfn("ElasticsearchClusterConfig.DedicatedMasterType"),
        Tf("cluster_config.dedicated_master_type"),
    ]
    encrypted_at_rest: Annotated[
        Value[bool], Cfn("EncryptionAtRestOptions.Enabled"), Tf("encrypt_at_rest.enabled"), Default(False)
    ]
    key: Annotated[Link[Key], Cfn("EncryptionAtRestOptions.KmsKeyId"), Tf("encrypt_at_rest.kms_key_id")]
    encrypted_between_nodes: Annotated[
        Value[bool], Cfn("NodeToNodeEncryptionOptions.Enabled"), Tf("node_to_node_encryption.enabled"), Default(False)
    ]
    endpoint: Annotated[list[EndpointOptions], Cfn("DomainEndpointOptions"), Tf("domain_endpoint_options[]")]
    endpoint_options: Annotated[Value[Any], Cfn("DomainEndpointOptions"), Tf("domain_endpoint_options")]
    fine_grained: Annotated[
        Value[bool], Cfn("AdvancedSecurityOptions.Enabled"), Tf("advanced_security_options.enabled"), Default(False)
    ]
    logs: Annotated[Value[Any], Cfn("LogPublishingOptions"), Tf("log_publishing_options")]
    log_blocks: Annotated[list[LogPublishing], Tf("log_publishing_options[]")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]

    def in_vpc(self) -> Value[bool]:
        """Whether its endpoint is in a VPC."""
        return any_of((given(self.subnets), self.security_groups.presence))

    def older_than(self, major: int, minor: int) -> Value[bool]:
        """Whether it runs Elasticsearch of a version before this one. Every OpenSearch is younger. Without a version, the older types
        have Elasticsearch 1.5 in CloudFormation and in Terraform, and the newer ones the latest OpenSearch."""
        return holds(self.engine_version, lambda version: _is_older(version, (major, minor)))

    def has_oldest(self) -> bool:
        """Whether it has Elasticsearch 1.5, since it is of one of the older types and names no version."""
        return isinstance(self.engine_version, Absent) and "lasticsearch" in self.declared.type

    def sends(self) -> Value[list[str]]:
        """The kinds of logs that it sends."""
        if isinstance(self.logs, Unknown):
            return self.logs
        kinds = self._kinds()
        unknown = first_unknown(*(each for pair in kinds for each in pair))
        known = [kind.value for kind, on in kinds if isinstance(kind, Known) and on == Known(True)]
        return unknown if unknown is not None and not known else Known(known, self.logs.origin)

    def _kinds(self) -> list[tuple[Value[str], Value[bool]]]:
        if self.log_blocks:
            return [(each.kind, each.enabled) for each in self.log_blocks]
        match self.logs:
            case Known(dict() as entries):
                return [(Known(str(kind)), _enabled(options)) for kind, options in entries.items()]
            case _:
                return []


def _enabled(options: Value[Any]) -> Value[bool]:
    match options:
        case Known(dict() as entries):
            found: Any = entries.get("Enabled", entries.get("enabled", Absent()))
            return found if isinstance(found, Unknown) else Known(found in (Known(True), Known("true")), options.origin)
        case Unknown():
            return options
        case _:
            return Known(False, options.origin)


def _is_older(version: str, than: tuple[int, int]) -> bool:
    found = _ELASTICSEARCH.fullmatch(version)
    return found is not None and (int(found[1]), int(found[2])) < than


class SecurityPolicy(
    Resource,
    cfn="AWS::OpenSearchServerless::SecurityPolicy",
    tf="aws_opensearchserverless_security_policy",
    cfn_key="Name",
    tf_key="name",
):
    """How the network reaches some collections of OpenSearch Serverless, or which key encrypts them."""

    kind: Annotated[Value[str], Cfn("Type"), Tf("type")]
    document: Annotated[Value[EmbeddedDocument], Cfn("Policy"), Tf("policy")]
