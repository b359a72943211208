"""The counts of a report: by pillar, by rule, and of its notes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from wa_iac.core.errors import WaIacError
from wa_iac.core.finding import Finding, Report
from wa_iac.core.rule import PILLARS, Pillar, Rule, Severity

from .group_by import GroupBy
from .items import Section, sections
from .severity import SCALES


class PillarTotal(NamedTuple):
    """The findings of a pillar, by severity."""

    pillar: Pillar
    by_severity: Counter[Severity]


class RuleTotal(NamedTuple):
    """The number of findings of a rule, and the severity of the most severe one."""

    rule: Rule
    severity: Severity
    findings: int


def by_pillar(findings: Iterable[Finding]) -> list[PillarTotal]:
    """The pillars with findings, in the framework's order."""
    counted: dict[Pillar, Counter[Severity]] = defaultdict(Counter)
    for each in findings:
        counted[each.rule.pillar][each.severity] += 1
    return [PillarTotal(pillar, counted[pillar]) for pillar in PILLARS if pillar in counted]


def by_rule(findings: Iterable[Finding]) -> list[RuleTotal]:
    """The rules with findings, the most severe first, then those with most findings."""
    members: dict[str, list[Finding]] = defaultdict(list)
    for each in findings:
        members[each.rule.slug].append(each)
    totals = [
        RuleTotal(found[0].rule, max((each.severity for each in found), key=lambda each: each.rank), len(found))
        for found in members.values()
    ]
    return sorted(totals, key=lambda each: (-each.severity.rank, -each.findings, each.rule.slug))


def pillar_table(findings: Sequence[Finding]) -> list[list[str]]:
    """A table with a header: a line for each pillar, a column for each severity that occurs."""
    totals = by_pillar(findings)
    columns = [each for each in SCALES if any(total.by_severity[each] for total in totals)]
    lines = [["pillar", *columns]]
    for total in totals:
        numbers = (total.by_severity[each] for each in columns)
        lines.append([total.pillar, *(f"{number:,}" if number else "-" for number in numbers)])
    return lines


def rule_table(findings: Sequence[Finding]) -> list[list[str]]:
    """A table with a header: a line for each rule."""
    lines = [["findings", "severity", "pillar", "rule", "title"]]
    for rule, severity, number in by_rule(findings):
        lines.append([f"{number:,}", severity.value, rule.pillar, rule.slug, rule.title])
    return lines


def section_table(found: Sequence[Section]) -> list[list[str]]:
    """A table with a header: a line for each section that has failed findings."""
    lines = [["findings", "severity", "name", ""]]
    for each in found:
        first = each.items[0].first
        lines.append([f"{len(each.findings):,}", first.severity.value, each.name, each.note if each.note != each.name else ""])
    return lines


def summary_tables(report: Report, group_by: GroupBy | None, *, only_summary: bool) -> Iterator[list[list[str]]]:
    """The tables at the end of a report: by pillar if there are several findings, and by rule and section if they are all that
    is written."""
    failing = report.failing()
    if len(failing) > 1 or (failing and only_summary):
        yield pillar_table(failing)
    if failing and only_summary:
        yield rule_table(failing)
        if group_by in (GroupBy.RESOURCE, GroupBy.FILE):
            yield section_table(sections(report, failing, group_by))


class NotesOfKind(NamedTuple):
    """Notes of one kind; `kind` is empty for a single one."""

    kind: str
    notes: list[WaIacError]


def notes_by_kind(notes: Iterable[WaIacError]) -> list[NotesOfKind]:
    """The notes of each kind together, where their first one is. A note without a kind is on its own."""
    kinds: dict[object, NotesOfKind] = {}
    for each in notes:
        kinds.setdefault(each.kind or id(each), NotesOfKind(each.kind, [])).notes.append(each)
    return list(kinds.values())
