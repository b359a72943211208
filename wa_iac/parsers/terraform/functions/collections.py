"""Functions of lists and maps. They work on the structure: unknown elements are carried along."""

from __future__ import annotations

import json
import unicodedata
from contextlib import suppress
from typing import Any, Final

from wa_iac.core.algebra import moved
from wa_iac.core.budget import EACH, current
from wa_iac.core.value import Absent, Known, Origin, Tree, Unknown
from wa_iac.parsers.terraform.exact import digits_of
from wa_iac.parsers.terraform.ops import SetItems, blocked, lifted, member, truth
from wa_iac.parsers.terraform.run import Blocked, Failure

from .base import Context, data, entries, function, items, ordered, text, whole
from .membership import Members, members

_MISSING: Final = Absent()


@function("length")
def _length(context: Context, value: Tree) -> Tree:
    match value:
        case Known(list() | dict() as content):
            return context.known(len(content))
        case Known(str() as content):
            if content.isascii():
                return context.known(len(content))
            # A letter and the marks on it are one character.
            context.run.budget.compare(2 * len(content))
            return context.known(sum(unicodedata.category(each) not in ("Mn", "Me") for each in content))
        case _:
            raise Failure("length needs a collection or a string")


@function("concat")
def _concat(context: Context, *lists: Tree) -> Tree:
    if not lists:
        raise Failure("concat needs a list")
    return context.collection([item for each in lists for item in ordered(each)])


@function("flatten", eager=True)
def _flatten(context: Context, value: Tree) -> Tree:
    result: list[Tree] = []

    def add(each: Tree) -> None:
        for item in items(each):
            context.run.charge(1, context.span)
            if isinstance(item, Known) and isinstance(item.value, list):
                add(item)
            elif isinstance(item, Unknown) and not item.origin.references and not item.parts:
                # It may be a list itself, and then of any length.
                raise Blocked(item)
            else:
                result.append(item)

    add(value)
    return context.collection(result)


@function("compact")
def _compact(context: Context, value: Tree) -> Tree:
    kept: list[Tree] = []
    for item in items(value):
        if isinstance(item, Absent) or item == Known(""):
            continue
        # An unknown from a resource is an id or a name: never empty.
        if isinstance(item, Unknown) and not item.origin.references and not item.parts:
            raise Blocked(item)
        kept.append(moved(Known(text(item)), item.origin) if isinstance(item, Known) else item)
    return context.collection(kept)


@function("distinct")
def _distinct(context: Context, value: Tree) -> Tree:
    return context.collection(unique(unified(items(value))))


def unique(values: list[Tree]) -> list[Tree]:
    """Values without those known to be equal to an earlier one."""
    current().compare(EACH * len(values))
    kept: list[Tree] = []
    seen: set[Tree] = set()
    for value in values:
        if value not in seen:
            seen.add(value)
            kept.append(value)
    return kept


@function("contains", eager=True)
def _contains(context: Context, values: Tree, wanted: Tree) -> Tree:
    if isinstance(values, Unknown) and values.alternatives:
        return lifted(
            context.run, "contains", lambda one, other: _contains(context, one, other), values, wanted, origin=context.origin
        )
    position, unknown = members(context, values).find(wanted)
    if position is not None:
        return context.known(True)
    if isinstance(wanted, Unknown) and unknown is not None:
        return blocked(context.run, wanted, "contains", (values, wanted), context.origin)
    if unknown is not None:
        raise Blocked(unknown)
    return context.known(False)


@function("element", eager=True)
def _element(context: Context, values: Tree, index: Tree) -> Tree:
    if isinstance(values, Unknown) and not values.alternatives and isinstance(index, Known):
        return member(context.run, values, index, context.span)
    if isinstance(values, Unknown) or (isinstance(index, Unknown) and index.alternatives):
        return lifted(context.run, "element", lambda *each: _element(context, *each), values, index, origin=context.origin)
    if isinstance(index, Unknown):
        # Any element may be meant: as with an index in brackets.
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
    return context.known(position)


@function("keys")
def _keys(context: Context, value: Tree) -> Tree:
    return context.collection([context.known(key) for key in sorted(entries(value))])


@function("values")
def _values(context: Context, value: Tree) -> Tree:
    content = entries(value)
    return context.collection([content[key] for key in sorted(content)])


