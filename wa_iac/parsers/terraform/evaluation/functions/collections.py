"""Functions of lists and maps. They work on the structure, and pass unknown elements on."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from wa_iac.core import environments
from wa_iac.core.algebra import moved, references
from wa_iac.core.partial import (
    Entries,
    PartlyMap,
    Rest,
    first_rest,
    identity_of,
    is_whole,
    length,
    nothing_but,
    perhaps,
    rest_of,
    scattered,
    within,
)
from wa_iac.core.value import Absent, Known, Tree, Unknown
from wa_iac.parsers.terraform.evaluation.by_name import by_name, if_given, under
from wa_iac.parsers.terraform.evaluation.lifting import (
    ListItems,
    MapEntries,
    SetItems,
    attempt,
    blocked,
    inherited,
    kind_of,
    lifted,
    member,
)
from wa_iac.parsers.terraform.evaluation.unit import Blocked, Failed, Failure

from .alike import is_scalar, unified, unique
from .base import Context, entries, function, items, ordered, ordered_parts, parts, text, whole
from .membership import ValueIndex, members

_MISSING: Final = Absent()


@function("length")
def _length(context: Context, value: Tree) -> Tree:
    match value:
        case Known(list()):
            least, most = length(parts(value))
            return context.known(least if least == most else len(items(value)))
        case Known(dict() as content):
            return context.known(len(content))
        case Known(str() as content):
            if content.isascii():
                return context.known(len(content))
            # A letter with its combining marks is one character.
            context.run.budget.compare(2 * len(content))
            return context.known(sum(unicodedata.category(each) not in ("Mn", "Me") for each in content))
        case _:
            raise Failure("length needs a collection or a string")


@function("concat", partial=True)
def _concat(context: Context, *lists: Tree) -> Tree:
    if not lists:
        raise Failure("concat needs a list")
    content = [item for each in lists for item in ordered_parts(each)]
    kind = common_kind(lists)
    return context.partly(content if kind is list else unified(content), kind)


def common_kind(lists: Sequence[Tree]) -> type[list[Tree]]:
    """The type of several lists together: a list if all are known to be lists, else a tuple."""
    return ListItems if all(kind_of(each) is not list for each in lists) else list


@function("flatten", partial=True)
def _flatten(context: Context, value: Tree) -> Tree:
    result: list[Tree] = []

    def add(each: Tree) -> None:
        for item in parts(each):
            context.run.charge(1, context.span)
            if isinstance(item, Known) and isinstance(item.value, list):
                add(item)
            elif isinstance(item, Rest) and item.among:
                result.extend(within(item))
            elif isinstance(item, Unknown) and not isinstance(item, PartlyMap) and not is_scalar(item):
                # It may be a list itself, of any length.
                result.append(rest_of(item))
            else:
                result.append(item)

    add(value)
    return context.partly(result, list)


@function("compact", partial=True)
def _compact(context: Context, value: Tree) -> Tree:
    kept: list[Tree] = []
    for item in parts(value):
        if isinstance(item, Absent) or item == Known(""):
            continue
        if isinstance(item, Unknown):
            kept.append(item if is_scalar(item) or isinstance(item, Rest) else perhaps(item, item))
        else:
            kept.append(moved(Known(text(item)), item.origin))
    return context.partly(kept)


@function("distinct", partial=True)
def _distinct(context: Context, value: Tree) -> Tree:
    kept = unique(unified(parts(value)))
    # From the first element that may equal a later one, it is unknown which of them is dropped.
    rest = first_rest(kept)
    if rest is None:
        return context.collection(kept)
    sure = list(takewhile(lambda each: not isinstance(each, Rest), kept))
    return context.partly([*sure, *scattered(kept[len(sure) :], by=rest)])


@function("contains", eager=True)
def _contains(context: Context, values: Tree, wanted: Tree) -> Tree:
    if any(isinstance(each, Unknown) and each.alternatives for each in (values, wanted)):
        return lifted(
            context.run, "contains", lambda one, other: _contains(context, one, other), values, wanted, origin=context.origin
        )
    position, unknown = members(context, values).find(wanted)
    if position is None and isinstance(wanted, Unknown) and unknown is not None:
        return blocked(context.run, wanted, "contains", (values, wanted), context.origin)
    if position is None and unknown is not None:
        raise Blocked(unknown)
    is_in = position is not None
    return Known(is_in, environments.found_among(context.origin, values, wanted, is_in=is_in))


@function("element", eager=True)
def _element(context: Context, values: Tree, index: Tree) -> Tree:
    if isinstance(values, Unknown) and not values.alternatives and isinstance(index, Known):
        return member(context.run, values, index, context.span)
    if isinstance(values, Unknown) or (isinstance(index, Unknown) and index.alternatives):
        return lifted(context.run, "element", lambda *each: _element(context, *each), values, index, origin=context.origin)
    if isinstance(index, Unknown):
        # Any element may be the result, as for an index in brackets.
        return member(context.run, values, index, context.span)
    content = ordered(values)
    if not content:
        raise Failure("element needs a list that is not empty")
    return content[whole(index) % len(content)]


@function("index")
def _index(context: Context, values: Tree, wanted: Tree) -> Tree:
    if isinstance(values, Known) and isinstance(values.value, SetItems):
        ordered(values)
    position, unknown = members(context, values).find(wanted)
    if unknown is not None and position != 0:
        raise Blocked(unknown)
    if position is None:
        raise Failure("the value is not in the list")
    if (before := first_rest(parts(values)[:position])) is not None:
        raise Blocked(before)
    return context.known(position)


@function("keys", partial=True)
def _keys(context: Context, value: Tree) -> Tree:
    if isinstance(value, PartlyMap):
        names: list[Tree] = [context.known(key) for key in sorted(value.entries)]
        more = [] if value.rest is None else [rest_of(value.rest)]
        return context.partly(value.in_order([*names, *(name for name, _ in value.others), *more]), list)
    return context.collection([context.known(key) for key in sorted(entries(value))], _kind_within(value))


@function("values", partial=True)
def _values(context: Context, value: Tree) -> Tree:
    if isinstance(value, PartlyMap):
        return context.partly(value.in_order(inherited(value, each) for each in value.every()), list)
    content = entries(value)
    return context.collection([content[key] for key in sorted(content)], _kind_within(value))


def _kind_within(value: Tree) -> type[list[Tree]]:
    """The list type of a map's names or contents; those of an object may have many types."""
    return ListItems if isinstance(value, Known) and isinstance(value.value, MapEntries) else list


