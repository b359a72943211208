"""What else something needs before it works in a subnet of another Availability Zone, as far as this code shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from wa_iac.aws.vpc import SecurityGroup, SecurityGroupIngress, Subnet, VpcEndpoint
from wa_iac.core.graph import Graph
from wa_iac.core.value import Known
from wa_iac.knowledge.security_group_rules import address_ranges, ingress
from wa_iac.knowledge.subnets import subnet_is_public

from .wording import listed


def needs_there(subnets: Sequence[Subnet], graph: Graph) -> Iterator[str]:
    """Sentences on what the present subnets of a resource have, and another one lacks so far."""
    present = list(dict.fromkeys(subnets))
    yield from _routes(present, graph)
    yield from admitted(present, graph)


def _routes(present: Sequence[Subnet], graph: Graph) -> Iterator[str]:
    """A sentence where all subnets in other zones certainly lack the way to the internet that the present ones have. What is in a subnet may
    do without one if the VPC has endpoints."""
    public = next((each for each in present if subnet_is_public(each) == Known(True)), None)
    if public is None or len(public.vpc.targets) != 1:
        return
    vpc = public.vpc.targets[0]
    zones = [each.zone for each in present]
    # A zone that is not known may be a present one: then it is no other subnet to speak of.
    others = [
        each
        for each in graph.index(Subnet, _by_vpc).get(id(vpc.declared), ())
        if isinstance(each.zone, Known) and each.zone not in zones
    ]
    endpoints = (each for each in graph.of(VpcEndpoint) if each.kind != Known("Gateway"))
    if not others or not all(map(_leads_nowhere, others)) or any(True for _ in endpoints):
        return
    names = [each.address for each in others]
    yield (
        f"{listed(names)} {'is' if len(names) == 1 else 'are'} in {'another zone' if len(names) == 1 else 'other zones'}, but {'has' if len(names) == 1 else 'have'} no route to the internet: "
        f"images and services that are reached over it cannot be used there. Make another subnet, with the routes of {public.address}."
    )


def _by_vpc(subnet: Subnet) -> Iterator[int]:
    yield from (id(each.declared) for each in subnet.vpc)


def _leads_nowhere(subnet: Subnet) -> bool:
    """Whether the route tables of a subnet are all here, and have no route of their own."""
    tables = [association.table for association in subnet.associations]
    known = bool(tables) and subnet.associations.unknown is None and not any(each.elsewhere for each in tables)
    return known and all(
        table.routes.unknown is None and not table.routes.targets and not table.inline_routes
        for each in tables
        for table in each
    )


def admitted(present: Iterable[Subnet], graph: Graph) -> Iterator[str]:
    """A sentence on the security groups that let in the range of a present subnet, and so nobody in another one."""
    ranges = graph.once(_groups_by_range)
    for subnet in present:
        groups = ranges.get(subnet.cidr.value, []) if isinstance(subnet.cidr, Known) else []
        if groups:
            yield (
                f"{listed(groups)} {'lets' if len(groups) == 1 else 'let'} in the range of {subnet.address}: let in that of the other subnet too, or the security "
                "group of those who connect instead."
            )


def _groups_by_range(graph: Graph) -> dict[str, list[str]]:
    """The addresses of the security groups, or of rules of their own, by the address ranges that they let in."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    holders: list[SecurityGroup | SecurityGroupIngress] = [*graph.of(SecurityGroup), *graph.of(SecurityGroupIngress)]
    for holder in holders:
        for rule in ingress(holder):
            for each in address_ranges(rule):
                if isinstance(each, Known):
                    found[each.value][holder.address] = None
    return {key: list(names) for key, names in found.items()}
