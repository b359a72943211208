"""AWS CodeBuild."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.coerce import Tags
from wa_iac.core.resource import Resource
from wa_iac.core.value import Value


class Project(Resource, cfn="AWS::CodeBuild::Project", tf="aws_codebuild_project", cfn_key="Name", tf_key="name"):
    """A build."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    environment: Annotated[Value[str], Cfn("Environment.Type"), Tf("environment.type")]
    image: Annotated[Value[str], Cfn("Environment.Image"), Tf("environment.image")]
    compute: Annotated[Value[str], Cfn("Environment.ComputeType"), Tf("environment.compute_type")]
    privileged: Annotated[Value[bool], Cfn("Environment.PrivilegedMode"), Tf("environment.privileged_mode"), Default(False)]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
