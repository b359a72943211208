"""From the graph of a unit to its picture, and to a part of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Final

from wa_iac.aws._index import SERVICES
from wa_iac.core.declared import Unit
from wa_iac.core.errors import UsageError
from wa_iac.core.finding import Finding
from wa_iac.core.graph import Graph
from wa_iac.core.secrets import Hidden, seen
from wa_iac.knowledge.architecture.categories import category_of
from wa_iac.knowledge.architecture.labels import label_of
from wa_iac.knowledge.architecture.whole import Architecture, architecture
from wa_iac.report.graph_document import service_of

from .model import Badge, Edge, EdgeKind, Group, Node, Picture

_NAMED: Final = 3
"""The most similar addresses that an error names."""
_ALIKE: Final = 0.8
"""How similar they must be at least, as `difflib` measures it."""


def picture(unit: Unit, graph: Graph, findings: Iterable[Finding] = ()) -> Picture:
    """The picture of a unit. `findings` are its failing findings, grouped or not: each is a badge at the node or the group of its
    resource. Those about the unit as a whole are counted in the notes."""
    found = architecture(graph)
    holders = _holders(found)
    badges: dict[str, dict[Badge, None]] = defaultdict(dict)
    homeless = 0
    for finding in findings:
        for each in finding.instances:
            holder = holders.get(each.address)
            if holder is None:
                homeless += 1
            else:
                badges[holder][Badge(each.fault, each.rule.slug, each.severity)] = None
    nodes = tuple(
        Node(
            address=each.address,
            label=label_of(each),
            type=each.type,
            service=SERVICES.get(each.type) or service_of(each.type),
            category=category_of(each.type),
            group=place.group,
            extent=each.extent,
            also_in=place.also_in,
            parts=found.parts_of(each),
            badges=tuple(badges.get(each.address, ())),
            doubt=place.doubt,
        )
        for each, place in found.nodes
    )
    return Picture(
        unit=unit.path,
        dialect=unit.dialect,
        groups=tuple(found.groups),
        badges={each.id: tuple(badges[each.address]) for each in found.groups if each.address in badges},
        nodes=nodes,
        edges=found.edges,
        environment=unit.environment,
        notes=tuple(_notes(graph, homeless)),
    )


def _holders(found: Architecture) -> dict[str, str]:
    """The node or the group that shows each resource: itself, or the one that it is a part of."""
    holders: dict[str, str] = {}
    for group in found.groups:
        if group.address:
            holders |= dict.fromkeys((group.address, *(part.address for part in group.parts)), group.address)
    for node, _ in found.nodes:
        holders[node.address] = node.address
        holders |= dict.fromkeys((part.address for part in found.parts_of(node)), node.address)
    return holders


def _notes(graph: Graph, homeless: int) -> Iterable[str]:
    calls = [each for each in graph.declared if each.kind == "module"]
    for each in calls:
        yield f"{each.address} was not read: what it makes is not in the picture."
    if homeless:
        yield f"{homeless} {'finding is' if homeless == 1 else 'findings are'} about the unit as a whole, or about a data source."


def narrowed(whole: Picture, *, around: str = "", hops: int = 1, only: EdgeKind | None = None) -> Picture:
    """A part of a picture, with the groups that are left.

    `around` keeps a node, or the node that a part belongs to, or the nodes of a group, and everything that is at most `hops` edges away in
    either direction. `only` keeps edges of one kind, and the nodes at their ends. With both, the hops are along such edges. Raises
    `UsageError` if nothing has the address `around`, with the most similar ones.
    """
    edges = whole.edges if only is None else tuple(each for each in whole.edges if each.kind == only)
    kept = {each.address for each in whole.nodes}
    if only is not None:
        kept = {end for each in edges for end in (each.source, each.target)}
    if around:
        start = addressed(whole, around)
        if not start and not any(_means(around, each) for each in whole.resources):
            raise UsageError(_not_there(around, [whole]))
        kept = _reached(start, edges, hops)
    if only is None and not around:
        return whole
    nodes = tuple(each for each in whole.nodes if each.address in kept)
    edges = tuple(each for each in edges if each.source in kept and each.target in kept)
    groups = _around(whole.groups, nodes, around)
    left = {each.id for each in groups}
    nodes = tuple(replace(each, also_in=tuple(name for name in each.also_in if name in left)) for each in nodes)
    return replace(whole, groups=groups, nodes=nodes, edges=edges)


def pictures_around(drawn: Sequence[Picture], around: str, hops: int, only: EdgeKind | None = None) -> dict[int, Picture]:
    """What is near an address in each of some pictures that has it, by the picture's place in the sequence. Raises `UsageError` if none has
    it, with the most similar addresses."""
    found = {
        number: narrowed(each, around=around, hops=hops, only=only)
        for number, each in enumerate(drawn)
        if any(_means(around, address) for address in each.resources)
    }
    if not found:
        raise UsageError(_not_there(around, drawn))
    return found


def addressed(whole: Picture, address: str) -> frozenset[str]:
    """The addresses of the nodes that an address means: of a node, of a part, or of a group with all that is in it. Without the key of an
    instance it means all instances."""
    wanted: set[str] = set()
    for node in whole.nodes:
        if any(_means(address, each) for each in (node.address, *(part.address for part in node.parts))):
            wanted.add(node.address)
    inside = {each.id for each in whole.groups if each.address and _means(address, each.address)}
    if inside:
        for each in whole.groups:  # Each comes after the one around it.
            if each.parent in inside:
                inside.add(each.id)
        wanted |= {node.address for node in whole.nodes if node.group in inside or inside.intersection(node.also_in)}
    return frozenset(wanted)


def _means(address: str, of: str) -> bool:
    return of == address or of.startswith(f"{address}[")


def _not_there(address: str, pictures: Iterable[Picture]) -> str:
    every = {each: None for drawn in pictures for each in sorted(drawn.resources)}
    last = address.rpartition(".")[2].lower()
    near = [
        *get_close_matches(address, every, _NAMED, cutoff=_ALIKE),
        *(each for each in every if each.rpartition(".")[2].lower() == last),
    ]
    named = map(Hidden(seen()).out_of_address, list(dict.fromkeys(near))[:_NAMED])
    hint = f"; did you mean {', '.join(named)}?" if near else ""
    return f"no resource has the address {address!r}{hint}"


def _reached(start: Iterable[str], edges: Iterable[Edge], hops: int) -> set[str]:
    neighbors: dict[str, list[str]] = defaultdict(list)
    for each in edges:
        neighbors[each.source].append(each.target)
        neighbors[each.target].append(each.source)
    kept = set(start)
    border = kept
    for _ in range(hops):
        border = {other for each in border for other in neighbors[each]} - kept
        kept = kept | border
    return kept


def _around(groups: Sequence[Group], nodes: Iterable[Node], address: str) -> tuple[Group, ...]:
    """The groups that hold one of some nodes or have an address, with the groups around them."""
    by_id = {each.id: each for each in groups}
    left: set[str] = set()
    own = [each.id for each in groups if address and each.address and _means(address, each.address)]
    for names in (own, *((node.group, *node.also_in) for node in nodes)):
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name and name not in left:
                left.add(name)
                waiting.append(by_id[name].parent)
    return tuple(each for each in groups if each.id in left)
