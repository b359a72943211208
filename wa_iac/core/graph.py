"""The graph of one unit: its declared resources, found by address, class and name. They become typed resources when a rule asks
for them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Final, NamedTuple, TypeVar, cast

from .algebra import choices, leaves, references, substitute
from .binding import value_at
from .declared import INDEX, Declared, Dialect, SwitchedOff
from .errors import DoubtfulError, SourceError, UserError
from .logic import first_unknown
from .reader import Pointing, Reader
from .resource import Link, Resource
from .value import Absent, Known, Tree, Unknown

R = TypeVar("R", bound=Resource)
M = TypeVar("M")


@lru_cache(maxsize=65_536)
def _meanings(address: str) -> frozenset[str]:
    """All addresses that refer to a resource: its own, and those without the last index or without any."""
    if "[" not in address:
        return frozenset((address,))
    return frozenset((address, INDEX.sub("", address), re.sub(INDEX.pattern + "$", "", address)))


class Graph:
    """The resources of a unit, as rules see them. `errors` collects values of the wrong type as they are read."""

    def __init__(
        self, dialect: Dialect, declared: Iterable[Declared], by_type: dict[str, list[Declared]] | None = None
    ) -> None:
        self.dialect: Final = dialect
        self.declared: Final = list(declared)
        self.errors: Final[list[UserError]] = []
        self._choices: Final[dict[int, frozenset[Hashable]]] = {}
        self._of: Final[dict[type[Resource], tuple[Resource, ...]]] = {}
        self._pointing: Final[dict[tuple[type[Resource], str], Pointing]] = {}
        self._typed: dict[tuple[int, type[Resource]], Resource] = {}
        self._by_type: Final = self._typewise(self.declared) if by_type is None else by_type
        self._owners: Final[dict[tuple[str, str], _Owners]] = {}
        self._made: Final[dict[Callable[[Graph], object], object]] = {}
        self._indices: Final[dict[tuple[object, object], dict[Hashable, list[Resource]]]] = {}
        self._referred: Final[dict[int, tuple[Declared, ...]]] = {}
        # By the `id` of a block, which is kept so that no other one has the same.
        self._mentions: dict[int, tuple[Declared, tuple[str, ...]]] = {}
        self.switched_off: Sequence[SwitchedOff] = ()
        """The blocks that a default switches off: they are not among the resources."""
        self.importers_at: Callable[[str], Importers] = _no_importers
        """What other templates of the run import the resource at an address. It is for `importers`."""
        self._referring: Final[dict[frozenset[str], dict[int, list[Declared]]]] = {}
        self._names: Final[dict[type[Resource], dict[Tree, list[Declared]]]] = {}

    @classmethod
    def _typewise(cls, declared: Iterable[Declared]) -> dict[str, list[Declared]]:
        made: dict[str, list[Declared]] = defaultdict(list)
        for each in declared:
            made[cls.type_of(each)].append(each)
        return made

    @staticmethod
    def type_of(declared: Declared) -> str:
        """The type as resource classes name it: as written, with `data.` in front for data sources."""
        return f"data.{declared.type}" if declared.kind == "data" else declared.type

    @cached_property
    def _by_address(self) -> Mapping[str, list[Declared]]:
        """The blocks by all addresses that refer to them. Many graphs are made only to ask one rule again, which asks for none."""
        made: dict[str, list[Declared]] = {}
        for each in self.declared:
            for address in (each.address,) if "[" not in each.address else _meanings(each.address):
                made.setdefault(address, []).append(each)
        return made

    @cached_property
    def types(self) -> frozenset[str]:
        return frozenset(self._by_type)

    def of(self, cls: type[R]) -> tuple[R, ...]:
        """All resources of a class: type by type, each in the order of declaration."""
        found = self._of.get(cls)
        if found is None:
            found = self._of[cls] = tuple(self.typed(each, cls) for each in self._declared_of(cls))
        return cast("tuple[R, ...]", found)

    def pointing(self, cls: type[Resource], field: str) -> Pointing:
        """Reverse links of a class: its resources by the target of their link `field`. Computed once, since each target would
        otherwise go over all of them."""
        found = self._pointing.get((cls, field))
        if found is None:
            found = self._pointing[cls, field] = Pointing()
            for other in self.of(cls):
                link: Link[Resource] = getattr(other, field)
                for target in link.targets:
                    found.at[id(target.declared)].append((other, target))
                if not link.targets or _may_be_any(link.unknown):
                    found.loose = first_unknown(found.loose, link.unknown)
        return found

    def once(self, made: Callable[[Graph], M]) -> M:
        """`made(graph)`, computed at the first call and kept as long as the graph."""
        if made not in self._made:
            self._made[made] = made(self)
        return cast("M", self._made[made])

    def index(self, cls: type[R], keys: Callable[[R], Iterable[Hashable]]) -> Mapping[Hashable, Sequence[R]]:
        """The resources of a class by the keys that `keys` gives each, computed at the first call with these arguments."""
        made = self._indices.get((cls, keys))
        if made is None:
            made = self._indices[cls, keys] = {}
            for each in self.of(cls):
                for key in dict.fromkeys(keys(each)):
                    made.setdefault(key, []).append(each)
        return cast("Mapping[Hashable, Sequence[R]]", made)

    def refers(self, value: Tree, resource: Resource) -> bool:
        """Whether a value refers to a resource."""
        return any(found is resource.declared for found in self.referred(value))

    def referred(self, value: Tree) -> Iterator[Declared]:
        """Everything that a value refers to, at any depth."""
        for address in dict.fromkeys(reference.address for reference in references(value)):
            yield from self.at(address)

    def referring(self, resource: Resource, types: frozenset[str]) -> Sequence[Declared]:
        """The blocks of some types that refer to a resource anywhere in their body, in order of declaration."""
        made = self._referring.get(types)
        if made is None:
            made = self._referring[types] = defaultdict(list)
            for each in self._of_types(types):
                for found in self._referred_by(each):
                    made[id(found)].append(each)
        return made.get(id(resource.declared), ())

    def importers(self, resource: Resource) -> Importers:
        """What other templates of the run import a resource, by the exports of this one."""
        return self.importers_at(resource.address)

    def _of_types(self, types: frozenset[str]) -> Sequence[Declared]:
        """The blocks of some types, in order of declaration."""
        present = [found for name in types if (found := self._by_type.get(name))]
        if len(present) <= 1:
            return present[0] if present else ()
        return sorted((each for found in present for each in found), key=self._position)

    def _position(self, declared: Declared) -> int:
        return self._positions[id(declared)]

    @cached_property
    def _positions(self) -> dict[int, int]:
        return {id(each): index for index, each in enumerate(self.declared)}

    def _referred_by(self, declared: Declared) -> tuple[Declared, ...]:
        """Everything that a block refers to, each once. Kept, since questions about different types go over the same blocks."""
        found = self._referred.get(id(declared))
        if found is None:
            distinct = {id(each): each for address in self._mentioned(declared) for each in self.at(address)}
            found = self._referred[id(declared)] = tuple(distinct.values())
        return found

    def _mentioned(self, declared: Declared) -> tuple[str, ...]:
        """The addresses in the body of a block. Graphs that are made of this one ask again about the same blocks."""
        known = self._mentions.get(id(declared))
        if known is None:
            addresses = tuple(dict.fromkeys(reference.address for reference in references(declared.body)))
            known = self._mentions[id(declared)] = declared, addresses
        return known[1]

    def _declared_of(self, cls: type[Resource]) -> Iterator[Declared]:
        for name in cls.types():
            yield from self._by_type.get(name, ())

    def typed(self, declared: Declared, cls: type[R]) -> R:
        """The typed resource of `declared`. There is only one, read at the first call."""
        key = (id(declared), cls)
        found = self._typed.get(key)
        if found is None:
            found = self._typed[key] = Reader(self, self._report(declared)).resource(declared, cls)
        return cast("R", found)

    def _report(self, declared: Declared) -> Callable[[SourceError], None]:
        """The sink for type errors in a resource. If a macro still rewrites the resource, the error is only a doubt."""
        if not declared.rewritten:
            return self.errors.append

        def doubt(error: SourceError) -> None:
            message = f"{error.message} (unless {declared.rewritten} changes it)"
            self.errors.append(DoubtfulError(message, path=error.path, line=error.line, column=error.column))

        return doubt

    def at(self, address: str) -> list[Declared]:
        """The blocks that a reference's address means: one instance, or all instances of a block if it has no index."""
        return self._by_address.get(address, [])

    def called(self, cls: type[R], name: Tree) -> Iterator[R]:
        """The resources of a class whose name is `name`, literally or as the same unknown."""
        names = self._names.get(cls)
        if names is None:
            names = self._names[cls] = defaultdict(list)
            for declared in self._declared_of(cls):
                names[cls.key_of(declared)].append(declared)
        if not isinstance(name, Absent):
            for declared in names.get(name, ()):
                yield self.typed(declared, cls)

    def satellites(self, owner: Declared, of: str, by: str) -> tuple[list[Declared], Unknown | None]:
        """The resources of type `of` whose path `by` names `owner`, and an unknown if there might be another one."""
        owners = self._owners.get((of, by))
        if owners is None:
            owners = self._owners[of, by] = self._owners_of(of, by)
        keys = dict.fromkeys(self._keys(owner, by))
        named = [satellite for key in keys for satellite in owners.by_name.get(key, ())]
        opaque = next((name for name in owners.unknown_names if name not in keys), None)
        referring = owners.by_owner.get(id(owner), ())
        return [*referring, *(each for each in named if each not in referring)], opaque

    @staticmethod
    def _keys(owner: Declared, by: str) -> Iterator[Tree]:
        """The arguments of an owner that a satellite may repeat: the argument of the same name, and the owner's name."""
        last = by.rsplit(".", 1)[-1]
        for key in dict.fromkeys((last, "name", "Name", f"{last}Name", f"{last}_name")):
            value = value_at(owner.body, key)
            if not isinstance(value, Absent):
                yield value

    def _owners_of(self, of: str, by: str) -> _Owners:
        owners = _Owners()
        for satellite in self._by_type.get(of, ()):
            name = value_at(satellite.body, by)
            if isinstance(name, Absent) and satellite.missing is not None:
                name = satellite.missing
            for each in leaves(name):
                self._own(owners, satellite, each)
        return owners

    def _own(self, owners: _Owners, satellite: Declared, name: Tree) -> None:
        """Note the owners that a satellite names by a value without alternatives."""
        referred = [
            declared
            for reference in references(name)
            for declared in self.at(reference.address)
            if declared.kind == "resource" and declared is not satellite
        ]
        for declared in referred:
            if satellite not in owners.by_owner[id(declared)]:
                owners.by_owner[id(declared)].append(satellite)
        if not referred and not isinstance(name, Absent):
            if satellite not in owners.by_name[name]:
                owners.by_name[name].append(satellite)
            if isinstance(name, Unknown):
                owners.unknown_names[name] = None

    def under(self, outcomes: Mapping[Hashable, int]) -> Graph:
        """The graph after decisions: each choice has the given outcome, so values are decided and resources with a false
        condition are removed."""
        kept: list[Declared] = []
        for each in self.declared:
            if self._hangs_on(each).isdisjoint(outcomes):
                kept.append(each)
                continue
            condition = substitute(each.condition, outcomes) if each.condition is not None else None
            if condition == Known(False):
                continue
            body = cast("Known[dict[str, Tree]]", substitute(each.body, outcomes))
            attributes = {key: substitute(value, outcomes) for key, value in each.attributes.items()}
            kept.append(changed(each, body, attributes, condition if isinstance(condition, Unknown) else None))
        return self.made_of(kept)

    def plus(self, more: Iterable[Declared]) -> Graph:
        """The graph with more blocks."""
        added = list(more)
        by_type = dict(self._by_type)
        for name, new in self._typewise(added).items():
            by_type[name] = [*by_type.get(name, ()), *new]
        return self.made_of([*self.declared, *added], by_type)

    def made_of(self, declared: list[Declared], by_type: dict[str, list[Declared]] | None = None) -> Graph:
        """The graph of other blocks, most of which are blocks of this one."""
        graph = Graph(self.dialect, declared, by_type)
        graph._mentions = self._mentions
        graph.switched_off = self.switched_off
        graph.importers_at = self.importers_at
        return graph

    def _hangs_on(self, declared: Declared) -> frozenset[Hashable]:
        """The choices that a resource depends on. Most depend on none, and are shared by all graphs."""
        found = self._choices.get(id(declared))
        if found is None:
            trees = (
                declared.body,
                *declared.attributes.values(),
                *([declared.condition] if declared.condition is not None else ()),
            )
            found = self._choices[id(declared)] = frozenset(choice for tree in trees for choice in choices(tree))
        return found


