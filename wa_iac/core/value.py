"""Three-valued values, each with the place it was written and the way it came.

`Value[T]` is `Known[T] | Unknown | Absent`. A value is never a plain Python object with a flag beside it: who wants the
content has to match on the three cases, and `bool(value)` raises, so that "unknown" cannot turn into "false" by accident.

Containers nest: a known list is `Known[list[Value]]`, a known mapping `Known[dict[str, Value]]`; each leaf keeps an origin
of its own. Terraform's `null` and CloudFormation's `AWS::NoValue` are `Absent`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, NamedTuple, NoReturn, TypeAlias, TypeVar

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Span(NamedTuple):
    """A stretch of a file. Lines and columns count from 1, columns in characters; the end is exclusive. Bytes count from 0."""

    path: str
    start_line: int
    start_column: int
    end_line: int
    end_column: int
    start_byte: int = 0
    end_byte: int = 0


NOWHERE: Final = Span("", 1, 1, 1, 1)

How: TypeAlias = Literal["explicit", "given", "default", "service default", "computed"]
"""explicit: written at the span. given: by --var, a tfvars or a parameter file. default: of a variable or parameter.
service default: AWS's own, nothing is written. computed: by an expression or a function."""


class Step(NamedTuple):
    """One place a value passed through on its way: `Step(span, "module argument 'multi_az'")`."""

    span: Span
    note: str


class Reference(NamedTuple):
    """An attribute of a resource in the same unit.

    `address` is the resource's own (`aws_s3_bucket.logs[0]`, `module.a.aws_kms_key.this`, a logical id); without its
    index it means any instance. `attribute` is the dialect's name: `arn`, `id`, `Ref`, `Arn`.
    """

    address: str
    attribute: str


class Origin(NamedTuple):
    """Where a value is written (for a container: its key or block header), how it came about, and through which places."""

    span: Span = NOWHERE
    how: How = "explicit"
    chain: tuple[Step, ...] = ()
    references: tuple[Reference, ...] = ()
    sensitive: bool = False
    document: Any = None
    """For a string that a program wrote as JSON (`jsonencode`, a policy data source): the tree it encodes, spans and unknowns kept."""

    def via(self, step: Step) -> Origin:
        """The same origin, one step further on its way."""
        return self._replace(chain=(*self.chain, step))


class _Base:
    """What the three cases share: they refuse to be a truth value, and pydantic takes them as they are."""

    __slots__ = ()

    def __bool__(self) -> NoReturn:
        raise TypeError("a Value has no truth value: match on Known, Unknown and Absent")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.is_instance_schema(
            cls, serialization=core_schema.plain_serializer_function_ser_schema(plain, info_arg=False)
        )


class Known(_Base, Generic[T_co]):
    """A value that is certain before anything is deployed. Two are equal when their contents are, wherever they come from."""

    __slots__ = ("origin", "value")
    __match_args__ = ("value",)

    def __init__(self, value: T_co, origin: Origin = Origin()) -> None:  # noqa: B008 - immutable, shared on purpose
        self.value: Final = value
        self.origin: Final = origin

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Known) and type(self.value) is type(other.value) and bool(self.value == other.value)

    def __hash__(self) -> int:
        return hash(_freeze(self.value))

    def __repr__(self) -> str:
        return f"Known({self.value!r})"


class Absent(_Base):
    """Nothing is written and AWS has no default. The origin's span is where it would be written: the nearest parent's header."""

    __slots__ = ("origin",)

    def __init__(self, origin: Origin = Origin()) -> None:  # noqa: B008 - immutable, shared on purpose
        self.origin: Final = origin

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Absent)

    def __hash__(self) -> int:
        return hash(Absent)

    def __repr__(self) -> str:
        return "Absent()"


class Alternative(NamedTuple):
    """One of the finitely many contents of an unknown: `Alternative("IsProd is true", Known(...))`."""

    label: str
    value: Known[Any] | Unknown | Absent


