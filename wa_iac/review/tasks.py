"""What to do first: each cause once, with all findings that it would settle, by impact and effort.

A task is a place that sets a value for several resources (see `report.items`), or a rule with all places where it fails, since
one decision and one kind of change settle these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

from wa_iac.core.finding import Finding, Report, fingerprint
from wa_iac.core.scales import Severity
from wa_iac.report.items import items
from wa_iac.report.listing import count, gravity

from .effort import Effort, Work, work_of
from .evidence import RISKS

MOST: Final = 10
"""Tasks in the list of what to do first."""


class Impact(StrEnum):
    """How much a task changes for the better."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


IMPACTS: Final = tuple(Impact)
_HIGH: Final = 9
_MEDIUM: Final = 6


@dataclass(frozen=True)
class Task:
    """One thing to do.

    Attributes:
        id: stays the same if lines move.
        title: what is wrong, in a line.
        findings: all that it settles, the most severe first; grouped as reports list them.
        entry_points: the ways into the architecture that depend on one of its resources, by address.
        risk: the framework's highest risk among the practices that its rules serve first.
    """

    id: str
    title: str
    findings: tuple[Finding, ...] = field(repr=False)
    entry_points: tuple[str, ...]
    risk: str

    @property
    def severity(self) -> Severity:
        return self.findings[0].severity

    @cached_property
    def work(self) -> Work:
        """The greatest effort of its findings, with the reason for it."""
        return max((work_of(each) for each in self.findings), key=lambda each: each.effort.rank)

    @property
    def effort(self) -> Effort:
        return self.work.effort

    @property
    def points(self) -> int:
        """How its impact is found: twice the severity (1 to 4), the risk (1 to 3), and a point if an entry point depends on it."""
        risk = len(RISKS) - RISKS.index(self.risk)
        return 2 * (self.severity.rank + 1) + risk + bool(self.entry_points)

    @property
    def impact(self) -> Impact:
        if self.points >= _HIGH:
            return Impact.HIGH
        return Impact.MEDIUM if self.points >= _MEDIUM else Impact.LOW

    @property
    def places(self) -> int:
        """The number of resources and units that it changes."""
        return len({(each.unit, each.address) for finding in self.findings for each in finding.instances})


EFFORTS: Final = tuple(Effort)


def tasks(report: Report, risks: Mapping[str, str], exposed: Mapping[tuple[str, str], Sequence[str]]) -> list[Task]:
    """All tasks, in the order in which to do them: the greatest impact first, then the gravest, then the least effort, then those that
    settle most.

    Args:
        risks: the framework's risk of each best practice.
        exposed: the entry points that depend on a resource, by unit and address.
    """
    made = [_task(title, key, found, risks, exposed) for key, title, found in _groups(report)]
    return sorted(made, key=_order)


def _order(task: Task) -> tuple[object, ...]:
    first = task.findings[0]
    return (
        IMPACTS.index(task.impact),
        -task.severity.rank,
        -task.points,
        task.effort.rank,
        -len(task.findings),
        first.rule.slug,
        first.span.path,
        first.span.start_line,
    )


def _groups(report: Report) -> Iterable[tuple[str, str, list[Finding]]]:
    """Findings that one change settles: a key, a title, and the findings."""
    rules: dict[str, list[Finding]] = defaultdict(list)
    for item in items(report, report.failing()):
        slugs = {each.rule.slug for each in item.findings}
        if item.kind == "cause" and len(slugs) > 1:
            more = count(len(slugs) - 1, "other fault")
            yield item.id, f"{item.first.rule.title}, and {more} at the same place", list(item.findings)
        else:
            for each in item.findings:
                rules[each.rule.slug].append(each)
    for slug, found in rules.items():
        yield fingerprint("task", slug), found[0].rule.title, found


def _task(
    title: str, key: str, found: list[Finding], risks: Mapping[str, str], exposed: Mapping[tuple[str, str], Sequence[str]]
) -> Task:
    entries = dict.fromkeys(
        entry for finding in found for each in finding.instances for entry in exposed.get((each.unit, each.address), ())
    )
    practices = [practice for each in found for practice in each.rule.practices[:1]]
    risk = min((risks.get(each, RISKS[-1]) for each in practices), key=RISKS.index, default=RISKS[-1])
    return Task(key, title, tuple(sorted(found, key=gravity)), tuple(sorted(entries)), risk)


def matrix(found: Sequence[Task]) -> dict[tuple[Impact, Effort], list[Task]]:
    """The tasks of each cell of impact and effort."""
    cells: dict[tuple[Impact, Effort], list[Task]] = {(impact, effort): [] for impact in IMPACTS for effort in EFFORTS}
    for each in found:
        cells[each.impact, each.effort].append(each)
    return cells
