"""Parts of a remedy's code that the resource has already: the rest of them stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wa_iac.core.span import Span
from wa_iac.core.value import Known

from .callers import at
from .code_parts import Part, parts_of
from .code_place import written_around
from .fault import Fault

THERE: Final = " exists already: "
"""What a sentence says of a part of the code that the resource's own block has, and no other place."""
_WHOLE: Final = frozenset({"Principal", "principals", "DefaultActions", "default_action"})
"""Parts that other code takes the place of: what they name already is at fault."""


def kept_there(fault: Fault) -> str:
    """A sentence on the outermost part of the code that is written in the finding's file, without its full stop. Empty if none is."""
    for name, where in _there(fault, parts_of(fault.code.text)):
        if where.path == fault.finding.span.path:
            rest = "replace it as a whole" if name in _WHOLE else "keep its other parts"
            return f"{at(f'`{name}`', where)}{THERE}{rest}"
    return ""


def _there(fault: Fault, parts: tuple[Part, ...]) -> Iterator[tuple[str, Span]]:
    """The parts of the code that are written, the outer ones first. What is in a new part is new, too."""
    for each in parts:
        there = written_around(fault.declared.body, fault.at.path or (), each.name)
        if there is None and each.name == "lifecycle":
            there = fault.declared.attributes.get(each.name)
        if not isinstance(there, Known) or (isinstance(there.value, list) and _is_one_of_many(each)):
            continue
        if _has_parts(there.value):
            yield each.name, there.origin.span
        yield from _there(fault, each.parts)


def _is_one_of_many(part: Part) -> bool:
    """Whether a block has a name of its own, so that it stands beside others of its kind: `setting`, `parameter`, `rule`."""
    return any(each.name in ("name", "namespace", "key") for each in part.parts)


def _has_parts(value: object) -> bool:
    """Whether a value is an object, or a list of objects."""
    if isinstance(value, list):
        return any(isinstance(each, Known) and isinstance(each.value, dict) for each in value)
    return isinstance(value, dict) and bool(value)
