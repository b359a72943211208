"""Amazon GuardDuty."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class Detector(Resource, cfn="AWS::GuardDuty::Detector", tf="aws_guardduty_detector"):
    """GuardDuty in one Region of an account."""

    enabled: Annotated[Value[bool], Cfn("Enable"), Tf("enable"), Default(True)]
