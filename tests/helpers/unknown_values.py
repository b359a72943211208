"""The examples of the rules' pages, each with one value that is not known, or with one resource in another stack."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

from helpers.odd_values import replaceable
from wa_iac.core.algebra import references
from wa_iac.core.declared import Declared, Dialect
from wa_iac.core.graph import Graph
from wa_iac.core.reasons import Imported, LookedUp, Reason, UnsetParameter, UnsetVariable
from wa_iac.core.rule import Flag, Rule
from wa_iac.core.value import Known, Origin, Reference, Tree, Unknown
from wa_iac.engine.build import units
from wa_iac.engine.custom_rules.examples import Example
from wa_iac.engine.custom_rules.pages import FILES

NAME: Final = "hidden"
"""The name of the variable or parameter without a default, or of the resource in another stack."""
_LITERAL: Final = re.compile(r": @(?:lifecycle|depends_on|provider|DependsOn|DeletionPolicy|UpdateReplacePolicy)\b")
"""Attributes for which both languages accept literals only."""


class Mutant(NamedTuple):
    """An example with one thing hidden. `what` is the place, `names` the name that a message must give to the hidden value."""

    what: str
    names: str
    declared: list[Declared]
    needed: frozenset[str] = frozenset()
    """The addresses of the resources that the one in another stack needs. That stack comes after theirs, so theirs cannot refer to it:
    such results do not count."""


def declared(example: Example) -> list[Declared]:
    """Everything that an example declares."""
    with TemporaryDirectory() as folder:
        Path(folder, FILES[example.dialect]).write_text(example.source, encoding="utf-8")
        read, _ = units([Path(folder)])
    (unit,) = read
    return unit.declared


def results(rule: Rule, dialect: Dialect, declared: list[Declared]) -> Mapping[str, list[Flag]]:
    """Everything that a rule says, by the address of the resource it was asked about; empty for the whole unit."""
    graph = Graph(dialect, declared)
    if not rule.subjects:
        return {"": rule.run(graph, None)}
    return {each.address: rule.run(graph, each) for cls in rule.subjects for each in graph.of(cls)}


def with_hidden_values(dialect: Dialect, declared: list[Declared]) -> Iterator[Mutant]:
    """One value of one resource after the other comes from a variable or parameter without a default."""
    reason: Reason = UnsetVariable(NAME, of_root=True) if dialect == "terraform" else UnsetParameter(NAME)
    subject = f"var.{NAME}" if dialect == "terraform" else f'parameter "{NAME}"'
    for index, each in enumerate(declared):
        if each.kind == "resource":
            hidden = Unknown(reason, ("hidden", NAME), each.body.origin, itself=True)
            for what, replaced in replaceable(each):
                if not _LITERAL.search(what):
                    yield Mutant(what, subject, [*declared[:index], replaced(hidden), *declared[index + 1 :]])


def with_neighbors_elsewhere(dialect: Dialect, declared: list[Declared]) -> Iterator[Mutant]:
    """One resource after the other, to which another refers, is in another stack: a data source or an imported value."""
    for index, each in enumerate(declared):
        others = [*declared[:index], *declared[index + 1 :]]
        if each.kind != "resource":
            continue
        moved = [_moved(other, partial(_elsewhere, gone=each, dialect=dialect)) for other in others]
        if all(one is other for one, other in zip(moved, others, strict=True)):
            continue
        if dialect == "terraform":
            moved.append(replace(each, kind="data", address=f"data.{each.address}", body=Known({}, each.body.origin)))
        yield Mutant(
            f"{each.address} elsewhere",
            f"data.{each.address}" if dialect == "terraform" else f'"{each.name}"',
            moved,
            _needs(each, declared),
        )


def _needs(one: Declared, declared: list[Declared]) -> frozenset[str]:
    """The addresses that a resource refers to, directly or through others."""
    by_address = {each.address: each for each in declared}
    found: set[str] = set()
    waiting = [one.address]
    while waiting:
        each = by_address.get(waiting.pop())
        new = set() if each is None else {reference.address for reference in references(each.body)} - found
        found |= new
        waiting += new
    return frozenset(found)


def _moved(declared: Declared, of: Any) -> Declared:
    body = of(declared.body)
    return declared if body is declared.body else replace(declared, body=body)


def _elsewhere(value: Tree, gone: Declared, dialect: Dialect) -> Tree:
    """A value in which every reference to a resource is one to its counterpart in another stack; itself if it has none."""
    again = partial(_elsewhere, gone=gone, dialect=dialect)
    match value:
        case Known(dict() as entries):
            made = {key: again(entry) for key, entry in entries.items()}
            same = all(made[key] is entry for key, entry in entries.items())
            return value if same else Known(type(entries)(made), value.origin)
        case Known(list() as items):
            elements = [again(item) for item in items]
            same = all(one is item for one, item in zip(elements, items, strict=True))
            return value if same else Known(type(items)(elements), value.origin)
        case _:
            pass
    found = next((each for each in value.origin.references if each.address == gone.address), None)
    if found is None:
        return value
    reason, reference = _counterpart(found, gone, dialect)
    kept = tuple(each for each in value.origin.references if each.address != gone.address)
    document = None if value.origin.document is None else again(value.origin.document)
    origin: Origin = value.origin._replace(references=(*kept, *reference), document=document)
    parts = tuple(each if isinstance(each, str) else again(each) for each in value.parts) if isinstance(value, Unknown) else ()
    whole = not parts and document is None
    identity = ("elsewhere", found) if whole else ("elsewhere", value.identity if isinstance(value, Unknown) else found)
    unknown_parts = tuple(each for each in parts if isinstance(each, str | Unknown))
    return Unknown(reason, identity, origin, itself=whole, parts=unknown_parts)


def _counterpart(found: Reference, gone: Declared, dialect: Dialect) -> tuple[Reason, tuple[Reference, ...]]:
    if dialect == "cloudformation":
        return Imported(f'"{gone.name}"', is_known=True), ()
    address = f"data.{gone.address}"
    return LookedUp(gone.type, address, found.attribute), (Reference(address, found.attribute),)
