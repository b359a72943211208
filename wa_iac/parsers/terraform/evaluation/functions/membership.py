"""Membership in a collection. Scalars are looked up; other values are compared one by one."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Final

from wa_iac.core.budget import EACH, current
from wa_iac.core.partial import Rest, unknown_in
from wa_iac.core.value import Absent, Known, Tree, Unknown
from wa_iac.parsers.terraform.evaluation.equality import equal
from wa_iac.parsers.terraform.evaluation.unit import Lookup

from .base import Context, parts

_NULL: Hashable = ("null",)


class ValueIndex:
    """The elements of a list or a set, by their content."""

    __slots__ = ("_others", "_positions", "values")

    def __init__(self, values: Sequence[Tree]) -> None:
        current().compare(EACH * len(values))
        self.values = values
        self._positions: dict[Hashable, int] = {}
        self._others: list[tuple[int, Tree]] = []
        for position, value in enumerate(values):
            key = _key(value)
            if isinstance(value, Rest) and not value.most:
                continue
            if key is None:
                self._others.append((position, value))
            else:
                self._positions.setdefault(key, position)

    def find(self, wanted: Tree) -> tuple[int | None, Unknown | None]:
        """The position of the first equal element, and an unknown if an earlier element, or any, may be equal."""
        key = _key(wanted)
        found = self._positions.get(key) if key is not None else None
        if isinstance(wanted, Unknown):
            # It may also equal any of the scalars.
            current().compare(EACH * len(self.values))
            same = next((position for position, each in self._others if equal(each, wanted)), None)
            return same, wanted if self.values and same != 0 else None
        current().compare(EACH * len(self._others))
        for position, each in self._others:
            if found is not None and found < position:
                break
            answer = equal(each, wanted)
            if answer:
                return position, None
            if answer is None:
                return found, unknown_in(each, wanted)
        return found, None


def _key(value: Tree) -> Hashable | None:
    """The identity of a scalar; None for other values."""
    if isinstance(value, Known) and not isinstance(value.value, (list, dict)):
        return type(value.value), value.value
    return _NULL if isinstance(value, Absent) else None


_KEPT: Final = 8
_LONG: Final = 50


def members(context: Context, values: Tree) -> Lookup:
    """The elements of a list, for look-ups. Kept for long lists, since one may be searched many times. Raises Blocked or
    Failure."""
    if not isinstance(values, Known) or not isinstance(values.value, list) or len(values.value) < _LONG:
        return ValueIndex(parts(values))
    kept = context.run.members
    found = kept.get(id(values.value))
    if found is None or found.values is not values.value:
        if len(kept) >= _KEPT:
            kept.pop(next(iter(kept)))
        found = kept[id(values.value)] = ValueIndex(values.value)
    return found
