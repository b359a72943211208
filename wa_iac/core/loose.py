"""What holds only under a condition that is not known: a block that may not exist, a reference that may lead elsewhere, an argument
that may not be written.

A rule that passes thanks to such a thing has not looked at what is without it. `Loose.cut` makes the graph without some of these
things, in which it can be asked again. Nothing hangs on a condition in most graphs: they have no `blocks`.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from typing import Final, cast

from .algebra import below, choices, choose, is_nothing, references, substitute
from .declared import Declared
from .graph import Graph, changed
from .partial import PartlyMap
from .value import Absent, Known, Tree, Unknown


class Loose:
    """The blocks of a graph that hang on conditions."""

    def __init__(self, graph: Graph) -> None:
        self._graph: Final = graph
        self.blocks: Final[dict[str, tuple[Declared, dict[Hashable, list[Unknown]]]]] = {}
        """By address: each such block, with the values by the choice that they hang on."""
        for declared in graph.declared:
            if declared.kind != "context":
                found = _hanging(declared)
                if found is not None:
                    self.blocks[declared.address] = declared, found
        values = [(choice, each) for _, found in self.blocks.values() for choice, listed in found.items() for each in listed]
        self.choices: Final = frozenset(choice for choice, _ in values)
        self._texts: Final = frozenset(
            each.value.value for _, value in values for each in value.alternatives
            if isinstance(each.value, Known) and isinstance(each.value.value, str)
        )  # fmt: skip

    def names_of(self, subject: Declared | None) -> frozenset[str]:
        """The texts that a value may be under some outcome, and that are an argument of a resource: such a value may name the resource."""
        if subject is None or not self._texts:
            return frozenset()
        texts = (each.value for each in subject.body.value.values() if isinstance(each, Known) and isinstance(each.value, str))
        return self._texts.intersection(texts)

    def cut(self, home: Mapping[Hashable, int], without: Collection[Hashable], subject: Declared | None) -> Graph:
        """The graph with the choices of `home` decided, and without anything that hangs on one of the choices `without`. What exists under
        the condition of the subject itself stays, and no value becomes one of the subject's names."""
        names = self.names_of(subject)
        spared = None if subject is None else subject.condition
        kept: list[Declared] = []
        for declared in self._graph.declared:
            if declared.address not in self.blocks:
                kept.append(declared)
                continue
            condition: Tree | None = declared.condition
            if condition is not None and condition != spared:
                condition = substitute(condition, home)
                if condition == Known(False) or not set(choices(condition)).isdisjoint(without):
                    continue
            body = cast("Known[dict[str, Tree]]", _cut(substitute(declared.body, home), without, names))
            kept.append(changed(declared, body, declared.attributes, condition if isinstance(condition, Unknown) else None))
        return self._graph.made_of(kept)

    def by_distance(self, subject: Declared | None) -> dict[Hashable, list[Unknown]]:
        """The values by the choice that they hang on. First come those of the subject and of its neighbors."""
        near: list[dict[Hashable, list[Unknown]]] = []
        far: list[dict[Hashable, list[Unknown]]] = []
        if subject is not None:
            named = {reference.address for reference in references(subject.body)}
            for declared, found in self.blocks.values():
                is_near = declared.address in named or any(each is subject for each in self._graph.referred(declared.body))
                (near if is_near or declared is subject else far).append(found)
        else:
            far = [found for _, found in self.blocks.values()]
        made: dict[Hashable, list[Unknown]] = {}
        for found in (*near, *far):
            for choice, values in found.items():
                made.setdefault(choice, []).extend(values)
        return made


def home_of(subject: Declared | None) -> dict[Hashable, int]:
    """The outcomes that a resource's own condition leaves, since it would not exist under the others; as far as only one is left."""
    outcomes: dict[Hashable, int] = {}
    condition: Tree | None = None if subject is None else subject.condition
    while isinstance(condition, Unknown) and condition.alternatives:
        left = [index for index, each in enumerate(condition.alternatives) if each.value != Known(False)]
        if len(left) != 1:
            break
        outcomes[condition.choice] = left[0]
        condition = substitute(condition.alternatives[left[0]].value, outcomes)
    return outcomes


