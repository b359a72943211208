"""AWS Config."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Tf
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class Recorder(
    Resource,
    cfn="AWS::Config::ConfigurationRecorder",
    tf="aws_config_configuration_recorder",
    cfn_key="Name",
    tf_key="name",
):
    """Records how resources are configured. CloudFormation starts it; with Terraform, another resource does."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    all_supported: Annotated[Value[bool], Cfn("RecordingGroup.AllSupported"), Tf("recording_group.all_supported", default=True)]
    resource_types: Annotated[
        Value[list[Value[str]]], Cfn("RecordingGroup.ResourceTypes"), Tf("recording_group.resource_types")
    ]
    strategy: Annotated[
        Value[str], Cfn("RecordingGroup.RecordingStrategy.UseOnly"), Tf("recording_group.recording_strategy[0].use_only")
    ]
    enabled: Annotated[Value[bool], Tf("is_enabled", of="aws_config_configuration_recorder_status", by="name")]
