"""What flows between the resources of a unit: the edges of its architecture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph

from .admissions import admissions, is_egress
from .flow_table import flow_of
from .grants import grants
from .kinds import kind_of
from .mentions import Mention, Mentions, plain_key
from .owners import Owners
from .placement import is_group
from .shapes import Edge

_WEAK: Final = "is configured with"
"""The label of an edge that only says that one resource knows the other's name."""
_DELIVERS: Final = frozenset({"delivers to", "delivers events to"})
_HANDED_ON: Final = "forwards to"


def flows(graph: Graph, mentions: Mentions, owners: Owners) -> tuple[Edge, ...]:
    """All edges between the nodes of a unit, each once and none from a node to itself, in the order in which the code has them."""
    found = [edge for each in mentions.resources for edge in _stated(each, mentions, owners)]
    granted, covered = _granted(graph, mentions, owners, found)
    found = [each for each in found if each.kind != "uses" or (each.source, each.target) not in covered]
    return _without_repeats((*found, *granted, *admissions(graph, mentions, owners)))


def _stated(declared: Declared, mentions: Mentions, owners: Owners) -> Iterator[Edge]:
    """What a resource's arguments say."""
    node = owners.node(declared)
    if is_group(node):
        return
    kind = kind_of(declared.type)
    if kind == "ec2.securitygroupingress" and is_egress(declared):
        kind = "ec2.securitygroupegress"
    for mention in mentions.of(declared):
        other = owners.node(mention.target)
        if other is node or is_group(other):
            continue
        flow = flow_of(kind, mention.path, kind_of(mention.target.type))
        via = declared.address if declared is not node else _argument(declared, mention)
        source, target = (other, node) if flow.turned else (node, other)
        yield Edge(source.address, target.address, flow.kind, flow.label, via, flow.inferred)


def _argument(declared: Declared, mention: Mention) -> str:
    """The argument in which a resource names another one, as it is written."""
    first = mention.path.partition(".")[0]
    return next((key for key in declared.body.value if plain_key(key) == first), first)


def _granted(
    graph: Graph, mentions: Mentions, owners: Owners, stated: Iterable[Edge]
) -> tuple[list[Edge], frozenset[tuple[str, str]]]:
    """What policies grant, as edges from those that use the role; and the pairs of a role and a resource that these edges stand for."""
    users: dict[str, list[str]] = defaultdict(list)
    for each in stated:
        if each.kind == "identity" and each.label == "assumes" and each.source not in users[each.target]:
            users[each.target].append(each.source)
    edges: list[Edge] = []
    covered: set[tuple[str, str]] = set()
    for grant in grants(graph, mentions):
        identity, resource = owners.node(grant.identity), owners.node(grant.resource)
        if is_group(resource) or resource is identity:
            continue
        covered.add((identity.address, resource.address))
        edges += [
            Edge(user, resource.address, grant.kind, grant.label, identity.address, inferred=True)
            for user in users.get(identity.address) or (identity.address,)
            if user != resource.address
        ]
    return edges, frozenset(covered)


def _without_repeats(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """Each edge once, and no weaker one where a stronger one says more about the same two nodes."""
    once: dict[tuple[str, str, str, str], Edge] = {}
    for each in edges:
        key = (each.source, each.target, each.kind, each.label)
        if key not in once or (once[key].inferred and not each.inferred):
            once[key] = each
    strong: set[tuple[str, str]] = set()
    stated: set[tuple[str, str, str]] = set()
    delivered: set[tuple[str, str]] = set()
    forwarded: dict[str, set[str]] = defaultdict(set)
    for each in once.values():
        pair = (each.source, each.target)
        if each.kind != "uses" and each.label != _WEAK:
            strong |= {pair, (each.target, each.source)}
        if not each.inferred:
            stated.add((*pair, each.kind))
        if each.label in _DELIVERS:
            delivered.add((each.target, each.source))
        if each.label == _HANDED_ON:
            forwarded[each.source].add(each.target)

    def says_more(each: Edge) -> bool:
        pair = (each.source, each.target)
        if each.kind == "uses" or each.label == _WEAK:
            return pair not in strong
        if not each.inferred:
            return True
        if each.kind == "network":
            handed_on = any(each.target in forwarded.get(step, ()) for step in forwarded.get(each.source, ()))
            return (*pair, each.kind) not in stated and not handed_on
        return (*pair, each.kind) not in stated and not (pair in delivered and each.label in ("reads", "reads and writes"))

    kept = [each for each in once.values() if says_more(each)]
    return tuple(_merged(kept))


def _merged(edges: Iterable[Edge]) -> Iterator[Edge]:
    """Of several plain uses of one node by another, the first; a use that is only inferred to be one, not at all beside it."""
    seen: set[tuple[str, str]] = set()
    for each in edges:
        if each.kind == "uses" or each.label == _WEAK:
            if (each.source, each.target) in seen:
                continue
            seen.add((each.source, each.target))
        yield each
