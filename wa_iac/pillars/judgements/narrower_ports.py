"""What to write instead of a port that is open to everybody: it depends on who its clients are."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from wa_iac.aws.vpc import IngressRule
from wa_iac.core.late_pattern import late
from wa_iac.core.rule import Remedy
from wa_iac.core.value import Known, Value
from wa_iac.knowledge.called import words_of
from wa_iac.knowledge.security_group_rules import port

RANGES = ("CidrIp", "CidrIpv6", "cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6", "cidr_ip", "cidr_ipv_6")
"""The arguments that name address ranges: a rule with one of these and a security group admits both, or is refused."""
_EVERYBODY: Final = "/0"
_OTHERS_ARE_OUT: Final = "All others lose access, such as builds and provisioners that connect from elsewhere."
OF_YOUR_NETWORK = Remedy(
    cfn="CidrIp: <your network, such as 192.0.2.0/24>",
    tf='cidr_blocks = ["<your network>"]',
    of={"aws_vpc_security_group_ingress_rule": 'cidr_ipv4 = "<your network>"'},
    keeps=True,
    decision=_OTHERS_ARE_OUT,
)
"""The remedy for a port that only the owner's network needs, in the arguments of each type."""
OF_YOUR_NETWORK_V6 = Remedy(
    cfn="CidrIpv6: <your network, such as 2001:db8::/32>",
    tf='ipv6_cidr_blocks = ["<your network>"]',
    of={"aws_vpc_security_group_ingress_rule": 'cidr_ipv6 = "<your network>"'},
    keeps=True,
    decision=_OTHERS_ARE_OUT,
)
OF_THE_CLIENTS = Remedy(
    cfn="SourceSecurityGroupId: !GetAtt <the clients' group>.GroupId",
    tf="security_groups = [aws_security_group.<the clients' group>.id]",
    of={
        "aws_security_group_rule": "source_security_group_id = aws_security_group.<the clients' group>.id",
        "aws_vpc_security_group_ingress_rule": "referenced_security_group_id = aws_security_group.<the clients' group>.id",
    },
    removes=RANGES,
    decision="Instead of the address range, name the security group of the clients. Clients outside of the VPC have none: give them a rule with "
    "their own addresses first.",
)
"""The remedy for a port that only other resources need."""
IN_MODULE = "A group from outside of this module needs an argument of the module."
_PEOPLE = late(
    r"\b(?:vpn|office|home|corporate|on ?prem(?:ises)?|(?:my|your|admin|client|developer)s? (?:ip|cidr|address|network))\b"
)
"""A variable or a parameter with the addresses of people."""
_OF_WEBSITES: Final = (80, 443)
_BEGIN: Final = frozenset({1024, 1025, 32_768, 49_152})
"""Where the ranges begin from which systems take ports for their own connections, and where they end at the earliest."""
_LAST_BEGUN: Final = 60_999
_ANSWERS: Final = (
    "If this is for the answers to requests of the members, remove it: a security group lets these in without a rule."
)


_OF_CLUSTERS: Final = (6379, 9200, 9300, 27_017)
"""Redis, Elasticsearch and MongoDB, whose servers reach each other at the same port as their clients, or beside it."""
_THEMSELVES: Final = (
    "If the members of this group use the port among themselves, they need a rule with the group itself as the source"
)
_APART: Final = ", in a resource of its own (AWS::EC2::SecurityGroupIngress)"


def of_network(range_: Value[str]) -> Remedy:
    """The remedy for a range, in its version of IP. Ranges that are everybody only together do not keep each other."""
    found = OF_YOUR_NETWORK_V6 if isinstance(range_, Known) and ":" in range_.value else OF_YOUR_NETWORK
    return found if isinstance(range_, Known) and range_.value.endswith(_EVERYBODY) else replace(found, keeps=False)


