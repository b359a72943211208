"""AWS AppConfig."""

from typing import Annotated, Any

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class Environment(Resource, cfn="AWS::AppConfig::Environment", tf="aws_appconfig_environment"):
    """The targets of deployments of configurations."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    monitors: Annotated[Value[Any], Cfn("Monitors"), Tf("monitor")]


class Profile(Resource, cfn="AWS::AppConfig::ConfigurationProfile", tf="aws_appconfig_configuration_profile"):
    """A configuration: where it is, and what checks it."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    kind: Annotated[Value[str], Cfn("Type"), Tf("type"), Default("AWS.Freeform")]
    validators: Annotated[Value[Any], Cfn("Validators"), Tf("validator")]
