"""The pictures of all units of a review, with the findings at their nodes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import partial

from wa_iac.core.contain import contained
from wa_iac.core.declared import Unit
from wa_iac.core.finding import Finding, Report
from wa_iac.core.graph import Graph
from wa_iac.picture.draw import picture
from wa_iac.picture.model import Picture


def pictures_of(units: Iterable[tuple[Unit, Graph]], report: Report) -> list[Picture]:
    """A picture of each unit that has resources, the one with most connections first. A unit that cannot be drawn is left out, and is an error of the report."""
    found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for each in report.findings:
        if each.verdict == "fail" and each.suppressed is None:
            for name in each.environments or ("",):
                found[each.unit, name].append(each)
    drawn = (
        contained(
            unit.path,
            partial(picture, unit, graph, found.get((unit.path, unit.environment), ())),
            report.errors.append,
            doing="drawing",
        )
        for unit, graph in units
    )
    found_pictures = [each for each in drawn if each is not None and each.nodes]
    return sorted(found_pictures, key=lambda each: -len(each.edges))
