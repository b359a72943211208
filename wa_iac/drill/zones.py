"""Availability Zones as the code knows them: by name, by their place in the list of a Region's zones, or only as different unknowns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from wa_iac.aws.parts.zones import zone_elsewhere
from wa_iac.aws.vpc import Subnet, zone_named
from wa_iac.core.algebra import are_equal
from wa_iac.core.binding import value_at
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.logic import first_unknown
from wa_iac.core.reasons import LookedUp, Said, ZonesOf
from wa_iac.core.value import Absent, Known, Tree, Unknown
from wa_iac.knowledge.architecture.kinds import kind_of
from wa_iac.knowledge.placements import subnet_arguments

from .nodes import Lane

SUBNETS: Final = frozenset({"ec2.subnet", "ec2.defaultsubnet"})
_ZONE_ARGUMENTS: Final = (
    *("availability_zone", "AvailabilityZone", "availability_zones", "AvailabilityZones", "availability_zone_name"),
    *("AvailabilityZoneName", "availability_zone_id", "AvailabilityZoneId", "availability_zone_ids", "AvailabilityZoneIds"),
    *("preferred_availability_zone", "preferred_availability_zones", "PreferredAvailabilityZone", "PreferredAvailabilityZones"),
)
_ZONE_OF: Final = ("availability_zone", "AvailabilityZone")
_NETWORKS: Final = (
    *("network_configuration", "network_configuration[0]", "NetworkConfiguration", "NetworkConfiguration.AwsvpcConfiguration"),
    *("vpc_config", "vpc_config[0]", "VpcConfig"),
)
"""The blocks that hold the subnets of a service or a function: if such a block is not known, nor are they."""
_TELLERS: Final = ("ec2.launchtemplate", "autoscaling.launchconfiguration", "ec2.networkinterface")
THREE_ZONES: Final = (
    "All zones of a Region are taken as three, the least that AWS says of a Region. An account may have two in us-west-1, and in us-east-1 there "
    "are six: then what is left is another share."
)
SETTLE: Final = "name its Availability Zone"


class Zone(NamedTuple):
    """A zone of a unit. `name` is what `zone:NAME` calls it, `label` what a reader does."""

    name: str
    value: Tree
    label: str


class Places(NamedTuple):
    """The zones of a resource, and why there may be others.

    Attributes:
        assumed: whether the zones are all of a Region, which are taken as three.
        lists: the lists of subnets that are not known.
    """

    lanes: tuple[Lane, ...]
    doubt: Unknown | None
    lists: tuple[Unknown, ...] = ()
    assumed: bool = False


def zone_of_subnet(declared: Declared, graph: Graph) -> Tree:
    """The zone of a subnet; an unknown of its own if AWS chooses it."""
    if kind_of(declared.type) == "ec2.defaultsubnet":
        return zone_named(value_at(declared.body, "availability_zone"))
    return graph.typed(declared, Subnet).zone


def chosen_by_aws(address: str) -> Unknown:
    """The zone of a resource that names none."""
    return Unknown(Said(f"AWS chooses the zone of {address}", SETTLE), ("zone of", address), Absent().origin)


def places_of(sources: Iterable[Declared], graph: Graph) -> Places:
    """The places that some blocks name, in subnets, or as zones if no subnet is named. The first block that names any decides."""
    doubt: Unknown | None = None
    lists: dict[Unknown, None] = {}
    for source in sources:
        lanes, why, unknown, _ = _in_subnets(source, graph)
        doubt = first_unknown(doubt, why)
        lists |= dict.fromkeys(unknown)
        if lanes:
            return Places(lanes, doubt, tuple(lists))
        if doubt is None:
            zones, doubt, assumed = _zones_named(source, graph)
            if zones:
                return Places(tuple(dict.fromkeys(map(Lane, zones))), None, assumed=assumed)
    return Places((), doubt, tuple(lists))


def _is_single(source: Declared, named: Tree) -> bool:
    """Whether a value is one subnet: what an argument for a single one has, or an element of a written list."""
    waiting: list[Tree] = [source.body]
    while waiting:
        match waiting.pop():
            case Known(dict() as entries):
                if any(entries.get(key) is named for key in ("subnet_id", "SubnetId")):
                    return True
                waiting += entries.values()
            case Known(list() as items):
                if len(items) > 1 and any(each is named for each in items):
                    return True
                waiting += items
            case _:
                continue
    return False


def _in_subnets(source: Declared, graph: Graph) -> Places:
    lanes: dict[Lane, None] = {}
    lists: dict[Unknown, None] = {}
    doubt: Unknown | None = None
    waiting, seen = [source], {id(source)}
    while waiting:
        block = waiting.pop()
        doubt = first_unknown(doubt, *(value_at(block.body, path) for path in _NETWORKS))
        for named in subnet_arguments(block.body):
            found = False
            for each in graph.referred(named):
                kind = kind_of(each.type)
                if each.kind == "resource" and kind in SUBNETS:
                    lanes[Lane(zone_of_subnet(each, graph), each.address)] = None
                    doubt = first_unknown(doubt, each.others)
                elif each.kind == "resource" and kind.endswith("subnetgroup") and id(each) not in seen:
                    seen.add(id(each))
                    waiting.append(each)
                elif id(each) not in seen:
                    continue
                found = True
            if found:
                continue
            if isinstance(named, Known):
                lanes |= {
                    Lane(zone_elsewhere(name)): None
                    for name in str(named.value).split(",")
                    if name.strip().startswith("subnet-")
                }
            elif isinstance(named, Unknown) and _is_single(block, named):
                lanes[Lane(Unknown(named.reason, ("zone of", named.identity), named.origin))] = None
            elif isinstance(named, Unknown):
                doubt = first_unknown(doubt, named)
                lists[named] = None
    return Places(tuple(lanes), doubt, tuple(lists))


def _zones_named(source: Declared, graph: Graph) -> tuple[list[Tree], Unknown | None, bool]:
    """The zones that a block names, why there may be others, and whether they are all of a Region."""
    for argument in _ZONE_ARGUMENTS:
        match value_at(source.body, argument):
            case Known(list() as items):
                return [zone_named(zone_meant(each, graph)) for each in items if not isinstance(each, Absent)], None, False
            case Unknown() as every if _is_every_zone(every):
                # All zones of a Region, which has three at least: "Availability Zones" in "AWS Fault Isolation Boundaries".
                return [every.member(number, distinct=True) for number in range(3)], None, True
            case Unknown() as unknown if argument.endswith("s"):
                return [], unknown, False
            case Known() | Unknown() as value:
                return [zone_named(zone_meant(value, graph))], None, False
            case _:
                continue
    return [], None, False


def _is_every_zone(value: Unknown) -> bool:
    """Whether a value is the whole list of a Region's zones, and not a part of it."""
    match value.reason:
        case ZonesOf():
            return value.itself
        case LookedUp(type="aws_availability_zones", address=address, attribute="names" | "zone_ids" as attribute):
            return value.itself or value.identity == ("data", address, attribute)
        case _:
            return False


