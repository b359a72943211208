"""Whether two values are equal, as far as that is known."""

from __future__ import annotations

from typing import Final

from wa_iac.core.algebra import are_equal
from wa_iac.core.budget import EACH, current
from wa_iac.core.partial import Rest, is_whole, length, unknown_in
from wa_iac.core.value import Absent, Known, Tree, Unknown

from .lifting import SetItems
from .unit import Lazy, Many

_LONG: Final = 1_000
_AT_ONCE: Final = 50
"""Characters of texts that are compared for free, and characters of longer texts that count as one comparison."""


def equal(one: Tree, other: Tree) -> bool | None:
    """Whether two values are equal, containers element by element; None if that cannot be known."""
    if one is other:
        return True
    if isinstance(one, Unknown) or isinstance(other, Unknown):
        if (isinstance(one, Lazy) and isinstance(other, Absent)) or (isinstance(other, Lazy) and isinstance(one, Absent)):
            return False  # an existing resource or module is not null
        return False if _is_of_another_kind(one, other) or _is_of_another_kind(other, one) else are_equal(one, other)
    if not isinstance(one, Known) or not isinstance(other, Known):
        return isinstance(one, Absent) and isinstance(other, Absent)
    left, right = one.value, other.value
    pairs: list[tuple[Tree, Tree]]
    if isinstance(left, list) and isinstance(right, list):
        if type(left) is not type(right):
            return False
        if not is_whole(left) or not is_whole(right):
            return _equal_in_part(left, right)
        if len(left) != len(right):
            return False
        if isinstance(left, SetItems) and unknown_in(one, other) is not None:
            # An unknown element may be anywhere.
            return True if set(left) == set(right) else None
        pairs = list(zip(left, right, strict=True))
    elif isinstance(left, dict) and isinstance(right, dict):
        if type(left) is not type(right) or left.keys() != right.keys():
            return False
        pairs = [(value, right[key]) for key, value in left.items()]
    else:
        if isinstance(left, str) and isinstance(right, str) and len(left) == len(right) > _LONG:
            current().compare(len(left) // _AT_ONCE)
        return one == other
    if not pairs:
        # Empty values of two types are also not equal.
        types = getattr(left, "of", ""), getattr(right, "of", "")
        return types[0] == types[1] or "" in types
    current().compare(EACH * (3 + len(pairs)))
    doubt = False
    for pair in pairs:
        answer = equal(*pair)
        if answer is False:
            return False
        doubt = doubt or answer is None
    return None if doubt else True


def _is_of_another_kind(unknown: Tree, known: Tree) -> bool:
    """Whether one value is an unknown list, set or map, and the other a known collection of another kind."""
    if not isinstance(unknown, Many) or unknown.kind is None or not isinstance(known, Known):
        return False
    return isinstance(known.value, (list, dict)) and type(known.value) is not unknown.kind


def _equal_in_part(left: list[Tree], right: list[Tree]) -> bool | None:
    """Whether two lists are equal, if one or both contain a `Rest` somewhere."""
    (least, most), (at_least, at_most) = length(left), length(right)
    if least > at_most or at_least > most:
        return False
    if isinstance(left, SetItems):
        return None
    for one, other in zip(left, right, strict=False):
        if isinstance(one, Rest) or isinstance(other, Rest):
            break
        if equal(one, other) is False:
            return False
    return None
