"""Amazon CloudWatch Synthetics."""

from typing import Annotated, Any

from wa_iac.core.binding import Cfn, Tf
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class Canary(Resource, cfn="AWS::Synthetics::Canary", tf="aws_synthetics_canary", cfn_key="Name", tf_key="name"):
    """A script that uses an endpoint on a schedule, as a person would."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    # CloudFormation's is required until it is absent: then the canary starts. Terraform's default is false.
    started: Annotated[Value[bool], Cfn("StartCanaryAfterCreation", default=True), Tf("start_canary", default=False)]
    variables: Annotated[Value[Any], Cfn("RunConfig.EnvironmentVariables"), Tf("run_config.environment_variables")]
