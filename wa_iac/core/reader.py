"""From declared resources to typed ones, by the bindings of their class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cache
from types import UnionType
from typing import Any, Final, Literal, NamedTuple, Protocol, TypeAlias, TypeVar, Union, get_args, get_origin

from . import awscc
from .algebra import choose, leaves, references
from .binding import NOTHING, Back, Cfn, Default, Tf, elements, root, translated, value_at
from .coerce import Coerce, ErrorSink, coercion, known_type
from .declared import Declared, Dialect
from .logic import first_unknown
from .partial import PartlyMap
from .resource import ANY, Block, Found, Link, Resource, fields_of, made
from .value import Absent, Known, Origin, Tree, Unknown

R = TypeVar("R", bound=Resource)
Spelling: TypeAlias = Dialect | Literal["awscc"]
"""The spelling of names in an object: its dialect's, or that of Terraform's `awscc` provider."""


class Pointing:
    """Reverse links. `at[id(target)]` lists pairs of a source and the target as that source sees it. `loose` is set if a
    source's link is not known, so that it may point to any target."""

    def __init__(self) -> None:
        self.at: dict[int, list[tuple[Resource, Resource]]] = defaultdict(list)
        self.loose: Unknown | None = None


class Neighbours(Protocol):
    """The graph, as far as reading a resource's fields needs it."""

    def at(self, address: str) -> list[Declared]: ...
    def called(self, cls: type[R], name: Tree) -> Iterator[R]: ...
    def typed(self, declared: Declared, cls: type[R]) -> R: ...
    def type_of(self, declared: Declared) -> str: ...
    def satellites(self, owner: Declared, of: str, by: str) -> tuple[list[Declared], Unknown | None]: ...
    def pointing(self, cls: type[Resource], field: str) -> Pointing: ...


class FieldSpec(NamedTuple):
    """The way to read one field."""

    name: str
    shape: Literal["value", "blocks", "link", "back"]
    cfn: tuple[Cfn, ...]
    tf: tuple[Tf, ...]
    default: Any
    coerce: Coerce
    classes: tuple[Any, ...]
    """The block's class, or the classes that a link leads to."""
    back: Back

    def bindings(self, dialect: Spelling) -> tuple[Cfn | Tf, ...]:
        if dialect == "awscc":
            return _awscc(self)
        return self.cfn if dialect == "cloudformation" else self.tf


_NOTHING_BACK: Final = Back("")
_FEW: Final = 4
_AWSCC: Final[dict[int, tuple[FieldSpec, tuple[Cfn | Tf, ...]]]] = {}


def _awscc(spec: FieldSpec) -> tuple[Cfn | Tf, ...]:
    """A field's bindings in the spelling of the `awscc` provider, made when the first such resource is read."""
    known = _AWSCC.get(id(spec))
    if known is None:
        known = _AWSCC[id(spec)] = (spec, awscc.bindings(spec.cfn, spec.tf))
    return known[1]


@cache
def field_specs(cls: type[Resource] | type[Block]) -> tuple[FieldSpec, ...]:
    """The specs of all bound fields of a class. Raises `TypeError` for a field that has bindings but no shape we know."""
    return tuple(spec for name, hint in fields_of(cls).items() if (spec := _plan(name, hint)) is not None)


def _plan(name: str, hint: Any) -> FieldSpec | None:
    annotation, *marks = get_args(hint) if hasattr(hint, "__metadata__") else (hint,)
    cfn = tuple(mark for mark in marks if isinstance(mark, Cfn))
    tf = tuple(mark for mark in marks if isinstance(mark, Tf))
    back = next((mark for mark in marks if isinstance(mark, Back)), _NOTHING_BACK)
    default = next((mark.value for mark in marks if isinstance(mark, Default)), NOTHING)
    if not (cfn or tf or back.name):
        return None
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Link:
        target = arguments[0]
        classes = get_args(target) if get_origin(target) in (Union, UnionType) else (target,)
        return FieldSpec(name, "back" if back.name else "link", cfn, tf, default, coercion(Any), classes, back)
    if origin is list and isinstance(arguments[0], type) and issubclass(arguments[0], Block):
        return FieldSpec(name, "blocks", cfn, tf, default, coercion(Any), arguments, back)
    if origin in (Union, UnionType) and Unknown in arguments:
        return FieldSpec(name, "value", cfn, tf, default, coercion(known_type(annotation)), (), back)
    raise TypeError(f"field {name!r} is neither a Value, nor a list of Blocks, nor a Link")


@cache
def looks_around(cls: type[Resource] | type[Block], dialect: Dialect) -> bool:
    """Whether the fields of a class are read from other resources also: by links, or from satellites."""
    for spec in field_specs(cls):
        if spec.shape in ("link", "back") or any(each.of for each in spec.bindings(dialect)):
            return True
        if spec.shape == "blocks" and looks_around(spec.classes[0], dialect):
            return True
    return False


