"""What is selected by a name or a number that is not known: an entry of a map (`local.sizes[var.environment]`, `aws_eip.nat[each.key]`), an element of
a list, or a variable before others (`coalesce(var.bucket, ...)`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from wa_iac.core.algebra import choose
from wa_iac.core.partial import PartlyMap, may_be, may_be_same
from wa_iac.core.reasons import UnsetVariable
from wa_iac.core.value import Known, Origin, Tree, Unknown

from .unit import Lazy

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


def under(container: Tree, key: Unknown) -> tuple[Tree | None, Sequence[Tree]]:
    """The entry of a partly known map under this very name, if there is one; else the members of a collection that may be under it."""
    match container:
        case PartlyMap(entries=entries, others=others):
            same = next((value for name, value in others if name == key), None)
            if same is not None:
                return same, ()
            known = (value for name, value in entries.items() if may_be(key, name))
            return None, (*known, *(value for name, value in others if may_be_same(name, key)))
        case Known(dict() as entries):
            return None, (*entries.values(),)
        case Known(list() as items):
            return None, items
        case _:
            return None, ()


def any_of(members: Sequence[Tree]) -> Tree | None:
    """What represents any of the instances of one block; None if the members are something else."""
    first = members[0] if members else None
    if isinstance(first, Lazy) and first.sibling and all(isinstance(each, Lazy) and each.sibling for each in members):
        return first.sibling()
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
