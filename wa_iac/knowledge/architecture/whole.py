"""The architecture of a unit as a whole. It is made once for a graph."""

from __future__ import annotations

from dataclasses import dataclass

from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph

from .flows import flows
from .mentions import Mentions
from .owners import Owners
from .placement import Place, Placement, is_group
from .shapes import Edge, Group, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Architecture:
    """Each resource of a graph is a node, a part of a node or of a group, or a group, and exactly one of these.

    Attributes:
        groups: each after the one around it.
        nodes: with their places, in the order of the graph.
        edges: between addresses of nodes.
    """

    groups: tuple[Group, ...]
    nodes: tuple[tuple[Declared, Place], ...]
    edges: tuple[Edge, ...]
    _placement: Placement

    def parts_of(self, node: Declared) -> tuple[Part, ...]:
        """The resources that are only an aspect of a node."""
        return tuple(Part(each.address, each.type, each.extent) for each in self._placement.parts.get(id(node), ()))


def architecture(graph: Graph) -> Architecture:
    """The architecture of a graph's resources."""
    return graph.once(_made)


def _made(graph: Graph) -> Architecture:
    mentions = Mentions(graph)
    owners = Owners(mentions)
    placement = Placement(graph, mentions, owners)
    nodes = tuple(
        (each, placement.places[id(each)]) for each in mentions.resources if not owners.is_part(each) and not is_group(each)
    )
    return Architecture(groups=placement.groups, nodes=nodes, edges=flows(graph, mentions, owners), _placement=placement)