def beside_others(rules: Iterable[IngressRule], range_: Value[str]) -> str | Remedy:
    """The remedy for an open range of one of some rules, if other ranges of that rule are narrow, and have to stay; empty otherwise."""
    if not isinstance(range_, Known) or not range_.value.endswith(_EVERYBODY):
        return ""
    for rule in rules:
        families = [each.value for each in (rule.ipv4, rule.ipv6) if isinstance(each, Known)]
        own = next((each for each in families if any(other.origin.span == range_.origin.span for other in each)), None)
        if own is not None and any(_is_narrow(other) for each in families for other in each):
            return _without(range_, among=any(map(_is_narrow, own)))
    return ""


def _is_narrow(range_: Value[str]) -> bool:
    return not (isinstance(range_, Known) and range_.value.endswith(_EVERYBODY))


def _without(range_: Known[str], *, among: bool) -> Remedy:
    """The remedy for an open range beside narrow ones, which are in the same list if it is `among` them."""
    decision = (
        f"Take out only {range_.value}, and keep the other ranges of this rule. Clients that it alone lets in lose access: first give them a rule "
        "with their security group, or with their own addresses."
    )
    return replace(of_network(range_), cfn="", of={}, decision=decision) if among else Remedy(decision=decision)


def of_people(range_: Value[str]) -> str | Remedy:
    """The remedy for a range that a variable or a parameter gives for clients outside of AWS, which have no security group."""
    chain = [each.default_of for each in range_.origin.chain if each.default_of]
    if not any(_PEOPLE.search(words_of(each)) for each in chain):
        return ""
    where = chain[-1]
    return replace(
        of_network(range_),
        decision=f"These clients have no security group, by the name of {where}: give it their addresses instead of everybody's as its "
        "default, or no default.",
    )


def divided(rule: IngressRule) -> Remedy:
    """The remedy for a range of ports: some of them may be for everybody, and others have clients of their own."""
    web = any(port(rule, each) == Known(True) for each in _OF_WEBSITES)
    apart = " Those for everybody, such as 443, need a rule of their own first." if web else ""
    return Remedy(
        decision="Open only the ports on which something listens, each to its clients only: their security group (this one too, if its members use the port among "
        f"themselves), or their addresses outside of the VPC.{apart}"
    )


def of_clients(rules: Iterable[IngressRule], *, in_template: bool) -> Remedy:
    """The remedy for ports that only other resources need. Members of a group may use several ports, or those of a cluster, among themselves. A template
    cannot name a group in its own rules ("AWS::EC2::SecurityGroup", AWS CloudFormation Template Reference: a circular dependency)."""
    if not any(_is_several(each) or any(port(each, number) == Known(True) for number in _OF_CLUSTERS) for each in rules):
        return OF_THE_CLIENTS
    apart = _APART if in_template else ""
    return replace(OF_THE_CLIENTS, decision=f"{OF_THE_CLIENTS.decision} {_THEMSELVES}{apart}.")


def _is_several(rule: IngressRule) -> bool:
    match rule.from_port, rule.to_port:
        case Known(int() as first), Known(int() as last):
            return first < last
        case _:
            return False


def in_the_list(source: Known[str]) -> Remedy:
    """The remedy for a range of a prefix list."""
    return Remedy(
        decision=f"Take {source.value} out of the prefix list, or name another list here: what else uses the list loses that range with it."
    )


def unless_answers(remedy: str | Remedy, rule: IngressRule) -> str | Remedy:
    """The remedy for a range of ports, with what to do if it is that of the clients' own ports: a security group lets answers in anyway
    ("Security group connection tracking", Amazon EC2 User Guide)."""
    match rule.from_port, rule.to_port:
        case Known(int() as first), Known(int() as last) if (
            first in _BEGIN and last >= _LAST_BEGUN and isinstance(remedy, Remedy)
        ):
            return replace(remedy, decision=f"{_ANSWERS} {remedy.decision}")
        case _:
            return remedy
