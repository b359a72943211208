"""Ports that a security group opens to everybody."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from wa_iac.aws.vpc import IngressRule, SecurityGroup, SecurityGroupIngress
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import all_of
from wa_iac.core.rule import Confidence, Flag, Flags, Remedy, Severity, flag, undecided
from wa_iac.core.value import Absent, Known, Step, Unknown, Value
from wa_iac.knowledge.security_group_rules import (
    everything,
    ingress,
    is_of_a_list,
    lets_in,
    opened_together,
    port,
    sources,
    together,
)
from wa_iac.knowledge.trusted_ports import PORTS
from wa_iac.pillars.judgements.narrower_ports import divided, in_the_list, of_network, unless_answers
from wa_iac.pillars.judgements.shared_ranges import also_open
from wa_iac.pillars.judgements.wording import listed

_NOT_KNOWN: Final = "It is not known whether the members of the group here have public IP addresses."
_NONE_HERE: Final = "The internet reaches nothing that uses the group here; an output gives it to others."
_OF_A_RANGE: Final = "anyone can reach whatever listens on one of them."
_SEVERAL: Final = 10
"""So many ports in one range are named by their numbers."""
WIDE: Final = 1000
"""So many ports in one range are no longer for one program: nobody knows by the range what listens there."""
_OF_LISTENERS: Final = (
    "Open only the ports of the listeners: remove this rule if it is for none of them, and narrow it otherwise."
)
_OF_NO_LISTENER: Final = "Nothing listens behind this rule today: remove it."
_THROUGH_APPLIANCE: Final = Remedy(
    decision="If a firewall takes these connections in and decides about them, suppress this with that as the reason, and see that its own "
    "administration is open to your network only. Otherwise open only the ports on which something listens."
)
OUTSIDE: Final = late(r"\b(?:external(?:ly)?|outside|internet|public(?:ly)?)\b")
"""What a description says of clients that are not in the VPC. That a port is open to anyone, or from anywhere, says nothing of where they are."""
REMOTE_DESKTOP = "Remote Desktop (port 3389)"


def opens_both(rule: IngressRule) -> Value[bool]:
    """Whether a range of ports has both SSH and Remote Desktop in it."""
    return all_of((port(rule, 22), port(rule, 3389)))


def width(rule: IngressRule) -> int:
    """The number of ports in its range; 0 if that is not known."""
    match rule.from_port, rule.to_port:
        case Known(int() as first), Known(int() as last):
            return last - first + 1
        case _:
            return 0


def named(rule: IngressRule, program: str) -> tuple[str, str] | None:
    """What a rule for a range of ports opens, with its verb, and what follows from it; None for a few ports, which are for one program."""
    if not (isinstance(rule.from_port, Known) and isinstance(rule.to_port, Known)) or width(rule) < _SEVERAL:
        return None
    first, last = rule.from_port.value, rule.to_port.value
    others = list(dict.fromkeys(name for number, name in PORTS.items() if first <= number <= last and name not in program))
    among = listed([program, *others[:3], *(["others"] if len(others) > 3 else [])])
    return f"The range of ports {first} to {last} is open", f", with {among} among them: {_OF_A_RANGE}"


def open_sources(group: SecurityGroup | SecurityGroupIngress, graph: Graph, rule: IngressRule) -> Iterator[Value[str]]:
    """The address ranges of a rule that are open to the world, and those that are not known. One of IPv6 opens nothing in a VPC that
    surely has no IPv6."""
    for each in sources(rule):
        if not opens_nothing(group, graph, each):
            yield each


def opens_nothing(group: SecurityGroup | SecurityGroupIngress, graph: Graph, range_: Value[str]) -> bool:
    """Whether a range is one of IPv6, in the group of a VPC that surely has no IPv6."""
    owner = owner_of(group) if isinstance(range_, Known) and ":" in range_.value else None
    if owner is None or len(owner.vpc.targets) != 1 or owner.vpc.elsewhere:
        return False
    # Imported here, since most groups have no open range of IPv6.
    from wa_iac.knowledge.public_members import surely_without_ipv6

    return surely_without_ipv6(owner.vpc.targets[0], graph)


def judge(
    group: SecurityGroup | SecurityGroupIngress,
    graph: Graph,
    asked: Callable[[IngressRule], Value[bool]],
    opened: str,
    consequence: str,
    instead: Callable[[Value[str]], str | Remedy] = lambda _: "",
    severity: Severity | None = None,
    unless_reached: Severity | None = None,
    program: str = "",
    clients: str = "for your network only",
) -> Flags:
    """Flag each range that opens the ports in question to everybody. The result is undecided if the answer or the range is not known.

    `severity` is that of a range by which the internet can reach less than the rule says, and `unless_reached` that of one in a group
    whose members here may all be out of reach.
    `opened` is the subject and the verb of the message: "SSH (port 22) is open". With `program` ("SSH (port 22)"), a wide range of ports
    is named itself, and is at most of severity high, unless SSH is among them: nobody knows by it what listens there. Ranges that are everybody only together are
    flagged once, at the first of them, whichever rules of the group they are in. `clients` says whom a rule for this program alone is for.
    """
    for rule in ingress(group):
        if rule.unknown is not None:
            yield undecided(rule.unknown)
            continue
        found: list[Flag] = []
        for source in open_sources(group, graph, rule):
            match all_of((asked(rule), lets_in(rule))), source:
                case Known(True), Known():
                    said, then = (named(rule, program) if program else None) or (opened, consequence)
                    guessed = bool(program) and width(rule) >= WIDE and port(rule, 22) != Known(True)
                    change = (also_open(group, source, graph, asked, program, clients) if program else None) or instead(source)
                    change = divided(rule) if program and width(rule) >= _SEVERAL else change
                    change = unless_answers(change, rule) if program else change
                    change = in_the_list(source) if is_of_a_list(rule, source) else change
                    one = _at_balancer(group, graph, source, said, rule) if program else None
                    one = one or _open(
                        group, graph, source, said, then, change, Severity.HIGH if guessed else severity, unless_reached
                    )
                    # A rule for every port opens the administration of an appliance also.
                    whole = everything(rule) == Known(True)
                    found.append(one if whole else _at_appliance(one, group, graph))
                case Known(True) | Unknown(), Unknown():
                    yield undecided(source)
                case Unknown() as why, Known():
                    yield undecided(why)
                case _:
                    pass
        yield from _as_one(found)
    for part in opened_together(group, asked):
        if opens_nothing(group, graph, part):
            continue
        yield _open(group, graph, part, opened, consequence, instead(part), severity, unless_reached)


def _may_be_out_of_reach(owner: SecurityGroup, graph: Graph, *, ipv6: bool) -> bool:
    """Whether all members of a group are here, and none of them surely has an address that the internet finds."""
    # Imported here, since it needs all services whose resources have security groups, and most groups have no open port.
    from wa_iac.knowledge.group_members import all_are_here
    from wa_iac.knowledge.reachability import surely_reached

    return all_are_here(owner, graph) and not surely_reached(owner, graph, ipv6=ipv6)


def _at_appliance(found: Flag, group: SecurityGroup | SecurityGroupIngress, graph: Graph) -> Flag:
    """An open range, which is advice in a group that opens a wide one for network appliances: they take in connections to decide about them."""
    if all(width(each) < WIDE for each in together(group)):
        return found
    # Imported here, since most groups have no wide range.
    from wa_iac.knowledge.appliances import is_of_appliances

    owner = owner_of(group)
    why = "" if owner is None else is_of_appliances(owner, graph)
    if not why:
        return found
    return found._replace(
        message=f"{found.message} The group is for a network appliance, by {why}, which probably decides about the connections itself.",
        severity=Severity.LOW,
        confidence=Confidence.LOW,
        instead=_THROUGH_APPLIANCE,
    )


def _at_balancer(
    group: SecurityGroup | SecurityGroupIngress, graph: Graph, source: Known[str], opened: str, rule: IngressRule
) -> Flag | None:
    """An open range for a program other than a web server in the group of load balancers: an Application Load Balancer is none of them, and
    others listen on the ports of their listeners only."""
    # Imported here, since most groups have no open port.
    from wa_iac.knowledge.group_members import listening, only_http

    owner = owner_of(group)
    if owner is None:
        return None
    if only_http(owner, graph):
        members, remedy = "Only Application Load Balancers use this group, and accept nothing but HTTP.", _OF_LISTENERS
    elif _listens_apart(rule, *listening(owner, graph)):
        members, remedy = "Only load balancers use this group, and no listener of theirs has such a port.", _OF_NO_LISTENER
    else:
        return None
    return flag(
        source,
        f"{opened} to every IP address. {members}",
        resource=group,
        severity=Severity.LOW,
        confidence=Confidence.LOW,
        instead=remedy,
    )


def _listens_apart(rule: IngressRule, ports: tuple[tuple[int, str], ...], only: bool) -> bool:
    """Whether all that is behind a rule listens on ports that the rule does not open."""
    match rule.from_port, rule.to_port:
        case Known(int() as first), Known(int() as last):
            return only and not any(first <= number <= last for number, _ in ports)
        case _:
            return False


def _as_one(found: list[Flag]) -> Flags:
    """The ranges of one rule: those of IPv4 and IPv6 are one fault, if the internet can use both alike."""
    for each in found:
        if each is found[0]:
            others = [other for other in found[1:] if other.severity == each.severity]
            yield each if not others else _with(each, others[0])
        elif each.severity != found[0].severity:
            yield each


def _with(first: Flag, other: Flag) -> Flag:
    also = "Narrow the other range of this rule in the same way."
    instead = first.instead
    if isinstance(instead, Remedy):
        instead = replace(instead, decision=f"{instead.decision} {also}".lstrip())
    return first._replace(related=(*first.related, Step(other.origin.span, "this range too")), instead=instead)


def _open(
    group: SecurityGroup | SecurityGroupIngress,
    graph: Graph,
    source: Known[str],
    opened: str,
    consequence: str,
    instead: str | Remedy,
    reduced: Severity | None,
    unless_reached: Severity | None,
) -> Flag:
    """An open range. It is milder if the internet certainly does not reach the members of the group, or may reach none of them."""
    # Imported here, since it needs all services whose resources have security groups, and most groups have no open port.
    from wa_iac.knowledge.group_members import named_for_functions, only_callers, only_client_vpn, only_endpoints
    from wa_iac.knowledge.reachability import closed_here, way_closed

    owner = owner_of(group)
    members = ""
    if owner is not None and only_client_vpn(owner, graph):
        members = "Only Client VPN endpoints use this group, and who connects to one signs in there"
    elif owner is not None and only_callers(owner, graph):
        members = "All that uses this group begins connections itself, and takes in none"
    if members:
        return flag(
            source,
            f"{opened} to every IP address. {members}: nothing listens behind this rule today.",
            resource=group,
            severity=Severity.LOW,
            confidence=Confidence.LOW,
            instead=replace(of_network(source), decision="Nothing here needs this rule: remove it, or narrow it."),
        )
    if owner is not None and named_for_functions(owner, graph):
        return flag(
            source,
            f"{opened} to every IP address. The group is for Lambda functions, by its name or description, and nothing connects to these: the rule opens "
            "what else gets the group.",
            resource=group,
            severity=Severity.MEDIUM,
            confidence=Confidence.MEDIUM,
            instead="Functions need no rule for incoming traffic: remove it.",
        )
    closed = Absent() if owner is None else way_closed(owner, graph, ipv6=":" in source.value)
    if isinstance(closed, Known):
        message = (
            f"{opened} to every IP address. Connected networks can use it; the internet cannot reach it today, "
            f"because {closed.value}."
        )
        severity, confidence = Severity.MEDIUM, None
        if owner is not None and only_endpoints(owner, graph):
            message = (
                f"{opened} to every IP address. Only interface endpoints use this group, which do not listen on this port."
            )
            severity, confidence = Severity.LOW, Confidence.LOW
        return flag(source, message, resource=group, severity=severity, confidence=confidence, instead=instead)
    if unless_reached is not None and owner is not None:
        ipv6 = ":" in source.value
        doubt = _NONE_HERE if closed_here(owner, graph, ipv6=ipv6) else _NOT_KNOWN
        if doubt is _NONE_HERE or _may_be_out_of_reach(owner, graph, ipv6=ipv6):
            consequence = f"{consequence} {doubt}"
            reduced = min(reduced or unless_reached, unless_reached, key=lambda each: each.rank)
    return flag(source, f"{opened} to the whole internet{consequence}", resource=group, severity=reduced, instead=instead)


def owner_of(group: SecurityGroup | SecurityGroupIngress) -> SecurityGroup | None:
    """The security group that has a rule, if it is certain."""
    if isinstance(group, SecurityGroup):
        return group
    return group.group.targets[0] if len(group.group) == 1 and not group.group.elsewhere else None
