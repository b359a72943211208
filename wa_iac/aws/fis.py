"""AWS Fault Injection Service."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Tf
from wa_iac.core.resource import Block, Resource
from wa_iac.core.value import Value


class StopCondition(Block):
    """An alarm that ends an experiment; the source `none` says that there is none."""

    source: Annotated[Value[str], Cfn("Source"), Tf("source")]
    alarm: Annotated[Value[str], Cfn("Value"), Tf("value")]


class ExperimentTemplate(Resource, cfn="AWS::FIS::ExperimentTemplate", tf="aws_fis_experiment_template"):
    """The faults of an experiment, and where they happen."""

    stop_conditions: Annotated[list[StopCondition], Cfn("StopConditions[]"), Tf("stop_condition[]")]
