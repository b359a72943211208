"""Whether anything is written, regardless of its value: for rules that only need something to be set."""

from __future__ import annotations

from typing import Final

from .declared import INDEX
from .reasons import DynamicReference, Imported, InParameterStore, Pseudo, UnsetParameter, UnsetVariable
from .value import Absent, Known, Reference, Tree, Unknown, Value

_NAMING: Final = ("arn", "id", "name", "target_key_arn", "target_key_id")
"""Attributes that every data source's result has; also an alias's key (`aws_kms_alias` without a key is an error)."""
_NEVER_EMPTY: Final = (DynamicReference, Imported, InParameterStore, Pseudo)
"""Reasons of values that are never an empty text. CloudFormation refuses to export an empty value, and Parameter Store to keep one."""


def given(value: Tree) -> Value[bool]:
    """Whether a text or a list is written. An attribute of a resource is, and so is a text around an unknown piece, or a choice
    between two such values. Any other unknown may turn out to be empty."""
    match value:
        case Absent() | Known("" | []):
            return Known(False, value.origin)
        case Known():
            return Known(True, value.origin)
        case Unknown(alternatives=(), origin=origin) if origin.references or _is_something(value):
            return Known(True, origin)
        case Unknown():
            return _alike(value)


def _alike(value: Unknown) -> Value[bool]:
    """The answer of all alternatives, if they agree; else an unknown with the answer of each."""
    answer = value.map("given", given)
    answers = [each.value for each in answer.alternatives]
    if answers and all(each == answers[0] and isinstance(each, Known) for each in answers):
        return Known(answers[0] == Known(True), value.origin)
    return answer


def is_made_here(value: Tree) -> bool:
    """Whether a value is certainly not empty: an attribute of a resource in this unit (or made of some, and not a choice),
    another stack's export, or the id of a lookup's result."""
    return (
        isinstance(value, Unknown)
        and not value.alternatives
        and (_is_something(value) or any(map(_names_something, value.origin.references)))
    )


def is_pseudo(value: Unknown) -> bool:
    """Whether it is a pseudo parameter: the account, the Region, the partition or the stack of a deployment."""
    return isinstance(value.source, Pseudo)


def _is_something(value: Unknown) -> bool:
    """Whether it is a text around unknown pieces, one of CloudFormation's values that are never empty, or a parameter or a
    variable that may not be."""
    match value.source:
        case UnsetParameter(filled=filled) | UnsetVariable(filled=filled) if filled:
            return True
        case source:
            return isinstance(source, _NEVER_EMPTY) or any(isinstance(part, str) for part in value.parts)


def _names_something(reference: Reference) -> bool:
    """Whether a reference leads to something that certainly exists: not to the output of a module that is not available, nor to
    a lookup's result, which may both be empty."""
    parts = INDEX.sub("", reference.address).split(".")
    if parts[-2:-1] == ["module"]:
        return False
    return parts[-3:-2] != ["data"] or reference.attribute in _NAMING
