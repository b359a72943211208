"""The VPCs of a unit, with their zones and subnets, as groups."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from wa_iac.aws.vpc import Subnet, zone_named
from wa_iac.core.binding import value_at
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.value import Absent, Known, Tree, Unknown
from wa_iac.knowledge.subnets import subnet_is_public

from .kinds import kind_of
from .labels import label_of
from .mentions import Mentions
from .regions import ACCOUNT, Regions
from .shapes import Group, Part

_VPC_ARGUMENTS: Final = ("vpc_id", "VpcId", "vpc", "VPCId")
_ZONE_ARGUMENTS: Final = ("availability_zone", "AvailabilityZone")
_ZONAL: Final = frozenset({"ec2.volume", "ec2.instance"})
"""Kinds that may name their zone without a subnet. (The zone of a database is one that it prefers among those of its subnets.)"""


class Boxes(NamedTuple):
    """The groups that a subnet is in. The zone is empty if AWS chooses it."""

    subnet: str
    zone: str
    vpc: str
    region: str


class Networks:
    """The VPCs and subnets of a unit. A VPC that is declared elsewhere is a group without an address, if something names it."""

    def __init__(
        self, graph: Graph, mentions: Mentions, regions: Regions, parts_of: Callable[[Declared], tuple[Part, ...]]
    ) -> None:
        self._graph: Final = graph
        self._mentions: Final = mentions
        self._regions: Final = regions
        self._parts_of: Final = parts_of
        self._groups: Final[dict[str, Group]] = {}
        self._elsewhere: Final[dict[Tree, str]] = {}
        self._zones: Final[dict[tuple[str, Tree], str]] = {}
        self._boxes: Final[dict[int, Boxes]] = {}
        for each in mentions.resources:
            if kind_of(each.type) in ("ec2.vpc", "ec2.defaultvpc"):
                self._add_vpc(each)
        self._public_mains: Final = frozenset(self._mains_to_internet())
        for each in mentions.resources:
            if kind_of(each.type) in ("ec2.subnet", "ec2.defaultsubnet"):
                self._boxes[id(each)] = self._add_subnet(each)

    def groups(self) -> list[Group]:
        """VPCs, zones and subnets."""
        return list(self._groups.values())

    def of(self, subnet: Declared) -> Boxes:
        """The groups of a subnet of this unit."""
        return self._boxes[id(subnet)]

    def common(self, subnets: Sequence[Declared]) -> str:
        """The id of the smallest group that all of some subnets are in."""
        boxes = [self.of(each) for each in subnets]
        for level in ("subnet", "zone", "vpc", "region"):
            names: set[str] = {getattr(each, level) for each in boxes}
            if len(names) == 1 and "" not in names:
                return names.pop()
        return ACCOUNT

    def vpc_named_by(self, declared: Declared) -> str:
        """The id of the VPC that a resource names itself; empty if it names none. One that is declared elsewhere is made."""
        here = dict.fromkeys(
            each.target.address
            for each in self._mentions.of(declared)
            if kind_of(each.target.type) in ("ec2.vpc", "ec2.defaultvpc") and _is_about_vpc(each.path, declared)
        )
        if len(here) == 1:
            return f"vpc:{next(iter(here))}"
        value = next((v for key in _VPC_ARGUMENTS if not isinstance(v := value_at(declared.body, key), Absent)), None)
        if here or value is None or (isinstance(value, Known) and not isinstance(value.value, str)):
            return ""
        return self._vpc_elsewhere(value, declared)

    def _vpc_elsewhere(self, value: Tree, user: Declared) -> str:
        name = self._elsewhere.get(value)
        if name is None:
            name = self._elsewhere[value] = f"vpc:?{len(self._elsewhere) + 1}"
            why = value.why if isinstance(value, Unknown) else f"its id is {value.value}" if isinstance(value, Known) else ""
            note = f"it is not declared here: {why}" if why else "it is not declared here"
            self._groups[name] = Group(name, "vpc", "VPC", self._regions.of(user), note=note)
        return name

    def _add_vpc(self, declared: Declared) -> None:
        name = f"vpc:{declared.address}"
        cidr = next((v for key in ("cidr_block", "CidrBlock") if isinstance(v := value_at(declared.body, key), Known)), None)
        label = "default VPC" if kind_of(declared.type) == "ec2.defaultvpc" else label_of(declared)
        note = str(cidr.value) if cidr is not None else ""
        parts = self._parts_of(declared)
        self._groups[name] = Group(name, "vpc", label, self._regions.of(declared), declared.address, note, parts=parts)

    def _add_subnet(self, declared: Declared) -> Boxes:
        region = self._regions.of(declared)
        vpc = self.vpc_named_by(declared) or self._default_vpc(region)
        subnet = self._graph.typed(declared, Subnet)
        zone = self._zone(vpc, subnet.zone) if not isinstance(subnet.availability_zone, Absent) else ""
        public: bool | None
        match subnet_is_public(subnet):
            case Known(True):
                public, why = True, "public: its route table leads to an internet gateway"
            case Known(False) if subnet.associations.targets:
                public, why = False, "private: its route table does not lead to an internet gateway"
            case Known():
                public, why = None, "it uses the main route table"
            case Unknown() as unknown:
                public, why = None, f"whether it is public is not known: {unknown.why}"
            case _:
                public, why = None, ""
        if public is None and vpc in self._public_mains and self._uses_main(subnet):
            public, why = True, "public: the main route table of its VPC leads to an internet gateway"
        cidr = f"{subnet.cidr.value}; " if isinstance(subnet.cidr, Known) else ""
        name = f"subnet:{declared.address}"
        chosen = "" if zone else "; AWS chooses its zone"
        label, parts = label_of(declared), self._parts_of(declared)
        self._groups[name] = Group(
            name, "subnet", label, zone or vpc, declared.address, f"{cidr}{why}{chosen}", public, parts=parts
        )
        return Boxes(name, zone, vpc, region)

    def _mains_to_internet(self) -> Iterator[str]:
        """The ids of the VPCs whose main route table certainly leads to an internet gateway: the table as it is taken over, a table that is
        made the main one, or a route that is added to it."""
        for each in self._mentions.resources:
            kind = kind_of(each.type)
            if kind not in ("ec2.defaultroutetable", "ec2.mainroutetableassociation", "ec2.route"):
                continue
            named = {mention.path: mention.target for mention in self._mentions.of(each)}
            vpc = named.get({"ec2.defaultroutetable": "defaultroutetableid", "ec2.route": "routetableid"}.get(kind, "vpcid"))
            if vpc is None or kind_of(vpc.type) != "ec2.vpc" or each.condition is not None:
                continue
            table = named.get("routetableid") if kind == "ec2.mainroutetableassociation" else None
            sources = (
                [each] if table is None else [table, *(user for user, mention in self._mentions.by(table) if _is_route(user))]
            )
            if any(_leads_out(mention.target, mention.path) for source in sources for mention in self._mentions.of(source)):
                yield f"vpc:{vpc.address}"

    @staticmethod
    def _uses_main(subnet: Subnet) -> bool:
        """Whether all that a subnet is associated with is the main route table of its VPC, which it also uses without an association."""
        tables = [each.table for each in subnet.associations]
        return all(
            not table.targets
            and any(
                each.attribute in ("main_route_table_id", "default_route_table_id") for each in table.value.origin.references
            )
            for table in tables
        )

    def _default_vpc(self, region: str) -> str:
        """The group for subnets of which nothing says in which VPC they are."""
        name = f"vpc:{region}:?"
        self._groups.setdefault(name, Group(name, "vpc", "VPC", region, note="nothing says which VPC it is"))
        return name

    def _zone(self, around: str, zone: Known[str] | Unknown) -> str:
        """The id of a zone of a VPC. Unknown zones are one group each; equal ones are the same."""
        key: Tree = Known(zone.element) if isinstance(zone, Unknown) and zone.element is not None else zone
        name = self._zones.get((around, key))
        if name is None:
            number = 1 + sum(vpc == around for vpc, _ in self._zones)
            name = self._zones[around, key] = f"zone:{around}:{number}"
            if isinstance(zone, Known):
                label, note = str(zone.value), ""
            elif zone.element is not None:
                label, note = f"zone {zone.element[1]}", "its place in the list of the Region's zones, from 0"
            else:
                label, note = f"zone {number}", f"its name is not known: {zone.why}"
            self._groups[name] = Group(name, "zone", label, around, note=note)
        return name

    def zone_alone(self, declared: Declared, region: str) -> str:
        """The id of the zone of a resource that names a zone and no subnet: that of the Region's only VPC that has it, or one beside the
        VPCs; empty if it names none."""
        if kind_of(declared.type) not in _ZONAL:
            return ""
        value = next((v for key in _ZONE_ARGUMENTS if not isinstance(v := value_at(declared.body, key), Absent)), None)
        if value is None:
            return ""
        zone = zone_named(value)
        key: Tree = Known(zone.element) if isinstance(zone, Unknown) and zone.element is not None else zone
        inside = [name for (vpc, each), name in self._zones.items() if each == key and self._parent(vpc) == region]
        return inside[0] if len(inside) == 1 else self._zone(region, zone)

    def _parent(self, vpc: str) -> str:
        return self._groups[vpc].parent if vpc in self._groups else ""


def _is_about_vpc(path: str, declared: Declared) -> bool:
    """Whether an argument says in which VPC something is. Names and ranges are made of a VPC's attributes, too."""
    first, _, _ = path.partition(".")
    return ("vpc" in path and first not in ("tags", "tagsall", "name")) or kind_of(declared.type) in (
        "ec2.flowlog",
        "ec2.subnet",
    )


def _is_route(declared: Declared) -> bool:
    return kind_of(declared.type) == "ec2.route" and declared.condition is None


def _leads_out(target: Declared, path: str) -> bool:
    return kind_of(target.type) == "ec2.internetgateway" and "gateway" in path
