"""Answers without a fault that hold only under a condition that is not known.

A rule may pass thanks to a helper that may not exist, a reference that may lead elsewhere, or an argument that may not be written. So it
runs again on a graph without all that hangs on conditions. Mostly it passes there also. Only if it does not, the choices behind that
are searched, by halving, and the rule is decided under their outcomes.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Sequence
from functools import cached_property
from itertools import product
from typing import Final, NamedTuple

from wa_iac.core.budget import SpentError
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.loose import Loose, home_of
from wa_iac.core.reader import looks_around
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Rule
from wa_iac.core.same_text import contradict
from wa_iac.core.value import Unknown

from .alternatives import MAX_DEPTH, MAX_GRAPHS, MAX_OUTCOMES, Alternatives, Ask, Case

MAX_CHOICES: Final = 32
"""Choices that are searched for those behind an answer: those of the resource and its neighbors, then others."""


class _Choice(NamedTuple):
    """A choice, with an unknown that hangs on it, and the outcomes to tell apart."""

    choice: Hashable
    unknown: Unknown
    outcomes: Sequence[int]


class Passing:
    """What hangs on conditions in one unit, and the graphs without it."""

    def __init__(self, graph: Graph, alternatives: Alternatives) -> None:
        self._graph: Final = graph
        self._alternatives: Final = alternatives
        self._cut: Final[dict[Hashable, Graph]] = {}

    @cached_property
    def _loose(self) -> Loose:
        return Loose(self._graph)

    @cached_property
    def is_anywhere(self) -> bool:
        """Whether anything in the unit hangs on a condition. Not so in most units, where nothing else is asked."""
        return bool(self._loose.blocks)

    def is_possible(self, rule: Rule, subject: Resource | None) -> bool:
        """Whether an answer may hang on a condition: something of the unit does, and the rule looks at more than one resource, or at that."""
        return self.is_anywhere and (
            subject is None
            or rule.walks_graph
            or subject.declared.address in self._loose.blocks
            or looks_around(subject.own_class, subject.dialect)
        )

    def cases(self, subject: Declared | None, ask: Ask) -> tuple[list[Case], Unknown] | None:
        """The cases of an answer without a fault, and the unknown behind them; None if it is the same under all outcomes."""
        search = _Search(self, subject, ask)
        if search.passes_without(self._loose.choices):
            return None
        left = [each for each in self._by_distance(subject) if each.choice not in search.home][:MAX_CHOICES]
        for _ in range(MAX_DEPTH):
            found = search.behind(left)
            if found is None:
                return None
            cases = list(search.under(found))
            if not all(map(passes, cases)):
                why = found[0].unknown if found else subject.condition if subject is not None else None
                return None if why is None else (cases, why)
            # The things that were cut hang on opposite outcomes, and one of them is there in any case.
            left = [each for each in left if each not in found]
        return None

    def _by_distance(self, subject: Declared | None) -> Iterator[_Choice]:
        for choice, values in self._loose.by_distance(subject).items():
            outcomes = _outcomes(values)
            if outcomes:
                yield _Choice(choice, values[0], outcomes)

    def without(self, home: dict[Hashable, int], choices: Collection[Hashable], subject: Declared | None) -> Graph | None:
        """The graph where a subject exists, without what hangs on some choices."""
        condition = None if subject is None or subject.condition is None else subject.condition.identity
        key = frozenset(choices).difference(home), condition, self._loose.names_of(subject)
        if key not in self._cut:
            if len(self._cut) >= MAX_GRAPHS:
                return None
            self._cut[key] = self._loose.cut(home, key[0], subject)
        return self._cut[key]

    def cases_under(self, outcomes: dict[Hashable, int], labels: tuple[str, ...], ask: Ask) -> list[Case]:
        """The cases of a rule under some outcomes."""
        graph = self._alternatives.under(outcomes)
        return [] if graph is None else self._alternatives.cases(ask(graph), ask, outcomes, labels)


class _Search:
    """The search for the choices behind one answer."""

    def __init__(self, passing: Passing, subject: Declared | None, ask: Ask) -> None:
        self.home: Final = home_of(subject)
        self._passing: Final = passing
        self._subject: Final = subject
        self._ask: Final = ask

    def passes_without(self, choices: Collection[Hashable]) -> bool:
        """Whether the rule passes without what hangs on some choices."""
        graph = self._passing.without(self.home, choices, self._subject)
        if graph is None:
            return True
        try:
            return passes(Case((), self._ask(graph)))
        except SpentError:
            raise
        except Exception:  # It says nothing of the code if a rule cannot do with what is cut.
            return True

    def behind(self, left: Sequence[_Choice]) -> list[_Choice] | None:
        """A few choices that the answer depends on together: it is another one without what hangs on them, and the same without what hangs
        on fewer of them. None if there are none, or too many."""
        found: list[_Choice] = []

        def passes_without(number: int) -> bool:
            return self.passes_without([each.choice for each in (*found, *left[:number])])

        high = len(left)
        if passes_without(high):
            return None
        while high and passes_without(0):
            if len(found) == MAX_DEPTH:
                return None
            low = 0
            while high - low > 1:
                middle = (low + high) // 2
                if passes_without(middle):
                    low = middle
                else:
                    high = middle
            high -= 1
            found.append(left[high])
        return found

    def under(self, choices: Sequence[_Choice]) -> Iterator[Case]:
        """The cases of the rule under all outcomes of some choices."""
        for outcomes in product(*(each.outcomes for each in choices)):
            decided = {**self.home, **{each.choice: outcome for each, outcome in zip(choices, outcomes, strict=True)}}
            if contradict(decided):
                continue
            labels = tuple(each.unknown.alternatives[outcome].label for each, outcome in zip(choices, outcomes, strict=True))
            yield from self._passing.cases_under(decided, labels, self._ask)
        if any(len(each.outcomes) < len(each.unknown.alternatives) for each in choices):
            yield Case(
                (), []
            )  # Other outcomes are not told apart from these by what is looked at here, but may be by something else.


def passes(case: Case) -> bool:
    """Whether a rule has no fault in a case, and is decided."""
    return all(each.verdict == "not-applicable" for each in case.flags or ())


def _outcomes(values: Sequence[Unknown]) -> Sequence[int]:
    """The outcomes of a choice to tell apart: all, or one of those that are alike for all values that hang on it. None if they are too
    many."""
    number = len(values[0].alternatives)
    if number <= MAX_OUTCOMES:
        return range(number)
    alike: dict[Hashable, int] = {}
    for index in range(number):
        alike.setdefault(tuple(each.alternatives[index].value for each in values), index)
    return list(alike.values()) if len(alike) <= MAX_OUTCOMES else ()
