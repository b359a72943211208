"""Amazon Inspector."""

from typing import Annotated

from wa_iac.core.binding import Tf
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class OrganizationConfiguration(Resource, tf="aws_inspector2_organization_configuration"):
    """What Inspector does for new accounts of an organization. CloudFormation has no such resource."""

    instances: Annotated[Value[bool], Tf("auto_enable.ec2")]
    images: Annotated[Value[bool], Tf("auto_enable.ecr")]