@function("lookup", eager=True)
def _lookup(context: Context, values: Tree, key: Tree, *default: Tree) -> Tree:
    if isinstance(values, Unknown) or isinstance(key, Unknown):
        if any(isinstance(each, Unknown) and each.alternatives for each in (values, key)):
            return lifted(
                context.run,
                "lookup",
                lambda one, other: _lookup(context, one, other, *default),
                values,
                key,
                origin=context.origin,
            )
        by = values if isinstance(values, Unknown) else key
        return blocked(context.run, by, "lookup", (values, key, *default), context.origin)  # type: ignore[arg-type]
    if default and not (isinstance(values, Known) and isinstance(values.value, dict) and text(key) in values.value):
        if not isinstance(values, Known) or not isinstance(values.value, dict):
            raise Failure("a map is needed")
        return default[0]
    return member(context.run, values, Known(text(key)), context.span)


@function("merge")
def _merge(context: Context, *maps: Tree) -> Tree:
    result: dict[str, Tree] = {}
    for each in maps:
        if not isinstance(each, Absent):
            result.update(entries(each))
            context.run.check_items(len(result), context.span)
    context.run.charge(len(result), context.span)
    return context.known(result)


@function("zipmap")
def _zipmap(context: Context, keys: Tree, values: Tree) -> Tree:
    names, contents = items(keys), items(values)
    if len(names) != len(contents):
        raise Failure("zipmap needs as many values as keys")
    return context.known({text(key): value for key, value in zip(names, contents, strict=True)})


@function("coalesce", eager=True)
def _coalesce(context: Context, *values: Tree) -> Tree:
    for index, value in enumerate(values):
        match value:
            case Unknown() if value.alternatives:
                rest = values[index + 1 :]
                return lifted(context.run, "coalesce", lambda one, rest=rest: _coalesce(context, one, *rest), value,
                              origin=context.origin)  # fmt: skip
            case Unknown():
                return value if value.origin.references else blocked(context.run, value, "coalesce", values, context.origin)
            case Absent() | Known(""):
                continue
            case _:
                return unified([value, *values[index + 1 :]])[0]
    raise Failure("every argument of coalesce is null or empty")


@function("coalescelist")
def _coalescelist(context: Context, *lists: Tree) -> Tree:
    for each in lists:
        if items(each):
            return each
    raise Failure("every argument of coalescelist is empty")


@function("one")
def _one(context: Context, values: Tree) -> Tree:
    if isinstance(values, Absent):
        return values
    content = items(values)
    if len(content) > 1:
        raise Failure("one needs a list of at most one element")
    return content[0] if content else Absent(context.origin)


@function("slice", eager=True)
def _slice(context: Context, values: Tree, start: Tree, end: Tree) -> Tree:
    if isinstance(start, Unknown) or isinstance(end, Unknown) or (isinstance(values, Unknown) and values.alternatives):
        return lifted(
            context.run, "slice", lambda *each: _slice(context, *each), values, start, end, origin=context.origin
        )  # fmt: skip
    first, last = whole(start), whole(end)
    if isinstance(values, Unknown) and 0 <= first <= last:
        # Whatever the list holds: a slice of it has this length, or is an error.
        context.run.check_items(last - first, context.span)
        return context.collection([member(context.run, values, Known(index), context.span) for index in range(first, last)])
    content = ordered(values)
    if not 0 <= first <= last <= len(content):
        raise Failure("the bounds of the slice are outside the list")
    return context.collection(content[first:last])


@function("chunklist")
def _chunklist(context: Context, values: Tree, size: Tree) -> Tree:
    content, step = unified(items(values)), whole(size)
    if step < 0:
        raise Failure("the size of a chunk is negative")
    step = step or max(len(content), 1)
    return context.collection([context.known(content[index : index + step]) for index in range(0, len(content), step)])


@function("reverse")
def _reverse(context: Context, values: Tree) -> Tree:
    return context.collection(items(values)[::-1])


@function("sort")
def _sort(context: Context, values: Tree) -> Tree:
    content = [moved(Known(text(item)), item.origin) for item in items(values)]
    return context.collection(sorted(content, key=text))


@function("transpose")
def _transpose(context: Context, value: Tree) -> Tree:
    result: dict[str, list[Tree]] = {}
    for key, names in sorted(entries(value).items(), key=lambda entry: entry[0]):
        for name in items(names):
            context.run.charge(1, context.span)
            result.setdefault(text(name), []).append(context.known(key))
    return context.known({key: context.known(each) for key, each in sorted(result.items(), key=lambda entry: entry[0])})


