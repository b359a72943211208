"""Who may connect to whom, by rules of security groups that let in the members of other groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wa_iac.core.binding import value_at
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.value import Known, Tree

from .kinds import kind_of
from .mentions import Mentions
from .owners import Owners
from .shapes import Edge

_GROUPS: Final = ("ec2.securitygroup", "ec2.defaultsecuritygroup")
_RULES: Final = ("ec2.securitygroupingress", "ec2.securitygroupegress")
_INLINE: Final = ("ingress", "SecurityGroupIngress", "security_group_ingress")
_SOURCES: Final = (
    *("security_groups", "source_security_group_id", "referenced_security_group_id"),
    *("SourceSecurityGroupId", "SourceSecurityGroupName", "source_security_group_name"),
)
_PORTS: Final = (("from_port", "to_port"), ("FromPort", "ToPort"))
_MOST: Final = 60
"""Edges that one rule may make. A rule between two large groups would hide everything else."""
_NAMED: Final = 3
"""Ports that a label names."""


def is_egress(declared: Declared) -> bool:
    """Whether a rule that stands beside its group is about traffic that goes out."""
    return kind_of(declared.type) == "ec2.securitygroupegress" or value_at(declared.body, "type") == Known("egress")


def admissions(graph: Graph, mentions: Mentions, owners: Owners) -> Iterator[Edge]:
    """An edge from each member of a group that is let in to each member of the group that lets it in."""
    members: dict[int, tuple[Declared, ...]] = {}
    ports: dict[tuple[str, str], dict[str, None]] = {}
    says: dict[tuple[str, str], str] = {}
    for group, source, port, via in _admitted(graph, mentions, owners):
        for each in (group, source):
            if id(each) not in members:
                members[id(each)] = _members(each, mentions, owners)
        pairs = [(one, other) for one in members[id(source)] for other in members[id(group)] if one is not other]
        if len(pairs) <= _MOST:
            for one, other in pairs:
                pair = (one.address, other.address)
                ports.setdefault(pair, {})[port] = None
                says.setdefault(pair, via)
    for (first, last), found in ports.items():
        yield Edge(first, last, "network", _label(list(found)), says[first, last], inferred=True)


def _label(ports: list[str]) -> str:
    """How an edge is called: an empty port is a range of ports, or all of them."""
    if "" in ports:
        return "connects to"
    named = ", ".join(ports[:_NAMED]) + (f" and {len(ports) - _NAMED} more" if len(ports) > _NAMED else "")
    return f"connects on {'port' if len(ports) == 1 else 'ports'} {named}"


def _admitted(graph: Graph, mentions: Mentions, owners: Owners) -> Iterator[tuple[Declared, Declared, str, str]]:
    """The groups that let in others: each with the other one, the port if it is a single one, and the block that says so."""
    for each in mentions.resources:
        kind = kind_of(each.type)
        if kind in _GROUPS:
            group, rules = each, [rule for name in _INLINE for rule in _elements(value_at(each.body, name))]
        elif kind in _RULES and not is_egress(each):
            group, rules = owners.node(each), [each.body]
        else:
            continue
        for rule in rules:
            for name in _SOURCES:
                for source in graph.referred(value_at(rule, name)):
                    if kind_of(source.type) in _GROUPS and source is not group and kind_of(group.type) in _GROUPS:
                        yield group, source, _port(rule), each.address


def _elements(value: Tree) -> list[Known[dict[str, Tree]]]:
    listed = value.value if isinstance(value, Known) and isinstance(value.value, list) else [value]
    return [each for each in listed if isinstance(each, Known) and isinstance(each.value, dict)]


def _port(rule: Tree) -> str:
    for first, last in _PORTS:
        low, high = value_at(rule, first), value_at(rule, last)
        if isinstance(low, Known) and low == high and low.value not in (0, -1, "0", "-1"):
            return str(low.value)
    return ""


def _members(group: Declared, mentions: Mentions, owners: Owners) -> tuple[Declared, ...]:
    """The nodes that use a group, each once."""
    found: dict[int, Declared] = {}
    for user, mention in mentions.by(group):
        if "securitygroup" in mention.path and kind_of(user.type) not in (*_GROUPS, *_RULES):
            node = owners.node(user)
            found.setdefault(id(node), node)
    return tuple(found.values())