@function("lookup", eager=True)
def _lookup(context: Context, values: Tree, key: Tree, *default: Tree) -> Tree:
    if isinstance(values, PartlyMap) and isinstance(key, Known):
        return inherited(values, values.entry(text(key)))
    if isinstance(values, Unknown) or isinstance(key, Unknown):
        if any(isinstance(each, Unknown) and each.alternatives for each in (values, key)):
            return lifted(
                context.run, "lookup", lambda one, other: _lookup(context, one, other, *default), values, key,
                origin=context.origin,
            )  # fmt: skip
        if isinstance(key, Unknown) and (not default or under(values, key)[0] is not None):
            return member(context.run, values, key, context.span)
        if isinstance(values, Known) and isinstance(values.value, dict) and isinstance(key, Unknown):
            found = {name: inherited(values, each) for name, each in values.value.items()}
            if (chosen := by_name(found, key, context.origin, *default)) is not None:
                return chosen
        by = values if isinstance(values, Unknown) else key
        return blocked(context.run, by, "lookup", (values, key, *default), context.origin)  # type: ignore[arg-type]
    if default and not (isinstance(values, Known) and isinstance(values.value, dict) and text(key) in values.value):
        if not isinstance(values, Known) or not isinstance(values.value, dict):
            raise Failure("a map is needed")
        return environments.entry_for(default[0], key, values.value)
    entry = member(context.run, values, Known(text(key)), context.span)
    return environments.entry_for(entry, key, values.value) if isinstance(values, Known) else entry


