"""Three-valued values, each with its place and its history.

`Value[T]` is `Known[T] | Unknown | Absent`. A value is never a plain Python object with a flag: code that needs the content has
to match on the three cases. `bool(value)` raises, so that "unknown" cannot become "false" by accident.

Containers nest: a known list is `Known[list[Value]]`, a known mapping `Known[dict[str, Value]]`. Each leaf keeps its own
origin. Terraform's `null` and CloudFormation's `AWS::NoValue` are `Absent`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, NamedTuple, NoReturn, TypeAlias, TypeVar

from .budget import EACH, current
from .reasons import Reason
from .span import NOWHERE, Span

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler
    from pydantic_core import CoreSchema

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


How: TypeAlias = Literal["explicit", "given", "default", "service default", "computed", "from defaults", "from values", "read"]
"""explicit: written at the span. given: by --var, a tfvars or a parameter file. default: of a variable or parameter. service
default: AWS's own default, if nothing is written. computed: by an expression or a function. from defaults: a text that was put together, and
has the name of an environment by the default of a variable or parameter. from values: the same by a value that was given. read: a plan shows what AWS has, and nothing
in the configuration writes it."""


class Step(NamedTuple):
    """One place that a value passed through: `Step(span, "module argument 'multi_az'")`.

    If the place is a default, `default_of` is its variable or parameter: `variable "size"`. If it is an argument of a module
    call, `argument` is its name. If it is a key of an object, `key` is the key; if it is an entry of a mapping, `entry`. `local` is whether it
    is a local value. If it is a condition of a template by which the value was chosen, `chooses` is its name, if it has one, and whether it holds. `by_environment` is whether a default, or what a call passes, chose it by the name of an environment that is not
    production.
    """

    span: Span
    note: str
    default_of: str = ""
    argument: str = ""
    local: bool = False
    key: str = ""
    chooses: tuple[str, bool] | None = None
    by_environment: bool = False
    entry: str = ""


class Reference(NamedTuple):
    """A reference to an attribute of a resource in the same unit.

    `address` is the resource's own (`aws_s3_bucket.logs[0]`, `module.a.aws_kms_key.this`, a logical id). Without its index it
    means any instance. `attribute` is the dialect's name: `arn`, `id`, `Ref`, `Arn`.
    """

    address: str
    attribute: str


class Origin(NamedTuple):
    """The place where a value is written (for a container: its key or block header), how it came about, and the places it
    passed through. The nearest place is first; the last one sets the value."""

    span: Span = NOWHERE
    how: How = "explicit"
    chain: tuple[Step, ...] = ()
    references: tuple[Reference, ...] = ()
    sensitive: bool = False
    document: Any = None
    """For a string that a program wrote as JSON (`jsonencode`, a policy data source): the tree it encodes, with spans and
    unknowns."""
    switch: Step | None = None
    """The default of the variable or parameter that chose this value among others, if it did: see `default_step`."""

    def at(self, span: Span, chain: tuple[Step, ...]) -> Origin:
        """The same origin at another place. This is the hot path: `_replace` takes five times as long, the constructor twice."""
        return tuple.__new__(Origin, (span, self.how, chain, self.references, self.sensitive, self.document, self.switch))

    def as_how(self, how: How) -> Origin:
        """The same origin of a value that came about in another way."""
        return tuple.__new__(Origin, (self.span, how, *self[2:]))

    @property
    def default_of(self) -> str:
        """The nearest variable or parameter whose default the value came through. It may be given another value."""
        return next((step.default_of for step in self.chain if step.default_of), "")

    @property
    def default_step(self) -> Step | None:
        """The default that decides this value: it chose the value, or the value came through it."""
        if self.switch is not None or not self.chain:
            return self.switch
        return next((step for step in self.chain if step.default_of), None)

    @property
    def by_default(self) -> bool:
        """Whether a default of a variable or parameter decides this value, or the environment in its text."""
        return self.how in ("default", "from defaults") or self.default_step is not None

    def as_place(self) -> Origin:
        """The same place for another value. The defaults that this value came through say nothing of that one."""
        return self._replace(switch=None, chain=tuple(step._replace(default_of="") for step in self.chain))

    def via(self, step: Step) -> Origin:
        """The same origin with one more step."""
        return self.at(self.span, (step, *self.chain))


class _Base:
    """The base of the three cases. They have no truth value, and pydantic does not validate them."""

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
    """A value that is certain before deployment. Two known values are equal if their contents are, whatever their origins."""

    __slots__ = ("_hash", "origin", "value")
    __match_args__ = ("value",)
    _hash: int
    """The hash of a container, computed at the first request."""

    def __init__(self, value: T_co, origin: Origin = Origin()) -> None:  # noqa: B008 - immutable, shared on purpose
        self.value: Final = value
        self.origin: Final = origin

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Known):
            return False
        if type(self.value) is not type(other.value) and not _comparable(self.value, other.value):
            return False
        if isinstance(self.value, (list, dict)):
            return _equal(self.value, other.value)
        return bool(self.value == other.value)

    def __hash__(self) -> int:
        if not isinstance(self.value, (list, dict)):
            return hash(self.value)
        if not hasattr(self, "_hash"):
            _remember_hashes(self)
        return self._hash

    def __repr__(self) -> str:
        return f"Known({self.value!r})"


class Absent(_Base):
    """Nothing is written and AWS has no default. The origin's span is the place to write it: the nearest parent's header."""

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
    """A value that is not known before deployment, or not without input that was not given.

    Attributes:
        reason: why it is not known. Values made from this one keep the reason.
        identity: two unknowns with equal identity are the same value, whatever it turns out to be. Identities are only
            compared, never inspected.
        itself: whether it is the very thing that its reason names, not something made from that.
        choice: identifies the decision between the alternatives. Unknowns with the same choice have the same labels in the
            same order, so that outcome `i` of a choice selects alternative `i` everywhere.
        alternatives: every content it can have; empty if they cannot be listed.
        parts: for a string with unknown pieces, its pieces in order: `("arn:aws:s3:::", Unknown, "/*")`.
        element: for a member of an unknown collection of distinct members, `(collection, index)`. Members of equal collections
            with different indexes are known to differ.
    """

    __slots__ = ("alternatives", "choice", "element", "identity", "itself", "origin", "parts", "reason")

    def __init__(
        self,
        reason: Reason,
        identity: Hashable,
        origin: Origin = Origin(),  # noqa: B008 - immutable, shared on purpose
        *,
        itself: bool = False,
        choice: Hashable = None,
        alternatives: tuple[Alternative, ...] = (),
        parts: tuple[str | Unknown, ...] = (),
        element: tuple[Hashable, int] | None = None,
    ) -> None:
        self.reason: Final = reason
        self.identity: Final = identity
        self.origin: Final = origin
        self.itself: Final = itself
        self.choice: Final = choice
        self.alternatives: Final = alternatives
        self.parts: Final = parts
        self.element: Final = element

    @property
    def why(self) -> str:
        """What is missing, in the user's words: "var.multi_az has no default"."""
        return self.reason.why

    @property
    def settle(self) -> str:
        """How to make it known: "give --var multi_az=..., or scan the plan"; empty if nothing would."""
        return self.reason.settle

    @property
    def source(self) -> Reason | None:
        """The reason, if the value is the very thing that it names: `case Unknown(source=Pseudo())`."""
        return self.reason if self.itself else None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unknown) and self.identity == other.identity

    def __hash__(self) -> int:
        return hash(self.identity)

    def __repr__(self) -> str:
        return f"Unknown({self.why!r})"

    def at(self, origin: Origin) -> Unknown:
        """The same unknown at another place."""
        return Unknown(
            self.reason,
            self.identity,
            origin,
            itself=self.itself,
            choice=self.choice,
            alternatives=self.alternatives,
            parts=self.parts,
            element=self.element,
        )

    def as_data(self) -> dict[str, object]:
        """JSON data: a reference, if the value is just an attribute of a resource; else the reason."""
        if len(self.origin.references) == 1 and not self.parts and not self.alternatives:
            address, attribute = self.origin.references[0]
            return {"$ref": f"{address}.{attribute}" if attribute else address}
        return {"$unknown": self.why}

    def member(self, key: str | int, *, distinct: bool = False) -> Unknown:
        """The attribute or element `key` of this unknown container. `distinct` says that its members are known to differ."""
        return self.map(
            ("member", key),
            lambda value: value.member(key, distinct=distinct) if isinstance(value, Unknown) else _member(value, key),
            element=(self.identity, key) if distinct and isinstance(key, int) else None,
        )

    def map(
        self, name: Hashable, function: Callable[[Value[Any]], Value[Any]], *, element: tuple[Hashable, int] | None = None
    ) -> Unknown:
        """The result of `function`, named `name`, for this unknown. Alternatives are mapped, and the identity is derived."""
        return Unknown(
            self.reason,
            (name, self.identity),
            self.origin,
            choice=self.choice,
            element=element,
            alternatives=tuple(Alternative(label, function(value)) for label, value in self.alternatives),
        )

    def derived(self, name: Hashable) -> Unknown:
        """Another unknown that is made from this one and named `name`: one of its elements, or its elements joined."""
        return self.map(name, lambda value: value)