class Unknown(_Base):
    """A value that cannot be known before deployment, or not without input that was not given.

    Attributes:
        why: what is missing, in the user's words: "var.multi_az has no default".
        settle: what would make it known: "give --var multi_az=..., or scan the plan"; empty when nothing would.
        identity: two unknowns with equal identity are the same value, whatever it turns out to be.
        choice: names the decision between the alternatives. Unknowns with the same choice have the same labels in the
            same order, so that outcome `i` of a choice selects alternative `i` everywhere.
        alternatives: every content it can have; empty when they cannot be listed.
        parts: for a string with unknown pieces, its pieces in order: `("arn:aws:s3:::", Unknown, "/*")`.
        element: for a member of an unknown collection of distinct members, `(collection, index)`: equal collections with
            different indexes are known to differ.
    """

    __slots__ = ("alternatives", "choice", "element", "identity", "origin", "parts", "settle", "why")

    def __init__(
        self,
        why: str,
        identity: Hashable,
        origin: Origin = Origin(),  # noqa: B008 - immutable, shared on purpose
        *,
        settle: str = "",
        choice: Hashable = None,
        alternatives: tuple[Alternative, ...] = (),
        parts: tuple[str | Unknown, ...] = (),
        element: tuple[Hashable, int] | None = None,
    ) -> None:
        self.why: Final = why
        self.identity: Final = identity
        self.origin: Final = origin
        self.settle: Final = settle
        self.choice: Final = choice
        self.alternatives: Final = alternatives
        self.parts: Final = parts
        self.element: Final = element

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unknown) and self.identity == other.identity

    def __hash__(self) -> int:
        return hash(self.identity)

    def __repr__(self) -> str:
        return f"Unknown({self.why!r})"

    def at(self, origin: Origin) -> Unknown:
        """The same unknown, written elsewhere."""
        return Unknown(
            self.why,
            self.identity,
            origin,
            settle=self.settle,
            choice=self.choice,
            alternatives=self.alternatives,
            parts=self.parts,
            element=self.element,
        )

    def member(self, key: str | int, *, distinct: bool = False) -> Unknown:
        """The attribute or element `key` of this unknown container; `distinct` where its members are known to differ."""
        return self.map(
            ("member", key),
            lambda value: value.member(key, distinct=distinct) if isinstance(value, Unknown) else _member(value, key),
            element=(self.identity, key) if distinct and isinstance(key, int) else None,
        )

    def map(
        self, name: Hashable, function: Callable[[Value[Any]], Value[Any]], *, element: tuple[Hashable, int] | None = None
    ) -> Unknown:
        """What `function`, called `name`, makes of this unknown: the alternatives are mapped, the identity is derived."""
        return Unknown(
            self.why,
            (name, self.identity),
            self.origin,
            settle=self.settle,
            choice=self.choice,
            element=element,
            alternatives=tuple(Alternative(label, function(value)) for label, value in self.alternatives),
        )


Value: TypeAlias = Known[T] | Unknown | Absent
Tree: TypeAlias = Known[Any] | Unknown | Absent
"""A value of any shape, as the parsers evaluate it, before a binding has checked its type."""


def _member(value: Tree, key: str | int) -> Tree:
    match value:
        case Known(dict() as entries) if isinstance(key, str):
            entry: Tree | None = entries.get(key)
            return Absent(value.origin) if entry is None else entry
        case Known(list() as items) if isinstance(key, int):
            item: Tree = items[key] if -len(items) <= key < len(items) else Absent(value.origin)
            return item
        case Unknown():
            return value.member(key)
        case _:
            return Absent(value.origin)


def _freeze(value: object) -> Hashable:
    if isinstance(value, list):
        return tuple(_freeze(item) for item in value)
    if isinstance(value, dict):
        return frozenset((key, _freeze(item)) for key, item in value.items())
    return value


