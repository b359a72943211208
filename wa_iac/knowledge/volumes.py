"""The EBS volumes that a resource describes."""

from wa_iac.aws.autoscaling import LaunchConfiguration
from wa_iac.aws.ec2 import BlockDevice, Instance, LaunchTemplate, Volume
from wa_iac.core.value import Absent


def volumes(resource: Volume | Instance | LaunchTemplate | LaunchConfiguration) -> list[Volume | BlockDevice]:
    """A volume itself; of what instances are made of, the root and the other volumes."""
    if isinstance(resource, Volume):
        return [resource]
    roots = [] if isinstance(resource, LaunchTemplate) else resource.root
    return [*roots, *(each for each in resource.devices if _is_volume(each, resource))]


def _is_volume(device: BlockDevice, resource: Instance | LaunchTemplate | LaunchConfiguration) -> bool:
    """A mapping may also be for an instance store, or suppress a device of the image."""
    if device.unknown is not None:
        return True
    if not isinstance(device.ephemeral, Absent) or not isinstance(device.no_device, Absent):
        return False
    written_inside = resource.as_cloudformation or isinstance(resource, LaunchTemplate)
    return not written_inside or not isinstance(device.ebs, Absent)
