"""Zones that a database or a cache names among those of its subnets, and where the primary node of a cache is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from wa_iac.core.binding import elements, value_at
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.value import Absent, Known, Tree, Unknown

from .nodes import Lane
from .zones import same_zone, zone_key, zone_meant

_OF_DATABASES: Final = ("availability_zone", "AvailabilityZone")
_OF_MEMCACHED: Final = (
    *("preferred_availability_zones", "PreferredAvailabilityZones", "availability_zone", "PreferredAvailabilityZone"),
)
_OF_GROUPS: Final = ("preferred_cache_cluster_azs", "PreferredCacheClusterAZs", "availability_zones")
"""Lists of the zones of a replication group's nodes: "The primary cluster is created in the first AZ in the list" (CreateReplicationGroup)."""
_SHARDS: Final = ("node_group_configuration[]", "NodeGroupConfiguration[]")
_OF_PRIMARY: Final = ("primary_availability_zone", "PrimaryAvailabilityZone")
_OF_REPLICAS: Final = ("replica_availability_zones", "ReplicaAvailabilityZones")


class NamedZones(NamedTuple):
    """The places that a resource names.

    Attributes:
        lanes: its places; empty if nothing names them all.
        primaries: the places of the primary nodes of a cache, one for each shard; empty if nothing names them.
    """

    lanes: tuple[Lane, ...] = ()
    primaries: tuple[Lane, ...] = ()


def named_zones(declared: Declared, shape: str, subnets: tuple[Lane, ...], graph: Graph) -> NamedZones:
    """The zones that a resource of this shape names for itself. They are places in its subnets (`subnets`) that are certainly in them."""
    match shape:
        case "cache":
            return _of_group(declared, subnets, graph)
        case "memcached":
            arguments: tuple[str, ...] = _OF_MEMCACHED
        case _:
            arguments = _OF_DATABASES
    for each in _written(declared.body, arguments):
        return NamedZones(_lanes(_zones(each, graph), subnets))
    return NamedZones()


def _of_group(declared: Declared, subnets: tuple[Lane, ...], graph: Graph) -> NamedZones:
    for listed in _written(declared.body, _OF_GROUPS):
        if isinstance(listed, Unknown):
            return NamedZones(primaries=_lanes([listed.member(0)], subnets))
        zones = _zones(listed, graph)
        return NamedZones(_lanes(zones, subnets), _lanes(zones[:1], subnets))
    primaries: list[Tree] = []
    replicas: list[Tree] = []
    for path in _SHARDS:
        for shard in elements(declared.body, path):
            first = [zone for each in _written(shard, _OF_PRIMARY) for zone in _zones(each, graph)]
            others = [zone for each in _written(shard, _OF_REPLICAS) for zone in _zones(each, graph)]
            if not first:
                return NamedZones()
            primaries += first
            replicas += others
    return NamedZones(_lanes([*primaries, *replicas], subnets) if replicas else (), _lanes(primaries, subnets))


def _written(body: Tree, arguments: tuple[str, ...]) -> Iterator[Tree]:
    """The first of some arguments that is written."""
    for argument in arguments:
        if not isinstance(value := value_at(body, argument), Absent):
            yield value
            return


def _zones(written: Tree, graph: Graph) -> list[Tree]:
    """The zones of an argument that has one zone, or a list of them."""
    items = written.value if isinstance(written, Known) and isinstance(written.value, list) else [written]
    return [zone_meant(each, graph) for each in items if not isinstance(each, Absent)]


def _lanes(zones: list[Tree], subnets: tuple[Lane, ...]) -> tuple[Lane, ...]:
    found: dict[object, list[Lane]] = {}
    for zone in zones:
        inside = [lane for lane in subnets if same_zone(lane.zone, zone)]
        found.setdefault(zone_key(zone), inside or [Lane(zone)])
    return tuple(lane for lanes in found.values() for lane in lanes)
