"""Numbers as in Terraform: decimal fractions are exact to 512 bits, and are written without an exponent."""

from __future__ import annotations

from decimal import Context, Decimal, DecimalException
from typing import Final

from wa_iac.core.reasons import Said
from wa_iac.core.value import Known, Origin, Unknown

PRECISION: Final = Context(prec=154)
LONGEST: Final = 400
"""Maximum number of decimal digits before or after the point. Larger or finer numbers are not known."""


class Exact(float):
    """A number that is not whole: used as a float, it also has its decimal digits for exact arithmetic."""

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
    """An int where the number is whole, else an exact fraction. Raises OverflowError or ValueError for an unsupported
    number."""
    if isinstance(content, Exact):
        return content
    if isinstance(content, int):
        if content.bit_length() > _BITS:
            raise OverflowError(TOO_LARGE)
        return content
    digits = content if isinstance(content, Decimal) else digits_of(content)
    if not digits.is_finite() or (digits and not -LONGEST <= digits.adjusted() <= LONGEST):
        raise OverflowError(TOO_LARGE)
    return int(digits) if digits == digits.to_integral_value() else Exact(digits)


TOO_LARGE: Final = f"the number has more than {LONGEST} digits"
_BITS: Final = (10 ** (LONGEST + 1)).bit_length() - 1
_MOST_TEXT: Final = 10_000


def spelled(text: str) -> int | float:
    """The number in a text. Raises ValueError if it is not a number, OverflowError if it is too large."""
    if len(text) > _MOST_TEXT:
        raise OverflowError(TOO_LARGE)
    try:
        digits = PRECISION.create_decimal(text)
    except ArithmeticError as error:
        if isinstance(error, DecimalException) and _is_number(text):
            raise OverflowError(TOO_LARGE) from error
        raise ValueError(text) from error
    if digits.is_nan():
        raise ValueError(text)
    return normal(digits)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def literal(text: str, origin: Origin) -> Known[int | float] | Unknown:
    """A number in a source; unknown if it is too large."""
    try:
        return Known(spelled(text), origin)
    except (OverflowError, ValueError):
        return Unknown(Said(TOO_LARGE), ("number", text[:_SHOWN], len(text), hash(text)), origin)


_SHOWN: Final = 40
