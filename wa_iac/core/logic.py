"""Three-valued logic. A certain answer takes precedence over one that is not known, in any order."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from .algebra import are_equal
from .value import Absent, Known, Origin, Tree, Unknown, Value

T = TypeVar("T")


def any_of(answers: Iterable[Value[bool]], origin: Origin | None = None) -> Value[bool]:
    """True if one answer is; else the first that is not known; else the first that is written; else absent. With an `origin`,
    the result is false, at that place, instead of absent."""
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
    """False if one answer is false or absent; else the first that is not known; else true."""
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
    """True if an answer is false or absent; unknown if the answer is unknown."""
    return answer if isinstance(answer, Unknown) else Known(answer != Known(True), answer.origin)


def holds(value: Value[T], test: Callable[[T], bool]) -> Value[bool]:
    """Whether a value passes a test. An absent value does not."""
    match value:
        case Known(content):
            return Known(test(content), value.origin)
        case Unknown():
            return value
        case Absent():
            return Known(False, value.origin)


def holds_for_all(parts: Iterable[tuple[Value[bool], Value[bool]]]) -> Value[bool]:
    """Whether one of several settings applies to everything. Each is a pair: whether it is in effect, and whether it is
    restricted to a part."""
    return any_of(all_of((in_force, negate(narrowed))) for in_force, narrowed in parts)


def because(answer: Value[bool], reason: str) -> Value[str]:
    """`reason` if the answer is yes, else absent. `exempt_for` and `first_known` accept such values."""
    match answer:
        case Known(True):
            return Known(reason, answer.origin)
        case Unknown():
            return answer
        case _:
            return Absent(answer.origin)


def first_known(values: Iterable[Value[T]]) -> Value[T]:
    """The first known value; else the first unknown; else absent."""
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
    """Whether anything is written: for settings of which any value is accepted."""
    return holds(value, lambda _: True)


def equal(one: Tree, other: Tree) -> Value[bool]:
    """Whether two values are equal; if that is not known, the first that is unknown."""
    answer = are_equal(one, other)
    unknown = first_unknown(one, other) if answer is None else None
    return Known(answer is True, one.origin) if unknown is None else unknown
