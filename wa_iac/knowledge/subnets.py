"""Subnets by what leads out of them."""

from collections.abc import Iterable

from wa_iac.aws.vpc import RouteTable, Subnet
from wa_iac.core.logic import first_unknown
from wa_iac.core.value import Absent, Known, Unknown, Value

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


def leads_to_internet(table: RouteTable) -> Value[bool]:
    """Whether a route of the table goes to an internet gateway."""
    doubt = table.routes.unknown
    for route in (*table.routes, *table.inline_routes):
        if route.gateway.targets or any(str(each.value).startswith("igw-") for each in route.gateway.external):
            return Known(True)
    for block in table.inline_routes:
        doubt = first_unknown(doubt, block.unknown)
    return Known(False) if doubt is None else doubt


def instances_unknown(subnets: Iterable[Subnet]) -> Unknown | None:
    """Why a subnet stands for an unknown number of them, if one does."""
    return first_unknown(*(subnet.declared.others for subnet in subnets))
