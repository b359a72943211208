"""The shapes that an architecture is made of: categories, groups and edges."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias

from wa_iac.core.span import Span

Category: TypeAlias = Literal[
    "compute",
    "containers",
    "storage",
    "database",
    "network",
    "integration",
    "analytics",
    "security",
    "management",
    "other",
]
"""What a resource is for, as architecture diagrams color it."""

GroupKind: TypeAlias = Literal["account", "region", "vpc", "zone", "subnet", "category"]
"""account: everything; the global services are in it directly or in a category. region: regional services and VPCs. category: the
services of one category that are in no VPC; it keeps a large picture readable, since a reader may collapse it."""

EdgeKind: TypeAlias = Literal["network", "data", "identity", "uses"]
"""network: connections and traffic, from the one that opens the connection. data: messages, records, objects, invocations. Those that
are sent go in the direction in which they flow; what is read or written goes from the one that reads or writes. identity: roles, keys,
secrets and policies, from the one that uses them. uses: any other reference."""


CATEGORIES: Final[dict[Category, str]] = {
    "compute": "Compute",
    "containers": "Containers",
    "storage": "Storage",
    "database": "Databases",
    "network": "Networking",
    "integration": "Integration",
    "analytics": "Analytics",
    "security": "Security and identity",
    "management": "Management",
    "other": "Other services",
}
"""The categories' names for people."""


class Part(NamedTuple):
    """A resource that is only an aspect of a node or a group: a bucket's versioning, a rule of a security group, a route.

    Attributes:
        extent: the whole block.
    """

    address: str
    type: str
    extent: Span


class Group(NamedTuple):
    """A box around nodes and other boxes.

    Attributes:
        id: unique in the picture.
        label: for people: "eu-west-1", "private subnet a".
        parent: the id of the box around it; empty for the outermost.
        address: of the resource that it is, if it is one: a VPC, a subnet.
        note: more about it: "10.0.0.0/16", "public: its route table leads to an internet gateway".
        public: for a subnet: whether it has a route to an internet gateway; None if that is not known, or for other groups.
        parts: the resources that are only an aspect of it: a further address range of a VPC.
    """

    id: str
    kind: GroupKind
    label: str
    parent: str = ""
    address: str = ""
    note: str = ""
    public: bool | None = None
    parts: tuple[Part, ...] = ()


class Edge(NamedTuple):
    """What flows between two nodes. The source is the subject of the label: "reads", "invokes".

    Attributes:
        source, target: addresses of nodes, in the direction of `kind`.
        label: a verb: "invokes", "reads", "writes", "assumes", "forwards to".
        via: the address of the resource that says so, or the argument of the source; for a reader who asks why.
        inferred: whether it follows from something that does not state it: a role's policy, a rule of a security group.
    """

    source: str
    target: str
    kind: EdgeKind
    label: str
    via: str = ""
    inferred: bool = False
