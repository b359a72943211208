"""The elements of lists and sets: values of one type; in sets, each once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final

from wa_iac.core.algebra import moved
from wa_iac.core.budget import EACH, current
from wa_iac.core.partial import Rest, perhaps, unknown_in
from wa_iac.core.value import Known, Origin, Tree, Unknown
from wa_iac.parsers.terraform.evaluation.lifting import ListItems, MapEntries, SetItems
from wa_iac.parsers.terraform.evaluation.unit import Blocked, Failure, Many
from wa_iac.parsers.terraform.text.numbers import digits_of

from .base import data, text


def as_set(content: list[Tree], origin: Origin) -> Known[Any]:
    """A set: its elements are converted to one type, each is there once, and they are in Terraform's order if all are known."""
    current().compare(2 * EACH * len(content))
    kept = unique(unified([each for each in content if not (isinstance(each, Rest) and each.most == 0)]))
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
    """Values as elements of a list of one type: scalars among strings become strings. Raises Failure if they have no common
    type."""
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


_KINDS: Final[dict[type, str]] = {
    bool: "bool",
    str: "string",
    list: "list",
    SetItems: "list",
    ListItems: "list",
    dict: "map",
    MapEntries: "map",
}


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
        Known(type(each.value)((key, next(columns[key])) for key in each.value), each.origin)
        if isinstance(each, Known)
        else each
        for each in values
    ]


def is_scalar(value: Unknown) -> bool:
    """Whether an unknown element is certainly a single, non-empty text: an id or a name of a resource, or a text with a known
    piece."""
    if isinstance(value, (Rest, Many)):
        return False
    return bool(value.origin.references) or any(isinstance(part, str) for part in value.parts) or value.element is not None


def unique(values: list[Tree]) -> list[Tree]:
    """Values without those known to equal an earlier one. A value that may equal another one may or may not exist."""
    current().compare(EACH * len(values))
    kept = list(dict.fromkeys(values))
    loose = [each for each in kept if _is_loose(each)]
    if not loose:
        return kept
    sure = None if any(not isinstance(each, Rest) and not _is_loose(each) for each in kept) else loose[0]
    return [_perhaps(each) if each is not sure and _is_loose(each) else each for each in kept]


def _is_loose(value: Tree) -> bool:
    """Whether a value may be equal to another one. Ids and names of resources are assumed to differ."""
    if isinstance(value, Unknown):
        return not isinstance(value, Rest) and not is_scalar(value)
    return isinstance(value, Known) and isinstance(value.value, (list, dict)) and unknown_in(value) is not None


def _perhaps(value: Tree) -> Rest:
    by = unknown_in(value)
    assert by is not None  # noqa: S101 - only what is loose comes here
    return perhaps(value, by)


def like(value: Tree, other: Tree) -> Tree:
    """A tuple or an object as a list or a map, if the other value is one or has different elements: branches of a condition
    have one type."""
    if not isinstance(value, Known) or not isinstance(other, Known):
        return value
    one, another = value.value, other.value
    if type(one) is list and isinstance(another, list) and (isinstance(another, ListItems) or len(one) != len(another)):
        return Known(ListItems(one), value.origin)
    if type(one) is dict and isinstance(another, dict) and (isinstance(another, MapEntries) or one.keys() != another.keys()):
        return Known(MapEntries(one), value.origin) if _are_alike([*one.values(), *another.values()]) else value
    return value


def _are_alike(values: Sequence[Tree]) -> bool:
    """Whether the entries of two objects fit in one map: all scalars, or all one kind of collection."""
    kinds = {type(each.value) if isinstance(each.value, (list, dict)) else None for each in values if isinstance(each, Known)}
    return len(kinds) < 2
