"""AWS Fault Injection Service."""

from typing import Annotated, Any

from wa_iac.core.binding import Cfn, Tf
from wa_iac.core.resource import Block, Resource
from wa_iac.core.value import Value


class StopCondition(Block):
    """When an experiment ends early: `source` is `aws:cloudwatch:alarm` or `none`."""

    source: Annotated[Value[str], Cfn("Source"), Tf("source")]
    alarm: Annotated[Value[str], Cfn("Value"), Tf("value")]


class ExperimentTemplate(Resource, cfn="AWS::FIS::ExperimentTemplate", tf="aws_fis_experiment_template"):
    """What an experiment breaks, and when it ends."""

    stop_conditions: Annotated[list[StopCondition], Cfn("StopConditions[]"), Tf("stop_condition[]")]
    written: Annotated[Value[Any], Cfn("StopConditions"), Tf("stop_condition")]
