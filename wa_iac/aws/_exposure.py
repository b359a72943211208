"""What security group rules let in from anywhere: shared by the rules on single ports, on all ports and on web ports."""

from collections.abc import Iterable, Iterator

from wa_iac.core.rule import Flag, flag, undecided
from wa_iac.core.value import Absent, Known, Unknown, Value

from .vpc import IngressRule, SecurityGroup, SecurityGroupIngress

ALL_PROTOCOLS = frozenset({"-1", "all"})


def ingress(group: SecurityGroup | SecurityGroupIngress) -> Iterator[IngressRule]:
    """The rules that let traffic in; an `aws_security_group_rule` may be about egress instead."""
    for each in group.ingress:
        if each.direction != Known("egress"):
            yield each


def everything(rule: IngressRule) -> Value[bool]:
    """Whether it is about every port."""
    match rule.protocol:
        case Unknown() as why:
            return why
        case Known(str() as protocol) if protocol.lower() in ALL_PROTOCOLS:
            return Known(True, rule.protocol.origin)
        case _:
            return _and(_compare(rule.from_port, 0, above=False), _compare(rule.to_port, 65535, above=True))


def port(rule: IngressRule, wanted: int) -> Value[bool]:
    """Whether it is about TCP port `wanted`, but not about every port."""
    all_ports = everything(rule)
    if not isinstance(all_ports, Known):
        return all_ports
    match rule.protocol:
        case Known("tcp" | "6") if not all_ports.value:
            return _and(_compare(rule.from_port, wanted, above=False), _compare(rule.to_port, wanted, above=True))
        case _:
            return Known(False, rule.protocol.origin)


def _compare(value: Value[int], wanted: int, *, above: bool) -> Value[bool]:
    match value:
        case Known(number):
            return Known(number >= wanted if above else number <= wanted, value.origin)
        case Unknown():
            return value
        case Absent():
            return Known(False, value.origin)


def _and(one: Value[bool], other: Value[bool]) -> Value[bool]:
    for each in (one, other):
        if isinstance(each, Known) and not each.value:
            return each
    return one if isinstance(one, Unknown) else other


def sources(rule: IngressRule) -> Iterator[Value[str]]:
    """The address ranges that are open to the world, and those that are not known."""
    for ranges in (rule.ipv4, rule.ipv6):
        match ranges:
            case Unknown():
                yield ranges
            case Known(listed):
                for each in listed:
                    if isinstance(each, Unknown) or (isinstance(each, Known) and each.value.endswith("/0")):
                        yield each
            case Absent():
                pass


def judge(rules: Iterable[tuple[IngressRule, Value[bool]]], message: str) -> Iterator[Flag]:
    """Flag each open range of the rules whose answer is true; say what is undecided where the answer or the range is."""
    for rule, answer in rules:
        if rule.unknown is not None:
            yield undecided(rule.unknown)
            continue
        for source in sources(rule):
            match answer, source:
                case Known(True), Known():
                    yield flag(source, message)
                case Known(True), Unknown():
                    yield undecided(source)
                case Unknown() as why, Known():
                    yield undecided(why)
                case _:
                    pass
