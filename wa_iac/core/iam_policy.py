"""IAM policy documents, in one shape for both dialects.

A field of type `Value[Document]` holds the document's tree, and `statements` reads it. Questions about a statement have three
answers: `Known(True)`, `Known(False)`, or the `Unknown` that the answer depends on.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Final, NamedTuple

from .binding import member
from .budget import current
from .coerce import coercion
from .logic import any_of, first_unknown, negate
from .partial import PartlyMap
from .presence import is_pseudo
from .value import Absent, Known, Origin, Tree, Unknown, Value

_TEXT: Final = coercion(str)
_COMPILED: Final = 500
"""Comparisons charged for compiling a pattern into a regular expression."""


class Principal(NamedTuple):
    """`kind` is AWS, Service, Federated or CanonicalUser; `value` one of its names, `*` for anyone."""

    kind: str
    value: Value[str]


class Condition(NamedTuple):
    """One key under one operator, with the value as written (one, or a list). The key is empty if it is not known; the value is
    then the unknown. A partly known key has stars for its unknown parts."""

    operator: str
    key: str
    value: Tree


class Statement(NamedTuple):
    """One statement. `unknown` says why the statement itself is not known; all other fields are then empty. `version` is that of
    the document."""

    origin: Origin
    unknown: Unknown | None
    sid: Value[str]
    effect: Value[str]
    actions: tuple[Value[str], ...]
    not_actions: tuple[Value[str], ...]
    resources: tuple[Value[str], ...]
    not_resources: tuple[Value[str], ...]
    principals: tuple[Principal, ...]
    not_principals: tuple[Principal, ...]
    conditions: tuple[Condition, ...]
    conditions_unknown: Unknown | None
    version: Value[str]

    @property
    def place(self) -> Absent:
        """The place to flag if the statement as a whole is wrong."""
        return Absent(self.origin)

    @property
    def denies(self) -> bool:
        return isinstance(self.effect, Known) and self.effect.value == "Deny"

    @property
    def conditional(self) -> bool:
        """Whether it has conditions, or may have some."""
        return bool(self.conditions) or self.conditions_unknown is not None

    def allows(self) -> Value[bool]:
        """Whether its effect is Allow."""
        if self.unknown is not None:
            return self.unknown
        return self.effect if isinstance(self.effect, Unknown) else Known(self.effect == Known("Allow"), self.origin)

    def covers_action(self, wanted: str) -> Value[bool]:
        """Whether it covers the action `wanted`: an action (`s3:GetObject`), or a pattern that must be covered completely, such
        as `*`."""
        if self.unknown is not None:
            return self.unknown
        if self.not_actions:
            return negate(any_of((covers(each, wanted) for each in self.not_actions), self.origin))
        return any_of((covers(each, wanted) for each in self.actions), self.origin)

    def covers_every_resource(self) -> Value[bool]:
        """Whether it covers every resource: `*`, or all but some."""
        if self.unknown is not None:
            return self.unknown
        if self.not_resources:
            return Known(True, self.origin)
        return any_of(map(_is_every_resource, self.resources), self.origin)

    def names_anyone(self) -> Value[bool]:
        """Whether its principals include those that nobody knows: `*`, or all but some."""
        if self.unknown is not None:
            return self.unknown
        if self.not_principals:
            return negate(any_of(map(_anyone, self.not_principals), self.origin))
        return any_of(map(_anyone, self.principals), self.origin)

    def names_everyone(self) -> Value[bool]:
        """Whether its principals are all there are. All but some are not all."""
        return Known(False, self.origin) if self.not_principals else self.names_anyone()


def statements(document: Tree) -> list[Statement]:
    """The statements of a document, in order. A list that is not known is one unknown statement. Empty if the document is
    absent. The latest documents are kept, since many rules ask for the same ones."""
    kept = _KEPT.get(id(document))
    if kept is not None:
        return [*kept[1]]
    found = _statements(document)
    if len(_KEPT) >= _MOST_KEPT:
        _KEPT.clear()
    _KEPT[id(document)] = document, found
    return [*found]


_MOST_KEPT: Final = 500
_KEPT: Final[dict[int, tuple[Tree, list[Statement]]]] = {}
"""Statements by the `id` of their document. The document is kept too, so that no other object has the same `id`."""


def _statements(document: Tree) -> list[Statement]:
    match document:
        case Absent():
            return []
        case Unknown():
            return [_unknown(document)]
        case Known(dict()):
            return list(_read(member(document, "Statement"), _as_text(member(document, "Version"))))
        case _:
            return []


def _read(tree: Tree, version: Value[str]) -> Iterator[Statement]:
    match tree:
        case Known(list() as items):
            for item in items:
                yield from _read(item, version)
        case PartlyMap() | Known(dict()):
            principals, not_principals = (tuple(_principals(member(tree, key))) for key in ("Principal", "NotPrincipal"))
            condition = member(tree, "Condition")
            effect = member(tree, "Effect")
            yield Statement(
                origin=tree.origin,
                unknown=None,
                sid=_as_text(member(tree, "Sid")),
                effect=_as_text(effect),
                actions=_strings(member(tree, "Action")),
                not_actions=_strings(member(tree, "NotAction")),
                resources=_strings(member(tree, "Resource")),
                not_resources=_strings(member(tree, "NotResource")),
                principals=principals,
                not_principals=not_principals,
                conditions=tuple(_conditions(condition)),
                conditions_unknown=condition
                if isinstance(condition, Unknown) and not isinstance(condition, PartlyMap)
                else None,
                version=version,
            )
        case Unknown():
            yield _unknown(tree)
        case _:
            return


def _unknown(why: Unknown) -> Statement:
    return Statement(why.origin, why, why, why, (), (), (), (), (), (), (), why, why)


def _as_text(tree: Tree) -> Value[str]:
    """The text in a place of a policy that has a text. It is unknown if it is an object or a list, which IAM refuses."""
    return _TEXT(tree, lambda _: None)


def _strings(tree: Tree | None) -> tuple[Value[str], ...]:
    match tree:
        case None | Absent():
            return ()
        case Known(list() as items):
            return tuple(found for item in items for found in _strings(item))
        case _:
            return (_as_text(tree),)


def _principals(tree: Tree) -> Iterator[Principal]:
    match tree:
        case Known(dict() as entries):
            for kind, value in entries.items():
                for each in _strings(value):
                    yield Principal(kind, each)
        case PartlyMap():
            for kind, value in tree.entries.items():
                for each in _strings(value):
                    yield Principal(kind, each)
            yield Principal("AWS", tree)
        case Absent():
            return
        case _:
            for each in _strings(tree):
                yield Principal("AWS", each)


def _conditions(tree: Tree) -> Iterator[Condition]:
    for operator, keys in _entries(tree):
        for key, value in _entries(keys):
            if operator and key:
                yield Condition(operator, key, value)
            elif (unknown := first_unknown(value, keys, tree)) is not None:
                # Without an operator or a key, nothing is known of the condition. IAM refuses one that is written as empty.
                yield Condition(operator, "", unknown)


def _entries(tree: Tree) -> Iterator[tuple[str, Tree]]:
    """The entries of an object. One whose name is not known, and any that may exist, have an empty name."""
    match tree:
        case Known(dict() as entries):
            yield from entries.items()
        case PartlyMap():
            yield from tree.entries.items()
            yield from ((_spelled(name), value) for name, value in tree.others)
            if tree.rest is not None:
                yield "", tree.rest
        case Unknown():
            yield "", tree
        case _:
            return


def _spelled(name: Unknown) -> str:
    """A partly known name, with stars for the unknown parts; empty if none of it is known."""
    return "".join(part if isinstance(part, str) else "*" for part in name.parts)


def covers(pattern: Value[str], wanted: str) -> Value[bool]:
    """Whether an action, or a pattern of actions, covers `wanted`. Case is ignored."""
    match pattern:
        case Known(text):
            return Known(matches(str(text).lower(), wanted.lower()), pattern.origin)
        case Unknown(parts=[str() as start, *_]) if not wanted.lower().startswith(start.lower()[: len(wanted)]):
            return Known(False, pattern.origin)
        case Unknown():
            return pattern
        case Absent():
            return Known(False, pattern.origin)


def matches(pattern: str, text: str) -> bool:
    """Whether a text matches a pattern with `*` and `?`. Most patterns are a name, or the beginning of one."""
    start, star, rest = pattern.partition("*")
    if "?" not in pattern and not rest:
        return text.startswith(start) if star else text == start
    # Each pattern is compiled.
    current().compare(_COMPILED)
    return fnmatchcase(text, pattern.replace("[", "[[]"))


def _equals(value: Value[str], wanted: tuple[str, ...]) -> Value[bool]:
    match value:
        case Known(text):
            return Known(text in wanted, value.origin)
        case Unknown(parts=parts, origin=origin) if parts or origin.references or is_pseudo(value):
            # Some unknowns are never a lone star: a string made of pieces, an attribute of a resource, an account number.
            return Known(False, origin)
        case Unknown():
            return value
        case Absent():
            return Known(False, value.origin)


def _is_every_resource(resource: Value[str]) -> Value[bool]:
    """Whether it is a pattern for every resource, or for every ARN of a partition."""
    match resource:
        case Known(text):
            return Known(_fits_every_arn(str(text)), resource.origin)
        case Unknown(parts=["arn:", Unknown(), str() as end]):
            return Known(_fits_every_arn(f"arn:aws{end}"), resource.origin)
        case _:
            return _equals(resource, ("*",))


def _fits_every_arn(text: str) -> bool:
    if not text.strip("*"):
        return text != ""
    first, *parts = text.split(":", 5)
    partition = parts[0] if parts else ""
    return first == "arn" and (partition == "*" or (partition.startswith("aws") and len(parts) > 1)) and set(parts[1:]) <= {"*"}


def _anyone(principal: Principal) -> Value[bool]:
    return _equals(principal.value, ("*",)) if principal.kind == "AWS" else Known(False, principal.value.origin)
