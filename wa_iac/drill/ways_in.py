"""What follows for one way in if one Availability Zone after the other fails: the question of rules, which are about one resource each.

It costs what the way in needs, times the zones of that. Nothing else of the unit is looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import NamedTuple

from wa_iac.core.graph import Graph

from .kinds import Shape
from .mesh import UNNAMED, Mesh, mesh, users_of
from .model import Failure
from .nodes import Node, State
from .outcomes import own_outcomes, spread_outcomes
from .react import if_it_leads_there
from .strike import Strike
from .zones import Zone, chosen_by_aws, zones_among


class ZoneLoss(NamedTuple):
    """What follows for a resource if a zone fails; None if nothing does. `best` is the best of the cases that the code leaves open, `worst`
    the worst."""

    zone: Zone
    worst: State | None
    best: State | None


def zone_losses(address: str, graph: Graph, shapes: Collection[Shape] = ()) -> Iterator[ZoneLoss]:
    """What follows for a resource if each of the zones fails that it needs something in, the zones with names first.

    Args:
        shapes: the only ones that are taken to fail; all if there is none.
    """
    whole = mesh(graph)
    nodes = _needed(address, whole)
    part = replace(whole, nodes=nodes, users=users_of(nodes))
    struck = {each: node for each, node in nodes.items() if not shapes or node.shape in shapes}
    for zone in _zones(struck) or _somewhere(nodes):
        strike = Strike(failure=Failure("zone", zone.name), zone=zone)
        worst, best = own_outcomes(struck, strike, graph)
        worst |= {
            each: state
            for each, node in nodes.items()
            if (state := if_it_leads_there(node, strike)) is not None and each not in worst
        }
        worst, best = spread_outcomes(part, strike, graph, worst, best)
        yield ZoneLoss(zone, worst.get(address), best.get(address))


def _needed(address: str, whole: Mesh) -> dict[str, Node]:
    """A node and everything that it needs, directly or through others."""
    found = {address: whole.nodes[address]} if address in whole.nodes else {}
    waiting = [*found]
    while waiting:
        node = found[waiting.pop()]
        needs = [*node.needs, *(need for group in node.groups for need in group.members)]
        for each in (*(need.address for need in needs), *(member.address for member in node.members), *filter(None, node.ways)):
            if each not in found and each in whole.nodes:
                found[each] = whole.nodes[each]
                waiting.append(each)
    return found


def _zones(nodes: dict[str, Node]) -> list[Zone]:
    """The zones of some nodes, also those that the code does not name."""
    return zones_among(lane.zone for node in nodes.values() for lane in node.lanes)


def _somewhere(nodes: dict[str, Node]) -> list[Zone]:
    """A zone that may be any of them, if some nodes may be in one."""
    is_open = any(node.hidden is not None or (not node.lanes and node.doubt is not None) for node in nodes.values())
    return [Zone("0", chosen_by_aws("the resources here"), UNNAMED)] if is_open else []
