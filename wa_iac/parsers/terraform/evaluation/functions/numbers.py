"""Functions of numbers."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Final

from wa_iac.core.value import Known, Tree
from wa_iac.parsers.terraform.evaluation.unit import MAX_ITEMS, Failure
from wa_iac.parsers.terraform.text.numbers import LONGEST, PRECISION, digits_of, normal

from .base import Context, function, items, number, scalar, text, whole


def _signum(value: float) -> int:
    return (value > 0) - (value < 0)


_DIGITS: Final = {digit: value for value, digit in enumerate("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")}


def _parseint(digits: str, base: int) -> float:
    bare = digits.removeprefix("-").removeprefix("+") if digits[:1] in "+-" else digits
    if not 2 <= base <= 62 or not 0 < len(bare) <= LONGEST:
        raise ValueError("the base or the length of the number")
    result = 0
    for each in bare if base > 36 else bare.lower():
        value = _DIGITS.get(each, base)
        if value >= base:
            raise ValueError(f'"{digits}" is not a number of base {base}')
        result = result * base + value
    return normal(-result if digits.startswith("-") else result)


def _string(value: Tree) -> str:
    if isinstance(value, Known) and not isinstance(value.value, str):
        raise Failure("the number to parse is not a string")
    return text(value)


def _power(one: float, other: float) -> float:
    if abs(other) > 1024:
        raise ValueError("the exponent is too large")
    return normal(math.pow(one, other))


def _absolute(value: float) -> float:
    return normal(digits_of(value).copy_abs())


scalar("abs", _absolute, number)
scalar("ceil", math.ceil, number)
scalar("floor", math.floor, number)
scalar("log", lambda value, base: normal(math.log(value, base)), number, number)
scalar("pow", _power, number, number)
scalar("signum", _signum, number)
scalar("parseint", _parseint, _string, whole)


@function("max")
def _max(context: Context, *values: Tree) -> Tree:
    return context.known(max(_numbers(values)))


@function("min")
def _min(context: Context, *values: Tree) -> Tree:
    return context.known(min(_numbers(values)))


@function("sum")
def _sum(context: Context, values: Tree) -> Tree:
    total = Decimal(0)
    for each in _numbers(tuple(items(values))):
        total = PRECISION.add(total, digits_of(each))
    return context.known(normal(total))


@function("range")
def _range(context: Context, *bounds: Tree) -> Tree:
    match [digits_of(number(each)) for each in bounds]:
        case [limit]:
            start, step = Decimal(0), Decimal(1 if limit >= 0 else -1)
        case [start, limit]:
            step = Decimal(1 if limit >= start else -1)
        case [start, limit, step]:
            pass
        case _:
            raise Failure("range needs one to three numbers")
    distance = PRECISION.subtract(limit, start)
    if not step or distance * step < 0:
        raise Failure("the step of the range never reaches its end")
    if abs(distance) > abs(step) * MAX_ITEMS:
        context.run.check_items(MAX_ITEMS + 1, context.span)
    amount = math.ceil(PRECISION.divide(distance, step))
    context.run.charge(amount, context.span)
    return context.collection([context.known(normal(PRECISION.fma(step, index, start))) for index in range(amount)])


def _numbers(values: tuple[Tree, ...]) -> list[int | float]:
    if not values:
        raise Failure("at least one number is needed")
    return [number(each) for each in values]
