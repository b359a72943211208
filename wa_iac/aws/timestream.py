"""Amazon Timestream for InfluxDB."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.resource import Link, Resource
from wa_iac.core.value import Value

from .vpc import SecurityGroup


class InfluxInstance(
    Resource,
    cfn="AWS::Timestream::InfluxDBInstance",
    tf="aws_timestreaminfluxdb_db_instance",
    cfn_key="Name",
    tf_key="name",
):
    """A database of one node, with or without a standby."""

    deployment: Annotated[Value[str], Cfn("DeploymentType"), Tf("deployment_type"), Default("SINGLE_AZ")]
    publicly_accessible: Annotated[Value[bool], Cfn("PubliclyAccessible"), Tf("publicly_accessible"), Default(False)]
    security_groups: Annotated[Link[SecurityGroup], Cfn("VpcSecurityGroupIds[]"), Tf("vpc_security_group_ids[]")]
    logs: Annotated[
        Value[bool],
        Cfn("LogDeliveryConfiguration.S3Configuration.Enabled"),
        Tf("log_delivery_configuration[0].s3_configuration[0].enabled"),
        Default(False),
    ]


class InfluxCluster(
    Resource,
    cfn="AWS::Timestream::InfluxDBCluster",
    tf="aws_timestreaminfluxdb_db_cluster",
    cfn_key="Name",
    tf_key="name",
):
    """A database with read replicas, or of InfluxDB 3."""

    publicly_accessible: Annotated[Value[bool], Cfn("PubliclyAccessible"), Tf("publicly_accessible"), Default(False)]
    security_groups: Annotated[Link[SecurityGroup], Cfn("VpcSecurityGroupIds[]"), Tf("vpc_security_group_ids[]")]
    logs: Annotated[
        Value[bool],
        Cfn("LogDeliveryConfiguration.S3Configuration.Enabled"),
        Tf("log_delivery_configuration[0].s3_configuration[0].enabled"),
        Default(False),
    ]
