"""Amazon DynamoDB Accelerator (DAX)."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class Cluster(Resource, cfn="AWS::DAX::Cluster", tf="aws_dax_cluster", cfn_key="ClusterName", tf_key="cluster_name"):
    """A cache in front of DynamoDB tables."""

    node_type: Annotated[Value[str], Cfn("NodeType"), Tf("node_type")]
    nodes: Annotated[Value[int], Cfn("ReplicationFactor"), Tf("replication_factor")]
    encrypted: Annotated[Value[bool], Cfn("SSESpecification.SSEEnabled"), Tf("server_side_encryption.enabled"), Default(False)]
    endpoint_encryption: Annotated[
        Value[str], Cfn("ClusterEndpointEncryptionType"), Tf("cluster_endpoint_encryption_type"), Default("NONE")
    ]
