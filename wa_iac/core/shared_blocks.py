"""Which resources all units of a run make from one block: a module may serve several root modules, each with values of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeAlias

from .declared import Declared, Unit
from .graph import Graph

_Made: TypeAlias = dict[tuple[str, str], Declared]


class SharedBlocks:
    """The resources of the Terraform units of a run, by their blocks. They are looked through when a report first asks."""

    def __init__(self, built: Sequence[tuple[Unit, Graph]]) -> None:
        self._built = built
        self._by_place: dict[tuple[str, int], _Made] | None = None

    def of(self, block: Declared) -> _Made:
        """The resources that the run has of a block, by the paths of their units and their addresses."""
        if self._by_place is None:
            found: defaultdict[tuple[str, int], _Made] = defaultdict(dict)
            for unit, graph in self._built:
                if unit.dialect == "terraform":
                    for each in graph.declared:
                        found[each.span.path, each.span.start_byte][unit.path, each.address] = each
            self._by_place = found
        return self._by_place.get((block.span.path, block.span.start_byte), {})
