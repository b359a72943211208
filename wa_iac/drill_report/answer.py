"""What one unit answers to one `--fail`: drills, or the single points of failure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from wa_iac.drill.model import SEVERITY, Drill, Outcome, Single

GRAVEST_FIRST: Final[tuple[Outcome, ...]] = tuple(reversed(SEVERITY))


class Singles(NamedTuple):
    """What follows if each resource of a unit fails alone.

    Attributes:
        found: the resources whose failure changes anything for an entry point.
        entry_points: the addresses of all ways into the architecture, in the order of declaration.
    """

    found: tuple[Single, ...]
    entry_points: tuple[str, ...]

    @property
    def ranked(self) -> list[Single]:
        """The gravest first: by the entry points that stop, then those that may, then those that degrade and recover."""
        return sorted(
            self.found, key=lambda each: tuple(-len(some) for some in (each.stops, each.unknown, each.degrades, each.recovers))
        )


class Answer(NamedTuple):
    """What one unit answers to one `--fail`.

    Attributes:
        asked: the text after `--fail`: `zone:each`, `resource:ADDRESS`.
        drills: one for each failure that the text means; none if it asks for the single points of failure.
        singles: the single points of failure, if the text asks for them.
    """

    unit: str
    environment: str
    asked: str
    drills: tuple[Drill, ...] = ()
    singles: Singles | None = None

    @property
    def worst(self) -> Drill | None:
        """The failure with the worst outcomes at entry points, the first of several that are alike; None if there is no failure."""
        return max(self.drills, key=_gravity, default=None)

    @property
    def name(self) -> str:
        """The unit for people, with its environment if it has one."""
        return f"{self.unit} ({self.environment})" if self.environment else self.unit


def _gravity(drill: Drill) -> tuple[int, ...]:
    """How grave a drill is, to compare: entry points by outcome, then all resources, then data at risk."""
    counts = tally(drill, drill.entry_points)
    everything = tally(drill, list(drill.effects))
    return (*(counts[each] for each in GRAVEST_FIRST), *(everything[each] for each in GRAVEST_FIRST), len(drill.lost))


def tally(drill: Drill, addresses: Sequence[str]) -> dict[Outcome, int]:
    """How many of some resources have each outcome, the gravest outcome first."""
    counts = dict.fromkeys(GRAVEST_FIRST, 0)
    for each in addresses:
        counts[drill.effects[each].outcome] += 1
    return counts
