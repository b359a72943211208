"""Numbers as Terraform has them: decimal fractions are what they say, to 512 bits, and are written without an exponent."""

from __future__ import annotations

from decimal import Context, Decimal, InvalidOperation
from typing import Final

PRECISION: Final = Context(prec=154)
_LONGEST: Final = 400


class Exact(float):
    """A number that is not whole: a float to all the world, with its decimal digits for more arithmetic."""

    __slots__ = ("digits",)
    digits: Decimal

    def __new__(cls, digits: Decimal) -> Exact:
        self = super().__new__(cls, digits)
        self.digits = digits
        return self

    def is_integer(self) -> bool:
        return False

    def __str__(self) -> str:
        return f"{self.digits.normalize(PRECISION):f}"


def digits_of(content: float) -> Decimal:
    """A number's digits."""
    return (
        content.digits
        if isinstance(content, Exact)
        else Decimal(content)
        if isinstance(content, int)
        else Decimal(repr(content))
    )


def normal(content: float | Decimal) -> int | float:
    """An int where the number is whole, else an exact fraction. Raises OverflowError or ValueError for what is no number."""
    if isinstance(content, int | Exact):
        return content
    digits = content if isinstance(content, Decimal) else digits_of(content)
    if not digits.is_finite() or digits.adjusted() > _LONGEST:
        raise OverflowError
    return int(digits) if digits == digits.to_integral_value() else Exact(digits)


def spelled(text: str) -> int | float:
    """The number a text spells. Raises ValueError where it spells none, OverflowError where it is too large."""
    try:
        digits = PRECISION.create_decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if digits.is_nan():
        raise ValueError(text)
    return normal(digits)


def literal(text: str) -> int | float:
    """The content of a number as it stands in a source: infinite where it is larger than any we keep."""
    try:
        return spelled(text)
    except (OverflowError, ValueError):
        return float("inf")