@function("merge", partial=True)
def _merge(context: Context, *maps: Tree) -> Tree:
    result = Entries()
    for each in maps:
        if not isinstance(each, Absent):
            result.put_all(each if isinstance(each, Unknown) else Known(entries(each)))
            context.run.check_items(len(result), context.span)
    given = [each for each in maps if not isinstance(each, Absent)]
    are_maps = all(isinstance(each, Known) and isinstance(each.value, MapEntries) for each in given)
    return context.made(result, MapEntries if are_maps and given else dict)


@function("zipmap", partial=True)
def _zipmap(context: Context, keys: Tree, values: Tree) -> Tree:
    names, contents = ordered_parts(keys), ordered_parts(values)
    if is_whole(names) and is_whole(contents) and len(names) != len(contents):
        raise Failure("zipmap needs as many values as keys")
    sure = list(takewhile(lambda each: not isinstance(each, Rest), contents))
    by = first_rest([*contents, *names])
    result = Entries()
    paired = True
    for index, name in enumerate(names):
        if isinstance(name, Rest):
            paired = False
            result.put_any(name, over=False)
            continue
        value: Tree
        if paired and index < len(sure):
            value = sure[index]
        elif paired and isinstance(values, Unknown):
            value = member(context.run, values, Known(index), context.span)
        else:
            assert by is not None  # noqa: S101 - lists without any rest are as long as each other
            value = by.derived(("of", identity_of(name)))
        result.put(name if isinstance(name, Unknown) else text(name), value)
    return context.made(result, MapEntries if kind_of(values) is ListItems else dict)


@function("coalesce", eager=True)
def _coalesce(context: Context, *values: Tree) -> Tree:
    for index, value in enumerate(values):
        match value:
            case Unknown() if value.alternatives:
                rest = values[index + 1 :]
                return lifted(context.run, "coalesce", lambda one, rest=rest: _coalesce(context, one, *rest), value,
                              origin=context.origin)  # fmt: skip
            case Unknown() if value.origin.references:
                return value
            case Unknown():
                chosen = _if_set(context, value, values[index + 1 :])
                return blocked(context.run, value, "coalesce", values, context.origin) if chosen is None else chosen
            case Absent() | Known(""):
                continue
            case _:
                return unified(list(values))[index]
    raise Failure("every argument of coalesce is null or empty")


def _if_set(context: Context, value: Unknown, others: Sequence[Tree]) -> Tree | None:
    """A variable if it is given a value, else the first of some others. None if none of them refers to anything."""
    if not any(True for each in others for _ in references(each)):
        return None
    other = attempt(lambda: _coalesce(context, *others), context.span)
    return None if isinstance(other, Failed) else if_given(value, other, context.origin)


@function("coalescelist", partial=True)
def _coalescelist(context: Context, *lists: Tree) -> Tree:
    for each in lists:
        content = parts(each)
        rest = nothing_but(content)
        if rest is not None:
            raise Blocked(rest)
        if content:
            return each
    raise Failure("every argument of coalescelist is empty")


@function("transpose")
def _transpose(context: Context, value: Tree) -> Tree:
    result: dict[str, list[Tree]] = {}
    for key, names in sorted(entries(value).items(), key=lambda entry: entry[0]):
        for name in items(names):
            context.run.charge(1, context.span)
            result.setdefault(text(name), []).append(context.known(key))
    ordered_ = sorted(result.items(), key=lambda entry: entry[0])
    return context.known(MapEntries((key, context.known(ListItems(each))) for key, each in ordered_))


@function("matchkeys")
def _matchkeys(context: Context, values: Tree, keys: Tree, wanted: Tree) -> Tree:
    contents, names = items(values), items(keys)
    if len(contents) != len(names):
        raise Failure("matchkeys needs as many keys as values")
    alike = unified([*names, *items(wanted)])
    search = ValueIndex(alike[len(names) :])
    kept: list[Tree] = []
    for value, key in zip(contents, alike, strict=False):
        position, unknown = search.find(key)
        if position is not None:
            kept.append(value)
        elif unknown is not None:
            raise Blocked(unknown)
    return context.collection(kept)
