"""Address ranges that are written at one place for several rules of security groups: a default, a list, the content of a `dynamic` block."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from wa_iac.aws.vpc import IngressRule, SecurityGroup, SecurityGroupIngress
from wa_iac.core.declared import INDEX
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Remedy
from wa_iac.core.span import Span
from wa_iac.core.value import Known, Tree, Value
from wa_iac.knowledge.security_group_rules import address_ranges, ingress, lets_in, port
from wa_iac.knowledge.trusted_ports import PORTS
from wa_iac.pillars.judgements.wording import listed

_MOST_NAMED = 3
_OF_ONE_BLOCK = (
    "This block makes several rules, and what is written in it holds for all of them. Leave out this one, and give its port a block of its own, with the "
    "security group of its clients as the source. If clients outside of the VPC use the port, they need a rule with their own addresses first."
)
_GROUPS = ("source_security_group_id", "referenced_security_group_id")
_FAULTS = (22, 3389, *PORTS)
"""Ports that nobody on the internet should reach: a change that shuts them too does no harm."""


class Use(NamedTuple):
    """Rules for the same ports that have a range: one of them, and the blocks of the security groups of all."""

    rule: IngressRule
    blocks: dict[str, None]


_Ports: TypeAlias = tuple[object, object, object]


def uses_of_ranges(graph: Graph) -> dict[Span, dict[_Ports, Use]]:
    """The rules that have a range, by the place where the range is written and by their ports. For `Graph.once`."""
    found: dict[Span, dict[_Ports, Use]] = {}
    groups: list[SecurityGroup | SecurityGroupIngress] = [*graph.of(SecurityGroup), *graph.of(SecurityGroupIngress)]
    for group in groups:
        block = block_of(group)
        for each in ingress(group):
            ports = (_plain(each.from_port), _plain(each.to_port), _plain(each.protocol))
            if any(map(is_of_element, (each.ipv4, each.ipv6))):
                continue
            for range_ in address_ranges(each):
                if is_of_element(range_):
                    continue
                uses = found.setdefault(written_at(range_), {})
                uses.setdefault(ports, Use(each, {})).blocks[block] = None
    return found


def is_of_element(value: Tree) -> bool:
    """Whether a value is that of a key of an element: each element of a list can have one of its own, whatever gives it so far. A value that a
    rule reads by a name, such as `local.ranges.all` or `var.ranges[0]`, is one for all that read it."""
    chain = value.origin.chain
    return bool(chain) and all(each.key and not each.key.startswith("[") for each in chain)


def of_element(range_: Value[str], group: SecurityGroup | SecurityGroupIngress, change: str) -> Remedy | None:
    """The remedy for a range that an element of a list gives: the block that makes a rule of each element has one way for all of them.
    `change` has a place for where the range is written in the element."""
    if isinstance(group, SecurityGroup):
        lists = [each for rule in ingress(group) for each in (rule.ipv4, rule.ipv6)]
        direct = any(is_of_element(each) and isinstance(each, Known) and range_ in each.value for each in lists)
    else:
        direct = any(each in group.declared.body.value for each in _GROUPS)
    if direct:
        return None  # The element can have a group in place of the range.
    if is_of_element(range_):
        return Remedy(decision=change.format(f' in "{range_.origin.chain[-1].key}"'))
    if group.declared.keys and not range_.origin.chain and not group.declared.extent.holds(range_.origin.span):
        return Remedy(decision=change.format(""))  # The default of a key.
    return Remedy(decision=_OF_ONE_BLOCK) if group.address.endswith("]") else None


def _plain(value: Value[int] | Value[str]) -> object:
    return value.value if isinstance(value, Known) else value


def written_at(range_: Value[str]) -> Span:
    """The place where a range is written, whatever passes it on."""
    chain = [each.span for each in range_.origin.chain if each.span.path]
    return chain[-1] if chain else range_.origin.span


def block_of(group: SecurityGroup | SecurityGroupIngress) -> str:
    """The address of the block of a security group, or of a rule whose group is not certain, without the index of an instance."""
    owner: SecurityGroup | SecurityGroupIngress = group
    if isinstance(group, SecurityGroupIngress) and len(group.group) == 1 and not group.group.elsewhere:
        owner = group.group.targets[0]
    return INDEX.sub("", owner.address)


def also_open(
    group: SecurityGroup | SecurityGroupIngress,
    range_: Value[str],
    graph: Graph,
    asked: Callable[[IngressRule], Value[bool]],
    program: str,
    source: str,
) -> Remedy | None:
    """The remedy for a range that is written at one place for a port at fault and for others that clients on the internet may need: a
    change there would shut these out too. `source` is what the rule of its own is for. None for any other range."""
    own = block_of(group)
    others = dict.fromkeys(
        f"{_spelled(rule)}{'' if own in blocks else f' of {next(iter(blocks))}'}"
        for rule, blocks in graph.once(uses_of_ranges).get(written_at(range_), {}).values()
        if asked(rule) == Known(False) and lets_in(rule) != Known(False) and _is_for_clients(rule)
    )
    if not others:
        return None
    named = listed([*list(others)[:_MOST_NAMED], *(["others"] if len(others) > _MOST_NAMED else [])])
    return Remedy(
        decision=f"The same range also opens {named}: a change of it shuts their clients out too. Leave it to these, and give {program} a rule "
        f"of its own, {source}."
    )


def other_blocks(group: SecurityGroup | SecurityGroupIngress, range_: Value[str], graph: Graph) -> str:
    """What else has a range that a parameter or a variable gives; empty if nothing has."""
    uses = graph.once(uses_of_ranges).get(written_at(range_), {}).values() if range_.origin.default_of else ()
    others = dict.fromkeys(block for _, blocks in uses for block in blocks if block != block_of(group))
    return listed([*list(others)[:_MOST_NAMED], *(["others"] if len(others) > _MOST_NAMED else [])]) if others else ""


def _is_for_clients(rule: IngressRule) -> bool:
    return all(port(rule, each) == Known(False) for each in _FAULTS)


def _spelled(rule: IngressRule) -> str:
    match rule.from_port, rule.to_port:
        case Known(first), Known(last) if first == last:
            return f"port {first}"
        case Known(first), Known(last):
            return f"the ports {first} to {last}"
        case _:
            return "other ports"
