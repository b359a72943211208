"""AWS Database Migration Service."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.resource import Link, Resource
from wa_iac.core.value import Value

from .kms import Key
from .vpc import SecurityGroup


class ReplicationInstance(
    Resource,
    cfn="AWS::DMS::ReplicationInstance",
    tf="aws_dms_replication_instance",
    cfn_key="ReplicationInstanceIdentifier",
    tf_key="replication_instance_id",
):
    """An instance that copies data between databases."""

    instance_class: Annotated[Value[str], Cfn("ReplicationInstanceClass"), Tf("replication_instance_class")]
    # The API's default is true. Terraform always sends a value, false by default.
    publicly_accessible: Annotated[
        Value[bool], Cfn("PubliclyAccessible", default=True), Tf("publicly_accessible", default=False)
    ]
    multi_az: Annotated[Value[bool], Cfn("MultiAZ"), Tf("multi_az"), Default(False)]
    minor_upgrades: Annotated[Value[bool], Cfn("AutoMinorVersionUpgrade"), Tf("auto_minor_version_upgrade")]
    key: Annotated[Link[Key], Cfn("KmsKeyId"), Tf("kms_key_arn")]
    security_groups: Annotated[Link[SecurityGroup], Cfn("VpcSecurityGroupIds[]"), Tf("vpc_security_group_ids[]")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]


class Endpoint(Resource, cfn="AWS::DMS::Endpoint", tf="aws_dms_endpoint", cfn_key="EndpointIdentifier", tf_key="endpoint_id"):
    """The connection to a database, as a source or a target."""

    kind: Annotated[Value[str], Cfn("EndpointType"), Tf("endpoint_type")]
    engine: Annotated[Value[str], Cfn("EngineName"), Tf("engine_name")]
    ssl_mode: Annotated[Value[str], Cfn("SslMode"), Tf("ssl_mode"), Default("none")]
    server: Annotated[Value[str], Cfn("ServerName"), Tf("server_name")]
    # In place of a server name and a password.
    secret: Annotated[
        Value[str],
        Cfn("MySqlSettings.SecretsManagerSecretId"),
        Cfn("PostgreSqlSettings.SecretsManagerSecretId"),
        Tf("secrets_manager_arn"),
    ]
