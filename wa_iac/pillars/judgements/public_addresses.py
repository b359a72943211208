"""Public IP addresses: how far the internet reaches something that has one."""

from collections.abc import Iterable, Sequence

from wa_iac.aws.ec2 import Instance
from wa_iac.aws.vpc import SecurityGroup
from wa_iac.core.graph import Graph
from wa_iac.core.reasons import Imported
from wa_iac.core.resource import Link, Resource
from wa_iac.core.rule import Confidence, Flag, Severity, flag
from wa_iac.core.value import Absent, Known, Step, Tree, Unknown
from wa_iac.knowledge.admission import (
    addresses_asked_for,
    admits_internet,
    known_groups_admit,
    only_default_group,
    opens_more_than_a_website,
)
from wa_iac.knowledge.placements import placed_in
from wa_iac.knowledge.public_members import may_have_ipv6_range
from wa_iac.knowledge.reachability import private_by_name, way_closed_to


def exposed(
    resource: Resource,
    graph: Graph,
    links: Iterable[Link[SecurityGroup]],
    *,
    where: Tree | Resource,
    fact: str,
    way: str = "",
    otherwise: str = "",
    more: str = "",
    several: bool = False,
    milder: Severity | None = None,
    related: Sequence[Step] = (),
    instead: str = "",
    only_if_open: bool = False,
) -> Flag:
    """A finding on a public IP address. `fact` is a sentence without its stop that says who has it, and `several` whether these are
    several. `way` is what the internet passes by, and `more` what else there is to say. `otherwise` stands for the sentence on the
    internet, and `milder` is the severity then. `instead` is what to write if the rule's remedy does not apply. If a network or only
    its security groups keep the internet out, or the subnets are private by their name, the finding is milder and says so. What a network
    closes is advice: the address serves nobody, and harms nobody. So is what the groups of another stack may close, behind a load balancer: mostly
    they let in nothing else. What security groups close, but for a few addresses, is advice also: many
    save the NAT gateway in this way, and rely on the groups. With `only_if_open`, all is advice but what the groups surely open: a port to many
    addresses of the internet that is not one of a website."""
    it, its = ("them", "their") if several else ("it", "its")
    closed = way_closed_to(resource, graph)
    if isinstance(closed, Known):
        message = f"{fact}. The internet cannot reach {it} today, because {closed.value}."
        return flag(where, message, related=related, instead=instead, severity=Severity.LOW, confidence=Confidence.MEDIUM)
    if output := private_by_name(resource, graph):
        message = f"{fact}. The internet cannot reach {it} if {its} subnets are private, as the name {output} says."
        return flag(where, message, related=related, instead=instead, severity=Severity.LOW, confidence=Confidence.LOW)
    links = list(links)
    if few := _few(resource, links, graph, its):
        message = f"{fact}. {few}; one more rule, and anyone can reach {it}."
        return flag(where, message, related=related, instead=instead, severity=Severity.MEDIUM, confidence=Confidence.LOW)
    admitted = admits_internet(links, graph)
    confidence = None
    if way and all(map(_is_imported, links)):
        message = f"{fact}. Another stack exports {its} security groups: if they let in more than the load balancer, anyone can reach {it} directly."
        return flag(where, message, related=related, instead=instead, severity=Severity.MEDIUM, confidence=Confidence.LOW)
    if otherwise:
        message = f"{fact}: {otherwise}"
    elif not several and not _may_have_others(resource) and only_default_group(links, graph):
        message = f"{fact}. It has the default security group of its VPC, which lets in its own members only: if somebody adds a rule, anyone can reach it{way}"
        milder = milder or Severity.MEDIUM
        confidence = Confidence.MEDIUM
    elif admitted == Known(True):
        message = f"{fact}: the internet can reach {it}{way} on every port that {its} security groups open"
    elif known_groups_admit(links) == Known(False):
        message = (
            f"{fact}. The security groups that are known here let in no address of the internet; if another one does, the internet "
            f"can reach {it}{way} on every port that it opens"
        )
        confidence = Confidence.MEDIUM
    else:
        message = (
            f"{fact}: unless {its} security groups, which are not all known here, keep the internet out, anyone can reach {it}{way} "
            "on every port that they open"
        )
    if only_if_open and not opens_more_than_a_website(links, only_ipv4=_without_ipv6(resource, graph)):
        milder, confidence = milder or Severity.MEDIUM, Confidence.LOW
    return flag(where, f"{message}{more}.", related=related, instead=instead, severity=milder, confidence=confidence)


def _may_have_others(resource: Resource) -> bool:
    """Whether a launch template that is not here may name its security groups."""
    return isinstance(resource, Instance) and not isinstance(resource.template.presence, Absent)


def _is_imported(link: Link[SecurityGroup]) -> bool:
    """Whether all security groups are those of another stack, which nothing here shows."""
    return not link.targets and isinstance(link.unknown, Unknown) and isinstance(link.unknown.reason, Imported)


def _without_ipv6(resource: Resource, graph: Graph) -> bool:
    """Whether its subnets surely have no range of IPv6, so that it has no such address."""
    placed = placed_in(resource.declared, graph)
    return bool(placed.subnets) and may_have_ipv6_range(placed, graph) == Known(False)


def _few(resource: Resource, links: list[Link[SecurityGroup]], graph: Graph, its: str) -> str:
    """How the security groups keep the internet out, but for a few addresses: a sentence without its stop; empty if they may not. Those of IPv6
    do not reach what has only an address of IPv4."""
    admitted = admits_internet(links, graph)
    if admitted == Known(False):
        return "The security groups let in no address of the internet today"
    only_ipv4 = admitted == Known(True) and _without_ipv6(resource, graph)
    if only_ipv4 and admits_internet(links, graph, only_ipv4=True) == Known(False):
        return f"Of the internet, {its} security groups let in addresses of IPv6 only, and {its} subnets have none"
    if admits_internet(links, graph, narrow=True, only_ipv4=only_ipv4) == Known(False):
        return f"Of the internet, {its} security groups let in a few addresses only"
    asked = addresses_asked_for(links, graph, only_ipv4=only_ipv4)
    return f"Of the internet, {its} security groups let in only what is given by {asked}" if asked else ""
