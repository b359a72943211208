"""What finding the decider of a value deals with: places, changes, keys and defaults in the code of Terraform."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from wa_iac.core.span import Span

from .module_code import constant

if TYPE_CHECKING:
    from wa_iac.parsers.terraform.text.nodes import Expr, Traversal


_COLLECTIONS: Final = frozenset({"map", "list", "set"})


SAME: Final = frozenset({"tobool", "tostring", "tonumber", "tomap", "tolist", "nonsensitive", "sensitive"})
"""Functions that give their argument, if it has the type already."""
DECODES: Final = frozenset({"jsondecode", "yamldecode"})


class CannotFollowError(Exception):
    """Something in the code that this module does not follow."""


class Place(NamedTuple):
    """A place that can be given a value.

    Attributes:
        what: in words: `argument "public" of module "web"`.
        span: where it is written; that of the call, if the call does not pass the argument.
        name: the argument, the key or the local value.
        level: of the module in whose code it is written.
        missing: whether it is an argument that the call does not pass.
        inside: whether `what` is an object, which has no key `name` yet.
        keys: the keys of further objects, down to the value, that are not written yet.
        rest: whether a default, which has other keys, is no longer used if a call passes the argument.
    """

    what: str
    span: Span
    name: str
    level: int
    missing: bool = False
    inside: bool = False
    keys: tuple[str, ...] = ()
    rest: bool = False


class Change(NamedTuple):
    """A value for a place; or, if the code compares the place's value with `value`, whether it has to be equal. `otherwise` is where the
    value is written that the code uses as long as nothing is written at the place, and `expression` the conditional that decides by the place,
    if it is not where the value is used."""

    place: Place
    value: object
    compared: Literal["", "equal", "other"] = ""
    otherwise: Span | None = None
    expression: Span | None = None


@dataclass(frozen=True)
class Found:
    """An expression, the level and the iterators of its scope, and its place, if it is an argument, a key or a local value. `instead` has
    the places, mostly of calls, whose value would take its place; `kind` is the type that a variable gives it, and `chosen` the conditional
    of which it is a branch. `inside` are the keys in a document that the expression decodes."""

    expression: Expr
    level: int
    names: Mapping[str, Found] = field(default_factory=dict)
    place: Place | None = None
    instead: tuple[Place, ...] = ()
    kind: Expr | None = None
    chosen: Found | None = None
    inside: tuple[str, ...] = ()


class MissingError(Exception):
    """An attribute that an object does not have. `places` are those that could have it."""

    def __init__(self, *places: Place) -> None:
        super().__init__()
        self.places = places


def names_of(reference: Traversal) -> tuple[str, ...]:
    """The attributes of a reference: `.a`, `["a"]`. Raises CannotFollowError for any other step."""
    from wa_iac.parsers.terraform.text.nodes import Attr, IndexStep

    names = []
    for step in reference.steps:
        name = step.name if isinstance(step, Attr) else key_of(step.key) if isinstance(step, IndexStep) else None
        if name is None:
            raise CannotFollowError
        names.append(name)
    return tuple(names)


def key_of(expression: Expr) -> str | None:
    """A key that is written as it is."""
    from wa_iac.parsers.terraform.text.nodes import Name

    if isinstance(expression, Name):
        return expression.name
    literal = constant(expression)
    return literal[0] if literal is not None and isinstance(literal[0], str) else None


def within(place: Place | None, key: str) -> str:
    """A key of an object, in words: `key "net.public" in the argument "options" of module "web"`."""
    if place is None:
        return f'key "{key}"'
    if not place.what.startswith('key "'):
        return f'key "{key}" in the {place.what}'
    outer, _, rest = place.what.removeprefix('key "').partition('"')
    return f'key "{outer}.{key}"{rest}'


def default_in_type(kind: Expr | None, steps: tuple[str, ...]) -> tuple[Expr | None, Expr | None]:
    """The default that a type gives to an attribute, and the type of that: `object({ public = optional(bool, false) })`. None for what it does
    not say."""
    from wa_iac.parsers.terraform.text.nodes import Call, ObjectExpr

    default: Expr | None = None
    for step in steps:
        if isinstance(kind, Call) and kind.name in _COLLECTIONS:
            kind, default = element_type(kind), None
            continue
        if isinstance(kind, Call) and kind.name == "object" and kind.arguments:
            kind = kind.arguments[0]
        if not isinstance(kind, ObjectExpr):
            return None, None
        kind = next((each.value for each in kind.items if key_of(each.key) == step), None)
        default = None
        if isinstance(kind, Call) and kind.name == "optional":
            default = kind.arguments[1] if len(kind.arguments) > 1 else None
            kind = kind.arguments[0]
    return default, kind


def element_type(kind: Expr | None) -> Expr | None:
    """The type of the elements of a collection; None if the type says nothing of them."""
    from wa_iac.parsers.terraform.text.nodes import Call

    return kind.arguments[0] if isinstance(kind, Call) and kind.name in _COLLECTIONS and kind.arguments else None


def alike(one: Any, other: Any) -> bool:
    """Whether two values are one for Terraform, which converts `"true"` and `"1"`."""
    return as_text(one) == as_text(other)


def as_text(value: object) -> str:
    """A value as Terraform converts it to a text."""
    return value if isinstance(value, str) else json.dumps(value, default=str)
