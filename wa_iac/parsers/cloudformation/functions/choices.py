"""Choosing between alternatives up to a limit, so that nested conditions cannot multiply without end."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Final

from wa_iac.core.algebra import choose, substitute
from wa_iac.core.budget import EACH, current
from wa_iac.core.reasons import Reason, Said
from wa_iac.core.value import Absent, Known, Origin, Tree, Unknown

MAX_OPEN: Final = 3
"""Optional items of one list that are followed."""
MAX_PATHS: Final = 256
"""Alternatives listed below one value, nested ones included."""
_EACH_PATH: Final = 50
"""Comparisons that one alternative costs: all are counted, compared and named at each choice."""


def paths(value: Tree, limit: int = MAX_PATHS) -> int:
    """The number of a value's alternatives, including those of its members and alternatives; stops soon after `limit`."""
    match value:
        case Unknown(alternatives=alternatives):
            total = len(alternatives)
            members: Iterable[Tree] = (alternative.value for alternative in alternatives)
        case Known(list() as items):
            total, members = 0, items
        case Known(dict() as entries):
            total, members = 0, entries.values()
        case _:
            return 0
    current().compare(EACH)
    for member in members:
        if total > limit:
            break
        total += paths(member, limit - total)
    return total


def choose_within(reason: Reason, choice: Hashable, alternatives: Iterable[tuple[str, Tree]], origin: Origin) -> Tree:
    """`choose`; beyond MAX_PATHS alternatives the result is an unknown without alternatives, identified by its place."""
    listed = list(alternatives)
    total = len(listed)
    budget = current()
    for _, value in listed:
        if total > MAX_PATHS:
            return Unknown(reason, ("too many alternatives", choice, origin.span), origin)
        total += paths(value)
        budget.compare(_EACH_PATH * total)
    return choose(reason, choice, listed, origin)


def settled(items: Known[list[Tree]]) -> Tree:
    """A list with items that may turn out to be `AWS::NoValue`, as a choice between the possible lists.

    The same list if there are no such items; unknown if there are too many.
    """
    members = items.value
    undecided = [each for each in members if may_be_absent(each)]
    if not undecided:
        return items
    first = undecided[0]
    if len(undecided) > MAX_OPEN or not isinstance(first, Unknown) or first.choice is None:
        why = "the items of the list are known only at deployment"
        return Unknown(
            Said(why, first.reason.settle if isinstance(first, Unknown) else ""),
            ("items", items.origin.span, tuple(map(hash, undecided))),
            items.origin,
        )
    listed: list[tuple[str, Tree]] = []
    for outcome, (label, _) in enumerate(first.alternatives):
        decided = [substitute(each, {first.choice: outcome}) for each in members]
        listed.append((label, settled(Known([each for each in decided if not isinstance(each, Absent)], items.origin))))
    return choose_within(first.reason, first.choice, listed, items.origin)


def may_be_absent(value: Tree) -> bool:
    """Whether an item of a list may turn out to be `AWS::NoValue`."""
    return isinstance(value, Unknown) and any(
        isinstance(each.value, Absent) or may_be_absent(each.value) for each in value.alternatives
    )


def members_of(value: Tree, origin: Origin) -> tuple[Known[dict[str, Tree]], Reason | None] | None:
    """The members of an object with each member as a choice, and the reason if it may have other members.

    None for a value that is not an object in any alternative.
    """
    match value:
        case Known(dict() as entries):
            return Known(entries, origin), None
        case Absent():
            return Known({}, origin), None
        case Unknown(alternatives=alternatives) if alternatives:
            listed = [(label, members_of(each, origin)) for label, each in alternatives]
            bodies = [(label, one[0].value) for label, one in listed if one is not None]
            if len(bodies) < len(listed):
                return None
            names = dict.fromkeys(name for _, body in bodies for name in body)
            missing = next((one[1] for _, one in listed if one is not None and one[1] is not None), None)
            made: dict[str, Tree] = {}
            for name in names:
                outcomes = [(label, body.get(name, Absent(origin))) for label, body in bodies]
                place = next((each.origin for _, each in outcomes if not isinstance(each, Absent)), origin)
                made[name] = choose_within(value.reason, value.choice, outcomes, place)
            return Known(made, origin), missing
        case Unknown():
            return Known({}, origin), value.reason
        case _:
            return None
