"""Subnets by what leads out of them."""

from collections.abc import Sequence
from typing import Final

from wa_iac.aws.vpc import Route, RouteTable, RouteTableAssociation, Subnet, Vpc
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import first_unknown
from wa_iac.core.reasons import LookedUp
from wa_iac.core.resource import Resource
from wa_iac.core.value import Known, Unknown, Value

from .unread_modules import made_by_module

PUBLIC = "public"
PRIVATE = "private"
_RANGE: Final = late(r"subnet\w*(?:cidr|range)|cidr\w*subnet")
"""An argument with ranges for subnets to make."""


def made_elsewhere(vpc: Vpc, graph: Graph) -> Unknown | None:
    """Why there may be other subnets of a VPC: a module that cannot be read gets the VPC and ranges for subnets; None if none does."""
    return made_by_module(vpc, graph, _RANGE, "subnets in it")


def tier(subnet: Subnet) -> Value[str]:
    """`PUBLIC` or `PRIVATE`; unknown if the subnet may have another route table."""
    answer = subnet_is_public(subnet)
    if answer == Known(True):
        return Known(PUBLIC)
    doubt = first_unknown(answer, *(association.table.unknown for association in subnet.associations))
    return Known(PRIVATE) if doubt is None else doubt


def subnet_is_public(subnet: Subnet) -> Value[bool]:
    """Whether one of the associated route tables that are known here leads to an internet gateway; the main table is not looked at.

    A gateway that is an attribute of another resource is another kind of gateway.
    """
    doubt = subnet.associations.unknown
    for association in subnet.associations:
        doubt = first_unknown(doubt, None if association.table.targets else association.table.unknown)
        for table in association.table:
            match leads_to_internet(table):
                case Known(True):
                    return Known(True) if association.table.unknown is None else association.table.unknown
                case answer:
                    doubt = first_unknown(doubt, answer)
    return Known(False) if doubt is None else doubt


def own_internet_route(subnets: Sequence[Subnet], subnet: Subnet, graph: Graph) -> Route | None:
    """The separate route that makes one of some subnets public, if it makes no other subnets so; None if there are several."""
    tables = [table for each in subnet.associations for table in each.table]
    routes = [route for table in tables for route in table.routes if route.gateway.targets]
    if len(routes) != 1 or any(route.gateway.targets for table in tables for route in table.inline_routes):
        return None
    uses = graph.pointing(RouteTableAssociation, "table").at
    others = (
        each for table in tables for association, _ in uses.get(id(table.declared), ()) for each in _subnets_of(association)
    )
    return routes[0] if set(subnets).issuperset(others) else None


def _subnets_of(association: Resource) -> Sequence[Subnet]:
    return association.subnets.targets if isinstance(association, RouteTableAssociation) else ()


def leads_to_internet(table: RouteTable) -> Value[bool]:
    """Whether a route of the table goes to an internet gateway."""
    routes = (*table.routes, *table.inline_routes)
    if any(
        route.gateway.targets or _names_gateway(route.gateway.external) or _reads_gateway(route.gateway.unknown)
        for route in routes
    ):
        return Known(True)
    doubts = (*(block.unknown for block in table.inline_routes), *(route.gateway.unknown for route in routes))
    unknown = first_unknown(table.routes.unknown, *(each for each in doubts if each is not None and not each.origin.references))
    return Known(False) if unknown is None else unknown


def _reads_gateway(gateway: Unknown | None) -> bool:
    """Whether it is read from a data source of internet gateways."""
    return gateway is not None and isinstance(gateway.reason, LookedUp) and gateway.reason.type == "aws_internet_gateway"


def _names_gateway(names: tuple[Known[str], ...]) -> bool:
    return any(str(name.value).startswith("igw-") for name in names)


def by_tier(subnets: Sequence[Subnet]) -> tuple[dict[str, list[Subnet]], Unknown | None]:
    """The subnets by tier, where one that is not surely public counts as private; and why that is not known of one."""
    tiers: dict[str, list[Subnet]] = {}
    found = [tier(subnet) for subnet in subnets]
    for subnet, which in zip(subnets, found, strict=True):
        tiers.setdefault(PUBLIC if which == Known(PUBLIC) else PRIVATE, []).append(subnet)
    return tiers, first_unknown(*found)
