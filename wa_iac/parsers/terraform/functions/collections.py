"""Functions of lists and maps. They work on the structure: unknown elements are carried along."""

from __future__ import annotations

import json
import unicodedata
from contextlib import suppress
from itertools import takewhile
from typing import Any, Final

from wa_iac.core.algebra import moved
from wa_iac.core.budget import EACH, current
from wa_iac.core.partial import (
    Entries,
    PartlyMap,
    Rest,
    first_rest,
    identity_of,
    is_whole,
    known_alone,
    perhaps,
    rest_of,
    scattered,
    unknown_in,
)
from wa_iac.core.value import Absent, Known, Origin, Tree, Unknown
from wa_iac.parsers.terraform.exact import digits_of
from wa_iac.parsers.terraform.ops import SetItems, blocked, inherited, lifted, member, truth
from wa_iac.parsers.terraform.run import Blocked, Failure, Many

from .base import Context, data, entries, function, items, ordered, ordered_parts, parts, text, whole
from .membership import Members, members

_MISSING: Final = Absent()


@function("length")
def _length(context: Context, value: Tree) -> Tree:
    match value:
        case Known(list()):
            return context.known(len(items(value)))
        case Known(dict() as content):
            return context.known(len(content))
        case Known(str() as content):
            if content.isascii():
                return context.known(len(content))
            # A letter and the marks on it are one character.
            context.run.budget.compare(2 * len(content))
            return context.known(sum(unicodedata.category(each) not in ("Mn", "Me") for each in content))
        case _:
            raise Failure("length needs a collection or a string")


@function("concat", partial=True)
def _concat(context: Context, *lists: Tree) -> Tree:
    if not lists:
        raise Failure("concat needs a list")
    return context.partly([item for each in lists for item in ordered_parts(each)])


@function("flatten", partial=True)
def _flatten(context: Context, value: Tree) -> Tree:
    result: list[Tree] = []

    def add(each: Tree) -> None:
        for item in parts(each):
            context.run.charge(1, context.span)
            if isinstance(item, Known) and isinstance(item.value, list):
                add(item)
            elif isinstance(item, Unknown) and not isinstance(item, PartlyMap) and not _is_scalar(item):
                # It may be a list itself, and then of any length.
                result.append(rest_of(item))
            else:
                result.append(item)

    add(value)
    return context.partly(result)


def _is_scalar(value: Unknown) -> bool:
    """Whether an unknown element is surely one text, and no empty one: an id or a name of a resource, or a text with a known piece."""
    if isinstance(value, Rest | Many):
        return False
    return bool(value.origin.references) or any(isinstance(part, str) for part in value.parts) or value.element is not None


@function("compact", partial=True)
def _compact(context: Context, value: Tree) -> Tree:
    kept: list[Tree] = []
    for item in parts(value):
        if isinstance(item, Absent) or item == Known(""):
            continue
        if isinstance(item, Unknown):
            kept.append(item if _is_scalar(item) or isinstance(item, Rest) else perhaps(item, item))
        else:
            kept.append(moved(Known(text(item)), item.origin))
    return context.partly(kept)


@function("distinct", partial=True)
def _distinct(context: Context, value: Tree) -> Tree:
    return context.partly(unique(unified(parts(value))))


def unique(values: list[Tree]) -> list[Tree]:
    """Values without those known to be equal to an earlier one; one that may be equal to another is there, or is not."""
    current().compare(EACH * len(values))
    kept = list(dict.fromkeys(values))
    loose = [each for each in kept if _is_loose(each)]
    if not loose:
        return kept
    sure = None if any(not isinstance(each, Rest) and not _is_loose(each) for each in kept) else loose[0]
    return [_perhaps(each) if each is not sure and _is_loose(each) else each for each in kept]


def _is_loose(value: Tree) -> bool:
    """Whether a value may be equal to another one. Ids and names of resources are taken to differ."""
    if isinstance(value, Unknown):
        return not isinstance(value, Rest) and not _is_scalar(value)
    return isinstance(value, Known) and isinstance(value.value, list | dict) and unknown_in(value) is not None


def _perhaps(value: Tree) -> Rest:
    by = unknown_in(value)
    assert by is not None  # noqa: S101 - only what is loose comes here
    return perhaps(value, by)


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


