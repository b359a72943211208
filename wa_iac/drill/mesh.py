"""The need graph of a unit: made once, and asked for each failure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.aws.ecs import Service
from wa_iac.aws.lambda_function import Url
from wa_iac.aws.opensearch import Domain
from wa_iac.core.binding import value_at
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.value import Absent, Known, Tree
from wa_iac.knowledge.architecture.kinds import kind_of
from wa_iac.knowledge.architecture.whole import Architecture, architecture

from .apart import add_lists, set_apart
from .capacity import Start, add_capacity, starts_of
from .doubts import add_doubts
from .entries import entry_points
from .kinds import Shape, shape_of
from .named_zones import named_zones
from .names import add_records
from .needs import add_needs
from .nodes import Lane, Need, Node
from .origins import add_accelerators, add_origin_groups
from .ways import add_ways
from .zonal_services import is_zonal_endpoint
from .zones import (
    SUBNETS,
    Zone,
    chosen_by_aws,
    places_of,
    same_zone,
    tellers,
    zone_meant,
    zone_of_subnet,
    zones_among,
)

_IN_ONE: Final = frozenset(
    {"database", "member", "volume", "instance", "warehouse", "replication", "windows files", "search", "broker", "hadoop"}
)
"""Shapes that are in one of the places that they name, unless something says otherwise."""
_PLACED: Final = frozenset({*_IN_ONE, "group", "cache", "memcached", "kafka", "nat", "zonal", "tunnels", "jobs"})
"""Shapes that are in zones even if nothing says in which."""


UNNAMED: Final = "the zone that fails"
"""The label of the zone of a unit that knows no zone."""
_NAMING: Final = frozenset({"database", "member", "replication", "warehouse", "cache", "memcached"})
"""Shapes that may name zones among those of their subnets."""
_FEEDS: Final = frozenset(
    {"notifies", "sends to", "publishes to", "sends events to", "delivers to", "sends failures to", "streams changes to"}
)
"""The flows that bring something to a queue, a topic or a stream."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mesh:
    """The need graph.

    Attributes:
        nodes: what serves something, by address, in the order of the code.
        users: by address, the nodes that need it, or have it as a way or a member.
        zones: the zones that the code knows.
        entries: the ways into the architecture.
        stand_in: whether nothing is a way in by its kind, so that what nothing else needs stands for it.
        holders: the node that each part belongs to, by the part's address.
        subnets: the addresses of the subnets.
        clusters: by the address of an instance, the clusters that it is a member of.
    """

    nodes: Mapping[str, Node]
    users: Mapping[str, tuple[str, ...]]
    zones: tuple[Zone, ...]
    entries: tuple[str, ...]
    stand_in: bool
    holders: Mapping[str, str]
    subnets: frozenset[str]
    clusters: Mapping[str, tuple[str, ...]]


def mesh(graph: Graph) -> Mesh:
    """The need graph of a graph's resources, made at the first call."""
    return graph.once(_made)


def _made(graph: Graph) -> Mesh:
    found = architecture(graph)
    nodes: dict[str, Node] = {}
    holders: dict[str, str] = {}
    started: dict[str, list[Start]] = {}
    for declared, _ in found.nodes:
        kind = kind_of(declared.type)
        parts = [each for part in found.parts_of(declared) for each in graph.at(part.address)[:1]]
        holders |= {each.address: declared.address for each in parts}
        shape = shape_of(kind)
        if starts := list(starts_of(declared, kind, parts, graph)):
            started[declared.address] = starts
            shape = "tasks"
        if shape == "transfer" and not is_zonal_endpoint(declared):
            shape = "regional"
        if shape is not None:
            nodes[declared.address] = _node(declared, kind, shape, parts, graph)
    _add_members(nodes, found)
    add_lists(nodes, graph)
    for edge in found.edges:
        if edge.label == "invokes" and edge.target in nodes and kind_of_node(nodes, edge.source) == "cloudfront.distribution":
            nodes[edge.target].shape = "global"  # Lambda@Edge: CloudFront runs replicas of it.
    add_needs(nodes, found.edges, _stand_ins(found))
    add_capacity(nodes, started, graph)
    _drop_unused_targets(nodes)
    _drop_empty_targets(nodes)
    _pass_links(nodes)
    for url in graph.of(Url):
        functions = [holders.get(each.address, each.address) for each in url.function]
        nodes[url.address] = Node(
            url.declared,
            "lambda.url",
            "regional",
            needs=[Need(each, "hard", f"it invokes {each}", role="successor") for each in functions if each in nodes],
        )
    add_records(nodes, holders, graph)
    set_apart(nodes)
    add_origin_groups(nodes, holders, graph)
    add_accelerators(nodes, graph)
    add_ways(nodes, graph)
    add_doubts(nodes, holders, graph)
    users = users_of(nodes)
    fed = frozenset(each.target for each in found.edges if each.label in _FEEDS)
    entries, stand_in = entry_points(nodes, users, fed, graph)
    subnets = [each for each in graph.declared if each.kind == "resource" and kind_of(each.type) in SUBNETS]
    zones = zones_among((*(zone_of_subnet(each, graph) for each in subnets), *_zones_of(nodes)))
    if not zones:
        zones = [Zone("0", chosen_by_aws("the resources here"), UNNAMED)]
    return Mesh(
        nodes=nodes,
        users=users,
        zones=tuple(zones),
        entries=entries,
        stand_in=stand_in,
        holders=holders,
        subnets=frozenset(each.address for each in subnets),
        clusters={member.address: (node.address,) for node in nodes.values() for member in node.members},
    )


