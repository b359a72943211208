"""Amazon GuardDuty."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Tf
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class Detector(Resource, cfn="AWS::GuardDuty::Detector", tf="aws_guardduty_detector"):
    """GuardDuty in one Region."""

    enable: Annotated[Value[bool], Cfn("Enable"), Tf("enable", default=True)]


class OrganizationConfiguration(Resource, tf="aws_guardduty_organization_configuration"):
    """What GuardDuty does for accounts of an organization. CloudFormation has no such resource."""

    # The second is how provider versions before 6.0 said it.
    members: Annotated[
        Value[str],
        Tf("auto_enable_organization_members"),
        Tf("auto_enable", read={True: "NEW", False: "NONE"}, until="6.0"),
    ]
