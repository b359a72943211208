"""A picture as data: nodes in groups, and edges between nodes. Every writer (SVG, HTML, Mermaid, DOT) starts from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from wa_iac.core.declared import Dialect
from wa_iac.core.scales import Severity
from wa_iac.core.span import Span
from wa_iac.knowledge.architecture.shapes import CATEGORIES, Category, Edge, EdgeKind, Group, GroupKind, Part

__all__ = [
    "CATEGORIES",
    "Badge",
    "Category",
    "Edge",
    "EdgeKind",
    "Group",
    "GroupKind",
    "Mark",
    "MarkKind",
    "Node",
    "Part",
    "Picture",
]


class Badge(NamedTuple):
    """A finding at a node. `fault` is the fingerprint by which reports name it."""

    fault: str
    rule: str
    severity: Severity


MarkKind: TypeAlias = Literal["unaffected", "recovers", "degrades", "unknown", "stops"]
"""What follows for a node from a failure."""


class Mark(NamedTuple):
    """What follows for a node from a failure, which the picture's `story` names.

    Attributes:
        word: shown at the node: "degrades, 50 %".
        said: why, in sentences.
    """

    kind: MarkKind
    word: str
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A resource of the graph, with its parts.

    Attributes:
        address: unique in the unit; the node's id.
        label: a short name for people: the last part of the address, with the key of an instance.
        service: as `graph --format json` names it: `s3`, `lambda`.
        group: the id of the group that it is in.
        also_in: ids of the other groups that it is in: a load balancer in several subnets, a database in several zones.
        extent: the whole block.
        doubt: why its place is not known, if it is not; empty else.
    """

    address: str
    label: str
    type: str
    service: str
    category: Category
    group: str
    extent: Span
    also_in: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    badges: tuple[Badge, ...] = ()
    doubt: str = ""
    mark: Mark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The picture of one unit. Every resource of the unit's graph is a node, a part of a node or of a group, or a group,
    and exactly one of these.

    Attributes:
        unit: the root module or template, as shown.
        environment: the name of the environment that it was evaluated for; empty if there is only one.
        badges: the findings at VPCs and subnets, by the id of their group.
        failing: the ids of the groups that fail, in the picture of a drill: a zone, a Region, subnets.
    """

    unit: str
    dialect: Dialect
    groups: tuple[Group, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    environment: str = ""
    badges: Mapping[str, tuple[Badge, ...]] = field(default_factory=dict)
    failing: frozenset[str] = frozenset()
    notes: tuple[str, ...] = field(default=())
    """Sentences about what the picture leaves out or could not place."""
    story: str = ""
    """What the marks of the nodes follow from: "if zone a fails"; empty for a picture without marks."""

    @property
    def resources(self) -> frozenset[str]:
        """The addresses of all resources in it."""
        parts = [part.address for node in self.nodes for part in node.parts]
        parts += [part.address for group in self.groups for part in group.parts]
        own = [each.address for each in self.groups if each.address]
        return frozenset((*(node.address for node in self.nodes), *parts, *own))
