"""The values that the conditions of a variable allow, where they list them: in `contains`, in comparisons, in patterns, between two numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from wa_iac.core.late_pattern import late
from wa_iac.core.value import Absent, Known, Origin
from wa_iac.parsers.terraform.text.nodes import (
    Binary,
    Call,
    Conditional,
    Expr,
    Literal,
    Traversal,
    TupleExpr,
    Unary,
    written,
)

Listed: TypeAlias = Known[object] | Absent

MAX_RANGE: Final = 64
"""Numbers between two limits that are listed."""
_CHOICE: Final = late(r"^\^(?:\((?:\?:)?([\w-]+(?:\|[\w-]+)*)\)|([\w-]+))\$$")
_MIRRORED: Final = {">=": "<=", "<=": ">=", ">": "<", "<": ">"}


def listed(conditions: Sequence[Expr], name: str, kind: str) -> Sequence[Listed] | None:
    """Values among which all are that the conditions allow; None if they cannot be listed."""
    found = [each for condition in conditions if (each := _of(condition, name)) is not None]
    if kind == "number" and (between := _between(conditions, name)) is not None:
        found.append(between)
    if found:
        return min(found, key=len)
    return [Known(True), Known(False)] if kind == "bool" else None


def _of(condition: Expr, name: str) -> list[Listed] | None:
    match condition:
        case Call(name="contains", arguments=(TupleExpr(items=items), asked), spread=False) if _asks(asked, name):
            return _literals(items)
        case Call(name="contains", arguments=(Call(name="toset" | "tolist", arguments=(TupleExpr(items=items),)), asked)):
            return _literals(items) if _asks(asked, name) else None
        case Call(name="can", arguments=(Call(name="regex", arguments=(pattern, asked)),)) if _asks(asked, name):
            return _words(pattern)
        case Binary(
            operator=">" | "!=", left=Call(name="length", arguments=(Call(name="regexall", arguments=(pattern, asked)),))
        ):
            return _words(pattern) if _asks(asked, name) and _is_zero(condition.right) else None
        case Call(name="try", arguments=(tried, Literal(value=Known(value=False)))):
            return _of(tried, name)
        case Conditional(condition=asked, then=then, otherwise=otherwise):
            return _either(_least(_of(asked, name), _of(then, name)), _of(otherwise, name))
        case Binary(operator="==", left=left, right=right):
            other = right if _asks(left, name) else left if _asks(right, name) else None
            return None if other is None else _literals((other,))
        case Binary(operator="||", left=left, right=right):
            return _either(_of(left, name), _of(right, name))
        case Binary(operator="&&", left=left, right=right):
            return _least(_of(left, name), _of(right, name))
        case Traversal() if _asks(condition, name):
            return [Known(True, Origin(condition.span))]
        case Unary(operator="!", operand=operand) if _asks(operand, name):
            return [Known(False, Origin(condition.span))]
        case Literal(value=Known(value=False)):
            return []
        case _:
            return None


def _either(one: list[Listed] | None, two: list[Listed] | None) -> list[Listed] | None:
    return None if one is None or two is None else [*one, *two]


def _least(one: list[Listed] | None, two: list[Listed] | None) -> list[Listed] | None:
    """The values of the shorter of two lists, of which each has all that both conditions allow."""
    return min((each for each in (one, two) if each is not None), key=len, default=None)


def _between(conditions: Iterable[Expr], name: str) -> list[Listed] | None:
    """The whole numbers between two limits: what is limited so is a number of days, of instances, of bytes. A share between 0 and 1 is none."""
    least, most, where = -math.inf, math.inf, None
    for part in (each for condition in conditions for each in _parts(condition)):
        if not isinstance(part, Binary) or part.operator not in _MIRRORED:
            continue
        operator, limit = part.operator, part.right
        if _asks(part.right, name):
            operator, limit = _MIRRORED[operator], part.left
        elif not _asks(part.left, name):
            continue
        if not (isinstance(limit, Literal) and isinstance(limit.value, Known) and type(limit.value.value) is int):
            continue
        number, where = limit.value.value, limit.span
        if operator in (">=", ">"):
            least = max(least, number + (operator == ">"))
        else:
            most = min(most, number - (operator == "<"))
    if where is None or not (math.isfinite(least) and math.isfinite(most)) or most < 2 or most - least >= MAX_RANGE:
        return None
    return [Known(each, Origin(where)) for each in range(int(least), int(most) + 1)]


def numbers_in(condition: Expr) -> Iterator[int]:
    """The whole numbers that a condition compares something with."""
    for part in _parts(condition, ("&&", "||")):
        sides = (part.left, part.right) if isinstance(part, Binary) else ()
        for each in sides:
            if isinstance(each, Literal) and isinstance(each.value, Known) and type(each.value.value) is int:
                yield each.value.value


def _parts(condition: Expr, operators: tuple[str, ...] = ("&&",)) -> Iterator[Expr]:
    """The conditions that one is made of; those that all have to hold, unless other operators are asked for."""
    if isinstance(condition, Binary) and condition.operator in operators:
        yield from _parts(condition.left, operators)
        yield from _parts(condition.right, operators)
    else:
        yield condition


def _asks(expression: Expr, name: str) -> bool:
    """Whether an expression is the variable itself."""
    return isinstance(expression, Traversal) and written(expression) == f"var.{name}"


def _is_zero(expression: Expr) -> bool:
    return isinstance(expression, Literal) and expression.value == Known(0)


def _literals(items: Iterable[Expr]) -> list[Listed] | None:
    found: list[Listed] = []
    for each in items:
        match each:
            case Literal(span=span, value=Known(str() | bool() | int() | float() as content)):
                found.append(Known(content, Origin(span)))
            case Literal(span=span, value=Absent()):
                found.append(Absent(Origin(span)))
            case _:
                return None
    return found


def _words(pattern: Expr) -> list[Listed] | None:
    """The words of a pattern that is nothing but a choice between words: `^(dev|prod)$`."""
    match pattern:
        case Literal(span=span, value=Known(str() as text)) if found := _CHOICE.search(text):
            return [Known(each, Origin(span)) for each in (found[1] or found[2]).split("|")]
        case _:
            return None
