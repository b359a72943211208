"""Where each resource is: account, Region, VPC, zone, subnet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.value import Known, Unknown
from wa_iac.knowledge.placements import subnet_arguments

from .categories import category_of
from .kinds import kind_of
from .mentions import Mentions
from .owners import Owners
from .regions import ACCOUNT, Regions
from .scopes import is_aws, is_global, must_be_in_vpc
from .shapes import CATEGORIES, Group, Part
from .vpcs import Networks

_GROUPS: Final = ("ec2.vpc", "ec2.subnet", "ec2.defaultvpc", "ec2.defaultsubnet")


class Place(NamedTuple):
    """Where a resource is.

    Attributes:
        group: the id of the group that it is in.
        also_in: ids of the other groups that it is in, if it is in several.
        doubt: why its place is not known, if it is not.
    """

    group: str
    also_in: tuple[str, ...] = ()
    doubt: str = ""


class Placement:
    """The groups of a unit, and the place of each node."""

    def __init__(self, graph: Graph, mentions: Mentions, owners: Owners) -> None:
        self._graph: Final = graph
        self._mentions: Final = mentions
        self._owners: Final = owners
        self._regions: Final = Regions()
        self.parts: Final[dict[int, list[Declared]]] = defaultdict(list)
        """The parts of each node and of each VPC or subnet, by the `id` of its block."""
        for each in mentions.resources:
            if (node := owners.node(each)) is not each:
                self.parts[id(node)].append(each)
        self._networks: Final = Networks(graph, mentions, self._regions, self._parts_of)
        self._categories: Final[dict[str, Group]] = {}
        self.places: Final = {
            id(each): self._place(each) for each in mentions.resources if not owners.is_part(each) and not is_group(each)
        }
        """The place of each node, by the `id` of its block."""

    @property
    def groups(self) -> tuple[Group, ...]:
        """All groups, each after the one around it."""
        found = [*self._regions.groups(), *self._networks.groups(), *self._categories.values()]
        children: dict[str, list[Group]] = defaultdict(list)
        for each in found:
            children[each.parent].append(each)
        ordered: list[Group] = []
        waiting = list(reversed(children[""]))
        while waiting:
            each = waiting.pop()
            ordered.append(each)
            waiting += reversed(children[each.id])
        return tuple(ordered)

    def _parts_of(self, declared: Declared) -> tuple[Part, ...]:
        return tuple(Part(each.address, each.type, each.extent) for each in self.parts.get(id(declared), ()))

    def _place(self, declared: Declared) -> Place:
        if is_global(declared):
            return Place(self._category(ACCOUNT, declared))
        subnets = self._subnets(declared)
        if len(subnets) == 1:
            return Place(self._networks.of(subnets[0]).subnet)
        if subnets:
            around = self._networks.common(subnets)
            return Place(around, tuple(dict.fromkeys(self._networks.of(each).subnet for each in subnets)))
        region = self._regions.of(declared)
        vpc = self._vpc(declared)
        doubt = self._doubt(declared, vpc)
        if vpc:
            return Place(vpc, doubt=doubt)
        zone = self._networks.zone_alone(declared, region)
        return Place(zone or self._category(region, declared), doubt=doubt)

    def _doubt(self, declared: Declared, vpc: str) -> str:
        """Why the place of something that is in no known subnet is not known."""
        why = ""
        for source in self._speakers(declared):
            for named in subnet_arguments(source.body):
                if any(each.kind == "resource" for each in self._graph.referred(named)):
                    continue
                if isinstance(named, Unknown):
                    why = named.why
                elif isinstance(named, Known) and str(named.value).startswith("subnet-"):
                    why = f"{named.value} is declared elsewhere"
        if why:
            return f"its subnets are not known: {why}"
        if vpc or not must_be_in_vpc(declared):
            return ""
        return "nothing says which VPC it is in"

    def _category(self, region: str, declared: Declared) -> str:
        category = category_of(declared.type)
        name = f"category:{region}:{category}"
        if name not in self._categories:
            foreign = not is_aws(declared)
            note = "" if region != ACCOUNT else "not of AWS" if foreign else "outside of any Region"
            label = "Other providers" if foreign else CATEGORIES[category]
            self._categories[name] = Group(name, "category", label, region, note=note)
        return name

    def _subnets(self, declared: Declared) -> list[Declared]:
        """The subnets that a node, one of its parts, or what it takes its subnets from names, each once."""
        found: dict[int, Declared] = {}
        for source in self._speakers(declared):
            for mention in self._mentions.of(source):
                if kind_of(mention.target.type) in ("ec2.subnet", "ec2.defaultsubnet") and not mention.through:
                    found.setdefault(id(mention.target), mention.target)
            if found:
                break
        return list(found.values())

    def _speakers(self, declared: Declared) -> Iterator[Declared]:
        """The blocks that may say where a node is, the nearest first: itself, its parts, and what it is started from or belongs to."""
        waiting, seen = [declared], {id(declared)}
        while waiting:
            each = waiting.pop(0)
            yield each
            more = list(self.parts.get(id(each), ()))
            more += [mention.target for mention in self._mentions.of(each) if _tells(each, mention.path, mention.target)]
            for other in more:
                if id(other) not in seen and _may_tell(other):
                    seen.add(id(other))
                    waiting.append(other)

    def _vpc(self, declared: Declared) -> str:
        """The id of the VPC of a node that is in no known subnet; empty if it is in none, or that is not known."""
        for source in self._speakers(declared):
            if (found := self._networks.vpc_named_by(source)) and not _is_everywhere(declared):
                return found
        clusters = (m.target for each in self._speakers(declared) for m in self._mentions.of(each) if _is_in(each, m.target))
        if found := next((vpc for each in clusters if (vpc := self._vpc(each))), ""):
            return found
        groups = (m.target for each in self._speakers(declared) for m in self._mentions.of(each) if "securitygroup" in m.path)
        return next((found for each in groups if (found := self._networks.vpc_named_by(each))), "")


def is_group(declared: Declared) -> bool:
    """Whether a resource is shown as a box around others: a VPC or a subnet."""
    return kind_of(declared.type) in _GROUPS


def _is_everywhere(declared: Declared) -> bool:
    """Whether what names a VPC is beside it: a hosted zone that is associated with it, a sharing."""
    return kind_of(declared.type).partition(".")[0] in ("route53", "ram", "route53resolver")


def _tells(source: Declared, path: str, target: Declared) -> bool:
    """Whether a resource is where the target is: a subnet group, a launch template, an interface, the cluster of a database's instance."""
    kind = kind_of(target.type)
    if kind.endswith("subnetgroup") or kind in (
        "ec2.launchtemplate",
        "autoscaling.launchconfiguration",
        "ec2.networkinterface",
    ):
        return True
    own = kind_of(source.type)
    return kind.endswith(".dbcluster") and own.endswith("instance") and "cluster" in path


def _is_in(source: Declared, target: Declared) -> bool:
    """Whether a resource is in the VPC of another one, but not always in the same subnets: nodes of a cluster."""
    return kind_of(source.type) in ("eks.nodegroup", "eks.fargateprofile") and kind_of(target.type) == "eks.cluster"


_BESIDE: Final = ("ec2.flowlog", "efs.accesspoint", "ec2.route", "ec2.subnetroutetableassociation")


def _may_tell(declared: Declared) -> bool:
    """Whether a part says where its owner is. Routes and rules name what is elsewhere."""
    kind = kind_of(declared.type)
    return (
        not kind.startswith(("ec2.route", "ec2.subnet", "ec2.securitygroup", "ec2.networkacl", "iam.")) and kind not in _BESIDE
    )