def moved(value: Tree, origin: Origin) -> Tree:
    """The same content with another origin: what a reference, an argument or a default turns a value into."""
    if origin.document is None and value.origin.document is not None:
        origin = origin._replace(document=value.origin.document)
    match value:
        case Known(content):
            return Known(content, origin)
        case Unknown():
            return value.at(origin)
        case Absent():
            return Absent(origin)


def choose(why: str, choice: Hashable, alternatives: Iterable[tuple[str, Tree]], origin: Origin, *, settle: str = "") -> Tree:
    """One of `alternatives`, depending on `choice`; known after all where all of them are equal."""
    listed = tuple(Alternative(label, value) for label, value in alternatives)
    first = listed[0].value
    if all(type(other.value) is type(first) and other.value == first for other in listed[1:]):
        return moved(first, origin)
    return Unknown(why, ("choice", choice, tuple(_identity(a.value) for a in listed)), origin,
                   settle=settle, choice=choice, alternatives=listed)  # fmt: skip


def _identity(value: Tree) -> Hashable:
    return value.identity if isinstance(value, Unknown) else hash(value)


def lift(name: Hashable, function: Callable[..., Tree], *arguments: Tree, origin: Origin) -> Tree:
    """`function(*arguments)`, where unknown arguments make the result unknown.

    `function` is called with known or absent arguments only. An argument with alternatives is tried with each of them, so that
    `!If [IsProd, 3, 1] * 2` is 6 or 2; with several such arguments the first decides and the others nest. At most eight
    alternatives are followed.
    """
    for index, argument in enumerate(arguments):
        if not isinstance(argument, Unknown):
            continue
        identity = (name, tuple(_identity(each) for each in arguments))
        if argument.choice is None or not 0 < len(argument.alternatives) <= 8:
            references = tuple(r for each in arguments for r in each.origin.references)
            return Unknown(argument.why, identity, origin._replace(references=references), settle=argument.settle)
        return choose(
            argument.why, argument.choice,
            [
                (label, lift(name, function, *(
                    substitute(each, {argument.choice: outcome}) if position != index else value
                    for position, each in enumerate(arguments)), origin=origin))
                for outcome, (label, value) in enumerate(argument.alternatives)
            ],
            origin, settle=argument.settle,
        )  # fmt: skip
    return function(*arguments)


def substitute(value: Tree, outcomes: Mapping[Hashable, int]) -> Tree:
    """`value` with every choice in `outcomes` decided. Returns the same object where nothing changes."""
    match value:
        case Unknown():
            return _decided(value, outcomes)
        case Known(list() as items):
            changed = [substitute(item, outcomes) for item in items]
            return value if _same_objects(items, changed) else Known(changed, value.origin)
        case Known(dict() as entries):
            values = list(entries.values())
            changed = [substitute(item, outcomes) for item in values]
            return value if _same_objects(values, changed) else Known(dict(zip(entries, changed, strict=True)), value.origin)
        case _:
            return value


def _decided(value: Unknown, outcomes: Mapping[Hashable, int]) -> Tree:
    if value.choice is not None and value.choice in outcomes and value.alternatives:
        index = outcomes[value.choice]
        if index < len(value.alternatives):
            return substitute(value.alternatives[index].value, outcomes)
    if value.alternatives:
        changed = [substitute(each.value, outcomes) for each in value.alternatives]
        if not _same_objects([each.value for each in value.alternatives], changed):
            labels = [each.label for each in value.alternatives]
            return choose(value.why, value.choice, zip(labels, changed, strict=True), value.origin, settle=value.settle)
    if value.parts:
        pieces = [piece if isinstance(piece, str) else substitute(piece, outcomes) for piece in value.parts]
        if not _same_objects(value.parts, pieces):
            return joined(pieces, value.origin)
    return value


def _same_objects(before: Sequence[object], after: Sequence[object]) -> bool:
    return all(one is other for one, other in zip(before, after, strict=True))


