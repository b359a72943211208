"""Arithmetic, comparison and logic over known and unknown operands."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from decimal import Decimal
from functools import partial
from typing import Final

from wa_iac.core import environments
from wa_iac.core.algebra import substitute
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import first_unknown
from wa_iac.core.partial import identity_of
from wa_iac.core.reasons import AfterApply, LookedUp, Said
from wa_iac.core.same_text import IsText
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Origin, Step, Tree, Unknown
from wa_iac.parsers.terraform.text.nodes import Binary, Expr, Literal, written
from wa_iac.parsers.terraform.text.numbers import PRECISION, digits_of, normal, spelled

from .equality import equal
from .lifting import MAX_OUTCOMES, attempt, blocked, decide, decision, each_outcome, lifted, outcomes, truth
from .unit import Evaluation, Failed, Failure

Number = int | float
_NUMBER: Final = late(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


_LONGEST: Final = 500


def number(value: Tree) -> Number:
    """A known value as a number. Strings that spell a number are accepted. Raises Failure for anything else."""
    match value:
        case Known(bool()):
            raise Failure("a number is needed, not a boolean")
        case Known(int() | float() as content):
            return content
        case Known(str() as text):
            return parsed(text)
        case _:
            raise Failure("a number is needed")


def parsed(text: str) -> Number:
    """A string as a number, as Terraform converts it."""
    if len(text) > _LONGEST:
        raise Failure("the number is too long")
    if _NUMBER.fullmatch(text) is None:
        raise Failure(f'"{text}" is not a number')
    try:
        return spelled(text)
    except OverflowError as error:
        raise Failure("the number is too large") from error


def _divide(one: Decimal, other: Decimal) -> Decimal:
    if other == 0:
        raise Failure("division by zero")
    return PRECISION.divide(one, other)


def _remainder(one: Decimal, other: Decimal) -> Decimal:
    # The remainder of a division by zero is the dividend; otherwise it has the dividend's sign.
    return PRECISION.remainder(one, other) if other else one


_ARITHMETIC: Final[dict[str, Callable[[Decimal, Decimal], Decimal]]] = {
    "+": PRECISION.add,
    "-": PRECISION.subtract,
    "*": PRECISION.multiply,
    "/": _divide,
    "%": _remainder,
}
_COMPARISON: Final[dict[str, Callable[[Number, Number], bool]]] = {
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}


def unary(run: Evaluation, operator: str, operand: Tree, span: Span, text: str) -> Tree:
    """`!operand` or `-operand`. `text` is the operand as written."""
    origin = Origin(span, "computed", sensitive=operand.origin.sensitive, switch=operand.origin.default_step)
    if operator == "-":
        return lifted(
            run, "-", lambda value: Known(normal(digits_of(number(value)).copy_negate()), origin), operand, origin=origin
        )
    return negated(run, truth(operand), origin, text)


def negated(run: Evaluation, condition: Tree, origin: Origin, text: str) -> Tree:
    """`!condition`. For an unknown condition, the alternatives stay those of the same choice."""
    if isinstance(condition, Unknown):
        condition = decision(run, condition, text)
    return lifted(run, "!", lambda value: Known(truth(value) != Known(True), origin), condition, origin=origin)


def binary(run: Evaluation, node: Binary, evaluate: Callable[[Expr], Tree]) -> Tree:
    """`left operator right`. `&&` and `||` do not evaluate the right side if the left decides."""
    if node.operator in ("&&", "||"):
        return _logic(run, node, evaluate)
    left, right = evaluate(node.left), evaluate(node.right)
    origin = _computed(node, left, right)
    if node.operator in ("==", "!="):
        result = compared(run, left, right, origin)
        origin = environments.compared(origin, result, left, right, allowed=_allowed(run, left, right))
        if isinstance(result, Known):
            result = Known(result.value, origin)
        text = f"{_spelled(node.left)} == {_spelled(node.right)}"
        if isinstance(result, Unknown):
            result = decision(run, result, text, _is_text(left, right))
        return result if node.operator == "==" else negated(run, result, origin, text)
    if node.operator in _ARITHMETIC:
        function = _ARITHMETIC[node.operator]

        def calculate(one: Tree, other: Tree) -> Tree:
            try:
                return Known(normal(function(digits_of(number(one)), digits_of(number(other)))), origin)
            except ArithmeticError as error:
                raise Failure("the number is too large") from error

        return lifted(run, node.operator, calculate, left, right, origin=origin)
    comparison = _COMPARISON.get(node.operator)
    if comparison is None:
        raise Failure(f'there is no operator "{node.operator}"')
    return lifted(
        run, node.operator, lambda one, other: Known(comparison(number(one), number(other)), origin), left, right, origin=origin
    )


def _allowed(run: Evaluation, left: Tree, right: Tree) -> Collection[str]:
    """The texts that the variable on one side of a comparison may have, where its conditions limit them: what is left to choose from besides
    its default. Empty if nothing is known of that."""
    for one, other in ((left, right), (right, left)):
        step = one.origin.default_step if one.origin.how == "default" else None
        limits = None if step is None else run.instead_of_default.get(step.span)
        if limits is not None and isinstance(one, Known) and isinstance(other, Known) and isinstance(other.value, str):
            return {one.value, *limits(other.value)}
    return ()


def _computed(node: Binary, *operands: Tree) -> Origin:
    """The origin of an operator's result. The first operand that a default decides, decides the result."""
    switch: Step | None = None
    sensitive = False
    for each in operands:
        origin = each.origin
        sensitive = sensitive or origin.sensitive
        if switch is None:
            switch = origin.default_step
    return Origin(node.span, "computed", sensitive=sensitive, switch=switch)