def kind_of_node(nodes: Mapping[str, Node], address: str) -> str:
    """The kind of a node; empty if there is none."""
    return nodes[address].kind if address in nodes else ""


def _zones_of(nodes: Mapping[str, Node]) -> Iterator[Tree]:
    """The zones that resources name without a subnet. Those that AWS chooses are no zones of their own."""
    for node in nodes.values():
        yield from (lane.zone for lane in node.lanes if not lane.subnet and not _is_chosen(lane))


def _is_chosen(lane: Lane) -> bool:
    identity = getattr(lane.zone, "identity", None)
    return isinstance(identity, tuple) and identity[:1] == ("zone of",)


def users_of(nodes: Mapping[str, Node]) -> dict[str, tuple[str, ...]]:
    """By address, those of some nodes that need it."""
    users: dict[str, dict[str, None]] = defaultdict(dict)
    for node in nodes.values():
        for need in node.needs:
            users[need.address][node.address] = None
        for group in node.groups:
            for need in group.members:
                users[need.address][node.address] = None
        for way in node.ways:
            if way:
                users[way][node.address] = None
    return {address: tuple(found) for address, found in users.items()}


def _node(declared: Declared, kind: str, shape: Shape, parts: list[Declared], graph: Graph) -> Node:
    node = Node(declared, kind, shape, one=shape in _IN_ONE, apart=shape in ("balancer", "kafka", "directory", "airflow"))
    if shape in ("regional", "global", "targets", "cluster"):
        return node
    if shape == "files":
        zone = next(
            (
                v
                for key in ("availability_zone_name", "AvailabilityZoneName")
                if not isinstance(v := value_at(declared.body, key), Absent)
            ),
            None,
        )
        mounts = [places_of([each], graph) for each in parts if kind_of(each.type) == "efs.mounttarget"]
        lanes = [lane for each in mounts for lane in each.lanes]
        node.lanes = (Lane(zone_meant(zone, graph)),) if zone is not None else tuple(dict.fromkeys(lanes))
        node.one = zone is not None
        node.doubt = next((each.doubt for each in mounts if each.doubt is not None), None)
        return node
    named = places_of(tellers(declared, parts, graph), graph)
    node.lanes, node.doubt, node.lists, node.assumed = named
    if shape in _NAMING:
        own = named_zones(declared, shape, named.lanes, graph)
        node.primaries = own.primaries
        if own.lanes:
            node.lanes, node.doubt, node.assumed = own.lanes, None, False
    if not node.lanes and node.doubt is None and shape in _PLACED:
        node.lanes = (Lane(chosen_by_aws(declared.address)),)
    if shape == "search" and declared.type in Domain.types():
        node.one = graph.typed(declared, Domain).zone_awareness == Known(False)
    node.count = _count(declared, graph)
    return node


