"""Groups of network appliances: firewalls, proxies and the like, which pass the requests of clients on to what lies behind them."""

from collections.abc import Iterator
from typing import Final

from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.aws.elbv2 import TargetGroup
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import LatePattern
from wa_iac.core.partial import pieces_of
from wa_iac.core.value import Absent, Known

from .called import called, words_of
from .machine_images import hints
from .servers import routes_traffic
from .user_data import Server

_APPLIANCE: Final = LatePattern(
    r"\b(?:forti(?: ?gate| ?web| ?adc)|fgt|palo ?alto|pa ?vm|vm ?series|check ?point|cloud ?guard|fire ?wall|ngfw|vyos|vsrx|csr ?1000v|"
    r"big ?ip|cloud ?gen|sophos|network appliances?)"
)
"""How network appliances are called."""


def is_appliance(group: AutoScalingGroup, graph: Graph) -> str:
    """What shows that the instances of a group are network appliances; empty if nothing does."""
    starts: tuple[Server, ...] = (*group.launch_template, *group.launch_configuration)
    if any(routes_traffic(each, graph) == Known(True) for each in starts):
        return "they forward the traffic of others"
    if any(_APPLIANCE.search(each) for each in _names(group, starts, graph)):
        return "their names say that they are network appliances"
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
