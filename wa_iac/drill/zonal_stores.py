"""Clusters of caches, search and streams: what is left of them if a zone fails."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from wa_iac.aws.elasticache import Cluster, ReplicationGroup
from wa_iac.aws.opensearch import Domain
from wa_iac.core.binding import value_at
from wa_iac.core.graph import Graph
from wa_iac.core.value import Absent, Known, Tree, Unknown

from . import sources
from .nodes import Node, State
from .zones import are_apart

_NAME_PRIMARY: Final = (
    "name the zones of its nodes, that of the primary first (PreferredCacheClusterAZs, preferred_cache_cluster_azs)"
)
_NO_REPLICA: Final = "Make a node in another zone, and fill it again: from a snapshot, or as it is used."


def cache(node: Node, down: int, zones: int, worst: bool, primary: bool, graph: Graph) -> State | None:
    """A cache with replicas: it fails over if it may, and if a replica is in another zone.

    Args:
        primary: whether its primary node is lost.
    """
    nodes, automatic, apart, source = _of_cache(node, graph)
    if isinstance(nodes, Known) and str(nodes.value).isdigit() and int(nodes.value) < 2:
        if down < zones and not worst:
            return None
        return State("stops", how=_NO_REPLICA, control_plane="It takes the control plane of the cache.", source=source)
    doubt = next((each for each in (nodes, automatic, apart) if isinstance(each, Unknown)), None)
    if doubt is not None and worst:
        return State("stops", how=_NO_REPLICA, source=source).unless(doubt)
    if down >= zones and apart != Known(True):
        return State("stops", how=_NO_REPLICA, source=source)
    if apart != Known(True) and worst:
        how = f"{_NO_REPLICA} Without Multi-AZ, its replicas may be in the same zone as the primary."
        settle = "turn Multi-AZ on" if automatic == Known(True) else _NAME_PRIMARY
        return State("stops", how=how, source=source, settle=settle)
    if automatic != Known(True) and doubt is None:
        if not primary and down < zones:
            return None
        how = "Its replicas serve reads; nothing is written until somebody makes one of them the primary."
        settle = "" if node.primaries else _NAME_PRIMARY
        return State(
            "degrades", how=how, control_plane="It takes the control plane of the cache.", source=source, settle=settle
        )
    if not worst and down < zones:
        return None
    how = "A replica in another zone becomes the primary: a few seconds as a rule. Writes of the last moments may be lost."
    return State("recovers", time="seconds", how=how, source=source)


def _of_cache(node: Node, graph: Graph) -> tuple[Tree, Tree, Tree, str]:
    """Its nodes in a shard, whether it fails over, and whether its nodes are surely in different zones."""
    if node.kind.startswith("memorydb"):
        keys = ("num_replicas_per_shard", "NumReplicasPerShard")
        replicas = next((v for key in keys if not isinstance(v := value_at(node.declared.body, key), Absent)), Known(1))
        return _one_more(replicas), Known(True), Known(True), sources.MEMORYDB
    group = graph.typed(node.declared, ReplicationGroup)
    nodes: Tree = group.nodes if not isinstance(group.nodes, Absent) else _one_more(group.replicas_per_shard)
    if isinstance(nodes, Absent):
        found = [each.replicas for each in group.node_groups if isinstance(each.replicas, Known)]
        nodes = _one_more(found[0]) if found else Known(1 + len(group.clusters.targets))
    apart = bool(node.primaries) and are_apart(node.lanes)
    return nodes, group.automatic_failover, Known(True) if apart else group.multi_az, sources.CACHE


def _one_more(value: Tree) -> Tree:
    return Known(int(value.value) + 1) if isinstance(value, Known) and str(value.value).isdigit() else value


def memcached(node: Node, down: int, zones: int, worst: bool, graph: Graph) -> State | None:
    """A cache without replicas: what was on the lost nodes has to be read again from where it comes from."""
    cluster = graph.typed(node.declared, Cluster)
    nodes = int(cluster.nodes.value) if isinstance(cluster.nodes, Known) else 1
    if cluster.az_mode == Known("cross-az") and nodes > 1 and down < zones:
        lost = -(-nodes // zones) * down if worst else nodes // zones * down
        if lost == 0:
            return None
        how = "The other nodes serve on; what the lost ones held is read again from its source."
        return State("degrades", Fraction(max(0, nodes - lost), nodes), how=how, source=sources.MEMCACHED)
    if down < zones and not worst:
        return None
    settle = "its zone: preferred_availability_zones" if down < zones else ""
    return State(
        "stops",
        how=_NO_REPLICA,
        control_plane="It takes the control plane of the cache.",
        source=sources.MEMCACHED,
        settle=settle,
    )


def search(node: Node, worst: bool, graph: Graph) -> State | None:
    """A domain: with zone awareness, its nodes and the replicas of its shards are in two or three zones."""
    domain = graph.typed(node.declared, Domain)
    if domain.standby == Known(True):
        how = "The zone on standby takes over."
        return State("recovers", time="seconds", how=how, source=sources.SEARCH) if worst else None
    aware = domain.zone_awareness
    if aware != Known(True):
        how = "Restore the last snapshot into a domain in other zones: without zone awareness, all its nodes are in one zone."
        return State(
            "stops",
            how=how,
            control_plane="It takes the control plane of OpenSearch Service.",
            source=sources.SEARCH,
        ).unless(aware)
    zones = _zones_of(node)
    if zones is None:
        how = "Two thirds of its nodes are left with three zones, half of them with two."
        return State("unknown" if worst else "degrades", how=how, source=sources.SEARCH, settle="its number of zones")
    share = Fraction(zones - 1, zones)
    if zones == 2 and domain.dedicated_masters != Known(True) and worst:
        how = "Without dedicated masters, two zones may lose the quorum with one of them. Indexes without a replica lose data."
        return State("stops", how=how, source=sources.SEARCH, settle="use three zones, or three dedicated masters")
    how = "The nodes of the other zones serve on. Indexes without a replica in another zone lose data."
    return State("degrades", share, how=how, source=sources.SEARCH)


def _zones_of(node: Node) -> int | None:
    """The zones of a domain that is aware of zones: two by default."""
    paths = (
        "cluster_config.zone_awareness_config.availability_zone_count",
        "ClusterConfig.ZoneAwarenessConfig.AvailabilityZoneCount",
        "ElasticsearchClusterConfig.ZoneAwarenessConfig.AvailabilityZoneCount",
    )
    found = next((v for path in paths if not isinstance(v := value_at(node.declared.body, path), Absent)), Known(2))
    return int(found.value) if isinstance(found, Known) and str(found.value).isdigit() else None


def kafka(down: int, zones: int, worst: bool) -> State:
    """A cluster of brokers, the same number in each zone. What is left of a topic depends on its replicas, which the code does not have."""
    share = Fraction(max(0, zones - down), zones)
    if down >= zones:
        return State("stops", how="All its brokers are in the zone that fails.", source=sources.KAFKA)
    if not worst:
        return State("degrades", share, source=sources.KAFKA)
    how = (
        "The brokers of the other zones serve the topics that have enough replicas there: a replication factor of 3 and min.insync.replicas of "
        "2 are the defaults of a cluster in three zones."
    )
    settle = "the replication factor and min.insync.replicas of its topics"
    return State("unknown", share, how=how, source=sources.KAFKA_DEFAULT, settle=settle)
