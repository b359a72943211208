"""Which resources all units of a run make from one block: a module may serve several root modules, each with values of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TypeAlias

from .declared import Declared, Unit
from .graph import Graph

_Made: TypeAlias = dict[tuple[str, str], Declared]
_Place: TypeAlias = tuple[str, int]


def by_place(graph: Graph) -> dict[_Place, list[Declared]]:
    """The resources of one unit by the places of their blocks."""
    found: defaultdict[_Place, list[Declared]] = defaultdict(list)
    for each in graph.declared:
        found[place_of(each)].append(each)
    return found


def place_of(block: Declared) -> _Place:
    """The file of a block, and the byte at which it starts."""
    return block.span.path, block.span.start_byte


class SharedBlocks:
    """The resources of the Terraform units of a run, by their blocks. They are looked through when a report first asks."""

    def __init__(self, built: Sequence[tuple[Unit, Graph]]) -> None:
        self._built = built
        self._by_place: dict[_Place, _Made] | None = None

    def of(self, block: Declared) -> _Made:
        """The resources that the run has of a block, by the paths of their units and their addresses."""
        if self._by_place is None:
            found: defaultdict[_Place, _Made] = defaultdict(dict)
            for unit, graph in self._built:
                if unit.dialect == "terraform":
                    for place, made in graph.once(by_place).items():
                        found[place].update({(unit.path, each.address): each for each in made})
            self._by_place = found
        return self._by_place.get(place_of(block), {})
