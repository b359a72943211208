"""Type constraints of variables: values are converted as Terraform does, and `optional` attributes filled in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from wa_iac.core.algebra import moved, text_of
from wa_iac.core.value import Absent, Alternative, Known, Origin, Tree, Unknown
from wa_iac.parsers.terraform.evaluation.functions.alike import as_set
from wa_iac.parsers.terraform.text.nodes import Call, Expr, Name, ObjectExpr, TupleExpr, written

from .kinds import typed
from .lifting import ListItems, MapEntries, SetItems, inherited
from .operators import parsed
from .unit import Failure, Many


def converted(value: Tree, constraint: Expr, default: Callable[[Expr], Tree]) -> Tree:
    """A value converted to its type constraint; unchanged if it does not fit. `default` evaluates an `optional`'s default."""
    match value:
        case Unknown():
            return _unknown(value, constraint, default)
        case Absent():
            return value
        case Known():
            pass
    match constraint:
        case Name(name="string"):
            return moved(Known(text_of(value.value)), value.origin) if _is_scalar(value) else value
        case Name(name="number"):
            return _number(value)
        case Name(name="bool"):
            return Known(value.value in ("true", "1"), value.origin) if value.value in ("true", "false", "1", "0") else value
        case Call(name="list" | "set" | "map" as kind, arguments=[inner]):
            return _collection(kind, value, inner, default)
        case Call(name="tuple", arguments=[TupleExpr(items=types)]) if isinstance(value.value, list):
            items = [converted(item, each, default) for item, each in zip(value.value, types, strict=False)]
            return Known(items, value.origin) if len(items) == len(value.value) else value
        case Call(name="object", arguments=[ObjectExpr() as attributes]) if isinstance(value.value, dict):
            return _object(value, attributes, default)
        case _:
            return value


_KINDS: Final[dict[str, type[object]]] = {"list": ListItems, "set": SetItems, "map": MapEntries}


def _is_scalar(value: Known[Any]) -> bool:
    return not isinstance(value.value, (list, dict))


def _unknown(value: Unknown, constraint: Expr, default: Callable[[Expr], Tree]) -> Tree:
    if not value.alternatives:
        kind = _KINDS.get(constraint.name) if isinstance(constraint, Call) else None
        if kind is not None and type(value) is Unknown and not value.parts:
            return Many(value.reason, value.identity, value.origin, kind=kind)
        return value
    listed = tuple(Alternative(label, converted(each, constraint, default)) for label, each in value.alternatives)
    return Unknown(
        value.reason, value.identity, value.origin, itself=value.itself, choice=value.choice, alternatives=listed
    )  # fmt: skip


def _number(value: Known[Any]) -> Tree:
    if not isinstance(value.value, str):
        return value
    try:
        return Known(parsed(value.value), value.origin)
    except Failure:
        return value


def _collection(kind: str, value: Known[Any], inner: Expr, default: Callable[[Expr], Tree]) -> Tree:
    content = value.value
    if kind == "map":
        if not isinstance(content, dict):
            return value
        entries = {key: converted(each, inner, default) for key, each in content.items()}
        return typed(Known(MapEntries(entries), value.origin), _spelled(inner))
    if not isinstance(content, list):
        return value
    items = [converted(each, inner, default) for each in content]
    return typed(as_set(items, value.origin) if kind == "set" else Known(ListItems(items), value.origin), _spelled(inner))


def _spelled(constraint: Expr) -> str:
    """A type, as far as types must be distinguished."""
    match constraint:
        case Name(name=name) | Call(name=name):
            return name
        case _:
            return ""


def _object(value: Known[Any], attributes: ObjectExpr, default: Callable[[Expr], Tree]) -> Tree:
    """An object with the attributes of its type. Other attributes are dropped; missing ones are null or have their default."""
    content: dict[str, Tree] = value.value
    result: dict[str, Tree] = {}
    for item in attributes.items:
        name = written(item.key)
        constraint = item.value
        given: Tree = content.get(name, Absent(value.origin))
        if isinstance(constraint, Call) and constraint.name == "optional" and constraint.arguments:
            if isinstance(given, Absent) and len(constraint.arguments) > 1:
                given = default(constraint.arguments[1])
                given = moved(given, Origin(given.origin.span, "default"))
            constraint = constraint.arguments[0]
        result[name] = inherited(value, converted(given, constraint, default))
    return Known(result, value.origin)
