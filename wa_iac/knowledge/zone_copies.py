"""Whether a resource in one Availability Zone is one of several: a service and its standby, a load balancer or a group for each zone.

Copies are of one type, and their addresses (with the modules, names and keys in them) differ only in words for a zone, a number or a part in a
pair: `dhcp` and `dhcp_standby`, `web_a` and `web_b`, `node["eu-west-1a"]` and `node["eu-west-1b"]`. Services of Amazon ECS with one task
definition are copies, too. Databases and caches are none: two without replication do not stand in for each other.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from functools import lru_cache
from typing import Final, TypeAlias, cast

from wa_iac.aws import elb
from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.aws.ec2 import Instance
from wa_iac.aws.ecs import Service
from wa_iac.aws.elbv2 import LoadBalancer
from wa_iac.aws.parts.zones import Place, zone_elsewhere
from wa_iac.aws.vpc import zone_named
from wa_iac.core.algebra import count_distinct
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.reasons import Said
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value

from .called import words_of
from .servers import zone_of

Zonal: TypeAlias = AutoScalingGroup | Instance | LoadBalancer | Service | elb.LoadBalancer

_IN_A_PAIR: Final = frozenset(
    {
        *(
            "active",
            "failover",
            "ha",
            "hot",
            "main",
            "master",
            "passive",
            "primary",
            "replica",
            "secondary",
            "slave",
            "spare",
            "standby",
        ),
        *("one", "two", "three", "four", "first", "second", "third", "fourth"),
        *("az", "azs", "zone", "availability"),
        *("a", "b", "c", "d", "e", "f"),
    }
)
"""Words that tell one of several copies from the others."""
_REGIONAL: Final = late(r"(?:af|ap|ca|eu|il|me|mx|sa|us|cn)(?:-gov)?-[a-z]+-\d[a-z]?")
"""The name of a Region or a zone."""
_NUMBER: Final = late(r"\d+[a-f]?$")
_MOST: Final = 50
"""Copies that are compared."""


def one_of_several(resource: Zonal, graph: Graph) -> Value[bool]:
    """Whether a resource that is in one zone has copies, and they are in several zones together. Unknown if there are copies whose zones are
    not known, or the resource stands for an unknown number of instances, which may be in a zone each."""
    own = _zones(resource)
    others = [each for each in _copies(resource, graph) if each is not resource][:_MOST]
    found = [*own, *(zone for each in others for zone in _zones(each))]
    least, most = count_distinct(found)
    if others and least > 1:
        return Known(True)
    if resource.declared.others is not None and not all(isinstance(each, Known) for each in own):
        return resource.declared.others
    if not others or most < 2:
        return Known(False)
    why = Said(f"whether {others[0].address} is a copy of it in another Availability Zone is not known")
    return Unknown(why, ("copies", resource.address), resource.absent.origin)


def _copies(resource: Zonal, graph: Graph) -> Iterator[Zonal]:
    found = cast("dict[Hashable, Sequence[Zonal]]", graph.index(resource.own_class, _kinds))
    for kind in _kinds(resource):
        yield from found.get(kind, ())


def _kinds(resource: Zonal) -> Iterator[Hashable]:
    """What a resource has in common with its copies."""
    yield _stem(resource.address)
    if isinstance(resource, Service) and isinstance(resource.task_definition.value, Known | Unknown):
        yield resource.task_definition.value


@lru_cache(4096)
def _stem(address: str) -> tuple[str, ...]:
    """The words of an address without those that tell copies apart."""
    words = words_of(_REGIONAL.sub(" ", address)).split()
    stems = (_NUMBER.sub("", each) for each in words)
    return tuple(each for each in stems if each and each not in _IN_A_PAIR)


def _zones(resource: Zonal) -> list[Tree]:
    """The zones that a resource is in, known or not."""
    if isinstance(resource, Instance):
        return [zone_of(resource)]
    if not resource.places and not isinstance(resource, Service | LoadBalancer):
        listed = resource.availability_zones
        if isinstance(listed, Unknown):
            return [listed]
        return [zone_named(each) for each in listed.value] if isinstance(listed, Known) else []
    return [zone for each in resource.places for zone in _zones_at(each)]


def _zones_at(place: Place) -> Iterator[Tree]:
    if place.subnet.targets:
        yield from (each.zone for each in place.subnet)
        return
    match place.written:
        case Known(text):
            yield from (zone_elsewhere(name) for name in str(text).split(","))
        case Unknown() as unknown:
            yield Unknown(unknown.reason, ("zone of", unknown.identity), unknown.origin)
        case Absent():
            pass