Value: TypeAlias = Known[T] | Unknown | Absent
Tree: TypeAlias = Known[Any] | Unknown | Absent
"""A value of any shape, as the parsers evaluate it, before a binding checks its type."""


def plain(value: Tree) -> object:
    """A value as JSON data. An unknown is `{"$unknown": why}`, together with its entries if some are known; a reference is
    `{"$ref": "address.attribute"}`; a secret is `"(sensitive)"`."""
    if value.origin.sensitive and not isinstance(value, Absent):
        return "(sensitive)"
    match value:
        case Known(list() as items):
            return [plain(item) for item in items if not isinstance(item, Absent)]
        case Known(dict() as entries):
            return {key: plain(item) for key, item in entries.items() if not isinstance(item, Absent)}
        case Known(content):
            return content
        case Unknown():
            return value.as_data()
        case Absent():
            return None


def _member(value: Tree, key: str | int) -> Tree:
    match value:
        case Known(dict() as entries) if isinstance(key, str):
            entry: Tree | None = entries.get(key)
            return Absent(value.origin) if entry is None else entry
        case Known(list() as items) if isinstance(key, int):
            item: Tree = items[key] if -len(items) <= key < len(items) else Absent(value.origin)
            return item
        case Known([single]) if isinstance(key, str):
            # A block is a list of one, as `binding.member` reads it.
            return _member(single, key)
        case Unknown():
            return value.member(key)
        case _:
            return Absent(value.origin)


