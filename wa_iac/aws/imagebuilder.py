"""EC2 Image Builder."""

from typing import Annotated

from wa_iac.core.binding import Cfn, Tf
from wa_iac.core.resource import Block, Resource
from wa_iac.core.value import Value


class Distribution(Block):
    """Where an image goes, and who may use it."""

    groups: Annotated[
        Value[list[Value[str]]],
        Cfn("AmiDistributionConfiguration.LaunchPermissionConfiguration.UserGroups"),
        Tf("ami_distribution_configuration.launch_permission.user_groups"),
    ]


class DistributionConfiguration(
    Resource, cfn="AWS::ImageBuilder::DistributionConfiguration", tf="aws_imagebuilder_distribution_configuration"
):
    """Where the images of a pipeline go."""

    distributions: Annotated[list[Distribution], Cfn("Distributions[]"), Tf("distribution[]")]
