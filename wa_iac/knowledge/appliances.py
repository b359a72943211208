"""Groups of network appliances: firewalls, proxies and the like, which pass the requests of clients on to what lies behind them."""

from collections.abc import Iterator
from typing import Final

from wa_iac.aws.autoscaling import AutoScalingGroup, LaunchConfiguration
from wa_iac.aws.ec2 import ElasticInterface, Instance, LaunchTemplate
from wa_iac.aws.elbv2 import TargetGroup
from wa_iac.aws.vpc import SecurityGroup
from wa_iac.core.coerce import Tags
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.partial import pieces_of
from wa_iac.core.value import Absent, Known, Value

from .called import called, words_of
from .machine_images import hints
from .servers import routes_traffic
from .user_data import Server

_APPLIANCE: Final = late(
    r"\b(?:forti(?: ?gate| ?web| ?adc)|fgt|palo ?alto|pa ?vm|vm ?series|check ?point|cloud ?guard|fire ?wall|ngfw|vyos|vsrx|csr ?1000v|"
    r"big ?ip|cloud ?gen|sophos|network appliances?)"
)
"""How network appliances are called."""


_PRODUCTS: Final = late(
    r"\b(?:forti(?: ?gate| ?web| ?adc)|palo ?alto|vm ?series|check ?point|cloud ?guard|ngfw|vyos|vsrx|csr ?1000v|big ?ip|sophos|utm|"
    r"network appliances?|vpn gateways?|pfsense|opnsense)\b"
)
"""Names of appliances that no group is called by, unless it is theirs. The rules of any group are called a firewall."""
_SERVERS: Final = frozenset({*Instance.types(), *LaunchTemplate.types(), *LaunchConfiguration.types()})


def is_of_appliances(group: SecurityGroup, graph: Graph) -> str:
    """What says that a security group is for network appliances: its own names, or those of the servers in it or of their groups. Empty if
    nothing does."""
    own = (*called(group, group.tags), *(words_of(" ".join(pieces_of(each))) for each in (group.name, group.description)))
    if any(map(_PRODUCTS.search, own)):
        return "its names"
    for declared in graph.referring(group, _SERVERS):
        if declared.type in Instance.types():
            instance = graph.typed(declared, Instance)
            if any(map(_is_called, (*called(instance, instance.tags), *map(words_of, hints(instance.image, graph))))):
                return f"the names of {declared.address}"
            continue
        server: Server = (
            graph.typed(declared, LaunchTemplate)
            if declared.type in LaunchTemplate.types()
            else graph.typed(declared, LaunchConfiguration)
        )
        for each in graph.referring(server, frozenset(AutoScalingGroup.types())):
            if any(map(_is_called, _names(graph.typed(each, AutoScalingGroup), (server,), graph))):
                return f"the names of {each.address}"
        if any(map(_is_called, (*called(server, Absent()), *map(words_of, hints(server.image, graph))))):
            return f"the names of {declared.address}"
    return ""


def forwarding_interface(group: SecurityGroup, graph: Graph) -> str:
    """The separate network interface with a security group that takes traffic for others, as a firewall does with one interface for each
    network; empty if there is none."""
    interfaces = (graph.typed(each, ElasticInterface) for each in graph.referring(group, frozenset(ElasticInterface.types())))
    return next((each.address for each in interfaces if each.source_dest_check == Known(False)), "")


def starts_appliances(server: Server, graph: Graph) -> bool:
    """Whether a server, or what it starts, is a network appliance by its names."""
    tags: Value[Tags] = server.tags if isinstance(server, Instance) else Absent()
    if any(map(_is_called, (*called(server, tags), *map(words_of, hints(server.image, graph))))):
        return True
    groups = () if isinstance(server, Instance) else graph.referring(server, frozenset(AutoScalingGroup.types()))
    return any(
        map(_is_called, (name for each in groups for name in _names(graph.typed(each, AutoScalingGroup), (server,), graph)))
    )


def _is_called(name: str) -> bool:
    return _APPLIANCE.search(name) is not None or _PRODUCTS.search(name) is not None


def is_appliance(group: AutoScalingGroup, graph: Graph) -> str:
    """What shows that the instances of a group are network appliances; empty if nothing does."""
    starts: tuple[Server, ...] = (*group.launch_template, *group.launch_configuration)
    if any(routes_traffic(each, graph) == Known(True) for each in starts):
        return "they forward the traffic of others"
    if any(_APPLIANCE.search(each) for each in _names(group, starts, graph)):
        return "their names say that they are network appliances"
    if any(isinstance(each, TargetGroup) and each.protocol == Known("GENEVE") for each in group.traffic):
        return "a Gateway Load Balancer sends them the traffic of others"
    ports = {each.health_check_port for each in group.traffic if isinstance(each, TargetGroup)}
    if len({each.value for each in ports if isinstance(each, Known) and each.value.isdecimal()}) > 1:
        return "each of their target groups probes another port"
    return ""


def _names(group: AutoScalingGroup, starts: tuple[Server, ...], graph: Graph) -> Iterator[str]:
    """What the group, its tags, what it starts from and its image are called, as words."""
    yield from called(group, Absent())
    yield words_of(" ".join(pieces_of(group.name)))
    for tag in group.group_tags:
        yield words_of(" ".join((*pieces_of(tag.key), *pieces_of(tag.value))))
    for each in starts:
        yield from called(each, Absent())
        yield from map(words_of, hints(each.image, graph))
