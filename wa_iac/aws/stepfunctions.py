"""AWS Step Functions."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.coerce import EmbeddedDocument, Tags
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class StateMachine(
    Resource, cfn="AWS::StepFunctions::StateMachine", tf="aws_sfn_state_machine", cfn_key="StateMachineName", tf_key="name"
):
    """A state machine."""

    name: Annotated[Value[str], Cfn("StateMachineName"), Tf("name")]
    kind: Annotated[Value[str], Cfn("StateMachineType"), Tf("type"), Default("STANDARD")]
    definition: Annotated[Value[EmbeddedDocument], Cfn("Definition"), Cfn("DefinitionString"), Tf("definition")]
    logging_level: Annotated[Value[str], Cfn("LoggingConfiguration.Level"), Tf("logging_configuration.level"), Default("OFF")]
    logging_data: Annotated[
        Value[bool],
        Cfn("LoggingConfiguration.IncludeExecutionData"),
        Tf("logging_configuration.include_execution_data"),
        Default(False),
    ]
    tracing: Annotated[Value[bool], Cfn("TracingConfiguration.Enabled"), Tf("tracing_configuration.enabled"), Default(False)]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
