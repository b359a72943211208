"""Amazon Bedrock."""

from typing import Annotated, Any

from wa_iac.core.binding import Cfn, Tf
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class Agent(Resource, cfn="AWS::Bedrock::Agent", tf="aws_bedrockagent_agent", cfn_key="AgentName", tf_key="agent_name"):
    """An agent: a model that calls functions and looks things up for the people who talk to it."""

    guardrail: Annotated[
        Value[Any],
        Cfn("GuardrailConfiguration.GuardrailIdentifier"),
        Tf("guardrail_configuration[0].guardrail_identifier"),
    ]
    # A supervisor may send its collaborators what people write, and answers with what they say.
    collaboration: Annotated[Value[str], Cfn("AgentCollaboration"), Tf("agent_collaboration")]
