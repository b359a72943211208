"""The report as JSON, in the public schema `wa-iac/report/1`: other programs rely on its names."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final

from wa_iac import __version__
from wa_iac.core.errors import WaIacError
from wa_iac.core.finding import Finding, Report
from wa_iac.core.fix import Fix
from wa_iac.core.rule import Severity
from wa_iac.core.span import Span

from .causes import Waiting, by_cause
from .coverage import Held, by_type, held, undecided_throughout
from .encode import dumps
from .group_by import GroupBy
from .items import Item, Section, items, sections
from .listing import listed
from .severity import SCALES
from .sources import Sources
from .totals import by_pillar, by_rule

SCHEMA: Final = "wa-iac/report/1"


def render(
    report: Report,
    *,
    show_unknown: bool,
    group_by: GroupBy | None = None,
    only_summary: bool = False,
    show_passed: bool = False,
) -> str:
    """The whole report as JSON text. Suppressed findings are listed with the source of the suppression; undecided ones only on
    request.

    The summary always counts the undecided ones. Lines and columns count from 1, columns in characters, the end exclusive.
    `show_passed` adds the rules that hold, `group_by` the sections, `only_summary` leaves out the findings and items.
    """
    sources = Sources(report.sources, report.secrets)
    findings = listed(report, show_unknown=show_unknown, show_suppressed=True)
    in_effect = [each for each in findings if each.suppressed is None]
    made = items(report, in_effect)
    of = {id(each): item.id for item in made for each in item.findings}
    failing = report.failing()
    document: dict[str, object] = {
        "schema": SCHEMA,
        "tool": {"name": "wa-iac", "version": __version__},
        "summary": {**report.summary(), "items": sum(each.first.verdict == "fail" for each in made)},
        **({} if only_summary else {"findings": (_finding(each, of.get(id(each)), sources) for each in findings)}),
        "errors": [_error(each) for each in report.mistakes()],
        **({} if report.by_settings is None else {"settings": report.by_settings._asdict()}),
        "notes": [_error(each) for each in report.notes()],
        **({} if only_summary else {"items": (_item(each) for each in made)}),
        **(
            {} if group_by is None else {"groups": [_section(each, group_by) for each in sections(report, in_effect, group_by)]}
        ),
        "coverage": _coverage(report),
        "causes": [_cause(each) for each in by_cause(report.undecided())],
        **({"passed": [_held(each) for each in held(report)]} if show_passed else {}),
        "by_pillar": [{"pillar": pillar, **_severities(numbers)} for pillar, numbers in by_pillar(failing)],
        "by_rule": [
            {"rule": each.rule.slug, "pillar": each.rule.pillar, "severity": each.severity.value, "findings": each.findings}
            for each in by_rule(failing)
        ],
    }
    return dumps(document, items=len(findings))


def _coverage(report: Report) -> dict[str, object]:
    """The types that no rule reads, and the resources of which nothing could be decided."""
    return {
        "types_without_rule": [{"type": name, "resources": number} for name, number in by_type(report.without_rule)],
        "undecided_resources": [
            {"address": each.address, "path": _posix(each.path), "unit": _posix(each.unit)}
            for each in undecided_throughout(report)
        ],
    }


def _cause(waiting: Waiting) -> dict[str, object]:
    """A value that undecided results wait for; their findings name its `id`."""
    cause, findings = waiting
    return {
        "id": cause.id,
        "kind": cause.kind,
        "name": cause.name,
        "reason": cause.why,
        "settle": cause.settle,
        "location": _location(cause.span) if cause.span.path else None,
        "findings": len(findings),
        "rules": sorted({each.rule.slug for each in findings}),
        "resources": sorted({one.address for each in findings for one in each.instances if one.address}),
    }


def _held(each: Held) -> dict[str, str]:
    return {"rule": each.slug, "address": each.address, "path": _posix(each.path), "unit": _posix(each.unit)}


def _severities(numbers: Mapping[Severity, int]) -> dict[str, int]:
    return {each.value: numbers.get(each, 0) for each in SCALES}


def _item(item: Item) -> dict[str, object]:
    """Findings with one cause. `findings` are their fingerprints, the most severe first."""
    return {
        "id": item.id,
        "kind": item.kind,
        "heading": item.heading or item.first.rule.title,
        "severity": item.first.severity.value,
        "findings": [each.fault for each in item.findings],
    }


def _section(section: Section, by: GroupBy) -> dict[str, object]:
    return {"by": by.value, "name": _posix(section.name), "findings": [each.fault for each in section.findings]}


def _finding(finding: Finding, item: str | None, sources: Sources) -> dict[str, object]:
    suppressed = finding.suppressed
    return {
        "rule": finding.rule.slug,
        "pillar": finding.rule.pillar,
        "best_practices": list(finding.rule.practices),
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "verdict": finding.verdict,
        "message": finding.message,
        "resource": {"address": finding.address, "type": finding.type},
        "location": _location(finding.span),
        "related": _related(finding),
        "environments": list(finding.environments),
        "fingerprint": finding.fault,
        "item": item,
        "instances": [_instance(each) for each in finding.instances],
        "suppressed": None if suppressed is None else {"reason": suppressed.reason, "source": suppressed.source},
        "cause": None if finding.waits_for is None else finding.waits_for.id,
        "fix": None if finding.fix is None else _fix(finding.fix, sources),
        "no_fix": finding.no_fix,
    }


def _instance(instance: Finding) -> dict[str, object]:
    """One instance of a finding. `environments` are the names of those in which it occurs."""
    return {
        "address": instance.address,
        "unit": _posix(instance.unit),
        "environments": list(instance.environments),
        "related": _related(instance),
        "fingerprint": instance.fingerprint,
    }


def _related(finding: Finding) -> list[dict[str, object]]:
    return [
        {"path": _posix(step.span.path), "start_line": step.span.start_line, "message": step.note}
        for step in finding.related
        if step.span.path
    ]


def _fix(fix: Fix, sources: Sources) -> dict[str, object]:
    """The edits are in order and do not overlap; their lines and columns are those of the file as it was read."""
    edits: list[dict[str, object]] = []
    for path, start, end, text in fix.edits:
        (start_line, start_column), (end_line, end_column) = sources.position(path, start), sources.position(path, end)
        place = {"start_line": start_line, "start_column": start_column, "end_line": end_line, "end_column": end_column}
        edits.append({"path": _posix(path), **place, "new_text": text})
    return {"safe": fix.safe, "title": fix.title, "edits": edits}


def _location(span: Span) -> dict[str, object]:
    return {
        "path": _posix(span.path),
        "start_line": span.start_line,
        "start_column": span.start_column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _error(error: WaIacError) -> dict[str, object]:
    path = None if error.path is None else _posix(error.path)
    return {"path": path, "line": error.line, "message": error.message}


def _posix(path: str) -> str:
    return path.replace(os.sep, "/")
