"""AWS Security Hub CSPM."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class Hub(Resource, cfn="AWS::SecurityHub::Hub", tf="aws_securityhub_account"):
    """Turns Security Hub on, in one account and Region."""

    default_standards: Annotated[Value[bool], Cfn("EnableDefaultStandards"), Tf("enable_default_standards"), Default(True)]


class Standard(Resource, cfn="AWS::SecurityHub::Standard", tf="aws_securityhub_standards_subscription"):
    """A list of controls that Security Hub checks."""

    arn: Annotated[Value[str], Cfn("StandardsArn"), Tf("standards_arn")]


class ConfigurationPolicy(Resource, cfn="AWS::SecurityHub::ConfigurationPolicy", tf="aws_securityhub_configuration_policy"):
    """What the accounts of an organization check."""
