"""The laws of collections that are known in part (`wa_iac.core.partial`), over everything that Terraform evaluates by element.

Values are drawn in pairs: one that is known, and one that stands for it, in which elements, names and whole lists are hidden. An
operation on the first must give something that its result on the second stands for.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count, permutations
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wa_iac.core.partial import PartlyMap, Rest
from wa_iac.core.paths import Scan
from wa_iac.core.reasons import Said
from wa_iac.core.value import Absent, Known, Origin, Tree, Unknown
from wa_iac.parsers.terraform.evaluation.expressions import evaluate
from wa_iac.parsers.terraform.evaluation.functions.alike import as_set
from wa_iac.parsers.terraform.evaluation.lifting import SetItems
from wa_iac.parsers.terraform.evaluation.scope import Scope
from wa_iac.parsers.terraform.evaluation.unit import Evaluation, Failure
from wa_iac.parsers.terraform.text.syntax import read_body

_NUMBERS = count()


class Pair(NamedTuple):
    """A value, and one that stands for it."""

    real: Tree
    seen: Tree


def hidden() -> Unknown:
    """A value of which nothing is known, and that is no other."""
    return Unknown(Said("nobody says"), ("hidden", next(_NUMBERS)))


def rest() -> Rest:
    """Any number of elements."""
    return Rest(Said("nobody says"), ("hidden", next(_NUMBERS)))


_TEXTS = st.sampled_from(["a", "b", "c", "d", "", "x,y"])


@st.composite
def elements(draw: st.DrawFn, texts: st.SearchStrategy[str] = _TEXTS) -> Pair:
    """A text, which may be hidden."""
    real = Known(draw(texts))
    return Pair(real, hidden() if draw(st.integers(0, 3)) == 0 else real)


@st.composite
def lists(draw: st.DrawFn, *, unique: bool = False, whole: bool = False) -> Pair:
    """A list of texts: some are hidden, some are not even counted; or nothing of it is known."""
    real: list[Tree] = []
    seen: list[Tree] = []
    texts = st.sampled_from(["a", "b", "c", "d"]) if unique else _TEXTS
    for text in draw(st.lists(texts, max_size=4, unique=unique)):
        real.append(Known(text))
        match draw(st.integers(0, 5)):
            case 0:
                seen.append(hidden())
            case 1 if not whole:
                seen.append(rest())
            case _:
                seen.append(Known(text))
    if not whole and draw(st.integers(0, 3)) == 0:
        seen.insert(draw(st.integers(0, len(seen))), rest())
    if not whole and (draw(st.integers(0, 5)) == 0 or (seen and all(isinstance(each, Rest) for each in seen))):
        return Pair(Known(real), hidden())
    return Pair(Known(real), Known(seen))


@st.composite
def sets(draw: st.DrawFn) -> Pair:
    """A set of texts, known in part."""
    pair = draw(lists(unique=True))
    real = as_set(pair.real.value, Origin())  # type: ignore[union-attr]
    if isinstance(pair.seen, Unknown):
        return Pair(real, pair.seen)
    return Pair(real, as_set(pair.seen.value, Origin()))  # type: ignore[union-attr]


@st.composite
def maps(draw: st.DrawFn) -> Pair:
    """A map of texts: names or contents may be hidden, entries left out; or nothing of it is known."""
    real: dict[str, Tree] = {}
    seen: dict[str, Tree] = {}
    others: list[tuple[Unknown, Tree]] = []
    more = draw(st.integers(0, 3)) == 0
    for name in draw(st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=4, unique=True)):
        pair = draw(elements())
        real[name] = pair.real
        match draw(st.integers(0, 5)):
            case 0:
                others.append((hidden(), pair.seen))
            case 1:
                more = True
            case _:
                seen[name] = pair.seen
    if more and not seen and not others:
        return Pair(Known(real), hidden())
    if not more and not others:
        return Pair(Known(real), Known(seen))
    return Pair(Known(real), PartlyMap(seen, tuple(others), hidden() if more else None, Origin()))


@st.composite
def nested(draw: st.DrawFn) -> Pair:
    """A list of lists."""
    inner = draw(st.lists(lists(), max_size=3))
    return Pair(Known([each.real for each in inner]), Known([each.seen for each in inner]))


def stands_for(seen: Tree, real: Tree) -> bool:
    """Whether a value is among those that one that is known in part stands for."""
    match seen, real:
        case PartlyMap(), Known(dict() as entries):
            return _map_stands_for(seen, entries)
        case PartlyMap(), _:
            return False
        case Unknown(parts=parts), Known(str() as text) if parts:
            return _text_stands_for([part if isinstance(part, str) else None for part in parts], text)
        case Unknown(), _:
            return True
        case Absent(), _:
            return isinstance(real, Absent)
        case Known(SetItems() as some), Known(SetItems() as all_):
            return _set_stands_for(some, all_)
        case Known(list() as some), Known(list() as all_):
            return _list_stands_for(some, all_)
        case Known(dict() as some), Known(dict() as all_):
            return some.keys() == all_.keys() and all(stands_for(each, all_[key]) for key, each in some.items())
        case Known(one), Known(other):
            return bool(one == other)
        case _:
            return False


def _list_stands_for(seen: Sequence[Tree], real: Sequence[Tree]) -> bool:
    if not seen:
        return not real
    if isinstance(seen[0], Rest) and seen[0].shuffles:
        named = [each for each in seen if not isinstance(each, Rest)]
        more = sum(each.most for each in seen if isinstance(each, Rest))
        return len(named) <= len(real) <= len(named) + more and any(
            all(stands_for(one, other) for one, other in zip(named, order, strict=False))
            for order in permutations(real, len(named))
        )
    if isinstance(seen[0], Rest):
        return any(_list_stands_for(seen[1:], real[number:]) for number in range(min(len(real), seen[0].most) + 1))
    return bool(real) and stands_for(seen[0], real[0]) and _list_stands_for(seen[1:], real[1:])


def _set_stands_for(seen: Sequence[Tree], real: Sequence[Tree]) -> bool:
    named = [each for each in seen if not isinstance(each, Rest)]
    if len(named) > len(real) or (len(named) == len(seen) < len(real)):
        return False
    return any(
        all(stands_for(one, other) for one, other in zip(named, order, strict=False))
        for order in permutations(real, len(named))
    )


def _map_stands_for(seen: PartlyMap, real: dict[str, Tree]) -> bool:
    if not all(name in real and stands_for(each, real[name]) for name, each in seen.entries.items()):
        return False
    left = [each for name, each in real.items() if name not in seen.entries]
    if len(seen.others) > len(left) or (seen.rest is None and len(seen.others) < len(left)):
        return False
    return any(
        all(stands_for(one, other) for (_, one), other in zip(seen.others, order, strict=False))
        for order in permutations(left, len(seen.others))
    )


def _text_stands_for(parts: Sequence[str | None], text: str) -> bool:
    if not parts:
        return not text
    if parts[0] is None:
        return any(_text_stands_for(parts[1:], text[number:]) for number in range(len(text) + 1))
    return text.startswith(parts[0]) and _text_stands_for(parts[1:], text[len(parts[0]) :])


def result(expression: str, names: dict[str, Tree]) -> Tree:
    """What an expression gives, with these names bound. Raises Failure where it is an error."""
    body, errors = read_body("main.tf", f"it = {expression}\n".encode())
    assert not errors
    run = Evaluation(Scan(Path(__file__).parent), Path(__file__).parent)
    return evaluate(body.attributes["it"].value, Scope(run, None, names))


_OF_LISTS = [
    "concat(one, other)", 'concat(one, ["z"])', "flatten([one, other])", "flatten([one, [other, \"z\"]])", "flatten(chunklist(concat(one, other), 2))", "concat(chunklist(one, 2)...)", "distinct(one)",
    "distinct(concat(one, other))", "reverse(one)", "sort(one)", "compact(one)", "chunklist(one, 2)", "toset(one)", "tolist(one)",
    "slice(concat(one, other), 0, 2)", "join(\"-\", one)", "join(\"\", one, other)", "[for each in one : upper(each)]",
    "[for each in one : each if each != \"a\"]", "[for index, each in one : \"${index}${each}\"]", "one[*]", "one.*",
    "[for each in one : { name = each }][*].name", "contains(one, \"a\")", "contains(concat(one, [\"a\"]), \"a\")", "one == other",
    "one != concat(one, other)", "length(one)", "one[0]", "element(one, 1)", "try(one[2], \"none\")", "coalescelist(one, other)",
    "formatlist(\"<%s>\", one)", "setproduct(one, other)", "concat([one, other]...)", "toset(concat(one, other))",
    "{ for each in distinct(one) : \"k${each}\" => each }", "{ for each in one : each => each... }", "{ for each in one : length(each) => each... }",
    "\"%{ for each in one }<${each}>%{ endfor }\"", "split(\",\", \"${join(\",\", one)},z\")", "jsondecode(jsonencode(one))",
    "jsondecode(\"{\\\"k\\\": ${jsonencode(one)}}\")", "anytrue([for each in one : each == \"a\"])", "alltrue([for each in one : each != \"a\"])",
    "zipmap([\"p\", \"q\"], slice(concat(one, [\"y\", \"z\"]), 0, 2))", "matchkeys(one, one, [\"a\"])", "yamldecode(yamlencode(one))",
    "index(concat(one, [\"z\"]), \"z\")", "length(concat(one, [\"z\"])) > 0", "concat(one, other)[length(one)]",
    "distinct(sort(one))", "setproduct(distinct(one), [\"x\"])", "length(setproduct(one, [\"x\", \"y\"])) > 1",
]  # fmt: skip
_OF_SETS = [
    "setunion(one, other)", "setintersection(one, other)", "setsubtract(one, other)", "setsymmetricdifference(one, other)",
    "[for each in one : each]", "toset([for each in one : each])", "contains(one, \"a\")", "one == other", "sort(one)", "tolist(one)",
    "{ for each in one : each => upper(each) }", "setunion(one, [\"z\"])", "setsubtract(setunion(one, [\"z\"]), other)", "concat(tolist(one), [\"z\"])",
    "one[*]", "reverse(one[*])[0]",
]  # fmt: skip
_OF_MAPS = [
    "merge(one, other)", "merge(other, one)", "merge({ a = \"z\" }, one)", "merge(one, { a = \"z\" })", "merge(one, { a = \"z\" }, other)",
    "merge([one, other]...)", "keys(one)", "values(one)", "sort(keys(one))", "lookup(one, \"a\", \"none\")", "one[\"a\"]", "one.b",
    "try(one.c, \"none\")", "[for key, each in one : \"${key}=${each}\"]", "{ for key, each in one : key => upper(each) }",
    "{ for key, each in one : \"k${key}\" => each if each != \"a\" }", "{ for key, each in one : each => key... }",
    "{ for key, each in one : key => each if key != \"a\" }", "one == other", "length(one)", "jsondecode(jsonencode(one))",
    "yamldecode(yamlencode(merge(one, other)))", "contains(keys(one), \"a\")", "contains(values(one), \"a\")", "values(one)[*]",
    "{ (one.a) = 1, \"z\" = 2 }", "merge(one, { for key, each in other : key => \"z\" })", "join(\",\", keys(one))", "tomap(one)",
    "compact(values(one))", "values(one)[0]", "index(keys(one), \"a\")",
    "\"%{ for key, each in one }${key}${each};%{ endfor }\"",
]  # fmt: skip


def assert_holds(expression: str, one: Pair, other: Pair) -> None:
    """The first law, for one expression and two arguments."""
    try:
        real = result(expression, {"one": one.real, "other": other.real})
    except Failure:
        return
    seen = result(expression, {"one": one.seen, "other": other.seen})
    assert stands_for(seen, real), (one, other, seen, real)


@pytest.mark.parametrize("expression", _OF_LISTS)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(one=lists(), other=lists())
def test_what_is_known_of_a_list_is_so(expression: str, one: Pair, other: Pair) -> None:
    assert_holds(expression, one, other)


@pytest.mark.parametrize("expression", _OF_SETS)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(one=sets(), other=sets())
def test_what_is_known_of_a_set_is_so(expression: str, one: Pair, other: Pair) -> None:
    assert_holds(expression, one, other)


@pytest.mark.parametrize("expression", _OF_MAPS)
@settings(max_examples=60, deadline=None, derandomize=True)
@given(one=maps(), other=maps())
def test_what_is_known_of_a_map_is_so(expression: str, one: Pair, other: Pair) -> None:
    assert_holds(expression, one, other)


@pytest.mark.parametrize("expression", ["flatten(one)", "concat(one...)", "setunion(one...)", "[for each in one : join(\"-\", each)]", "one[*]"])  # fmt: skip
@settings(max_examples=60, deadline=None, derandomize=True)
@given(one=nested())
def test_what_is_known_of_lists_in_a_list_is_so(expression: str, one: Pair) -> None:
    assert_holds(expression, one, one)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(names=lists(unique=True), values=lists())
def test_what_is_known_of_names_and_contents_is_so(names: Pair, values: Pair) -> None:
    assert_holds("zipmap(one, other)", names, values)


@pytest.mark.parametrize("expression", [*_OF_LISTS, *_OF_SETS])
@settings(max_examples=20, deadline=None, derandomize=True)
@given(one=sets(), other=sets())
def test_of_what_is_known_everything_is_known(expression: str, one: Pair, other: Pair) -> None:
    names: dict[str, Tree] = {"one": Known(list(_items(one.real))), "other": Known(list(_items(other.real)))}
    try:
        found = result(expression, names)
    except Failure:
        return
    assert _is_known(found), found


def _items(value: Tree) -> list[Tree]:
    assert isinstance(value, Known)
    found: list[Tree] = value.value
    return found


def _is_known(value: Tree) -> bool:
    match value:
        case Known(list() as items):
            return all(map(_is_known, items))
        case Known(dict() as entries):
            return all(map(_is_known, entries.values()))
        case _:
            return not isinstance(value, Unknown)


def test_a_list_of_which_nothing_is_known_is_that_unknown() -> None:
    unknown = hidden()
    for expression in ("concat(one, [])", "flatten([one])", "reverse(one)", "toset(one)", "[for each in one : each]"):
        found: Any = result(expression, {"one": unknown})
        assert isinstance(found, Unknown), expression
        assert found.why == unknown.why