def _few(certain: set[int]) -> Collection[int]:
    """A small collection of certain targets: most links have none or one."""
    return tuple(certain) if len(certain) <= _FEW else frozenset(certain)


class Reader:
    """Reads the resources of one graph. `report` receives values of the wrong type."""

    def __init__(self, graph: Neighbours, report: ErrorSink) -> None:
        self.graph = graph
        self.report = report
        self._last = (Origin(), Origin())

    def resource(self, declared: Declared, cls: type[R]) -> R:
        place = root(declared)
        spelling: Spelling = "awscc" if awscc.is_awscc(declared) else declared.dialect
        fields = {spec.name: self._field(spec, place, declared, spelling) for spec in field_specs(cls)}
        return made(cls, {"declared": declared, **fields})

    def _block(self, cls: type[Block], place: Tree, owner: Declared, spelling: Spelling) -> Block:
        fields = {spec.name: self._field(spec, place, owner, spelling) for spec in field_specs(cls)}
        unknown = place if isinstance(place, Unknown) and not isinstance(place, PartlyMap) else None
        return made(cls, {"origin": place.origin, "unknown": unknown, **fields})

    def _field(self, spec: FieldSpec, place: Tree, owner: Declared, spelling: Spelling) -> object:
        match spec.shape:
            case "value":
                return self._value(spec, place, owner, spelling)
            case "blocks":
                cls = spec.classes[0]
                return [
                    # A satellite of the other provider has that provider's spelling.
                    self._block(cls, found, owner, "terraform" if spelling == "awscc" and isinstance(binding, Tf) else spelling)
                    for found, binding in self._all(spec, place, owner, spelling)
                ]
            case "link":
                return Link(Reader._forward, self, spec, place, owner, spelling)
            case "back":
                return Link(Reader._backward, self, spec, owner)

    def _value(self, spec: FieldSpec, place: Tree, owner: Declared, spelling: Spelling) -> Tree:
        bindings = spec.bindings(spelling)
        if len(bindings) == 1 and not bindings[0].of:
            # Four of five fields have one place, and this is the hot path of reading resources.
            (binding,) = bindings
            found = spec.coerce(value_at(place, binding.path), self.report)
            if binding.read is not None:
                found = translated(found, binding.read)
            return found if not isinstance(found, Absent) else self._otherwise(spec, bindings, found, owner.missing)
        nearest: Absent | None = None
        written: list[tuple[Tree, Unknown | None]] = []
        opaque: Unknown | None = None
        for binding in bindings:
            # Most bindings are of the resource itself.
            places, hidden = self._places(binding, place, owner) if binding.of else ([(place, None)], owner.missing)
            if opaque is None:
                opaque = hidden
            for where, doubt in places:
                found = spec.coerce(value_at(where, binding.path), self.report)
                if binding.read is not None:
                    found = translated(found, binding.read)
                if isinstance(found, Absent):
                    if nearest is None or nearest.origin.span in (owner.body.origin.span, place.origin.span):
                        nearest = found
                    continue
                written.append((found, doubt))
            if written and written[-1][1] is None:
                break
        value = self._otherwise(spec, bindings, Absent(owner.body.origin) if nearest is None else nearest, opaque)
        for found, doubt in reversed(written):
            value = found if doubt is None else _conditional(doubt, found, value)
        return value

    def _otherwise(self, spec: FieldSpec, bindings: tuple[Cfn | Tf, ...], nearest: Absent, opaque: Unknown | None) -> Tree:
        """The value if nothing is written: unknown, the default, or absent."""
        if opaque is not None:
            return opaque
        default = next((b.default for b in bindings if b.default is not NOTHING), spec.default)
        if default is NOTHING:
            return nearest
        return Known(default, self._default_origin(nearest.origin))

    def _default_origin(self, nearest: Origin) -> Origin:
        """The origin of AWS's default, if nothing is written at the nearest place. The fields of a resource share it."""
        found, made = self._last
        if found is not nearest:
            made = Origin(nearest.span, "service default", switch=nearest.default_step)
            self._last = nearest, made
        return made

    def _places(
        self, binding: Cfn | Tf, place: Tree, owner: Declared
    ) -> tuple[list[tuple[Tree, Unknown | None]], Unknown | None]:
        """The trees to read a binding's path from, each with an unknown if it may not exist; and an unknown if there may be
        more."""
        if not binding.of:
            return [(place, None)], owner.missing
        satellites, opaque = self.graph.satellites(owner, binding.of, binding.by)
        places = [(root(each), doubt(each, owner)) for each in satellites]
        if not binding.many and any(uncertain is None for _, uncertain in places):
            opaque = None
        for each in satellites:
            opaque = first_unknown(opaque, each.missing)
        return places, opaque

    def _all(self, spec: FieldSpec, place: Tree, owner: Declared, spelling: Spelling) -> list[tuple[Tree, Cfn | Tf]]:
        """Every element at every binding, with the binding."""
        found: list[tuple[Tree, Cfn | Tf]] = []
        for binding in spec.bindings(spelling):
            places, opaque = self._places(binding, place, owner)
            for where, uncertain in places:
                found.extend(
                    (item if uncertain is None else _conditional(uncertain, item, Absent(item.origin)), binding)
                    for item in _flat(elements(where, binding.path))
                )
            if opaque is not None:
                found.append((opaque, binding))
        return found

    def _forward(self, spec: FieldSpec, place: Tree, owner: Declared, spelling: Spelling) -> Found:
        leaves = [leaf for leaf, _ in self._all(spec, place, owner, spelling)]
        targets: dict[int, Resource] = {}
        unknown: Unknown | None = None
        external: list[Known[Any]] = []
        unclear: list[Unknown] = []
        certain: set[int] = set()
        for leaf in leaves:
            hits = list(self._hits(leaf, spec.classes))
            is_any = isinstance(leaf, Unknown) and not leaf.alternatives and len(hits) > 1 and self._is_any(leaf)
            for hit in hits:
                targets[id(hit.declared)] = hit
                uncertain = doubt(hit.declared, owner)
                unknown = first_unknown(unknown, uncertain)
                if uncertain is None and not (isinstance(leaf, Unknown) and leaf.alternatives):
                    certain.add(ANY if is_any else id(hit.declared))
            match leaf:
                case Unknown() if not hits or leaf.alternatives or is_any:
                    unknown = first_unknown(unknown, leaf)
                    unclear.append(leaf)
                case Known() if not hits:
                    external.append(leaf)
                case _:
                    pass
        value: Tree = leaves[0] if leaves else self._written(spec, place, owner, spelling)
        return Found(tuple(targets.values()), unknown, tuple(external), value, _few(certain), tuple(unclear))

    def _is_any(self, leaf: Tree) -> bool:
        """Whether a value refers to any of several instances of one block, since their key is not known."""
        return any(len(self.graph.at(reference.address)) > 1 for reference in references(leaf))

    def _written(self, spec: FieldSpec, place: Tree, owner: Declared, spelling: Spelling) -> Tree:
        """The place of a link that names nothing: the written empty list, or the nearest parent."""
        for binding in spec.bindings(spelling):
            if not binding.of and "[" not in binding.path.removesuffix("[]"):
                return Absent(value_at(place, binding.path.removesuffix("[]")).origin)
        return Absent(owner.body.origin)

    def _hits(self, leaf: Tree, classes: tuple[type[Resource], ...]) -> Iterator[Resource]:
        """The resources that a value names: by reference, else by a literal name or the same unknown."""
        by_reference = False
        for reference in references(leaf):
            for declared in self.graph.at(reference.address):
                for cls in classes:
                    if self.graph.type_of(declared) in cls.types():
                        by_reference = True
                        yield self.graph.typed(declared, cls)
        if not by_reference:
            for cls in classes:
                yield from self.graph.called(cls, leaf)
        if isinstance(leaf, Unknown) and leaf.alternatives:
            for each in leaves(leaf):
                if isinstance(each, Known):
                    for cls in classes:
                        yield from self.graph.called(cls, each)

    def _backward(self, spec: FieldSpec, owner: Declared) -> Found:
        targets: list[Resource] = []
        unknown: Unknown | None = None
        certain: set[int] = set()
        for cls in spec.classes:
            pointing = self.graph.pointing(cls, spec.back.name)
            for other, here in pointing.at.get(id(owner), ()):
                link: Link[Resource] = getattr(other, spec.back.name)
                targets.append(other)
                uncertain = doubt(other.declared, owner)
                unknown = first_unknown(first_unknown(unknown, uncertain), None if link.surely(here) else link.unknown)
                if uncertain is None and link.surely(here):
                    certain.add(id(other.declared))
            if not (spec.back.one and certain):
                unknown = first_unknown(unknown, pointing.loose)
        return Found(tuple(targets), unknown, (), Absent(owner.body.origin), _few(certain))


def doubt(other: Declared, owner: Declared) -> Unknown | None:
    """Why `other` may not exist although `owner` does; None if it certainly does."""
    if other.condition is not None and other.condition != owner.condition:
        return other.condition
    if other.representative and other.representative != owner.representative:
        return other.others
    return None


def _conditional(condition: Unknown, then: Tree, otherwise: Tree) -> Tree:
    """`then` where `condition` is true, else `otherwise`."""
    if not condition.alternatives:
        return Unknown(condition.reason, ("where", condition.identity), then.origin)
    outcomes = [(label, then if value == Known(True) else otherwise) for label, value in condition.alternatives]
    return choose(condition.reason, condition.choice, outcomes, then.origin)


def _flat(trees: list[Tree]) -> Iterator[Tree]:
    for tree in trees:
        match tree:
            case Known(list() as items):
                yield from _flat(items)
            case Absent():
                continue
            case _:
                yield tree