def zone_meant(value: Tree, graph: Graph) -> Tree:
    """A zone, or that of the resource whose zone is meant: `aws_subnet.a.availability_zone`, `aws_instance.a.availability_zone`."""
    if isinstance(value, Unknown) and len(value.origin.references) == 1 and not value.parts:
        (reference,) = value.origin.references
        if reference.attribute in _ZONE_OF:
            found = [each for each in graph.at(reference.address) if each.kind == "resource"]
            if len(found) == 1:
                return _zone_of(found[0], value, graph)
    return value


def _zone_of(declared: Declared, otherwise: Tree, graph: Graph) -> Tree:
    """The zone of a resource that is in one, as it is placed where it names the zone or its subnet."""
    if kind_of(declared.type) in SUBNETS:
        return zone_of_subnet(declared, graph)
    if kind_of(declared.type) != "ec2.instance":
        return otherwise
    for source in tellers(declared, (), graph):
        lanes, doubt, *_ = _in_subnets(source, graph)
        if len(lanes) == 1 and doubt is None:
            return lanes[0].zone
        if lanes or doubt is not None:
            return otherwise
        for key in _ZONE_OF:
            if not isinstance(written := value_at(source.body, key), Absent):
                return zone_named(written)
    return chosen_by_aws(declared.address)


def tellers(declared: Declared, parts: Iterable[Declared], graph: Graph) -> Iterator[Declared]:
    """The blocks that may say where a resource is: itself, its parts, and the launch templates and interfaces that it names."""
    yield declared
    own = list(parts)
    yield from own
    for each in graph.referred(declared.body):
        if each.kind == "resource" and kind_of(each.type) in _TELLERS and each not in own:
            yield each


