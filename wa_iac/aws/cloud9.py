"""AWS Cloud9."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class Environment(Resource, cfn="AWS::Cloud9::EnvironmentEC2", tf="aws_cloud9_environment_ec2", cfn_key="Name", tf_key="name"):
    """A development environment on an instance of its own."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    instance_type: Annotated[Value[str], Cfn("InstanceType"), Tf("instance_type")]
    stops_after: Annotated[Value[int], Cfn("AutomaticStopTimeMinutes"), Tf("automatic_stop_time_minutes")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
