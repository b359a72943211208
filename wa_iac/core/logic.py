"""Answers put together: what is certain comes before what is not known, in whatever order they are given."""

from collections.abc import Iterable

from .value import Absent, Known, Unknown, Value


def any_of(answers: Iterable[Value[bool]]) -> Value[bool]:
    """True where one answer is, else the first that is not known, else the first that is written, else absent."""
    unknown: Unknown | None = None
    written: Value[bool] = Absent()
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


def off(switch: Value[bool]) -> Value[bool]:
    """True where a switch is off, or not written."""
    return switch if isinstance(switch, Unknown) else Known(switch != Known(True), switch.origin)


def holds_for_all(parts: Iterable[tuple[Value[bool], Value[bool]]]) -> Value[bool]:
    """Whether one of some settings is in force for the whole: each is given as whether it is in force, and whether it is narrowed."""
    return any_of(all_of((in_force, off(narrowed))) for in_force, narrowed in parts)


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
