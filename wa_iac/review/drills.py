"""What follows in each unit of a review if a zone fails, and which resources are single points of failure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Final, NamedTuple

from wa_iac.core.contain import contained
from wa_iac.core.declared import Unit
from wa_iac.core.finding import Report
from wa_iac.core.graph import Graph
from wa_iac.drill.failures import failures
from wa_iac.drill.model import Drill, Single
from wa_iac.drill.run import drill, each_resource
from wa_iac.drill_report.answer import GRAVEST_FIRST, Answer, Singles

MOST: Final = 5
"""Single points of failure that the review lists; `wa-iac drill` lists more."""


class ZoneDrill(NamedTuple):
    """What the review says of a unit's zones.

    Attributes:
        worst: the drill of the worst zone.
        entries: the addresses of the entry points, the gravest outcomes first.
        fatal: the resources other than entry points that alone take an entry point down, the gravest first.
    """

    answer: Answer
    worst: Drill
    entries: list[str]
    fatal: list[Single]


def drills_of(units: Iterable[tuple[Unit, Graph]], report: Report) -> list[Answer]:
    """The zones of each unit that has ways in and something that a zone takes along, with the single points of failure. A unit that cannot be
    drilled is left out, and is an error of the report."""
    drilled = (
        contained(unit.path, partial(_drilled, unit, graph), report.errors.append, doing="drilling") for unit, graph in units
    )
    return [each for each in drilled if each is not None and each.drills]


def _drilled(unit: Unit, graph: Graph) -> Answer:
    drills = tuple(drill(unit, graph, each) for each in failures("zone:each", unit, graph))
    touched = any(effect.outcome != "unaffected" for each in drills for effect in each.effects.values())
    if not touched or not drills[0].entry_points:
        return Answer(unit.path, unit.environment, "zone:each")
    singles = Singles(tuple(each_resource(unit, graph)), drills[0].entry_points)
    return Answer(unit.path, unit.environment, "zone:each", drills, singles)


def shown(answers: Iterable[Answer]) -> list[ZoneDrill]:
    """The answers as the page shows them, the gravest first."""
    made = []
    for answer in answers:
        worst, singles = answer.worst, answer.singles
        if worst is not None and singles is not None:
            entries = sorted(worst.entry_points, key=partial(_milder, worst))
            fatal = [each for each in singles.ranked if each.stops and each.address not in singles.entry_points]
            made.append(ZoneDrill(answer, worst, entries, fatal))
    return sorted(made, key=lambda each: [_milder(each.worst, one) for one in each.entries])


def _milder(drill: Drill, address: str) -> int:
    """A number that is less for a graver outcome."""
    return GRAVEST_FIRST.index(drill.effects[address].outcome)