_CONTAINER: Final = 20
"""Comparisons charged for a container, in addition to those of its contents."""


def _comparable(left: object, right: object) -> bool:
    """Whether two contents are comparable: of one type, or of two types that a dialect distinguishes and that have the same
    `compares_as`."""
    one, other = type(left), type(right)
    return one is other or getattr(one, "compares_as", one) is getattr(other, "compares_as", other)


def _equal(left: Any, right: Any) -> bool:
    """Whether two containers of one type have equal values. There is no recursion, since values may be nested to any depth."""
    budget = current()
    waiting = [(left, right)]
    while waiting:
        one, other = waiting.pop()
        if len(one) != len(other):
            return False
        budget.compare(_CONTAINER + EACH * len(one))
        if isinstance(one, dict):
            if one.keys() != other.keys():
                return False
            pairs = [(each, other[key]) for key, each in one.items()]
        else:
            pairs = list(zip(one, other, strict=True))
        for first, second in pairs:
            if first is second:
                continue
            if isinstance(first, Known) and isinstance(first.value, (list, dict)):
                if not isinstance(second, Known) or not _comparable(first.value, second.value):
                    return False
                waiting.append((first.value, second.value))
            elif first != second:
                return False
    return True


def _remember_hashes(value: Known[Any]) -> None:
    """Compute the hash of a container and of those in it, each once, the innermost first."""
    budget = current()
    waiting = [value]
    while waiting:
        each = waiting[-1]
        children = each.value.values() if isinstance(each.value, dict) else each.value
        inner = [
            child
            for child in children
            if isinstance(child, Known) and isinstance(child.value, (list, dict)) and not hasattr(child, "_hash")
        ]
        budget.compare(_CONTAINER + EACH * len(each.value))
        if inner:
            waiting += inner
            continue
        waiting.pop()
        if isinstance(each.value, dict):
            each._hash = hash(frozenset((key, hash(child)) for key, child in each.value.items()))
        else:
            each._hash = hash(tuple(map(hash, each.value)))
