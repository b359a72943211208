"""IAM policy documents, in one shape for both dialects.

A field of type `Value[Document]` holds the document's tree, and `statements` reads it. Questions about a statement have three
answers: `Known(True)`, `Known(False)`, or the `Unknown` that the answer depends on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

from .binding import member
from .budget import current
from .coerce import coercion
from .logic import any_of, negate
from .networks import everybody
from .partial import PartlyMap
from .presence import is_pseudo
from .value import Absent, Known, Origin, Tree, Unknown, Value

NOT_NARROWING: Final = frozenset({"aws:securetransport", "s3:tlsversion", "aws:useragent", "aws:referer", "aws:currenttime"})
"""Condition keys that do not restrict who: anyone can use TLS, or write a referer into a request."""

_TEXT: Final = coercion(str)
_COMPILED: Final = 500
"""Comparisons charged for compiling a pattern into a regular expression."""


@dataclass(frozen=True, slots=True)
class Principal:
    """`kind` is AWS, Service, Federated or CanonicalUser; `value` one of its names, `*` for anyone."""

    kind: str
    value: Value[str]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement. `unknown` says why the statement itself is not known; all other fields are then empty.

    `conditions` are `(operator, key, value)`, with the value as written (one, or a list).
    """

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
    conditions: tuple[tuple[str, str, Tree], ...]
    conditions_unknown: Unknown | None

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
        return any_of((_equals(each, ("*", "arn:*", "arn:aws:*")) for each in self.resources), self.origin)

    def to_anyone(self) -> Value[bool]:
        """Whether it allows or denies anyone at all: principal `*`, and no condition that restricts who or from where."""
        if self.unknown is not None:
            return self.unknown
        if self.not_principals:
            everyone: Value[bool] = Known(True, self.origin)
        else:
            everyone = any_of((_anyone(each) for each in self.principals), self.origin)
        if isinstance(everyone, Known) and not everyone.value:
            return everyone
        narrowed = self.narrowed()
        if isinstance(narrowed, Known) and narrowed.value:
            return Known(False, self.origin)
        return narrowed if isinstance(narrowed, Unknown) else everyone

    def narrowed(self) -> Value[bool]:
        """Whether a condition restricts who may use it, or from where."""
        if self.conditions_unknown is not None:
            return self.conditions_unknown
        return any_of((_narrows(*each) for each in self.conditions), self.origin)


def statements(document: Tree) -> list[Statement]:
    """The statements of a document, in order. A list that is not known is one unknown statement. Empty if the document is
    absent."""
    match document:
        case Absent():
            return []
        case Unknown():
            return [_unknown(document)]
        case Known(dict()):
            return list(_read(member(document, "Statement")))
        case _:
            return []


def _read(tree: Tree) -> Iterator[Statement]:
    match tree:
        case Known(list() as items):
            for item in items:
                yield from _read(item)
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
                conditions_unknown=condition if isinstance(condition, Unknown) else None,
            )
        case Unknown():
            yield _unknown(tree)
        case _:
            return


def _unknown(why: Unknown) -> Statement:
    return Statement(why.origin, why, why, why, (), (), (), (), (), (), (), why)


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


def _conditions(tree: Tree) -> Iterator[tuple[str, str, Tree]]:
    match tree:
        case Known(dict() as operators) | PartlyMap(entries=operators):
            for operator, keys in operators.items():
                if isinstance(keys, Known) and isinstance(keys.value, dict):
                    for key, value in keys.value.items():
                        yield operator, key, value
                elif isinstance(keys, PartlyMap):
                    for key, value in (*keys.entries.items(), *((_spelled(name), value) for name, value in keys.others)):
                        yield (operator, key, value) if key else (operator, "", keys)
                    if keys.rest is not None:
                        yield operator, "", keys
                elif isinstance(keys, Unknown):
                    yield operator, "", keys
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


def _anyone(principal: Principal) -> Value[bool]:
    return _equals(principal.value, ("*",)) if principal.kind == "AWS" else Known(False, principal.value.origin)


def _narrows(operator: str, key: str, value: Tree) -> Value[bool]:
    if isinstance(value, Unknown) and not key:
        return value
    if key.lower() in NOT_NARROWING or operator.lower().endswith("ifexists"):
        return Known(False, value.origin)
    values = _strings(value)
    if key.lower() == "aws:sourceip" and everybody(each.value for each in values if isinstance(each, Known)):
        return Known(False, value.origin)
    if operator.lower().startswith(("stringlike", "arnlike")) and values and all(each == Known("*") for each in values):
        return Known(False, value.origin)
    return Known(True, value.origin)
