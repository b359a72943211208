"""Rules of security groups: which ports they are about, and whom they let in."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from wa_iac.aws.vpc import IngressRule, SecurityGroup, SecurityGroupIngress
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import all_of, any_of, first_unknown, holds, negate
from wa_iac.core.networks import everybody, is_a_part
from wa_iac.core.presence import given
from wa_iac.core.value import Absent, Known, Reference, Unknown, Value

_Family: TypeAlias = Callable[[IngressRule], Value[list[Value[str]]]]
ALL_PROTOCOLS = frozenset({"-1", "all"})
TCP = frozenset({"tcp", "6"})
"""EC2 and the provider take names of protocols in any case, and numbers (`aws_security_group`, argument `protocol`)."""


_NETWORKS: Final = late(r"(?:^|\.)aws_(?:default_)?(?:vpc|subnet)\.")
"""The address of a VPC or a subnet, or of a data source that finds one."""
_RANGES: Final = frozenset({"cidr_block", "ipv6_cidr_block", "cidr_block_associations", "CidrBlock", "CidrBlockAssociations"})
_RANGES_BY_NAME: Final = late(r"(?:^|_)(?:vpc|subnets?)_(?:ipv6_)?cidr_blocks?$")
"""Outputs with the ranges of a network: terraform-aws-modules/vpc, "Outputs"."""
_RANGES_OF_STACKS: Final = late(r"(?i)^outputs\.(?:\w*_)?(?:vpc|\w+subnet\w*)_?cidr(?:_?block)?s?$")
"""Outputs of nested stacks with the range of a network."""


def ingress(group: SecurityGroup | SecurityGroupIngress) -> Iterator[IngressRule]:
    """The rules that let traffic in; an `aws_security_group_rule` may be about egress instead."""
    for each in group.ingress:
        if each.direction != Known("egress"):
            yield each


def lets_in(rule: IngressRule) -> Value[bool]:
    """Whether a rule is about traffic that comes in."""
    return negate(holds(rule.direction, lambda direction: direction == "egress"))


def together(group: SecurityGroup | SecurityGroupIngress) -> Iterator[IngressRule]:
    """The rules of a group that let traffic in, with those that stand beside it; of a rule that does, itself."""
    yield from ingress(group)
    for other in group.standalone if isinstance(group, SecurityGroup) else ():
        yield from ingress(other)


def everything(rule: IngressRule) -> Value[bool]:
    """Whether it is about every port."""
    match rule.protocol:
        case Unknown() as why:
            return why
        case Known(str() as protocol) if protocol.lower() in ALL_PROTOCOLS:
            return Known(True, rule.protocol.origin)
        case _:
            return all_of(
                (holds(rule.from_port, lambda number: number <= 0), holds(rule.to_port, lambda number: number >= 65535))
            )


def port(rule: IngressRule, wanted: int) -> Value[bool]:
    """Whether it is about TCP port `wanted`, but not about every port."""
    match rule.protocol, rule.from_port, rule.to_port:
        case Known(str() as protocol), Known(first), Known(last):
            # Nearly all rules are like this, and are asked about many ports.
            if protocol.lower() not in TCP or (first <= 0 and last >= 65535):
                return Known(False, rule.protocol.origin)
            return Known(True) if first <= wanted <= last else Known(False, rule.from_port.origin)
        case _:
            pass
    all_ports = everything(rule)
    if not isinstance(all_ports, Known):
        return all_ports
    match rule.protocol:
        case Known(protocol) if protocol.lower() in TCP and not all_ports.value:
            return all_of(
                (holds(rule.from_port, lambda number: number <= wanted), holds(rule.to_port, lambda number: number >= wanted))
            )
        case _:
            return Known(False, rule.protocol.origin)


def opened(rule: IngressRule) -> bool:
    """Whether it surely lets in every address there is, in one range or in several."""
    return any(everybody(map(_text, _known(ranges))) for ranges in (rule.ipv4, rule.ipv6))


def may_be_open(rule: IngressRule) -> Value[bool]:
    """Whether it lets in every address there is; unknown if one of its ranges is."""
    if rule.unknown is not None:
        return rule.unknown
    unknown = first_unknown(*(each for each in address_ranges(rule) if not is_a_part(each)))
    return Known(opened(rule)) if opened(rule) or unknown is None else unknown


def exposed(group: SecurityGroup | SecurityGroupIngress) -> list[IngressRule]:
    """The rules of a group, and of those beside it, that everybody may be let in by, alone or with others."""
    if any(_may_be_in_parts(group, family) for family in (_ipv4, _ipv6)):
        return list(together(group))
    return [each for each in ingress(group) if each.unknown is not None or any(True for _ in sources(each))]


def _may_be_in_parts(group: SecurityGroup | SecurityGroupIngress, family: _Family) -> bool:
    """Whether the ranges of a group, without those that are everybody themselves, are so together, whatever they are for."""
    return everybody(each.value for rule in together(group) for each in _known(family(rule)) if not _is_everybody(each))


def _ipv4(rule: IngressRule) -> Value[list[Value[str]]]:
    return rule.ipv4


def _ipv6(rule: IngressRule) -> Value[list[Value[str]]]:
    return rule.ipv6


def opened_together(
    group: SecurityGroup | SecurityGroupIngress, asked: Callable[[IngressRule], Value[bool]]
) -> Iterator[Known[str]]:
    """Of IPv4 and of IPv6, the first range of those that are everybody only together; rules beside a group count with it."""
    for family in (_ipv4, _ipv6):
        part = _in_parts(group, asked, family) if _may_be_in_parts(group, family) else None
        if part is not None:
            yield part


def _in_parts(
    group: SecurityGroup | SecurityGroupIngress, asked: Callable[[IngressRule], Value[bool]], family: _Family
) -> Known[str] | None:
    """The first of the ranges that are everybody only together; rules that stand beside a group count with it."""
    own = [each for rule in ingress(group) if asked(rule) == Known(True) for each in _known(family(rule))]
    if any(map(_is_everybody, own)):
        return None
    if everybody(map(_text, own)):
        return own[0]
    if not isinstance(group, SecurityGroup) or not group.standalone.targets:
        return None
    beside = [
        [each for rule in ingress(other) if asked(rule) == Known(True) for each in _known(family(rule))]
        for other in group.standalone
        if group.standalone.surely(other)
    ]
    if any(everybody(map(_text, each)) for each in beside):
        return None  # that one is flagged itself
    together = own + [each for ranges in beside for each in ranges]
    return together[0] if together and everybody(map(_text, together)) else None


def lets_in_a_prefix_list(rule: IngressRule) -> Value[bool]:
    """Whether a rule lets in a prefix list, such as that of the addresses by which CloudFront fetches from origins. EC2 refuses an empty ID, so
    that whoever deploys passes one where the default of a parameter is empty."""
    return Known(True, rule.prefix_lists.origin) if rule.prefix_lists == Known("") else given(rule.prefix_lists)


def by_prefix_list(rule: IngressRule, test: Callable[[Value[str]], Value[bool]]) -> Value[bool]:
    """Whether a rule lets in a range that passes a test by a prefix list. One whose ranges are not here counts as such."""
    lists = rule.declared_lists
    if not lists.targets or lists.elsewhere:
        return lets_in_a_prefix_list(rule)
    ranges = (one for each in lists for one in each.ranges())
    return any_of(map(test, ranges), rule.prefix_lists.origin)


def address_ranges(rule: IngressRule, families: Sequence[Value[list[Value[str]]]] = ()) -> Iterator[Value[str]]:
    """The address ranges that it lets in, of some families or of both; an unknown where they are not known."""
    for ranges in families or (rule.ipv4, rule.ipv6):
        match ranges:
            case Unknown():
                yield ranges
            case Known(listed):
                yield from listed
            case Absent():
                pass


def is_of_a_network(addresses: Value[str]) -> bool:
    """Whether a range that is not known is that of a VPC or a subnet, by what it refers to: it lets in nobody from elsewhere."""
    if not isinstance(addresses, Unknown) or addresses.alternatives or not addresses.origin.references:
        return False
    # The names of zones say only how many subnets there are.
    named = [each for each in addresses.origin.references if ".aws_availability_zones." not in f".{each.address}"]
    return bool(named) and all(map(_is_range_of_network, named))


def _is_range_of_network(reference: Reference) -> bool:
    if reference.address.rpartition(".")[0].endswith("module"):
        return _RANGES_BY_NAME.search(reference.attribute) is not None
    is_terraform = "." in reference.address
    if not is_terraform and _RANGES_OF_STACKS.search(reference.attribute):
        return True
    return reference.attribute in _RANGES and (not is_terraform or _NETWORKS.search(reference.address) is not None)


def sources(rule: IngressRule) -> Iterator[Value[str]]:
    """The address ranges that are open to the world, and those that are not known. A range of a prefix list that is declared here is where
    the rule names the list."""
    for each in address_ranges(rule):
        unclear = isinstance(each, Unknown) and not is_of_a_network(each) and not is_a_part(each)
        if unclear or (isinstance(each, Known) and _is_everybody(each)):
            yield each
    for list_ in rule.declared_lists:
        if rule.declared_lists.surely(list_):
            ranges = [each.value for each in list_.ranges() if isinstance(each, Known)]
            whole = [each for each in ranges if each.endswith("/0")]
            # Those that are everybody only together stand for it by their first one.
            whole = whole or (ranges[:1] if everybody(ranges) else [])
            yield from (Known(each, rule.prefix_lists.origin) for each in whole)


def is_of_a_list(rule: IngressRule, source: Value[str]) -> bool:
    """Whether one of the `sources` of a rule is in a prefix list."""
    return source.origin is rule.prefix_lists.origin


def _known(ranges: Value[list[Value[str]]]) -> list[Known[str]]:
    return [each for each in ranges.value if isinstance(each, Known)] if isinstance(ranges, Known) else []


def _text(address: Known[str]) -> str:
    return address.value


def _is_everybody(address: Known[str]) -> bool:
    return address.value.endswith("/0")