def joined(pieces: Iterable[str | Tree], origin: Origin) -> Tree:
    """The string made of `pieces`; unknown, with its parts, where a piece is. Numbers and booleans are written as both dialects do."""
    parts: list[str | Unknown] = []
    references: list[Reference] = []
    sensitive = origin.sensitive
    for piece in pieces:
        if not isinstance(piece, str):
            references += piece.origin.references
            sensitive = sensitive or piece.origin.sensitive
        match piece:
            case str():
                text: str | Unknown = piece
            case Known(content):
                text = text_of(content)
            case Unknown():
                if piece.parts:
                    for part in piece.parts:
                        _append(parts, part)
                    continue
                text = piece
            case Absent():
                continue
        _append(parts, text)
    where = origin._replace(references=(*origin.references, *references), sensitive=sensitive)
    if not parts:
        return Known("", where)
    if len(parts) == 1 and isinstance(parts[0], str):
        return Known(parts[0], where)
    unknown = next(part for part in parts if isinstance(part, Unknown))
    if len(parts) == 1:
        return unknown.at(where)
    identity = ("join", tuple(part if isinstance(part, str) else part.identity for part in parts))
    return Unknown(unknown.why, identity, where, settle=unknown.settle, parts=tuple(parts))


def _append(parts: list[str | Unknown], part: str | Unknown) -> None:
    if isinstance(part, str) and parts and isinstance(parts[-1], str):
        parts[-1] += part
    elif part != "":
        parts.append(part)


def text_of(content: object) -> str:
    """A scalar as a string, the way both dialects convert it: `true`, `1.5`, `3` for 3.0."""
    if isinstance(content, bool):
        return "true" if content else "false"
    if isinstance(content, float) and content.is_integer():
        return str(int(content))
    return "" if content is None else str(content)


def same(one: Tree, other: Tree) -> bool | None:
    """Whether two values are equal: True, False, or None where that cannot be known."""
    if isinstance(one, Unknown) and isinstance(other, Unknown):
        if one.identity == other.identity:
            return True
        if one.element and other.element and one.element[0] == other.element[0]:
            return one.element[1] == other.element[1]
        return None
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        return None
    return one == other


def distinct(values: Iterable[Tree]) -> tuple[int, int]:
    """At least and at most how many different values these are."""
    groups: list[Tree] = []
    for value in values:
        if not any(same(value, seen) is True for seen in groups):
            groups.append(value)
    least: list[Tree] = []
    for value in groups:
        if all(same(value, seen) is False for seen in least):
            least.append(value)
    return len(least), len(groups)


def references(value: Tree) -> Iterator[Reference]:
    """Every reference in a value and, for containers, below it."""
    yield from value.origin.references
    match value:
        case Known(list() as items):
            for item in items:
                yield from references(item)
        case Known(dict() as entries):
            for item in entries.values():
                yield from references(item)
        case Unknown(alternatives=alternatives, parts=parts):
            for alternative in alternatives:
                yield from references(alternative.value)
            for part in parts:
                if isinstance(part, Unknown):
                    yield from references(part)
        case _:
            return


def plain(value: Tree) -> object:
    """A value as JSON data: an unknown is `{"$unknown": why}`, a reference `{"$ref": "address.attribute"}`, a secret `"(sensitive)"`."""
    if value.origin.sensitive and not isinstance(value, Absent):
        return "(sensitive)"
    match value:
        case Known(list() as items):
            return [plain(item) for item in items if not isinstance(item, Absent)]
        case Known(dict() as entries):
            return {key: plain(item) for key, item in entries.items() if not isinstance(item, Absent)}
        case Known(content):
            return content
        case Unknown(origin=origin, parts=parts):
            if len(origin.references) == 1 and not parts and not value.alternatives:
                reference = origin.references[0]
                return {"$ref": f"{reference.address}.{reference.attribute}" if reference.attribute else reference.address}
            return {"$unknown": value.why}
        case Absent():
            return None
