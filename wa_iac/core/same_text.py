"""Choices whether a value that is not known is a certain text: of several such texts, it is one at most."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple


class IsText(NamedTuple):
    """The choice whether an unknown is a text. Its first outcome is that it is.

    Attributes:
        of: the identity of the unknown.
        text: the text that it is compared with, as its dialect compares it.
        called: what tells two choices of the same comparison apart, such as the name of a condition.
    """

    of: Hashable
    text: Hashable
    called: Hashable = None

    @property
    def subject(self) -> Hashable:
        """The same for all comparisons of the same unknown; no choice."""
        return "compared", self.of


IS, IS_NOT = 0, 1


def outcome_of(choice: Hashable, outcomes: Mapping[Hashable, int]) -> int | None:
    """The outcome of a choice, if some decided ones decide it: it is one of them, or its unknown is known to be a text. Otherwise None."""
    if choice in outcomes:
        return outcomes[choice]
    if isinstance(choice, IsText):
        for each, outcome in outcomes.items():
            if isinstance(each, IsText) and each.of == choice.of:
                if each.text == choice.text:
                    return outcome
                if outcome == IS:
                    return IS_NOT
    return None


def contradict(outcomes: Mapping[Hashable, int]) -> bool:
    """Whether some outcomes cannot be together: an unknown would be two texts, or be a text and not be it."""
    seen: dict[tuple[Hashable, Hashable], int] = {}
    for choice, outcome in outcomes.items():
        if isinstance(choice, IsText) and seen.setdefault((choice.of, choice.text), outcome) != outcome:
            return True
    texts: dict[Hashable, Hashable] = {}
    return any(outcome == IS and texts.setdefault(of, text) != text for (of, text), outcome in seen.items())


def with_subjects(choices: Iterable[Hashable]) -> frozenset[Hashable]:
    """Some choices, and what their comparisons are of: two sets of these have nothing in common if none of one can decide one of the other."""
    found = set(choices)
    return frozenset(found.union(each.subject for each in found if isinstance(each, IsText)))
