"""Whether anything is written at all, whatever it comes to: for rules that only need something to be set."""

from __future__ import annotations

from .declared import INDEX
from .value import Absent, Known, Tree, Unknown, Value


def given(value: Tree) -> Value[bool]:
    """Whether a text or a list is written: an attribute of a resource is, a text around an unknown piece is, and so is a choice
    between two such; any other unknown may turn out to be nothing."""
    match value:
        case Absent() | Known("" | []):
            return Known(False, value.origin)
        case Known():
            return Known(True, value.origin)
        case Unknown(alternatives=(), parts=parts, origin=origin) if origin.references or any(
            isinstance(p, str) for p in parts
        ):
            return Known(True, origin)
        case Unknown():
            return _alike(value)


def _alike(value: Unknown) -> Value[bool]:
    """The answer that all alternatives give; else the unknown, with the answer of each."""
    answer = value.map("given", given)
    answers = [each.value for each in answer.alternatives]
    if answers and all(each == answers[0] and isinstance(each, Known) for each in answers):
        return Known(answers[0] == Known(True), value.origin)
    return answer


def is_made_here(value: Tree) -> bool:
    """Whether it is an attribute of a resource of this unit, or made of some, and not a choice: it is never nothing."""
    return isinstance(value, Unknown) and not value.alternatives and any(map(_is_resource, value.origin.references))


def _is_resource(reference: tuple[str, str]) -> bool:
    """Whether a reference leads to a resource, not to an output of a module that is not at hand, which may be nothing."""
    parts = INDEX.sub("", reference[0]).split(".")
    return parts[-2:-1] != ["module"] and parts[:1] != ["data"]
