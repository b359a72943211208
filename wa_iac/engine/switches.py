"""Switches that the author has made: defaults of variables and parameters that turn a resource on.

A block that makes no resource because of a default is not in the graph. If a rule fails, it runs again on a graph in which these
blocks make their resources. If it no longer fails there, the switch decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from wa_iac.core.declared import Declared, SwitchedOff, Unit
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flag
from wa_iac.core.value import Step

MAX_SWITCHES: Final = 8
"""Switches that are tried one by one."""


class Switches:
    """The switches of one unit, and the graphs in which they are on."""

    def __init__(self, unit: Unit, graph: Graph) -> None:
        self._off = unit.switched_off
        self._graph = graph
        self._made: dict[int, Declared | None] = {}
        self._graphs: dict[Step | None, Graph] = {}

    def of(self, flag: Flag, faults: int, ask: Callable[[Graph], list[Flag] | None]) -> Step | None:
        """The default that decides a fault: the one its value comes from, or the one that switches off a resource without which
        the rule fails. `faults` are all faults of the subject. `ask` runs the rule again on the same subject in another graph."""
        if flag.switch is not None or not self._off:
            return flag.switch

        def remains(step: Step | None) -> bool:
            flags = ask(self._with(step))
            spans = [each.origin.span for each in flags or () if each.verdict == "fail"]
            return flags is None or flag.origin.span in spans or len(spans) >= faults

        if remains(None):
            return None
        distinct = list(dict.fromkeys(each.switch for each in self._off))
        return next((step for step in distinct[:MAX_SWITCHES] if not remains(step)), distinct[0])

    def _with(self, step: Step | None) -> Graph:
        """The graph with one switch on; with all of them, if `step` is None."""
        graph = self._graphs.get(step)
        if graph is None:
            on = self._on(each for each in self._off if step in (None, each.switch))
            graph = self._graphs[step] = Graph(self._graph.dialect, [*self._graph.declared, *on])
        return graph

    def _on(self, blocks: Iterable[SwitchedOff]) -> list[Declared]:
        found = []
        for each in blocks:
            if id(each) not in self._made:
                self._made[id(each)] = each.make()
            declared = self._made[id(each)]
            if declared is not None:
                found.append(declared)
        return found
