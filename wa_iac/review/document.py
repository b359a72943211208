"""The review as JSON, in the public schema `wa-iac/review/1`: other programs rely on its names."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any, Final

from wa_iac import __version__
from wa_iac.core.errors import WaIacError
from wa_iac.core.finding import Cause
from wa_iac.report.coverage import by_type, undecided_throughout
from wa_iac.report.encode import dumps

from .evidence import STANDINGS, Evidence, PillarReview, Place, PracticeReview, Review
from .since import Changes
from .tasks import MOST, Task

SCHEMA: Final = "wa-iac/review/1"


def render(review: Review, found: Sequence[Task], changes: Changes | None) -> str:
    """The whole review as JSON text."""
    return dumps(document(review, found, changes), items=len(review.practices))


def document(review: Review, found: Sequence[Task], changes: Changes | None) -> dict[str, Any]:
    """The review as data.

    `first` has at most ten tasks, in the order in which to do them; `tasks` counts all. Lines count from 1.
    """
    report = review.report
    return {
        "schema": SCHEMA,
        "tool": {"name": "wa-iac", "version": __version__},
        "summary": report.summary(),
        "environments": review.environments,
        "pillars": [_pillar(each, review.environments) for each in review.pillars],
        "first": [_task(each) for each in found[:MOST]],
        "tasks": len(found),
        "coverage": {
            "types_without_rule": [{"type": name, "resources": number} for name, number in by_type(report.without_rule)],
            "undecided_resources": [
                {"address": each.address, "path": _posix(each.path), "unit": _posix(each.unit)}
                for each in undecided_throughout(report)
            ],
        },
        "errors": [_error(each) for each in report.mistakes()],
        "notes": [_error(each) for each in report.notes()],
        **({} if report.by_settings is None else {"settings": report.by_settings._asdict()}),
        **({} if changes is None else {"changes": _changes(changes)}),
    }


def _pillar(pillar: PillarReview, environments: Sequence[str]) -> dict[str, Any]:
    standings = pillar.standings
    return {
        "pillar": pillar.pillar,
        "practices": {"judged": pillar.judged, **{each: standings[each] for each in STANDINGS}},
        "questions": [
            {
                "id": question.partition(" ")[0],
                "title": question.partition(" ")[2],
                "best_practices": [_practice(each, environments) for each in practices],
            }
            for question, practices in pillar.questions
        ],
    }


def _practice(practice: PracticeReview, environments: Sequence[str]) -> dict[str, Any]:
    return {
        "id": practice.id,
        "title": practice.title,
        "url": practice.url,
        "risk": practice.risk.lower(),
        "standing": practice.standing,
        **({"environments": {each: practice.standing_in(each) for each in environments}} if environments else {}),
        "evidence": [_evidence(each) for each in practice.evidence],
        "settle": [_cause(each) for each in practice.causes],
        "person": practice.by_person,
        "why_nothing": practice.says_nothing,
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "verdict": evidence.verdict,
        "rule": evidence.rule.slug,
        "severity": None if evidence.severity is None else evidence.severity.value,
        "text": evidence.text,
        "places": [_place(each) for each in evidence.places],
        "finding": evidence.fault or None,
        "cause": None if evidence.cause is None else evidence.cause.id,
        "environments": sorted(evidence.environments),
    }


def _place(place: Place) -> dict[str, Any]:
    return {"address": place.address, "path": _posix(place.path), "line": place.line, "unit": _posix(place.unit)}


def _cause(cause: Cause) -> dict[str, Any]:
    return {
        "id": cause.id,
        "name": cause.name,
        "reason": cause.why,
        "settle": cause.settle,
        "path": _posix(cause.span.path) or None,
        "line": cause.span.start_line if cause.span.path else None,
    }


def _task(task: Task) -> dict[str, Any]:
    return {
        "id": task.id,
        "title": task.title,
        "impact": task.impact.value,
        "effort": task.effort.value,
        "effort_reason": task.work.reason,
        "severity": task.severity.value,
        "risk": task.risk.lower(),
        "entry_points": list(task.entry_points),
        "rules": list(dict.fromkeys(each.rule.slug for each in task.findings)),
        "findings": [each.fault for each in task.findings],
    }


def _changes(changes: Changes) -> dict[str, Any]:
    return {
        "practices": [{"id": each.id, "before": each.before, "after": each.after} for each in changes.practices],
        "new": list(changes.new),
        "gone": [{"finding": each.fault, "rule": each.rule, "place": each.place} for each in changes.gone],
    }


def _error(error: WaIacError) -> dict[str, Any]:
    return {"path": None if error.path is None else _posix(error.path), "line": error.line, "message": error.message}


def _posix(path: str) -> str:
    return path.replace(os.sep, "/")