def _spelled(expression: Expr) -> str:
    if isinstance(expression, Literal) and isinstance(expression.value, Known) and isinstance(expression.value.value, str):
        return f'"{expression.value.value}"'
    if isinstance(expression, Literal) and not isinstance(expression.value, Unknown):
        return "null" if isinstance(expression.value, Absent) else str(expression.value.value).lower()
    return written(expression) or "the value"


def compared(run: Evaluation, left: Tree, right: Tree, origin: Origin) -> Tree:
    """`left == right`"""
    answer = equal(left, right)
    if answer is not None:
        return Known(answer, origin)
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Unknown) and (isinstance(other, Absent) or other == Known("")) and _is_set(one):
            return Known(False, origin)
    for one in (left, right):
        if isinstance(one, Unknown) and one.alternatives and outcomes(one) <= MAX_OUTCOMES:
            other = right if one is left else left
            return each_outcome(run, one, partial(compared, run, other, origin=origin), "==", origin)
    unknown = first_unknown(left, right)
    if unknown is None:
        unknown = Unknown(Said("part of it is not known"), ("==", identity_of(left), identity_of(right)), origin)
    result = blocked(run, unknown, "==", (), origin)
    return Unknown(
        result.reason, ("==", frozenset({identity_of(left), identity_of(right)})), result.origin
    )  # fmt: skip


def _is_text(left: Tree, right: Tree) -> IsText | None:
    """The choice whether a value is a text; None for any other comparison."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Unknown) and isinstance(other, Known) and isinstance(other.value, str):
            return IsText(of=one.identity, text=other.value)
    return None


def _is_set(value: Unknown) -> bool:
    """Whether an unknown is certainly neither null nor empty: an id, an ARN, an account, a name with some text in it."""
    if value.element is not None or any(isinstance(part, str) for part in value.parts):
        return True
    match value.source:
        case LookedUp(type="aws_caller_identity" | "aws_partition" | "aws_region"):
            return True
        case AfterApply(attribute=attribute) | LookedUp(attribute=attribute):
            return attribute in ("id", "arn", "account_id") or attribute.endswith(("_id", "_arn", "_identifier"))
        case _:
            return False


def _logic(run: Evaluation, node: Binary, evaluate: Callable[[Expr], Tree]) -> Tree:
    decisive = node.operator == "||"
    left = truth(evaluate(node.left))
    if isinstance(left, Known) and left.value is decisive:
        return Known(decisive, _computed(node, left))
    try:
        right = truth(evaluate(node.right))
    except Failure:
        # Terraform evaluates both sides; newer versions stop early. An undecided left side may protect the right one.
        if not isinstance(left, Unknown):
            raise
        right = left
    origin = _computed(node, left, right)
    if isinstance(right, Known) and right.value is decisive:
        return Known(decisive, origin._replace(switch=right.origin.default_step))
    if isinstance(left, Known) and isinstance(right, Known):
        return Known(not decisive, origin)
    return both(run, left, right, origin, decisive=decisive)


def both(run: Evaluation, left: Tree, right: Tree, origin: Origin, *, decisive: bool = False) -> Tree:
    """`left && right`, or `left || right` if `decisive` is true: the content that decides alone."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Known):
            return Known(decisive, origin) if one.value is decisive else other
    if identity_of(left) == identity_of(right):
        return left
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Unknown) and one.alternatives:
            if one.choice is None or outcomes(one) > MAX_OUTCOMES:
                return blocked(run, one, ("||" if decisive else "&&", identity_of(other)), (one,), origin)
            listed = []
            for index, (label, value) in enumerate(one.alternatives):
                # The other side may hang on the same choice.
                rest = substitute(other, {one.choice: index})
                side = substitute(value, {one.choice: index})
                listed.append((label, attempt(partial(_outcome, run, side, rest, origin, decisive=decisive), ("both", index))))
            return decide(run, one, listed, origin)
    unknown = left if isinstance(left, Unknown) else right
    assert isinstance(unknown, Unknown)  # noqa: S101 - a known side has returned above
    return blocked(run, unknown, "||" if decisive else "&&", (left, right), origin)


def _outcome(run: Evaluation, side: Tree, rest: Tree, origin: Origin, *, decisive: bool) -> Tree:
    """`both` of one alternative of a side and of the other side, which is evaluated only if that one does not decide."""
    if isinstance(side, Failed):
        raise Failure(side.why)
    side = truth(side)
    return (
        side if isinstance(side, Known) and side.value is decisive else both(run, side, truth(rest), origin, decisive=decisive)
    )