@function("matchkeys")
def _matchkeys(context: Context, values: Tree, keys: Tree, wanted: Tree) -> Tree:
    contents, names = items(values), items(keys)
    if len(contents) != len(names):
        raise Failure("matchkeys needs as many keys as values")
    alike = unified([*names, *items(wanted)])
    search = Members(alike[len(names) :])
    kept: list[Tree] = []
    for value, key in zip(contents, alike, strict=False):
        position, unknown = search.find(key)
        if position is not None:
            kept.append(value)
        elif unknown is not None:
            raise Blocked(unknown)
    return context.collection(kept)


@function("alltrue", eager=True)
def _alltrue(context: Context, values: Tree) -> Tree:
    return _every(context, values, decisive=False)


@function("anytrue", eager=True)
def _anytrue(context: Context, values: Tree) -> Tree:
    return _every(context, values, decisive=True)


def _every(context: Context, values: Tree, *, decisive: bool) -> Tree:
    content = items(values)
    content = [Known(False, item.origin) if isinstance(item, Absent) else truth(item) for item in content]
    if any(isinstance(item, Known) and text(item) == ("true" if decisive else "false") for item in content):
        return context.known(decisive)
    unknown = next((item for item in content if isinstance(item, Unknown)), None)
    if unknown is not None:
        return blocked(context.run, unknown, ("every", decisive), (values,), context.origin)
    return context.known(not decisive)


@function("tolist")
def _tolist(context: Context, value: Tree) -> Tree:
    return value if isinstance(value, Absent) else Known(unified(items(value)), value.origin)


@function("tomap")
def _tomap(context: Context, value: Tree) -> Tree:
    if isinstance(value, Absent):
        return value
    content = entries(value)
    return Known(dict(zip(content, unified(list(content.values())), strict=True)), value.origin)


@function("toset")
def _toset(context: Context, value: Tree) -> Tree:
    return value if isinstance(value, Absent) else as_set(items(value), value.origin)


def as_set(content: list[Tree], origin: Origin) -> Known[Any]:
    """A set: its elements of one type, once each and, where all are known, in Terraform's order."""
    current().compare(2 * EACH * len(content))
    kept = unique(unified(content))
    if not any(isinstance(each, Unknown) for each in kept):
        with suppress(Blocked):
            kept.sort(key=_rank)
    return Known(SetItems(kept), origin)


def _rank(value: Tree) -> tuple[int, Any]:
    content = data(value)
    match content:
        case None:
            return 4, ""
        case bool():
            return 0, content
        case int() | float():
            return 1, digits_of(content)
        case str():
            return 2, content
        case _:
            return 3, json.dumps(content, sort_keys=True)


def unified(values: list[Tree]) -> list[Tree]:
    """Values as a list of one type holds them: scalars among strings are strings. Raises Failure where they have nothing in common."""
    current().compare(EACH * len(values))
    contents = [each.value for each in values if isinstance(each, Known)]
    kinds = {_KINDS.get(type(each), "number") for each in contents}
    if len(kinds) < 2 and "list" not in kinds and "map" not in kinds:
        return values
    if kinds == {"list"}:
        return _unified_lists(values, contents)
    if kinds == {"map"}:
        return _unified_maps(values, contents)
    if "string" in kinds and kinds <= {"string", "number", "bool"}:
        return [moved(Known(text(each)), each.origin) if isinstance(each, Known) else each for each in values]
    raise Failure(f"all elements must be of one type, not {' and '.join(sorted(kinds))}")


_KINDS: Final[dict[type, str]] = {bool: "bool", str: "string", list: "list", SetItems: "list", dict: "map"}


def _unified_lists(values: list[Tree], contents: list[list[Tree]]) -> list[Tree]:
    flat = [item for each in contents for item in each]
    try:
        same_type = unified(flat)
    except Failure:
        return values
    if same_type is flat:
        return values
    rest = iter(same_type)
    return [
        Known(type(each.value)(next(rest) for _ in each.value), each.origin) if isinstance(each, Known) else each
        for each in values
    ]


def _unified_maps(values: list[Tree], contents: list[dict[str, Tree]]) -> list[Tree]:
    if len({frozenset(each) for each in contents}) != 1:
        return values
    columns = {key: iter(unified([each[key] for each in contents])) for key in contents[0]}
    return [
        Known({key: next(columns[key]) for key in each.value}, each.origin) if isinstance(each, Known) else each
        for each in values
    ]