def same_zone(one: Tree, other: Tree) -> bool | None:
    """Whether two zones are the same one; None if that is not known."""
    if isinstance(one, Unknown) and isinstance(other, Unknown) and one.element is not None and other.element is not None:
        if one.element == other.element:
            return True
        if one.element[0] == other.element[0]:
            return False
    if isinstance(one, Known) and isinstance(other, Known) and _is_id(one) != _is_id(other):
        return None  # Which zone has which id differs by account.
    if isinstance(one, Unknown) and isinstance(other, Unknown):
        if _differ_in_a_piece(one, other):
            return False
        if one.choice is not None and one.choice == other.choice:
            return _same_in_each_case(one, other)
    return are_equal(one, other)


def _same_in_each_case(one: Unknown, other: Unknown) -> bool | None:
    """Whether two zones are the same one that one decision chooses, such as the Region: if so, or if not, in each of its cases."""
    pairs = zip(one.alternatives, other.alternatives, strict=False)
    answers = {same_zone(mine.value, theirs.value) for mine, theirs in pairs if mine.label == theirs.label}
    complete = len(one.alternatives) == len(other.alternatives)
    return are_equal(one, other) if len(answers) != 1 or not complete else answers.pop()


def _differ_in_a_piece(one: Unknown, other: Unknown) -> bool:
    """Whether two texts with the same unknown pieces differ in one known piece, and so certainly: `${var.region}a` and `${var.region}b`."""
    pairs = list(zip(one.parts, other.parts, strict=False))
    different = [pair for pair in pairs if pair[0] != pair[1]]
    return len(one.parts) == len(other.parts) and len(different) == 1 and all(isinstance(piece, str) for piece in different[0])


def _is_id(zone: Known[object]) -> bool:
    return re.fullmatch(r"[a-z0-9]+-az[0-9]+", str(zone.value)) is not None


def zones_among(values: Iterable[Tree]) -> list[Zone]:
    """The zones that some values name, each once: those with a name, those that are an element of a list, then the others by a number."""
    distinct: dict[object, Tree] = {}
    for each in values:
        distinct.setdefault(zone_key(each), each)
    named = [each for each in distinct.values() if isinstance(each, Known)]
    listed = [each for each in distinct.values() if isinstance(each, Unknown) and each.element is not None]
    others = [each for each in distinct.values() if isinstance(each, Unknown) and each.element is None]
    zones = [Zone(str(each.value), each, str(each.value)) for each in sorted(named, key=lambda value: str(value.value))]
    taken: set[str] = set()
    for each in sorted(listed, key=lambda value: value.element[1] if value.element is not None else 0):
        place = each.element[1] if each.element is not None else 0
        name = str(place) if str(place) not in taken else f"{place}.{len(taken)}"
        taken.add(name)
        zones.append(Zone(name, each, f"the {_ordinal(place)} zone of the list"))
    number = 0
    for unknown in others:
        while str(number) in taken:
            number += 1
        taken.add(str(number))
        zones.append(Zone(str(number), unknown, f"zone {number} ({unknown.why})"))
    return zones


def alike(zones: Iterable[Zone]) -> list[Zone]:
    """Those of some zones that may be the same one as another of them: values that are not known, and not elements of one list."""
    unknown = [each for each in zones if isinstance(each.value, Unknown)]
    return [each for each in unknown if any(same_zone(each.value, other.value) is None for other in unknown if other != each)]


def are_apart(lanes: Iterable[Lane]) -> bool:
    """Whether some places are certainly in two zones at least. Two expressions that are not known may mean one zone."""
    zones = list({zone_key(each.zone): each.zone for each in lanes}.values())
    return any(same_zone(one, other) is False for number, one in enumerate(zones) for other in zones[:number])


def _ordinal(place: int) -> str:
    names = ("first", "second", "third", "fourth", "fifth", "sixth")
    return names[place] if place < len(names) else f"{place + 1}th"


def zone_key(zone: Tree | Lane) -> object:
    """What is the same for two zones, or places in zones, that are the same by the code."""
    if isinstance(zone, Lane):
        return zone_key(zone.zone)
    return ("element", zone.element) if isinstance(zone, Unknown) and zone.element is not None else zone


def distinct_zones(lanes: Sequence[Lane]) -> list[list[int]]:
    """The numbers of some lanes, by zone."""
    groups: dict[object, list[int]] = {}
    for number, lane in enumerate(lanes):
        groups.setdefault(zone_key(lane.zone), []).append(number)
    return list(groups.values())
