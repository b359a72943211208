"""A variable without a value: unknown, but limited to what its `validation` blocks allow.

"Custom conditions" (Terraform language): a value that does not meet each condition of its variable is refused before anything is
planned.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from wa_iac.core.algebra import choose, text_of
from wa_iac.core.late_pattern import late
from wa_iac.core.reasons import Said, UnsetVariable
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Origin, Step, Tree, Unknown
from wa_iac.parsers.terraform.evaluation.expressions import evaluate
from wa_iac.parsers.terraform.evaluation.lifting import decision
from wa_iac.parsers.terraform.evaluation.scope import Scope
from wa_iac.parsers.terraform.evaluation.type_constraints import converted
from wa_iac.parsers.terraform.evaluation.unit import Blocked, Evaluation, Exhausted, Failure
from wa_iac.parsers.terraform.text.nodes import (
    Attr,
    Binary,
    Call,
    Expr,
    HclBlock,
    Literal,
    Name,
    PathStep,
    Traversal,
    TupleExpr,
    written,
)

MAX_VALIDATED: Final = 64
_KINDS: Final = ("string", "number", "bool")
_CHOICE: Final = late(r"^\^(?:\((?:\?:)?([\w-]+(?:\|[\w-]+)*)\)|([\w-]+))\$$")


def unset(run: Evaluation, prefix: str, block: HclBlock, *, of_root: bool) -> Tree:
    """The value of a variable that nobody gives: one of the values that its validations allow, if they can be listed."""
    name = block.labels[0]
    identity = ("var", prefix.removesuffix("."), name)
    constraint = block.body.attributes.get("type")
    kind = constraint.value.name if constraint is not None and isinstance(constraint.value, Name) else ""
    conditions = [
        each.body.attributes["condition"].value
        for each in block.body.blocks
        if kind in _KINDS and each.type == "validation" and "condition" in each.body.attributes
    ]
    nullable = block.body.attributes.get("nullable")
    may_be_null = (nullable is None or not _is_false(nullable.value)) and _all_may_hold(run, conditions, name, Absent())
    may_be_empty = kind != "number" and _all_may_hold(run, conditions, name, Known(""))
    reason = UnsetVariable(name, of_root=of_root, filled=not may_be_null and not may_be_empty and kind in ("string", "number"))
    value = Unknown(reason, identity, Origin(block.header), itself=True)
    listed = _listed(conditions, name, kind) if conditions and not may_be_null else None
    if listed is None or constraint is None:
        return decision(run, value, reason.subject) if kind == "bool" else value
    allowed: list[Tree] = []
    for each in listed:
        given = converted(each, constraint.value, lambda default: Unknown(reason, ("default", default.span)))
        if isinstance(given, Known) and _all_may_hold(run, conditions, name, given):
            allowed.append(Known(given.value, Origin(each.origin.span)))
    if not allowed or len(allowed) > MAX_VALIDATED or (kind == "bool" and len(allowed) > 1):
        return decision(run, value, reason.subject) if kind == "bool" else value
    origin = value.origin._replace(chain=(Step(block.header, f'validation of variable "{name}"'),))
    labels = (f"{reason.subject} is {_shown(each)}" for each in allowed)
    return choose(reason, identity, zip(labels, allowed, strict=True), origin)


def _shown(value: Tree) -> str:
    return (
        (text_of(value.value) or "empty") if isinstance(value, Known) and isinstance(value.value, (str, int, float)) else "..."
    )


def _listed(conditions: Iterable[Expr], name: str, kind: str) -> Sequence[Known[object]] | None:
    """Values among which all are that the conditions allow; None if they cannot be listed."""
    found = [each for condition in conditions if (each := _of(condition, name)) is not None]
    if found:
        return min(found, key=len)
    return [Known(True), Known(False)] if kind == "bool" else None


def _of(condition: Expr, name: str) -> list[Known[object]] | None:
    match condition:
        case Call(name="contains", arguments=(TupleExpr(items=items), asked), spread=False) if _asks(asked, name):
            return _literals(items)
        case Call(name="contains", arguments=(Call(name="toset" | "tolist", arguments=(TupleExpr(items=items),)), asked)):
            return _literals(items) if _asks(asked, name) else None
        case Call(name="can", arguments=(Call(name="regex", arguments=(pattern, asked)),)) if _asks(asked, name):
            return _words(pattern)
        case Binary(operator="==", left=left, right=right):
            other = right if _asks(left, name) else left if _asks(right, name) else None
            return None if other is None else _literals((other,))
        case Binary(operator="||", left=left, right=right):
            one, two = _of(left, name), _of(right, name)
            return None if one is None or two is None else [*one, *two]
        case Binary(operator="&&", left=left, right=right):
            either = [each for each in (_of(left, name), _of(right, name)) if each is not None]
            return min(either, key=len) if either else None
        case _:
            return None


def _asks(expression: Expr, name: str) -> bool:
    """Whether an expression is the variable itself."""
    return isinstance(expression, Traversal) and written(expression) == f"var.{name}"


def _literals(items: Iterable[Expr]) -> list[Known[object]] | None:
    found: list[Known[object]] = []
    for each in items:
        match each:
            case Literal(span=span, value=Known(str() | bool() | int() | float() as content)):
                found.append(Known(content, Origin(span)))
            case _:
                return None
    return found


def _words(pattern: Expr) -> list[Known[object]] | None:
    """The words of a pattern that is nothing but a choice between words: `^(dev|prod)$`."""
    match pattern:
        case Literal(span=span, value=Known(str() as text)) if found := _CHOICE.search(text):
            return [Known(each, Origin(span)) for each in (found[1] or found[2]).split("|")]
        case _:
            return None


def _is_false(expression: Expr) -> bool:
    return isinstance(expression, Literal) and expression.value == Known(False)


def _all_may_hold(run: Evaluation, conditions: Iterable[Expr], name: str, value: Tree) -> bool:
    return all(_may_hold(run, each, name, value) for each in conditions)


def _may_hold(run: Evaluation, condition: Expr, name: str, value: Tree) -> bool:
    """Whether a condition may be true for a value. One that cannot be evaluated is not met."""
    scope = Scope(run, _Only(name, value), {})
    run.trying += 1
    try:
        return evaluate(condition, scope) != Known(False)
    except (Blocked, Exhausted):
        return True
    except Failure:
        return False
    finally:
        run.trying -= 1


class _Only:
    """A module of which only one variable is known."""

    def __init__(self, name: str, value: Tree) -> None:
        self._name = name
        self._value = value

    def resolve(self, name: str, steps: Sequence[PathStep], span: Span) -> tuple[Tree, int]:
        """The variable, or an unknown for any other name."""
        if name == "var" and steps and isinstance(steps[0], Attr) and steps[0].name == self._name:
            return self._value, 1
        return Unknown(Said("it is not looked at here"), ("elsewhere", span), Origin(span)), len(steps)
