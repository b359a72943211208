"""A variable without a value: unknown, but limited to what its `validation` blocks allow.

"Custom conditions" (Terraform language): a value that does not meet each condition of its variable is refused before anything is
planned.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import Final

from wa_iac.core.algebra import choose, text_of
from wa_iac.core.paths import Scan
from wa_iac.core.reasons import Said, UnsetVariable
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Origin, Step, Tree, Unknown
from wa_iac.parsers.terraform.evaluation.expressions import evaluate
from wa_iac.parsers.terraform.evaluation.lifting import decision, truth
from wa_iac.parsers.terraform.evaluation.scope import Scope
from wa_iac.parsers.terraform.evaluation.type_constraints import converted
from wa_iac.parsers.terraform.evaluation.unit import Blocked, Evaluation, Exhausted, Failure
from wa_iac.parsers.terraform.text.nodes import Attr, Expr, HclBlock, Name, PathStep

from .block_settings import is_false
from .listed_values import listed, numbers_in

MAX_VALIDATED: Final = 64
_KINDS: Final = ("string", "number", "bool", "any")


def unset(run: Evaluation, prefix: str, block: HclBlock, *, of_root: bool) -> Tree:
    """The value of a variable that nobody gives: one of the values that its validations allow, if they can be listed."""
    name = block.labels[0]
    kind = _kind(block)
    conditions = _conditions(block) if kind in _KINDS else []
    may_be_null = _may_be_null(run, block, conditions)
    may_be_empty = kind != "number" and _all_may_hold(run, conditions, name, Known(""))
    filled = not may_be_null and not may_be_empty and kind in ("string", "number")
    reason = UnsetVariable(name, of_root=of_root, filled=filled)
    value = Unknown(reason, ("var", prefix.removesuffix("."), name), Origin(block.header), itself=True)
    found = _among(run, block, value, reason.subject)
    if found is not None:
        return found
    return decision(run, value, reason.subject) if kind == "bool" else value


def limited(run: Evaluation, prefix: str, block: HclBlock, value: Tree) -> Tree:
    """A value that a variable is given: if it is not known, one of the values that the validations allow, if they can be listed."""
    if type(value) is not Unknown or value.alternatives or value.parts or value.origin.references or _kind(block) not in _KINDS:
        return value
    found = _among(run, block, value, f"{prefix}var.{block.labels[0]}")
    return value if found is None else found


def _among(run: Evaluation, block: HclBlock, value: Unknown, subject: str) -> Tree | None:
    """One of the values that the validations of a variable allow; None if they do not list them."""
    name, kind = block.labels[0], _kind(block)
    conditions = _conditions(block) if kind in _KINDS else []
    found = listed(conditions, name, kind) if conditions else None
    may_be_null = found is not None and _may_be_null(run, block, conditions)
    if found is None or (may_be_null and Absent() not in found):
        return None
    constraint = block.body.attributes.get("type")
    allowed: list[Tree] = []
    for each in found:
        if isinstance(each, Absent) and may_be_null:
            allowed.append(each)
        given: Tree = each
        if constraint is not None:
            given = converted(each, constraint.value, lambda default: Unknown(value.reason, ("default", default.span)))
        if isinstance(given, Known) and _all_may_hold(run, conditions, name, given):
            allowed.append(Known(given.value, Origin(each.origin.span)))
    allowed = list(dict.fromkeys(allowed))
    if not allowed or len(allowed) > MAX_VALIDATED or (kind == "bool" and {Known(True), Known(False)} <= {*allowed}):
        return None
    origin = value.origin._replace(chain=(Step(block.header, f'validation of variable "{name}"'), *value.origin.chain))
    labels = (f"{subject} is {_shown(each)}" for each in allowed)
    return choose(value.reason, value.identity, zip(labels, allowed, strict=True), origin)


def _kind(block: HclBlock) -> str:
    """The name of a variable's type, `any` for one without a type; empty for an object or a collection."""
    constraint = block.body.attributes.get("type")
    return "any" if constraint is None else constraint.value.name if isinstance(constraint.value, Name) else ""


def _may_be_null(run: Evaluation, block: HclBlock, conditions: Sequence[Expr]) -> bool:
    return not is_false(block, "nullable") and _all_may_hold(run, conditions, block.labels[0], Absent())


def may_stand(run: Evaluation, block: HclBlock) -> Callable[[str], Collection[str]] | None:
    """What may stand in place of a variable's default, as a text: a function of another value that is asked for. It gives all values that the
    conditions allow, where they list them; otherwise that one, if they allow it. None if the variable has no conditions."""
    conditions = _conditions(block)
    if not conditions:
        return None
    name = block.labels[0]
    found = listed(conditions, name, "string")

    def allowed(asked: str) -> Collection[str]:
        values = (asked,) if found is None else tuple(each.value for each in found if isinstance(each, Known))
        return [each for each in values if isinstance(each, str) and _all_may_hold(run, conditions, name, Known(each))]

    return allowed


def refuses(block: HclBlock, value: object) -> bool:
    """Whether the conditions of a variable refuse a value, for somebody who proposes it."""
    conditions = _conditions(block)
    run = Evaluation(Scan(Path(os.sep)), Path(os.sep))
    return bool(conditions) and not _all_may_hold(run, conditions, block.labels[0], Known(value))


def candidates(block: HclBlock) -> list[object]:
    """Values that the conditions of a variable may allow: those that they list, and the numbers in them with their neighbors."""
    conditions = _conditions(block)
    values = [each.value for each in listed(conditions, block.labels[0], _kind(block)) or () if isinstance(each, Known)]
    numbers = [each for condition in conditions for each in numbers_in(condition)]
    return list(dict.fromkeys([*values, *(each + more for each in numbers for more in (0, 1, -1))]))


def _conditions(block: HclBlock) -> list[Expr]:
    blocks = (each.body.attributes for each in block.body.blocks if each.type == "validation")
    return [each["condition"].value for each in blocks if "condition" in each]


def _shown(value: Tree) -> str:
    return (
        "null"
        if isinstance(value, Absent)
        else (text_of(value.value) or "empty")
        if isinstance(value, Known) and isinstance(value.value, (str, int, float))
        else "..."
    )


def _all_may_hold(run: Evaluation, conditions: Iterable[Expr], name: str, value: Tree) -> bool:
    return all(_may_hold(run, each, name, value) for each in conditions)


def _may_hold(run: Evaluation, condition: Expr, name: str, value: Tree) -> bool:
    """Whether a condition may be true for a value. One that cannot be evaluated, or is null, is not met."""
    scope = Scope(run, _Only(name, value), {})
    run.trying += 1
    try:
        return truth(evaluate(condition, scope)) != Known(False)
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
