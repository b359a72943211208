"""What the rules on single instances share: their public addresses, and what they are for."""

import re
from collections.abc import Iterator

from wa_iac.core.graph import Graph
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value, references

from .ec2 import Instance
from .vpc import ElasticIp, ElasticIpAssociation

_JUMP = re.compile(r"bastion|jump|(?<![a-z])(?:nat|vpn|openvpn|wireguard)(?![a-z])")
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+")


def refers_to(value: Tree, instance: Instance, graph: Graph) -> bool:
    """Whether a value is an attribute of the instance."""
    return any(each is instance.declared for found in references(value) for each in graph.at(found.address))


def elastic_addresses(instance: Instance, graph: Graph) -> Iterator[Value[str]]:
    """The places that give it an Elastic IP address; an unknown that is a condition stands for one that may not exist."""
    for holder in (*graph.of(ElasticIp), *graph.of(ElasticIpAssociation)):
        if refers_to(holder.instance, instance, graph):
            doubt = holder.declared.condition
            yield holder.instance if doubt is None or doubt == instance.declared.condition else doubt


def launch_address(instance: Instance) -> Value[bool]:
    """Whether it gets a public address at launch: its own word, else its launch template's, else its subnet's."""
    templates = instance.template.targets
    own = [instance.public_ip, *(each.public_ip for each in instance.interfaces)]
    inherited = [each.public_ip for template in templates for each in template.interfaces]
    for said in (own, inherited):
        for answer in said:
            if not isinstance(answer, Absent):
                return answer
    if instance.template.elsewhere:
        return Unknown("its launch template is not in this unit", ("launch template", instance.address), instance.absent.origin)
    if instance.own_interfaces.targets or instance.own_interfaces.elsewhere:
        # An interface that is made by itself never gets an address at launch.
        return Known(False, instance.absent.origin)
    subnets = instance.subnet.targets or tuple(
        subnet for template in templates for each in template.interfaces for subnet in each.subnet
    )
    if not subnets:
        return Unknown("its subnet is not in this unit", ("subnet", instance.address), instance.absent.origin)
    for subnet in subnets:
        if subnet.map_public_ip != Known(False):
            return subnet.map_public_ip
    return Known(False, instance.absent.origin)


def routes_traffic(instance: Instance) -> bool:
    """Whether it forwards the traffic of others, as a NAT instance does: it cannot do without a public address."""
    checks = [instance.source_dest_check, *(each.source_dest_check for each in instance.own_interfaces)]
    return Known(False) in checks


def is_way_in(instance: Instance) -> bool:
    """Whether its names say that it is a bastion, a VPN or a NAT instance."""
    return any(_JUMP.search(" ".join(_WORDS.split(name)).lower()) for name in names(instance))


def names(instance: Instance) -> Iterator[str]:
    """What it is called: its logical name, the modules it is in, and its `Name` tag."""
    yield re.sub(r'\["?|"?\]', " ", instance.address)
    if isinstance(instance.tags, Known):
        match instance.tags.value.get("Name"):
            case Known(str() as name):
                yield name
            case Unknown(parts=parts):
                yield " ".join(part for part in parts if isinstance(part, str))
            case _:
                pass
