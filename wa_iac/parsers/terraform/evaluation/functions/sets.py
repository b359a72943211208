"""Functions of sets, and conversions."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from math import prod

from wa_iac.core import secrets
from wa_iac.core.algebra import moved, text_of
from wa_iac.core.partial import MANY, Rest, first_rest, nothing_but, perhaps, scattered
from wa_iac.core.value import Absent, Known, Tree, Unknown
from wa_iac.parsers.terraform.evaluation.kinds import type_within, typed
from wa_iac.parsers.terraform.evaluation.lifting import ListItems, MapEntries, SetItems, kind_of
from wa_iac.parsers.terraform.evaluation.unit import Blocked, Failure

from .alike import as_set, unified
from .base import Context, entries, function, number, parts
from .membership import ValueIndex


@function("setunion", partial=True)
def _setunion(context: Context, *sets: Tree) -> Tree:
    return _set(context, [item for each in sets for item in parts(each)])


@function("setintersection", partial=True)
def _setintersection(context: Context, first: Tree, *others: Tree) -> Tree:
    kept, *rest = _alike(first, *others)
    for other in rest:
        kept = _among(kept, other, wanted=True)
    return _set(context, kept)


@function("setsubtract", partial=True)
def _setsubtract(context: Context, one: Tree, other: Tree) -> Tree:
    left, taken = _alike(one, other)
    return _set(context, _among(left, taken, wanted=False))


@function("setsymmetricdifference", partial=True)
def _setsymmetricdifference(context: Context, one: Tree, other: Tree) -> Tree:
    left, right = _alike(one, other)
    return _set(context, [*_among(left, right, wanted=False), *_among(right, left, wanted=False)])


@function("setproduct", partial=True)
def _setproduct(context: Context, *sets: Tree) -> Tree:
    if len(sets) < 2:
        raise Failure("setproduct needs two sets or more")
    lists = [parts(each) for each in sets]
    number = prod(len(each) for each in lists)
    context.run.check_items(number * len(lists) if number else 0, context.span)
    rows: list[Tree] = []
    for row in product(*lists):
        rest = first_rest(row)
        rows.append(context.known(list(row)) if rest is None else _some(context.known(list(row)), rest, row))
    if any(kind_of(each) is SetItems for each in sets):
        return _set(context, rows)
    by = next((each for items in lists for each in items if isinstance(each, Rest) and each.shuffles), None)
    return context.partly(rows if by is None else scattered(rows, by=by))


def _some(row: Tree, by: Rest, items: Iterable[Tree]) -> Rest:
    """Any number of rows: as many as the product of the elements' numbers."""
    most = min(MANY, prod(each.most for each in items if isinstance(each, Rest)))
    one = perhaps(row, by)
    return Rest(one.reason, one.identity, one.origin, most=most)


def _set(context: Context, content: list[Tree]) -> Tree:
    rest = nothing_but(content)
    if rest is not None:
        raise Blocked(rest)
    return as_set(content, context.origin)


def _alike(*sets: Tree) -> list[list[Tree]]:
    """The elements of each set, all converted to one type."""
    lists = [parts(each) for each in sets]
    every = iter(unified([item for each in lists for item in each]))
    return [[next(every) for _ in each] for each in lists]


def _among(values: list[Tree], others: list[Tree], *, wanted: bool) -> list[Tree]:
    """The values that are among others, or those that are not. If that is not known for a value, it may or may not exist."""
    search = ValueIndex(others)
    kept: list[Tree] = []
    for value in values:
        position, unknown = search.find(value)
        if isinstance(value, Rest):
            if others or not wanted:
                kept.append(value)
        elif position is None and unknown is not None:
            kept.append(perhaps(value, unknown))
        elif (position is not None) is wanted:
            kept.append(value)
    return kept


@function("tolist", partial=True)
def _tolist(context: Context, value: Tree) -> Tree:
    if isinstance(value, (Absent, Unknown)):
        return value
    return typed(Known(ListItems(unified(parts(value))), value.origin), type_within(value))


@function("tomap", partial=True)
def _tomap(context: Context, value: Tree) -> Tree:
    if isinstance(value, (Absent, Unknown)):
        return value
    content = entries(value)
    made = MapEntries(zip(content, unified(list(content.values())), strict=True))
    return typed(Known(made, value.origin), type_within(value))


@function("toset", partial=True)
def _toset(context: Context, value: Tree) -> Tree:
    if isinstance(value, (Absent, Unknown)):
        return value
    return typed(as_set(parts(value), value.origin), type_within(value))


@function("tostring")
def _tostring(context: Context, value: Tree) -> Tree:
    match value:
        case Absent() | Known(str()):
            return value
        case Known(bool() | int() | float() as content):
            return moved(Known(text_of(content)), value.origin)
        case _:
            raise Failure("this cannot be converted to a string")


@function("tonumber")
def _tonumber(context: Context, value: Tree) -> Tree:
    return value if isinstance(value, Absent) else Known(number(value), value.origin)


@function("tobool")
def _tobool(context: Context, value: Tree) -> Tree:
    match value:
        case Absent() | Known(bool()):
            return value
        case Known("true" | "false" | "1" | "0" as content):
            return Known(content in ("true", "1"), value.origin)
        case _:
            raise Failure("this cannot be converted to a boolean")


@function("type", eager=True)
def _type(context: Context, value: Tree) -> Tree:
    match value:
        case Unknown():
            raise Blocked(value)
        case Known(bool()):
            return context.known("bool")
        case Known(str()):
            return context.known("string")
        case Known(int() | float()):
            return context.known("number")
        case Known(SetItems()):
            return context.known("set")
        case Known(ListItems()):
            return context.known("list")
        case Known(list()):
            return context.known("tuple")
        case Known(MapEntries()):
            return context.known("map")
        case Known(dict()):
            return context.known("object")
        case _:
            return context.known("null")


@function("sensitive", eager=True)
def _sensitive(context: Context, value: Tree) -> Tree:
    return secrets.note(moved(value, value.origin._replace(sensitive=True)))


@function("ephemeralasnull", eager=True)
def _ephemeralasnull(context: Context, value: Tree) -> Tree:
    # Ephemeral values are not distinguished from others, so it is either the value itself or null.
    return (
        value
        if isinstance(value, (Known, Absent))
        else Unknown(value.reason, ("ephemeralasnull", value.identity), context.origin)
    )