@function("keys", partial=True)
def _keys(context: Context, value: Tree) -> Tree:
    if isinstance(value, PartlyMap):
        names: list[Tree] = [context.known(key) for key in sorted(value.entries)]
        more = [] if value.rest is None else [rest_of(value.rest)]
        return context.partly(scattered([*names, *(name for name, _ in value.others), *more], by=value))
    return context.collection([context.known(key) for key in sorted(entries(value))])


@function("values", partial=True)
def _values(context: Context, value: Tree) -> Tree:
    if isinstance(value, PartlyMap):
        return context.partly(scattered([inherited(value, each) for each in value.every()], by=value))
    content = entries(value)
    return context.collection([content[key] for key in sorted(content)])


@function("lookup", eager=True)
def _lookup(context: Context, values: Tree, key: Tree, *default: Tree) -> Tree:
    if isinstance(values, PartlyMap) and isinstance(key, Known):
        return inherited(values, values.entry(text(key)))
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


@function("merge", partial=True)
def _merge(context: Context, *maps: Tree) -> Tree:
    result = Entries()
    for each in maps:
        if not isinstance(each, Absent):
            result.put_all(each if isinstance(each, Unknown) else Known(entries(each)))
            context.run.check_items(len(result), context.span)
    return context.made(result)


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
            value = by.map(("of", identity_of(name)), lambda each: each)
        result.put(name if isinstance(name, Unknown) else text(name), value)
    return context.made(result)


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


@function("coalescelist", partial=True)
def _coalescelist(context: Context, *lists: Tree) -> Tree:
    for each in lists:
        content = parts(each)
        rest = first_rest(content)
        if rest is not None and not known_alone(content):
            raise Blocked(rest)
        if content:
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
    if 0 <= first <= last and (isinstance(values, Unknown) or not is_whole(ordered_parts(values))):
        # Whatever the list holds: a slice of it has this length, or is an error.
        context.run.check_items(last - first, context.span)
        return context.collection([member(context.run, values, Known(index), context.span) for index in range(first, last)])
    content = ordered(values)
    if not 0 <= first <= last <= len(content):
        raise Failure("the bounds of the slice are outside the list")
    return context.collection(content[first:last])


@function("chunklist", partial=True)
def _chunklist(context: Context, values: Tree, size: Tree) -> Tree:
    content, step = unified(ordered_parts(values)), whole(size)
    if step < 0:
        raise Failure("the size of a chunk is negative")
    step = step or max(len(content), 1)
    chunks: list[Tree] = []
    for index in range(0, len(content), step):
        chunk = content[index : index + step]
        rest = first_rest(chunk)
        if rest is not None:
            # Where the next chunk begins depends on how many there are.
            return context.partly([*chunks, rest])
        chunks.append(context.known(chunk))
    return context.collection(chunks)


@function("reverse", partial=True)
def _reverse(context: Context, values: Tree) -> Tree:
    return context.partly(parts(values)[::-1])


@function("sort", partial=True)
def _sort(context: Context, values: Tree) -> Tree:
    content = parts(values)
    known: list[Tree] = [moved(Known(text(item)), item.origin) for item in content if not isinstance(item, Unknown)]
    known.sort(key=text)
    unknown = [item for item in content if isinstance(item, Unknown)]
    if not unknown or (not known and is_whole(unknown)):
        return context.collection([*known, *unknown])
    return context.partly(scattered([*known, *unknown], by=unknown[0]))


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
    content = parts(values)
    content = [Known(False, item.origin) if isinstance(item, Absent) else truth(item) for item in content]
    if any(isinstance(item, Known) and text(item) == ("true" if decisive else "false") for item in content):
        return context.known(decisive)
    unknown = next((item for item in content if isinstance(item, Unknown)), None)
    if unknown is not None:
        return blocked(context.run, unknown, ("every", decisive), (values,), context.origin)
    return context.known(not decisive)


@function("tolist", partial=True)
def _tolist(context: Context, value: Tree) -> Tree:
    return value if isinstance(value, Absent | Unknown) else Known(unified(parts(value)), value.origin)


@function("tomap", partial=True)
def _tomap(context: Context, value: Tree) -> Tree:
    if isinstance(value, Absent | Unknown):
        return value
    content = entries(value)
    return Known(dict(zip(content, unified(list(content.values())), strict=True)), value.origin)


@function("toset", partial=True)
def _toset(context: Context, value: Tree) -> Tree:
    return value if isinstance(value, Absent | Unknown) else as_set(parts(value), value.origin)


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
