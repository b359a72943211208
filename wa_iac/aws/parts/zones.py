"""The number of Availability Zones of a resource: for load balancers, groups of instances and services."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Final

from wa_iac.aws.vpc import Subnet, zone_named
from wa_iac.core.algebra import count_distinct
from wa_iac.core.binding import Cfn, Tf
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import first_unknown
from wa_iac.core.reasons import LookedUp, Said, ZonesOf
from wa_iac.core.resource import Block, Link
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value

SEVERAL: Final = 2
"""The value of `spread` and `zones` for two zones or more."""
_SUBNET_ID: Final = late(r"subnet-[0-9a-f]+")


class Place(Block):
    """A subnet of a resource."""

    subnet: Annotated[Link[Subnet], Cfn(""), Tf("")]
    written: Annotated[Value[Any], Cfn(""), Tf("")]


def spread(places: Sequence[Place], listed: Value[list[Value[str]]]) -> Value[int]:
    """Number of zones of these subnets: 1, or `SEVERAL`; absent if there are none. `listed` is the list as written."""
    if isinstance(listed, Unknown):
        return listed
    if not places:
        return Absent(listed.origin)
    found: list[Tree] = []
    doubt: Unknown | None = None
    for place in places:
        if place.subnet.targets:
            found.extend(each.zone for each in place.subnet)
            doubt = first_unknown(first_unknown(doubt, place.subnet.unknown), _several_in_one(place))
            continue
        match place.written:
            case Known(text) if (wrong := no_subnet_id(str(text))) is not None:
                # A blank to fill in, or the default of a parameter that must be given: two of them are not the same subnet.
                why = Said(wrong, "give its id")
                doubt = first_unknown(doubt, Unknown(why, ("no id", place.written.origin.span), place.written.origin))
            case Known(text):
                found.extend(zone_elsewhere(name) for name in str(text).split(","))
            case Unknown() as unknown if len(places) > 1:
                found.append(Unknown(unknown.reason, ("zone of", unknown.identity), unknown.origin))
            case Unknown() as unknown:
                # A single element may contain several names, joined by commas.
                doubt = first_unknown(doubt, unknown)
            case Absent():
                pass
    return _counted(found, doubt)


def zones(listed: Value[list[Value[str]]]) -> Value[int]:
    """Number of zones in a list of their names: 1, or `SEVERAL`. All zones of a Region are several."""
    match listed:
        case Known(names):
            return _counted([zone_named(name) for name in names], None)
        case Unknown(source=ZonesOf() | LookedUp(type="aws_availability_zones", attribute="names" | "zone_ids")):
            return Known(SEVERAL, listed.origin)
        case _:
            return listed


def _counted(found: Sequence[Tree], doubt: Unknown | None) -> Value[int]:
    least, most = count_distinct(found)
    if least >= SEVERAL:
        return Known(SEVERAL)
    if doubt is not None:
        return doubt
    if most == 1:
        return Known(1)
    unknown = to_settle(found)
    return Absent() if unknown is None else unknown


def to_settle(zones: Sequence[Tree]) -> Unknown | None:
    """The zone whose value would settle how many there are: one of a Region's own list is another one than those of the list."""
    unknown = [each for each in zones if isinstance(each, Unknown)]
    chosen = (each for each in unknown if not _of_all_zones(each))
    return next(chosen, first_unknown(*unknown))


def _of_all_zones(value: Unknown) -> bool:
    """Whether it comes from the list of a Region's zones."""
    match value.reason:
        case ZonesOf() | LookedUp(type="aws_availability_zones"):
            return True
        case _:
            return False


def no_subnet_id(text: str) -> str | None:
    """Why a text that should name a subnet, or several by commas, does not (`subnet-xxxx`, `<a subnet>`); None if it does."""
    if not text.strip():
        return "the id of a subnet is empty"
    wrong = next((name.strip() for name in text.split(",") if _SUBNET_ID.fullmatch(name.strip()) is None), None)
    return None if wrong is None else f"{wrong!r} is not the id of a subnet"


def zone_elsewhere(name: str) -> Unknown:
    """The zone of a subnet that is declared elsewhere: unknown, the same for the same subnet."""
    return Unknown(Said(f"the zone of the subnet {name.strip()!r} is not known here"), ("zone of", name.strip()))


def _several_in_one(place: Place) -> Unknown | None:
    """Why an element may mean more subnets than it refers to: an unknown number of instances, or names joined by commas."""
    for target in place.subnet:
        if target.declared.others is not None:
            return target.declared.others
    match place.written:
        case Unknown(parts=parts) as unknown if len(list(_pieces(parts))) > len(place.subnet):
            return unknown
        case _:
            return None


def _pieces(parts: Sequence[str | Unknown]) -> Iterator[str | Unknown]:
    return (part for part in parts if isinstance(part, Unknown))
