"""Subnets by what leads out of them."""

from collections.abc import Iterable, Sequence

from wa_iac.aws.vpc import RouteTable, Subnet
from wa_iac.core.logic import first_unknown
from wa_iac.core.reasons import Said
from wa_iac.core.resource import Resource
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value

PUBLIC = "public"
PRIVATE = "private"


def tier(subnet: Subnet) -> Value[str]:
    """`PUBLIC` where an associated route table leads to an internet gateway, else `PRIVATE`; the main table is not looked at."""
    doubt = subnet.associations.unknown
    for association in subnet.associations:
        doubt = first_unknown(doubt, association.table.unknown)
        for table in association.table:
            match leads_to_internet(table):
                case Known(True):
                    return Known(PUBLIC)
                case Unknown() as why:
                    doubt = first_unknown(doubt, why)
                case Known() | Absent():
                    pass
    return Known(PRIVATE) if doubt is None else doubt


def is_public(subnet: Subnet) -> Value[bool]:
    """Whether an associated route table leads to an internet gateway. An attribute of another resource is another kind of gateway."""
    doubt = subnet.associations.unknown
    for association in subnet.associations:
        for table in association.table:
            gateways = [route.gateway for route in (*table.routes, *table.inline_routes)]
            if any(gateway.targets or _names_gateway(gateway.external) for gateway in gateways):
                return Known(True) if association.table.unknown is None else association.table.unknown
            for unknown in (table.routes.unknown, *(gateway.unknown for gateway in gateways)):
                if unknown is not None and not unknown.origin.references:
                    doubt = first_unknown(doubt, unknown)
    return Known(False) if doubt is None else doubt


def _names_gateway(names: tuple[Known[str], ...]) -> bool:
    return any(str(name.value).startswith("igw-") for name in names)


def leads_to_internet(table: RouteTable) -> Value[bool]:
    """Whether a route of the table goes to an internet gateway."""
    doubt = table.routes.unknown
    for route in (*table.routes, *table.inline_routes):
        if route.gateway.targets or _names_gateway(route.gateway.external):
            return Known(True)
    for block in table.inline_routes:
        doubt = first_unknown(doubt, block.unknown)
    return Known(False) if doubt is None else doubt


def zone(subnet: Subnet) -> Tree:
    """The zone it is in; an unknown of its own where it names none."""
    match subnet.availability_zone:
        case Absent():
            return Unknown(
                Said("AWS chooses the zone of a subnet that names none"), ("zone of", subnet.address), subnet.absent.origin
            )
        case named:
            return named


def instances_unknown(resources: Iterable[Resource]) -> Unknown | None:
    """Why one of some resources stands for an unknown number of them, if one does."""
    for each in resources:
        if each.representative:
            return Unknown(each.representative, ("instances", each.address), each.absent.origin)
    return None


def by_tier(subnets: Sequence[Subnet]) -> tuple[dict[str, list[Subnet]], Unknown | None]:
    """The subnets by tier, where one that is not surely public counts as private; and why that is not known of one."""
    tiers: dict[str, list[Subnet]] = {}
    found = [tier(subnet) for subnet in subnets]
    for subnet, which in zip(subnets, found, strict=True):
        tiers.setdefault(PUBLIC if which == Known(PUBLIC) else PRIVATE, []).append(subnet)
    return tiers, first_unknown(*found)
