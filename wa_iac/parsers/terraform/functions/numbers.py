"""Functions of numbers."""

from __future__ import annotations

import math

from wa_iac.core.value import Tree
from wa_iac.parsers.terraform.operators import normal
from wa_iac.parsers.terraform.run import Failure

from .base import Context, function, items, number, scalar, text, whole


def _signum(value: float) -> int:
    return (value > 0) - (value < 0)


def _parseint(digits: str, base: int) -> int:
    if not 2 <= base <= 62 or base > 36 or len(digits) > 400:
        raise ValueError("the base or the length of the number")
    return int(digits, base)


def _power(one: float, other: float) -> float:
    if abs(other) > 1024:
        raise ValueError("the exponent is too large")
    result = one**other
    if isinstance(result, complex):
        raise ValueError("the root of a negative number")
    return normal(result)


scalar("abs", abs, number)
scalar("ceil", math.ceil, number)
scalar("floor", math.floor, number)
scalar("log", lambda value, base: normal(math.log(value, base)), number, number)
scalar("pow", _power, number, number)
scalar("signum", _signum, number)
scalar("parseint", _parseint, text, whole)


@function("max")
def _max(context: Context, *values: Tree) -> Tree:
    return context.known(max(_numbers(values)))


@function("min")
def _min(context: Context, *values: Tree) -> Tree:
    return context.known(min(_numbers(values)))


@function("sum")
def _sum(context: Context, values: Tree) -> Tree:
    return context.known(normal(sum(_numbers(tuple(items(values))))))


@function("range")
def _range(context: Context, *bounds: Tree) -> Tree:
    match [number(each) for each in bounds]:
        case [limit]:
            start: float = 0
            step: float = 1 if limit >= 0 else -1
        case [start, limit]:
            step = 1 if limit >= start else -1
        case [start, limit, step]:
            pass
        case _:
            raise Failure("range takes one to three numbers")
    if step == 0 or (limit - start) * step < 0:
        raise Failure("the step of a range leads nowhere")
    amount = math.ceil((limit - start) / step)
    context.run.check_items(amount, context.span)
    return context.collection([context.known(normal(start + index * step)) for index in range(amount)])


def _numbers(values: tuple[Tree, ...]) -> list[int | float]:
    if not values:
        raise Failure("at least one number is needed")
    return [number(each) for each in values]