def _hanging(declared: Declared) -> dict[Hashable, list[Unknown]] | None:
    """The values of a block that decide whether it exists, what it refers to, or whether something is written, by choice."""
    found: dict[Hashable, list[Unknown]] | None = None
    if declared.condition is not None:
        found = {}
        for value in _undecided(declared.condition):
            found.setdefault(value.choice, []).append(value)
    # This goes over all values of a unit, so it looks into containers itself.
    waiting: list[Tree] = [declared.body]
    while waiting:
        each = waiting.pop()
        if type(each) is Known:
            content = each.value
            if type(content) is str:
                continue
            if isinstance(content, dict):
                waiting += content.values()
            elif isinstance(content, list):
                waiting += content
        elif isinstance(each, Unknown) and (each.alternatives or each.parts or isinstance(each, PartlyMap)):
            if _is_loose(each):
                found = {} if found is None else found
                found.setdefault(each.choice, []).append(each)
            waiting += below(each)
    return found or None


def _undecided(value: Tree) -> Iterator[Unknown]:
    """Every value with alternatives in a condition."""
    if isinstance(value, Unknown) and value.alternatives:
        yield value
        for each in value.alternatives:
            yield from _undecided(each.value)


def _is_loose(value: Unknown) -> bool:
    """Whether the alternatives of a value refer to different things, or some of them mean that nothing is written."""
    if not value.alternatives:
        return False
    listed = [each.value for each in value.alternatives]
    if len({is_nothing(each) for each in listed}) > 1:
        return True
    first, *others = (frozenset(references(each)) for each in listed)
    return any(each != first for each in others)


def _least(value: Unknown, names: Collection[str]) -> Tree:
    """What is left of a value if what its condition gives is not there: the alternative that is nothing, or one that refers to nothing and is
    none of some names; else nothing."""
    listed = [each.value for each in value.alternatives]
    nothing = next((each for each in listed if is_nothing(each)), None)
    if nothing is not None:
        return nothing
    elsewhere = (each for each in listed if not any(True for _ in references(each)))
    found = next(
        (each for each in elsewhere if not (isinstance(each, Known) and isinstance(each.value, str) and each.value in names)),
        None,
    )
    return Absent(value.origin) if found is None else found


def _cut(value: Tree, without: Collection[Hashable], names: Collection[str]) -> Tree:
    """A value without what hangs on some choices. The same object if nothing does."""
    match value:
        case Known(list() as items):
            cut = [_cut(each, without, names) for each in items]
            return value if _are_same(items, cut) else Known(cut, value.origin)
        case Known(dict() as entries):
            cut = [_cut(each, without, names) for each in entries.values()]
            return value if _are_same(entries.values(), cut) else Known(dict(zip(entries, cut, strict=True)), value.origin)
        case Unknown(alternatives=alternatives) if alternatives:
            if value.choice in without and _is_loose(value):
                return _least(value, names)
            cut = [_cut(each.value, without, names) for each in alternatives]
            if _are_same([each.value for each in alternatives], cut):
                return value
            return choose(
                value.reason, value.choice, zip([each.label for each in alternatives], cut, strict=True), value.origin
            )
        case Unknown(parts=parts) if parts:
            # A text around something that is not there names nothing.
            pieces = [each for each in parts if isinstance(each, Unknown)]
            return value if _are_same(pieces, [_cut(each, without, names) for each in pieces]) else Absent(value.origin)
        case PartlyMap():
            entries = {name: _cut(each, without, names) for name, each in value.entries.items()}
            if _are_same(value.entries.values(), entries.values()):
                return value
            return PartlyMap(entries, value.others, value.rest, value.origin)
        case _:
            return value


def _are_same(before: Iterable[object], after: Iterable[object]) -> bool:
    return all(one is other for one, other in zip(before, after, strict=True))
