"""Amazon CloudWatch Application Signals."""

from typing import Annotated

from wa_iac.core.binding import Cfn
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class ServiceLevelObjective(Resource, cfn="AWS::ApplicationSignals::ServiceLevelObjective", cfn_key="Name"):
    """What a service promises, and how it is measured."""

    name: Annotated[Value[str], Cfn("Name")]
