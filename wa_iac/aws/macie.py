"""Amazon Macie."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class Session(Resource, cfn="AWS::Macie::Session", tf="aws_macie2_account"):
    """Macie in one Region of an account."""

    status: Annotated[Value[str], Cfn("Status"), Tf("status"), Default("ENABLED")]


class OrganizationConfiguration(Resource, tf="aws_macie2_organization_configuration"):
    """What Macie does for new accounts of an organization. CloudFormation has no such resource."""

    auto_enable: Annotated[Value[bool], Tf("auto_enable")]
