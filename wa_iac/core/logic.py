"""Three-valued logic: answers put together, where what is certain comes before what is not known, in whatever order they are given."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from .algebra import are_equal
from .value import Absent, Known, Origin, Tree, Unknown, Value

T = TypeVar("T")


def any_of(answers: Iterable[Value[bool]], origin: Origin | None = None) -> Value[bool]:
    """True where one answer is, else the first that is not known, else the first that is written, else absent: with an `origin`, false
    there."""
    unknown: Unknown | None = None
    written: Value[bool] = Absent() if origin is None else Known(False, origin)
    for answer in answers:
        match answer:
            case Known(True):
                return answer
            case Unknown():
                unknown = answer if unknown is None else unknown
            case Known() if isinstance(written, Absent):
                written = answer
            case _:
                pass
    return written if unknown is None else unknown


def all_of(answers: Iterable[Value[bool]]) -> Value[bool]:
    """False where one answer is, or is not written; else the first that is not known, else true."""
    unknown: Unknown | None = None
    for answer in answers:
        match answer:
            case Known(False):
                return answer
            case Absent():
                return Known(False, answer.origin)
            case Unknown():
                unknown = answer if unknown is None else unknown
            case _:
                pass
    return Known(True) if unknown is None else unknown


def negate(answer: Value[bool]) -> Value[bool]:
    """True where an answer is false, or not written."""
    return answer if isinstance(answer, Unknown) else Known(answer != Known(True), answer.origin)


def holds(value: Value[T], test: Callable[[T], bool]) -> Value[bool]:
    """Whether a value passes a test; what is not written does not."""
    match value:
        case Known(content):
            return Known(test(content), value.origin)
        case Unknown():
            return value
        case Absent():
            return Known(False, value.origin)


def holds_for_all(parts: Iterable[tuple[Value[bool], Value[bool]]]) -> Value[bool]:
    """Whether one of some settings is in force for the whole: each is given as whether it is in force, and whether it is narrowed."""
    return any_of(all_of((in_force, negate(narrowed))) for in_force, narrowed in parts)


def because(answer: Value[bool], reason: str) -> Value[str]:
    """A reason where an answer is yes, and absent where it is not: what `exempt_for` and `first_known` take."""
    match answer:
        case Known(True):
            return Known(reason, answer.origin)
        case Unknown():
            return answer
        case _:
            return Absent(answer.origin)


def first_known(values: Iterable[Value[T]]) -> Value[T]:
    """The first of some values that is known, else the first that is not known, else absent."""
    unknown: Unknown | None = None
    for value in values:
        if isinstance(value, Known):
            return value
        if isinstance(value, Unknown) and unknown is None:
            unknown = value
    return Absent() if unknown is None else unknown


def first_unknown(*values: object) -> Unknown | None:
    """The first of some values that is an unknown. (`or` would ask an unknown whether it is true.)"""
    for each in values:  # not `next` of a generator: this is the hot path
        if isinstance(each, Unknown):
            return each
    return None


def is_set(value: Tree) -> Value[bool]:
    """Whether anything is written, whatever it is: for settings of which any will do."""
    return holds(value, lambda _: True)


def equal(one: Tree, other: Tree) -> Value[bool]:
    """Whether two values are equal; where that is not known, the first that is unknown."""
    answer = are_equal(one, other)
    unknown = first_unknown(one, other) if answer is None else None
    return Known(answer is True, one.origin) if unknown is None else unknown
