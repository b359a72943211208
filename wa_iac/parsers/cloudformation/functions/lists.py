"""The functions on lists: Select, GetAZs, Cidr, Length."""

from __future__ import annotations

from collections.abc import Hashable
from ipaddress import ip_network
from itertools import islice
from typing import Final

from wa_iac.core.algebra import text_of
from wa_iac.core.partial import first_rest
from wa_iac.core.reasons import Said, ZonesOf
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Origin, Tree, Unknown
from wa_iac.parsers.cloudformation.scope import TemplateScope, broken, deployed, result, steps_of
from wa_iac.parsers.cloudformation.text.located import Node

from .choices import choose_within, may_be_absent, settled

MAX_BLOCKS: Final = 256
"""Blocks that Fn::Cidr makes at most; AWS's own limit."""


def select(scope: TemplateScope, node: Node, where: Span) -> Tree:
    """`Fn::Select`: `[index, list]`. Of an unknown list, its member."""
    arguments = scope.arguments("Fn::Select", node, 2, 2)
    if arguments is None:
        return broken(where, node.span)
    index, items = (scope.evaluate(argument, argument.span) for argument in arguments)
    origin = Origin(where, "computed", references=items.origin.references)

    def at(index: Tree) -> Tree:
        number = _integer(index)
        if number is None:
            return scope.refuse(
                "the index of Fn::Select must be a whole number, starting at 0", where, arguments[0].span, index
            )
        return _member(scope, number, items, where, node.span)

    return scope.lift(("Fn::Select", _identity(items)), at, index, origin=origin)


def _member(scope: TemplateScope, index: int, items: Tree, where: Span, at: Span) -> Tree:
    if isinstance(items, Known) and isinstance(items.value, list):
        scope.over(items.value[: index + 1])
    match items:
        case Known(list() as members) if any(map(may_be_absent, members[: index + 1])):
            return _member(scope, index, settled(items), where, at)
        case Known(list() as members) if (rest := first_rest(members[: index + 1])) is not None:
            origin = Origin(where, "computed", references=rest.origin.references)
            return Unknown(rest.reason, ("Fn::Select", index, hash(items)), origin)
        case Known(list() as members) if index < len(members):
            member: Tree = members[index]
            return result(member, where)
        case Known(list() as members):
            return scope.refuse(f"Fn::Select asks for item {index} of a list of {len(members)} (items 0 to {len(members) - 1})",
                                where, at, items, *members)  # fmt: skip
        case Unknown(alternatives=alternatives) if alternatives:
            with scope.supposing():
                each = [(label, _member(scope, index, value, where, at)) for label, value in alternatives]
            return choose_within(items.reason, items.choice, each, Origin(where, "computed"))
        case Unknown():
            return result(items.member(index, distinct=items.identity in scope.collections), where)
        case _:
            return scope.refuse("Fn::Select needs an index and a list", where, at)


def get_azs(scope: TemplateScope, node: Node, where: Span) -> Tree:
    """`Fn::GetAZs`: an unknown list of distinct zones, the same list for the same region."""
    region = scope.argument(node)
    name = ""
    match region:
        case Known("") | Absent():
            identity: Hashable = ("zones", ("pseudo", "AWS::Region"))
        case Known(str() as name):
            identity = ("zones", name)
        case Unknown():
            identity = ("zones", region.identity)
        case _:
            return scope.refuse(
                "Fn::GetAZs needs the name of a region, or an empty string for the stack's own", where, node.span
            )
    scope.collections.add(identity)
    return deployed(ZonesOf(name), identity, where)


def cidr(scope: TemplateScope, node: Node, where: Span) -> Tree:
    """`Fn::Cidr`: `[block, count, bits]`, the first `count` blocks with `bits` bits for hosts each."""
    arguments = scope.arguments("Fn::Cidr", node, 2, 3)
    if arguments is None:
        return broken(where, node.span)
    values = [scope.evaluate(argument, argument.span) for argument in arguments]
    origin = Origin(where, "computed", steps_of(*values))

    def blocks(block: Tree, count: Tree, *bits: Tree) -> Tree:
        number, size = _integer(count), _integer(bits[0]) if bits else None
        if not isinstance(block, Known) or number is None or not 0 < number <= MAX_BLOCKS or (bits and size is None):
            return scope.refuse(
                f"Fn::Cidr needs a block, a count of 1 to {MAX_BLOCKS} and a number of bits",
                where,
                node.span,
                block,
                count,
                *bits,
            )
        if size is None:
            return deployed(
                Said("the size of the blocks is chosen at deployment", "write the number of bits"),
                ("Fn::Cidr", node.span),
                where,
            )
        try:
            network = ip_network(text_of(block.value), strict=False)
            subnets = network.subnets(new_prefix=network.max_prefixlen - size)
            made = [Known(str(subnet), origin) for subnet in islice(subnets, number)]
        except ValueError as error:
            return scope.refuse(f"Fn::Cidr cannot divide the block: {error}", where, node.span, block, *bits)
        if len(made) < number:
            return scope.refuse(
                f"Fn::Cidr cannot make {number} blocks of {size} bits from {network}", where, node.span, block, count, *bits
            )
        return Known(made, origin)

    made = scope.lift("Fn::Cidr", blocks, *values, origin=origin)
    if isinstance(made, Unknown):
        # The blocks of one call never overlap, whatever they are.
        scope.collections.add(made.identity)
    return made


def length(scope: TemplateScope, node: Node, where: Span) -> Tree:
    """`Fn::Length` of a list."""
    items = scope.evaluate(node, node.span)
    origin = Origin(where, "computed", items.origin.chain, items.origin.references)

    def counted(items: Tree) -> Tree:
        if isinstance(items, Known) and isinstance(items.value, list):
            scope.over(items.value)
        match items:
            case Known(list() as members) if any(map(may_be_absent, members)):
                return scope.lift("Fn::Length", counted, settled(items), origin=origin)
            case Known(list() as members) if (rest := first_rest(members)) is not None:
                return Unknown(rest.reason, ("Fn::Length", hash(items)), origin)
            case Known(list() as members):
                return Known(len(members), origin)
            case _:
                return scope.refuse("Fn::Length needs a list", where, node.span)

    return scope.lift("Fn::Length", counted, items, origin=origin)


def _integer(value: Tree) -> int | None:
    match value:
        case Known(int() as number) if not isinstance(number, bool):
            return number if number >= 0 else None
        case Known(str() as text) if text.isascii() and text.isdigit() and len(text) < 10:
            return int(text)
        case _:
            return None


def _identity(value: Tree) -> Hashable:
    return value.identity if isinstance(value, Unknown) else hash(value)
