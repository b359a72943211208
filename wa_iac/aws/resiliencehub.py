"""AWS Resilience Hub."""

from typing import Annotated

from wa_iac.core.binding import Cfn
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class App(Resource, cfn="AWS::ResilienceHub::App", cfn_key="Name"):
    """An application that is assessed."""

    policy: Annotated[Value[str], Cfn("ResiliencyPolicyArn")]
