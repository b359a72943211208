"""Switches that the author has made: defaults of variables and parameters that turn a resource on.

A block that makes no resource because of a default is not in the graph. If a rule fails on a resource, it runs again on a graph in
which the blocks that refer to the resource make theirs. If it no longer fails there, the switch decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Final

from wa_iac.core.declared import Declared, Unit
from wa_iac.core.fix import place
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.remedy import Remedy, Snippet
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Flag
from wa_iac.core.value import Absent, Known, Step, Tree
from wa_iac.pillars._index import READ

_WRITTEN: Final = late(r"(?m)^( *)(\w+)(?: \{| += )")
"""The blocks and arguments of a remedy in HCL."""
MAX_SWITCHES: Final = 8
"""Switches that are tried for one resource."""


class Switches:
    """The switches of one unit, and the graphs in which one of them is on."""

    def __init__(self, unit: Unit, graph: Graph) -> None:
        self._off = unit.switched_off
        self._graph = graph
        self._by_switch: dict[Step, list[Declared]] | None = None
        self._about: dict[int, list[Step]] = defaultdict(list)
        self._graphs: dict[tuple[Step, ...], Graph] = {}

    def of(
        self, flag: Flag, remedy: Remedy, subject: Resource | None, faults: int, ask: Callable[[Graph], list[Flag] | None]
    ) -> Step | None:
        """The default that decides a fault: the one its value comes from, the one that leaves out what its remedy writes, or the one that
        switches off a resource without which the rule fails. `faults` is the number of faults of the subject. `ask` runs the rule again on
        it in another graph."""
        if flag.switch is not None or subject is None:
            return flag.switch
        nothing = left_out(flag, remedy, subject)
        switch = nothing.origin.default_step if nothing is not None else None
        if switch is not None or not self._off:
            return switch
        if self._by_switch is None:
            self._by_switch = self._switched_on()

        def removes(*steps: Step) -> bool:
            flags = ask(self._with(steps))
            spans = [each.origin.span for each in flags or () if each.verdict == "fail"]
            return flags is not None and flag.origin.span not in spans and len(spans) < faults

        steps = self._about[id(subject.declared)][:MAX_SWITCHES]
        # Mostly none of them matters, so they are first tried together.
        return next(filter(removes, steps), None) if len(steps) < 2 or removes(*steps) else None

    def _switched_on(self) -> dict[Step, list[Declared]]:
        """The resources of each switch. Notes which switches are about which resources."""
        made: dict[Step, list[Declared]] = defaultdict(list)
        for each in self._off:
            # A type that no rule of ours reads changes nothing.
            declared = each.make() if each.type in READ else None
            if declared is None:
                continue
            made[each.switch].append(declared)
            for named in self._graph.referred(declared.body):
                if each.switch not in self._about[id(named)]:
                    self._about[id(named)].append(each.switch)
        return made

    def _with(self, steps: tuple[Step, ...]) -> Graph:
        """The graph with some switches on."""
        graph = self._graphs.get(steps)
        if graph is None:
            on = [] if self._by_switch is None else [each for step in steps for each in self._by_switch[step]]
            graph = self._graphs[steps] = self._graph.plus(on)
        return graph


def left_out(flag: Flag, remedy: Remedy, subject: Resource) -> Tree | None:
    """The empty value of the first block or argument that a remedy writes, if the code of a resource of Terraform writes it for other
    values of its variables: `dynamic "logging_config"` over a variable that is empty, or a `bucket` in it that is null. None if the code
    does not, or if the fault is at a value of its own."""
    if (
        flag.origin.span != subject.span
        or subject.declared.dialect != "terraform"
        or (isinstance(flag.instead, str) and flag.instead)
    ):
        return None
    written = flag.instead if isinstance(flag.instead, Remedy) else remedy
    path = _first_path(written.snippet("terraform", subject.declared.type))
    here: Tree = subject.declared.body
    for name in path:
        if isinstance(here, Known) and isinstance(here.value, list):
            if len(here.value) != 1:
                return None
            here = here.value[0]
        if not isinstance(here, Known) or not isinstance(here.value, dict) or name not in here.value:
            return None
        here = here.value[name]
        if isinstance(here, Absent) or (isinstance(here, Known) and here.value in ([], None, "")):
            return here
    return None


def _first_path(snippet: Snippet) -> list[str]:
    """The names on the way to the first argument that a remedy in HCL writes, from the outermost block."""
    names: list[str] = []
    if not isinstance(snippet, str):
        content: object = snippet
        while isinstance(content, Mapping) and content:
            name, content = next(iter(content.items()))
            names.append(place(name).name)
        return names
    for found in _WRITTEN.finditer(snippet):
        if len(found[1]) != 2 * len(names):
            break
        names.append(found[2])
    return names
