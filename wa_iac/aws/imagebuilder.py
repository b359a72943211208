"""EC2 Image Builder."""

from typing import Annotated, Any

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


class ImageDevice(Block):
    """A volume of an image. What is not written comes from the parent image."""

    ebs: Annotated[Value[Any], Cfn("Ebs"), Tf("ebs")]
    encrypted: Annotated[Value[bool], Cfn("Ebs.Encrypted"), Tf("ebs.encrypted")]


class ImageRecipe(Resource, cfn="AWS::ImageBuilder::ImageRecipe", tf="aws_imagebuilder_image_recipe"):
    """How an image is built: the parent image, its volumes, and the components."""

    devices: Annotated[list[ImageDevice], Cfn("BlockDeviceMappings[]"), Tf("block_device_mapping[]")]