class Importer(NamedTuple):
    """A block of another template of the run that imports a resource.

    Attributes:
        block: a resource, or an output that exports it again.
        graph: the graph that the block is in.
        unit: its template, as shown.
        path: the property that holds the value, without the places in lists: `SecurityGroupIds`.
        doubt: what decides whether it imports this; None if it surely does.
    """

    block: Declared
    graph: Graph
    unit: str
    path: str
    doubt: Unknown | None


class Importers(NamedTuple):
    """What imports a resource in the templates of the run. `may_be_others` says whether something else there may do so, under a name that is
    not known."""

    found: tuple[Importer, ...]
    may_be_others: Callable[[], bool]


NO_IMPORTERS: Final = Importers((), lambda: False)


def _no_importers(_address: str) -> Importers:
    return NO_IMPORTERS


class _Owners:
    """Satellites by the owner they refer to, and those that only give a name."""

    def __init__(self) -> None:
        self.by_owner: dict[int, list[Declared]] = defaultdict(list)
        self.by_name: dict[Tree, list[Declared]] = defaultdict(list)
        self.unknown_names: dict[Unknown, None] = {}


def _may_be_any(value: Unknown | None) -> bool:
    """Whether one of the alternatives of a value that names something is not known, and refers to nothing."""
    return (
        value is not None
        and bool(value.alternatives)
        and any(isinstance(each, Unknown) and not any(True for _ in references(each)) for each in leaves(value))
    )


def changed(
    declared: Declared, body: Known[dict[str, Tree]], attributes: dict[str, Tree], condition: Unknown | None
) -> Declared:
    """A block with other contents."""
    from dataclasses import replace

    return replace(declared, body=body, attributes=attributes, condition=condition)
