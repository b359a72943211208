"""Public IP addresses: how far the internet reaches something that has one."""

from collections.abc import Iterable, Sequence

from wa_iac.aws.vpc import SecurityGroup
from wa_iac.core.graph import Graph
from wa_iac.core.resource import Link, Resource
from wa_iac.core.rule import Confidence, Flag, Severity, flag
from wa_iac.core.value import Known, Step, Tree
from wa_iac.knowledge.reachability import admits_internet, private_by_name, way_closed_to


def exposed(
    resource: Resource,
    graph: Graph,
    links: Iterable[Link[SecurityGroup]],
    *,
    where: Tree | Resource,
    fact: str,
    reached: str,
    milder: Severity | None = None,
    related: Sequence[Step] = (),
    instead: str = "",
) -> Flag:
    """A finding on a public IP address. `fact` is a sentence without its stop that says who has it, `reached` what can happen if the
    internet reaches it, `milder` the severity then, and `instead` what to write if the rule's remedy does not apply. If a network or only its security groups keep the internet out, or the
    subnets are private by their name, the finding is milder and says so."""
    closed = way_closed_to(resource, graph)
    if isinstance(closed, Known):
        message = f"{fact}. The internet cannot reach it today, because {closed.value}."
        return flag(where, message, related=related, instead=instead, severity=Severity.LOW)
    if output := private_by_name(resource, graph):
        message = f"{fact}. The internet cannot reach it if its subnets are private, as the name {output} says."
        return flag(where, message, related=related, instead=instead, severity=Severity.LOW, confidence=Confidence.LOW)
    links = list(links)
    if admits_internet(links) == Known(False):
        message = (
            f"{fact}. The security groups let in no address of the internet today; one more rule, and anyone can reach it."
        )
        return flag(where, message, related=related, instead=instead, severity=Severity.MEDIUM)
    if admits_internet(links, narrow=True) == Known(False):
        message = (
            f"{fact}. Of the internet, its security groups let in a few addresses only; one more rule, and anyone can reach it."
        )
        return flag(where, message, related=related, instead=instead, severity=Severity.MEDIUM)
    return flag(where, f"{fact}: {reached}.", related=related, instead=instead, severity=milder)
