"""AWS App Runner, which takes no new customers since April 2026."""

from typing import Annotated, Any, Final

from wa_iac.core.binding import Cfn, Tf
from wa_iac.core.resource import Block, Resource
from wa_iac.core.value import Value

_IMAGE: Final = "SourceConfiguration.ImageRepository.ImageConfiguration"
_CODE: Final = "SourceConfiguration.CodeRepository.CodeConfiguration.CodeConfigurationValues"


class Variable(Block):
    """An environment variable, in CloudFormation."""

    name: Annotated[Value[str], Cfn("Name")]
    value: Annotated[Value[str], Cfn("Value")]


class Service(
    Resource, cfn="AWS::AppRunner::Service", tf="aws_apprunner_service", cfn_key="ServiceName", tf_key="service_name"
):
    """A web service that runs from an image or from code."""

    variables: Annotated[
        list[Variable], Cfn(f"{_IMAGE}.RuntimeEnvironmentVariables[]"), Cfn(f"{_CODE}.RuntimeEnvironmentVariables[]")
    ]
    variables_of_image: Annotated[
        Value[Any], Tf("source_configuration.image_repository.image_configuration.runtime_environment_variables")
    ]
    variables_of_code: Annotated[
        Value[Any],
        Tf("source_configuration.code_repository.code_configuration.code_configuration_values.runtime_environment_variables"),
    ]
