"""The verdicts of an undecided rule under each outcome of the choices it depends on.

An unresolved condition leaves a value with alternatives. If a rule meets one, the graph is built again under each outcome and
the rule runs again. The depth and the number of graphs are limited, which keeps the work linear; there is no SAT solver.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flag
from wa_iac.core.value import Unknown

MAX_DEPTH: Final = 4
"""Choices decided on top of each other."""
MAX_OUTCOMES: Final = 8
"""Outcomes of one choice that are told apart. A parameter with more allowed values is decided only if all give the same answer."""
MAX_ALIKE: Final = 64
"""Outcomes of one choice that are compared."""
MAX_GRAPHS: Final = 256
"""Graphs built for one unit, for all rules together; they are kept and shared between rules."""

Ask = Callable[[Graph], list[Flag] | None]
"""Runs a rule again on the same subject in another graph. The answer is None if its subject does not exist there."""


class Case(NamedTuple):
    """One case: `labels` name the outcomes, `flags` are the rule's results for them; None if its subject does not exist
    then."""

    labels: tuple[str, ...]
    flags: list[Flag] | None


class Alternatives:
    """The graphs of one unit under decided choices."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._under: dict[frozenset[tuple[Hashable, int]], Graph] = {}

    def cases(
        self,
        flags: list[Flag] | None,
        ask: Ask,
        outcomes: Mapping[Hashable, int] = MappingProxyType({}),
        labels: tuple[str, ...] = (),
    ) -> list[Case]:
        """The cases of an answer, undecided for most callers, where some `outcomes` with their `labels` are decided already. If no choice
        settles it, or the budget is spent, the answer itself is the only case."""
        return self._cases(flags, ask, dict(outcomes), labels)

    def _cases(
        self,
        flags: list[Flag] | None,
        ask: Ask,
        outcomes: dict[Hashable, int],
        labels: tuple[str, ...],
    ) -> list[Case]:
        choice = None if flags is None or len(outcomes) >= MAX_DEPTH else _choice(flags, outcomes)
        if choice is None:
            return [Case(labels, flags)]
        if len(choice.alternatives) > MAX_OUTCOMES:
            return (None if outcomes else self._alike(choice, ask)) or [Case(labels, flags)]
        found: list[Case] = []
        for index, alternative in enumerate(choice.alternatives):
            decided = {**outcomes, choice.choice: index}
            graph = self.under(decided)
            if graph is None:
                return [Case(labels, flags)]
            found += self._cases(ask(graph), ask, decided, (*labels, alternative.label))
        return found

    def _alike(self, choice: Unknown, ask: Ask) -> list[Case] | None:
        """The cases of a choice with many outcomes, if the rule decides all of them, and in the same way; else None. The outcomes at the ends
        come first, since most lists are in order: they tell soon that the answers differ."""
        number = len(choice.alternatives)
        if len(self._under) + number > MAX_GRAPHS // 2:
            return None
        found: dict[int, Case] = {}
        for index in (0, number - 1, *range(1, number - 1)):
            graph = self.under({choice.choice: index})
            flags = None if graph is None else ask(graph)
            found[index] = Case((choice.alternatives[index].label,), flags)
            is_open = graph is None or any(each.why is not None for each in flags or ())
            if is_open or len({_fails(each) for each in found.values() if each.flags is not None}) > 1:
                return None
        return [found[index] for index in range(number)]

    def under(self, outcomes: dict[Hashable, int]) -> Graph | None:
        """The graph under some outcomes; None if there are too many graphs already."""
        key = frozenset(outcomes.items())
        if key not in self._under:
            if len(self._under) >= MAX_GRAPHS:
                return None
            self._under[key] = self._graph.under(outcomes)
        return self._under[key]


def _choice(flags: list[Flag], outcomes: dict[Hashable, int]) -> Unknown | None:
    """The first open choice that an undecided answer names; None if the rule is decided, or no choice is behind it."""
    if any(each.verdict == "fail" for each in flags):
        return None
    for each in flags:
        for why in (each.why, *(each.why.parts if each.why is not None else ())):
            if not isinstance(why, Unknown) or why.choice is None or why.choice in outcomes:
                continue
            if 0 < len(why.alternatives) <= MAX_ALIKE:
                return why
    return None


def _fails(case: Case) -> bool:
    return any(each.verdict == "fail" for each in case.flags or ())
