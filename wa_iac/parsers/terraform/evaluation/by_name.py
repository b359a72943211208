"""What a variable selects that nobody gives: an entry of a map (`local.sizes[var.environment]`), an element of a list, or itself before
others (`coalesce(var.bucket, ...)`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from wa_iac.core.algebra import choose
from wa_iac.core.reasons import UnsetVariable
from wa_iac.core.value import Origin, Tree, Unknown

MAX_NAMES: Final = 8


def by_name(entries: Mapping[str, Tree], key: Unknown, origin: Origin, other: Tree | None = None) -> Tree | None:
    """A choice between all entries, and `other` for any other name; without it, that is an error. None if there are too many
    entries, or if the name is made of something else. Maps with the same names share the choice."""
    match key.source:
        case UnsetVariable() as unset if 0 < len(entries) <= MAX_NAMES:
            names = sorted(entries)
            listed = [(f"{unset.subject} is {name}", entries[name]) for name in names]
            if other is not None:
                listed.append((f"{unset.subject} has another value", other))
            return choose(unset, ("name", key.identity, tuple(names), other is None), listed, origin)
        case _:
            return None


def by_position(items: Sequence[Tree], index: Unknown, origin: Origin) -> Tree | None:
    """A choice between the elements of a list, as `by_name` between the entries of a map."""
    match index.source:
        case UnsetVariable() as unset if 0 < len(items) <= MAX_NAMES:
            listed = [(f"{unset.subject} is {position}", each) for position, each in enumerate(items)]
            return choose(unset, ("position", index.identity, len(items)), listed, origin)
        case _:
            return None


def if_given(value: Unknown, other: Tree, origin: Origin) -> Tree | None:
    """A variable if it is given a value, else `other`. None if `value` is no variable."""
    match value.source:
        case UnsetVariable() as unset:
            listed = [(f"{unset.subject} is given", value), (f"{unset.subject} is empty", other)]
            return choose(unset, ("given", value.identity), listed, origin)
        case _:
            return None
