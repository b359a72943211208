"""AWS Security Hub CSPM."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class Hub(Resource, cfn="AWS::SecurityHub::Hub", tf="aws_securityhub_account"):
    """Security Hub in one Region of an account."""

    default_standards: Annotated[Value[bool], Cfn("EnableDefaultStandards"), Tf("enable_default_standards"), Default(True)]


class Standard(Resource, cfn="AWS::SecurityHub::Standard", tf="aws_securityhub_standards_subscription"):
    """A standard, whose controls Security Hub checks."""

    standard: Annotated[Value[str], Cfn("StandardsArn"), Tf("standards_arn")]


class OrganizationConfiguration(
    Resource, cfn="AWS::SecurityHub::OrganizationConfiguration", tf="aws_securityhub_organization_configuration"
):
    """What Security Hub does for new accounts of an organization."""

    auto_enable: Annotated[Value[bool], Cfn("AutoEnable"), Tf("auto_enable")]
    kind: Annotated[Value[str], Cfn("ConfigurationType"), Tf("organization_configuration.configuration_type"), Default("LOCAL")]