def _count(declared: Declared, graph: Graph) -> int | None:
    """How many members a resource starts with, if it has some and that is known."""
    values: tuple[Tree, ...] = ()
    if declared.type in AutoScalingGroup.types():
        group = graph.typed(declared, AutoScalingGroup)
        values = (group.desired, group.min_size)
    elif declared.type in Service.types():
        values = _tasks(graph.typed(declared, Service), graph)
    elif kind_of(declared.type) == "eks.nodegroup":
        paths = ("scaling_config.desired_size", "scaling_config.min_size", "ScalingConfig.DesiredSize", "ScalingConfig.MinSize")
        values = tuple(value_at(declared.body, path) for path in paths)
    for value in values:
        if isinstance(value, Known):
            return int(value.value) if str(value.value).isdigit() else None
        if not isinstance(value, Absent):
            return None
    return None


def _tasks(service: Service, graph: Graph) -> tuple[Tree, ...]:
    """The number of tasks of a service: what scaling keeps at least, else what is written."""
    scaled, _ = service.scaled_by(graph)
    least = [each.min_capacity for each in scaled if not isinstance(each.min_capacity, Absent)]
    if least:
        return (least[0],)
    is_written = service.desired_count.origin.how != "service default"
    return (service.desired_count,) if service.scheduling == Known("REPLICA") and is_written else ()


def _stand_ins(found: Architecture) -> dict[str, tuple[str, ...]]:
    """By the address of what only describes something, the nodes that are started from it."""
    used: dict[str, dict[str, None]] = defaultdict(dict)
    kinds = {declared.address: kind_of(declared.type) for declared, _ in found.nodes}
    describing = ("ecs.taskdefinition", "ec2.launchtemplate", "autoscaling.launchconfiguration")
    for edge in found.edges:
        if kinds.get(edge.target) in describing and edge.label in ("runs", "starts from", "uses", "starts", "sends to"):
            used[edge.target][edge.source] = None
    return {address: tuple(sources) for address, sources in used.items()}


def _add_members(nodes: Mapping[str, Node], found: Architecture) -> None:
    """The instances of clusters. In templates they have the type of single instances."""
    for edge in found.edges:
        if edge.label == "is a member of" and edge.source in nodes and edge.target in nodes:
            member, cluster = nodes[edge.source], nodes[edge.target]
            if cluster.shape == "cluster" and member.shape in ("database", "member"):
                member.shape = "member"
                cluster.members.append(member)


def _pass_links(nodes: Mapping[str, Node]) -> None:
    """Make a link that leads an API to what its integrations name a need of the API, and not one of several parts."""
    for node in nodes.values():
        for number, group in enumerate(node.groups):
            links = [each for each in group.members if nodes[each.address].shape == "link"]
            others = tuple(each for each in group.members if nodes[each.address].shape == "balancer")
            if links and len(links) + len(others) == len(group.members) and others:
                node.groups[number] = group._replace(members=others)
                node.needs += links


def _drop_unused_targets(nodes: Mapping[str, Node]) -> None:
    """Leave out targets that are certainly in no zone of any load balancer that forwards to them: "registered targets in an Availability Zone
    that is not enabled do not receive traffic" ("How Elastic Load Balancing works", Elastic Load Balancing User Guide)."""
    enabled: dict[str, list[Lane] | None] = {}
    for node in nodes.values():
        if node.kind != "elasticloadbalancingv2.loadbalancer":
            continue
        for member in (each for group in node.groups for each in group.members):
            if nodes[member.address].shape == "targets":
                before = enabled.setdefault(member.address, [])
                known = before is not None and bool(node.lanes) and node.doubt is None
                enabled[member.address] = [*(before or ()), *node.lanes] if known else None
    for address, lanes in enabled.items():
        for number, group in enumerate(nodes[address].groups):
            if lanes:
                used = tuple(each for each in group.members if not _is_outside(nodes[each.address], lanes))
                nodes[address].groups[number] = group._replace(members=used)


def _is_outside(node: Node, lanes: Sequence[Lane]) -> bool:
    """Whether all places of a resource are certainly in other zones than these."""
    return (
        bool(node.lanes)
        and node.doubt is None
        and all(same_zone(own.zone, each.zone) is False for own in node.lanes for each in lanes)
    )


def _drop_empty_targets(nodes: Mapping[str, Node]) -> None:
    """Leave out target groups that nothing registers with, where a load balancer has others: such defaults serve nothing."""
    for node in nodes.values():
        if node.shape != "balancer":
            continue
        for number, group in enumerate(node.groups):
            used = tuple(each for each in group.members if nodes[each.address].shape != "targets" or nodes[each.address].groups)
            if used:
                node.groups[number] = group._replace(members=used)
