"""What comes before an instance or a volume is replaced, and what comes into use with the encryption of its volumes."""

from typing import Final

from wa_iac.aws.autoscaling import LaunchConfiguration
from wa_iac.aws.ec2 import Instance, LaunchTemplate, Volume, VolumeAttachment
from wa_iac.core.binding import value_at
from wa_iac.core.declared import INDEX
from wa_iac.core.graph import Graph
from wa_iac.core.presence import given
from wa_iac.core.resource import Resource
from wa_iac.core.span import Span
from wa_iac.core.value import Known
from wa_iac.knowledge.machine_images import hints, names_amazon_linux

from .wording import first_of, listed

_BY_KEY: Final = (
    "Its KMS key is used then: the key's policy has to allow it to who starts the instances, such as the "
    "service-linked role of Auto Scaling."
)
_PROTECTED: Final = (
    "First turn off its termination protection, with which the old one cannot be deleted, and turn it on again later."
)
_ONE_BY_ONE: Final = (
    "Terraform replaces all that this block makes at once: take what belongs to a cluster one by one (terraform apply -target)."
)
_BEFORE: Final = (
    "CloudFormation attaches a volume before it detaches the old one, which fails: unmount it and remove {} in a deployment before this one, and add "
    "the attachment again after it."
)
_IN_VOLUMES: Final = (
    "Unmount the old one and take it out of Volumes of {} in a deployment before this one, since both have the same device, and add the new one after it. "
    "Mount that by hand: user data runs at the first start alone."
)
_HELD: Final = (
    "CloudFormation makes the new instance while the old one still has {}, and that fails: give the new one others, or take the old one out of the stack "
    "in a deployment before this one."
)
"""A replacement is made before the old resource is deleted ("Update behaviors of stack resources", AWS CloudFormation User Guide)."""
_UNMOUNTED: Final = (
    "Before, unmount the volume of {}, or set stop_instance_before_detaching there: Terraform detaches it for the change."
)

_BESIDE_THE_ROOT: Final = (
    "The root device of Amazon Linux is /dev/xvda, so /dev/sda1 is another volume here, empty unless a script mounts it: if it is meant to be the root, "
    "change its name too."
)
_DEVICES: Final = (
    ("BlockDeviceMappings", "DeviceName"),
    ("LaunchTemplateData.BlockDeviceMappings", "DeviceName"),
    ("block_device_mappings", "device_name"),
    ("ebs_block_device", "device_name"),
)


def before(resource: Volume | Instance | LaunchTemplate | LaunchConfiguration, graph: Graph) -> list[str]:
    """What comes before an instance or a volume is replaced: without its protection, detached, and not together with the others of its block."""
    if not isinstance(resource, (Instance, Volume)):
        return []
    protected = isinstance(resource, Instance) and resource.termination_protection == Known(True)
    alike = graph.index(Instance if isinstance(resource, Instance) else Volume, _block).get(resource.span, ())
    several = resource.declared.others is not None or len(alike) > 1
    return [
        *([_PROTECTED] if protected else []),
        *_held(resource),
        *_detached(resource, graph),
        *([_ONE_BY_ONE] if several and resource.dialect == "terraform" else []),
    ]


def _held(resource: Instance | Volume) -> list[str]:
    """A sentence on what of an instance in a stack no other one can have at the same time."""
    if not isinstance(resource, Instance) or resource.dialect != "cloudformation":
        return []
    kept = {
        "its private address": given(resource.private_address) == Known(True),
        "its network interfaces": resource.own_interfaces.presence == Known(True),
        "its volumes": resource.attached.presence == Known(True),
    }
    names = [name for name, is_there in kept.items() if is_there]
    return [_HELD.format(listed(names))] if names else []


def _detached(resource: Instance | Volume, graph: Graph) -> list[str]:
    """A sentence on what attaches a volume that is replaced, or one to an instance that is."""
    if isinstance(resource, Instance):
        found: list[Resource] = [*resource.attachments]
    else:
        found = [each for each, _ in graph.pointing(VolumeAttachment, "volume").at.get(id(resource.declared), ())]
        servers = [each.address for each, _ in graph.pointing(Instance, "attached").at.get(id(resource.declared), ())]
        if servers and not found:
            return [_IN_VOLUMES.format(listed(servers))]
    names = list(dict.fromkeys(INDEX.sub("", each.address) for each in found))
    if not names:
        return []
    return [(_BEFORE if resource.dialect == "cloudformation" else _UNMOUNTED).format(first_of(names))]


def _block(resource: Resource) -> tuple[Span]:
    return (resource.span,)


def by_key(resource: Volume | Instance | LaunchTemplate | LaunchConfiguration) -> str:
    """A sentence on the KMS key that a volume of a launch template names; empty if none does."""
    if not isinstance(resource, LaunchTemplate):
        return ""
    inside = [each.ebs.value for each in resource.devices if each.unknown is None and isinstance(each.ebs, Known)]
    parts = [
        part.value if isinstance(part, Known) else part
        for each in inside
        for part in (each if isinstance(each, list) else [each])
    ]
    named = any(isinstance(each, dict) and not {"KmsKeyId", "kms_key_id"}.isdisjoint(each) for each in parts)
    return _BY_KEY if named else ""


def beside_the_root(resource: Volume | Instance | LaunchTemplate | LaunchConfiguration, graph: Graph) -> str:
    """What to know of a volume with the name that the root device of other images has; empty for others."""
    if isinstance(resource, Volume):
        return ""
    listed_there = [(value_at(resource.declared.body, path), name) for path, name in _DEVICES]
    names = [
        value_at(each, name)
        for devices, name in listed_there
        for each in (devices.value if isinstance(devices, Known) and isinstance(devices.value, list) else [devices])
    ]
    if Known("/dev/sda1") not in names or not any(map(names_amazon_linux, hints(resource.image, graph))):
        return ""
    return _BESIDE_THE_ROOT
