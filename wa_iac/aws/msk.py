"""Amazon MSK."""

from typing import Annotated, Any

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.resource import Link, Resource
from wa_iac.core.value import Value

from .kms import Key
from .vpc import SecurityGroup


class Cluster(Resource, cfn="AWS::MSK::Cluster", tf="aws_msk_cluster", cfn_key="ClusterName", tf_key="cluster_name"):
    """A provisioned Kafka cluster."""

    name: Annotated[Value[str], Cfn("ClusterName"), Tf("cluster_name")]
    kafka: Annotated[Value[str], Cfn("KafkaVersion"), Tf("kafka_version")]
    instance_type: Annotated[Value[str], Cfn("BrokerNodeGroupInfo.InstanceType"), Tf("broker_node_group_info.instance_type")]
    # MSK always encrypts its volumes: without a key of the account, with one of AWS.
    key: Annotated[
        Link[Key],
        Cfn("EncryptionInfo.EncryptionAtRest.DataVolumeKMSKeyId"),
        Tf("encryption_info.encryption_at_rest_kms_key_arn"),
    ]
    client_encryption: Annotated[
        Value[str],
        Cfn("EncryptionInfo.EncryptionInTransit.ClientBroker"),
        Tf("encryption_info.encryption_in_transit.client_broker"),
        Default("TLS"),
    ]
    encrypted_between_brokers: Annotated[
        Value[bool],
        Cfn("EncryptionInfo.EncryptionInTransit.InCluster"),
        Tf("encryption_info.encryption_in_transit.in_cluster"),
        Default(True),
    ]
    public_access: Annotated[
        Value[str],
        Cfn("BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type"),
        Tf("broker_node_group_info.connectivity_info.public_access.type"),
        Default("DISABLED"),
    ]
    authentication: Annotated[Value[Any], Cfn("ClientAuthentication"), Tf("client_authentication")]
    unauthenticated: Annotated[
        Value[bool], Cfn("ClientAuthentication.Unauthenticated.Enabled"), Tf("client_authentication.unauthenticated")
    ]
    security_groups: Annotated[
        Link[SecurityGroup], Cfn("BrokerNodeGroupInfo.SecurityGroups[]"), Tf("broker_node_group_info.security_groups[]")
    ]
    logs_to_cloudwatch: Annotated[
        Value[bool],
        Cfn("LoggingInfo.BrokerLogs.CloudWatchLogs.Enabled"),
        Tf("logging_info.broker_logs.cloudwatch_logs.enabled"),
        Default(False),
    ]
    logs_to_s3: Annotated[
        Value[bool], Cfn("LoggingInfo.BrokerLogs.S3.Enabled"), Tf("logging_info.broker_logs.s3.enabled"), Default(False)
    ]
    logs_to_firehose: Annotated[
        Value[bool],
        Cfn("LoggingInfo.BrokerLogs.Firehose.Enabled"),
        Tf("logging_info.broker_logs.firehose.enabled"),
        Default(False),
    ]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
