"""Amazon MQ."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.resource import Link, Resource
from wa_iac.core.value import Value

from .vpc import SecurityGroup, Subnet


class Broker(Resource, cfn="AWS::AmazonMQ::Broker", tf="aws_mq_broker", cfn_key="BrokerName", tf_key="broker_name"):
    """A message broker: ActiveMQ or RabbitMQ."""

    engine: Annotated[Value[str], Cfn("EngineType"), Tf("engine_type")]
    engine_version: Annotated[Value[str], Cfn("EngineVersion"), Tf("engine_version")]
    instance_type: Annotated[Value[str], Cfn("HostInstanceType"), Tf("host_instance_type")]
    # CloudFormation requires it; Terraform sends SINGLE_INSTANCE by default.
    deployment_mode: Annotated[Value[str], Cfn("DeploymentMode"), Tf("deployment_mode", default="SINGLE_INSTANCE")]
    # EFS or EBS; EFS by default for ActiveMQ, and nothing else than EBS for RabbitMQ.
    storage: Annotated[Value[str], Cfn("StorageType"), Tf("storage_type")]
    publicly_accessible: Annotated[Value[bool], Cfn("PubliclyAccessible"), Tf("publicly_accessible"), Default(False)]
    general_log: Annotated[Value[bool], Cfn("Logs.General"), Tf("logs.general"), Default(False)]
    minor_upgrades: Annotated[Value[bool], Cfn("AutoMinorVersionUpgrade"), Tf("auto_minor_version_upgrade"), Default(False)]
    subnets: Annotated[Link[Subnet], Cfn("SubnetIds[]"), Tf("subnet_ids[]")]
    security_groups: Annotated[Link[SecurityGroup], Cfn("SecurityGroups[]"), Tf("security_groups[]")]
    tags: Annotated[Value[Tags], Tf("tags_all"), Tf("tags")]
