"""The drill itself: a failure, and what follows in a unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from wa_iac.core.declared import Unit
from wa_iac.core.errors import UsageError, some
from wa_iac.core.graph import Graph
from wa_iac.core.value import Absent, Known, Tree, Unknown
from wa_iac.knowledge.architecture.kinds import kind_of

from .failures import region_of_most, regions_named, resources_called, zone_called
from .kinds import COMPUTE, STORES
from .losses import losses
from .mesh import UNNAMED, Mesh, mesh
from .model import SEVERITY, Drill, Effect, Failure, Single
from .nodes import Node, State, place_of, to_settle
from .outcomes import own_outcomes, spread_outcomes
from .react import react
from .spread import spread
from .strike import Strike
from .zonal import PRIMARY
from .zones import THREE_ZONES, Zone, alike, same_zone, zone_of_subnet

_WIRES: Final = frozenset(
    f"ec2.{name}"
    for name in (
        "vpc",
        "defaultvpc",
        "routetable",
        "defaultroutetable",
        "route",
        "securitygroup",
        "defaultsecuritygroup",
        "networkacl",
    )
)
"""What requests cross or are checked by. It does not fail by itself, but somebody may delete it."""
_UNSTRUCK: Final = State("unaffected")


def drill(unit: Unit, graph: Graph, failure: Failure) -> Drill:
    """What follows from one failure. Raises `UsageError` if the unit does not have what fails."""
    found = mesh(graph)
    notes: list[str] = []
    strike = _strike(failure, found, graph, notes)
    worst_own, best_own = own_outcomes(found.nodes, strike, graph)
    worst, best = spread_outcomes(found, strike, graph, worst_own, best_own)
    if found.stand_in and found.entries:
        notes.append("Nothing here is an entry point by its kind: the resources that nothing else needs stand for them.")
    notes += [
        f"{each.address} was not read: what it makes is not in the drill." for each in graph.declared if each.kind == "module"
    ]
    notes += [f"{each} leads to nothing that is declared here." for each in found.entries if _leads_nowhere(found.nodes[each])]
    if failure.kind == "service" and not worst_own:
        notes.append(
            f"Everything that runs goes on while {failure.name} is away, which is only needed to start or to change something."
        )
    return Drill(
        unit=unit.path,
        dialect=unit.dialect,
        failure=failure,
        effects={address: _effect(address, worst, best) for address in found.nodes},
        entry_points=found.entries,
        lost=tuple(
            each if each.doubt is None else each._replace(unresolved=place_of(each.doubt))
            for each in losses(found.nodes, worst_own, strike, graph)
        ),
        notes=tuple(notes),
        aside=tuple(_aside(found, worst)),
        assumptions=(THREE_ZONES,) if any(found.nodes[each].assumed for each in worst_own) and strike.zone is not None else (),
        spans={address: node.declared.span for address, node in found.nodes.items()},
        environment=unit.environment,
        subnets=_subnets(found, strike, graph),
        names_zone=strike.zone is None or strike.zone.label != UNNAMED,
    )


def _subnets(found: Mesh, strike: Strike, graph: Graph) -> frozenset[str]:
    """The subnets that certainly fail."""
    zone = strike.zone
    if zone is None:
        return strike.subnets
    subnets = (each for each in graph.declared if each.address in found.subnets)
    return frozenset(each.address for each in subnets if same_zone(zone_of_subnet(each, graph), zone.value))


def _aside(found: Mesh, states: Mapping[str, State]) -> Iterator[str]:
    """The servers and stores that stop and that no way in needs."""
    needed = set(found.entries)
    waiting = list(found.entries)
    while waiting:
        node = found.nodes[waiting.pop()]
        needs = [*node.needs, *(need for group in node.groups for need in group.members)]
        for address in (*(need.address for need in needs), *(each.address for each in node.members)):
            if address not in needed:
                needed.add(address)
                waiting.append(address)
    yield from (
        address
        for address, state in states.items()
        if address not in needed and state.outcome == "stops" and found.nodes[address].shape in COMPUTE | STORES
    )


def _leads_nowhere(node: Node) -> bool:
    return node.shape == "balancer" and not node.groups


def each_zone(unit: Unit, graph: Graph) -> list[Drill]:
    """A drill for each zone of a unit, the worst first: by the worst outcome of an entry point, then by how many entry points have it, then
    by how many resources stop, then in the order of the zones."""
    drills = [drill(unit, graph, Failure("zone", zone.name)) for zone in mesh(graph).zones]
    return sorted(drills, key=_badness)


def _badness(found: Drill) -> tuple[int, ...]:
    entries = Counter(found.effects[each].outcome for each in found.entry_points)
    every = Counter(each.outcome for each in found.effects.values())
    return (
        -SEVERITY.index(found.worst),
        *(-entries[outcome] for outcome in reversed(SEVERITY)),
        *(-every[outcome] for outcome in reversed(SEVERITY)),
    )


def each_resource(unit: Unit, graph: Graph) -> list[Single]:
    """What follows for the entry points if each resource fails alone: the ones that take down most first, and none that takes down nothing,
    or only itself if AWS keeps it in several zones. Among equals, those come last that AWS keeps in several zones.

    The need graph is made once. Each failure costs as much as it strikes: the whole costs the resources times what the average one takes
    down, which grows with the square of the resources only if each one takes down a fixed part of all.
    """
    found = mesh(graph)
    singles: list[Single] = []
    for address in found.nodes:
        strike = Strike(failure=Failure("resource", address), addresses=frozenset((address,)))
        own = _react_to_one(found, address, strike, graph)
        states = spread(found, own, _nothing_down)
        by_outcome = {
            outcome: tuple(
                each for each in found.entries if each in states and states[each].outcome == outcome and each != address
            )
            for outcome in SEVERITY
        }
        if address in found.entries and address in states:
            outcome = states[address].outcome
            by_outcome[outcome] = (*by_outcome[outcome], address)
        single = Single(address, by_outcome["stops"], by_outcome["degrades"], by_outcome["recovers"], by_outcome["unknown"])
        struck = {each for entries in single[1:] for each in entries}
        if struck - {address} or (struck and found.nodes[address].shape not in _SPREAD):
            singles.append(single)
    order = {address: number for number, address in enumerate(found.nodes)}
    return sorted(singles, key=lambda each: (*_harm(each), found.nodes[each.address].shape in _SPREAD, order[each.address]))


def _harm(single: Single) -> tuple[int, ...]:
    return -len(single.stops), -len(single.unknown), -len(single.degrades), -len(single.recovers)


_SPREAD: Final = frozenset({"regional", "global", "balancer", "targets", "function", "tasks"})
"""Shapes that AWS keeps in several places: that one of them fails as a whole is less likely than that a server does."""


def _nothing_down(node: Node) -> frozenset[int]:
    return frozenset()


def _react_to_one(found: Mesh, address: str, strike: Strike, graph: Graph) -> dict[str, State]:
    """What the failure of one resource does by itself: to it, and to the cluster that it is a member of."""
    own: dict[str, State] = {}
    for each in (address, *found.clusters.get(address, ())):
        state, _ = react(found.nodes[each], strike, graph)
        if state is not None:
            own[each] = state
    return own


def _strike(failure: Failure, found: Mesh, graph: Graph, notes: list[str]) -> Strike:
    match failure.kind:
        case "zone":
            zone = zone_called(failure.name, found)
            if not isinstance(zone.value, Known):
                notes.append(
                    f"The zone that fails is {zone.label}: the code does not name it."
                    if zone.label != UNNAMED
                    else "The code names no zone: what may be in any zone may be in the one that fails."
                )
                notes += _of_expression(zone, found)
            return Strike(failure=failure, zone=zone)
        case "resource":
            wanted = resources_called(failure.name, found, graph)
            subnets = frozenset(each for each in wanted if each in found.subnets)
            if subnets:
                return Strike(failure=failure, subnets=subnets)
            struck = dict.fromkeys(found.holders.get(each, each) if each not in found.nodes else each for each in wanted)
            kinds = {each.address: kind_of(each.type) for each in graph.declared if each.address in struck}
            if wires := [each for each in struck if each not in found.nodes and kinds.get(each, "") in _WIRES]:
                raise UsageError(
                    f"the drill has no model of what follows if {wires[0]} is lost: name a subnet, a gateway, or what serves"
                )
            notes += [
                f"{each} is a part of {found.holders[each]}, which fails as a whole."
                for each in wanted
                if each not in struck and each in found.holders
            ]
            notes += [
                f"{each} serves nothing by itself: nothing follows from its failure at once."
                for each in struck
                if each not in found.nodes
            ]
            return Strike(failure=failure, addresses=frozenset(struck))
        case _:
            region = _region(failure, found)
            notes += _of_regions(failure, region, found)
            return Strike(failure=failure, region=region)


def _of_expression(zone: Zone, found: Mesh) -> Iterator[str]:
    """Where the code reads a zone that it does not name, and that others may be the same one."""
    if isinstance(zone.value, Unknown) and (place := place_of(zone.value)):
        yield f"The code reads it in {place}."
    others = alike(found.zones)
    if zone in others:
        names = some([each.name for each in others], _NAMED)
        yield f"Nothing resolves the expressions of the zones {names}: several of them may mean one zone."


_NAMED: Final = 8
"""The zones that a note names."""


def _of_regions(failure: Failure, region: Tree, found: Mesh) -> Iterator[str]:
    """Which Region a failure is in, if the code does not name it or names several."""
    others = [each for each in regions_named(found) if Known(each) != region]
    if failure.kind == "region" and not failure.name:
        why = f": {to_settle(region)}" if isinstance(region, Unknown) else ""
        yield f"The Region that fails is that of most resources here. The code does not name it{why}."
    if failure.kind == "region" and failure.name and not isinstance(region, Known):
        yield f"The code does not name the Region of its resources: {failure.name} is taken for it."
    if failure.kind == "service" and others and isinstance(region, Known):
        yield f"The service fails in {region.value}, the Region of most resources here."
    if others:
        yield f"Nothing fails in {' and '.join(others)} by itself."


def _region(failure: Failure, found: Mesh) -> Tree:
    """The Region of a failure: the one that it names, else the one of most resources."""
    if failure.kind == "region" and failure.name:
        known = [each.declared.region for each in found.nodes.values()]
        return Known(failure.name) if any(isinstance(each, Known) for each in known) else (known[0] if known else Absent())
    return region_of_most(found)


def _effect(address: str, states: Mapping[str, State], best: Mapping[str, State]) -> Effect:
    worst = states.get(address)
    if worst is None:
        return Effect(address=address, outcome="unaffected", best="unaffected")
    other = best.get(address, _UNSTRUCK)
    is_same = other.outcome == worst.outcome
    settle = _settles(worst, states) if not is_same or worst.outcome == "unknown" else ""
    told = worst
    if is_same and (other.share, other.time) == (worst.share, worst.time) and not _is_certain(worst, states, best):
        told = other  # What follows in any case is explained by what is certain.
    return Effect(
        address=address,
        outcome=worst.outcome,
        best=other.outcome if other.severity <= worst.severity else worst.outcome,
        share=worst.share,
        time=worst.time,
        how=told.how,
        chain=told.chain,
        control_plane=told.control_plane,
        source=told.source,
        settle=settle,
        unresolved=_unresolved(worst, states) if settle and settle != PRIMARY else "",
    )


def _is_certain(state: State, states: Mapping[str, State], best: Mapping[str, State]) -> bool:
    """Whether all that explains a state has the same outcome in the best case."""
    return all(
        link.address in best and best[link.address].outcome == states[link.address].outcome
        for link in state.chain
        if link.address in states
    )


def _settles(state: State, states: Mapping[str, State]) -> str:
    """What would settle the outcome of a resource: of itself, or of what it needs."""
    found = (states[link.address].settle for link in state.chain if link.address in states)
    return state.settle or next(filter(None, found), "") or _PLACES


def _unresolved(state: State, states: Mapping[str, State]) -> str:
    """Where the code reads the value that hides an outcome: that of the resource, or of what it needs."""
    links = [states[link.address] for link in state.chain if link.address in states]
    doubt = state.doubt if state.settle else next((each.doubt for each in links if each.settle), None)
    return place_of(doubt) if doubt is not None else ""


_PLACES: Final = "where AWS places the members that start"
