"""What follows from one failure, in the worst and in the best case: for each resource by itself, then for those that need it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from wa_iac.core.graph import Graph

from .crossing import cut_off
from .mesh import Mesh
from .nodes import Node, State
from .react import react
from .spread import spread
from .strike import Strike

States: TypeAlias = dict[str, State]
"""What follows, by the address of each resource that is struck."""


def own_outcomes(nodes: Mapping[str, Node], strike: Strike, graph: Graph) -> tuple[States, States]:
    """What a failure does to each resource by itself, in the worst and in the best case."""
    worst: States = {}
    best: States = {}
    for address, node in nodes.items():
        one, other = react(node, strike, graph)
        if one is not None:
            worst[address] = one
        if other is not None:
            best[address] = other
    return worst, best


def spread_outcomes(found: Mesh, strike: Strike, graph: Graph, worst: States, best: States) -> tuple[States, States]:
    """What follows for everything, from what `own_outcomes` says."""
    down_worst, down_best = _down(strike, worst=True), _down(strike, worst=False)
    if strike.is_zonal:
        worst = {**worst, **cut_off(found.nodes, graph, down_worst, strike.what)}
        best = {**best, **cut_off(found.nodes, graph, down_best, strike.what, best=True)}
    return spread(found, worst, down_worst), spread(found, best, down_best, best=True)


def _down(strike: Strike, *, worst: bool) -> Callable[[Node], frozenset[int]]:
    """The lanes of a node that fail: those that may, in the worst case."""
    known: dict[int, frozenset[int]] = {}

    def down(node: Node) -> frozenset[int]:
        if not strike.is_zonal:
            return frozenset()
        if id(node) not in known:
            hits = [strike.strikes_lane(lane) for lane in node.lanes]
            wanted = (True, None) if worst else (True,)
            known[id(node)] = frozenset(number for number, hit in enumerate(hits) if hit in wanted)
        return known[id(node)]

    return down
