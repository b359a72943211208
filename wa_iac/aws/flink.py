"""Amazon Managed Service for Apache Flink."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Tf
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class Application(
    Resource,
    cfn="AWS::KinesisAnalyticsV2::Application",
    tf="aws_kinesisanalyticsv2_application",
    cfn_key="ApplicationName",
    tf_key="name",
):
    """An application that processes streams."""

    # Of the type DEFAULT, checkpoints are saved each minute, whatever else is written.
    checkpoint_type: Annotated[
        Value[str],
        Cfn("ApplicationConfiguration.FlinkApplicationConfiguration.CheckpointConfiguration.ConfigurationType"),
        Tf("application_configuration.flink_application_configuration.checkpoint_configuration.configuration_type"),
    ]
    checkpointing: Annotated[
        Value[bool],
        Cfn("ApplicationConfiguration.FlinkApplicationConfiguration.CheckpointConfiguration.CheckpointingEnabled"),
        Tf("application_configuration.flink_application_configuration.checkpoint_configuration.checkpointing_enabled"),
    ]
