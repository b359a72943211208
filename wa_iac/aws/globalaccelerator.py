"""AWS Global Accelerator."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class Accelerator(
    Resource,
    cfn="AWS::GlobalAccelerator::Accelerator",
    tf=("aws_globalaccelerator_accelerator", "aws_globalaccelerator_custom_routing_accelerator"),
):
    """An accelerator: static IP addresses that lead to endpoints in several Regions."""

    flow_logs: Annotated[Value[bool], Cfn("FlowLogsEnabled"), Tf("attributes.flow_logs_enabled"), Default(False)]
