"""From the report on one entry to the rows of the tables."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from wa_iac import __version__
from wa_iac.core.errors import WaIacError, mistakes
from wa_iac.core.finding import Finding, Report
from wa_iac.core.rule import Severity
from wa_iac.report.listing import listed
from wa_iac.report.paths import Uris

from .owners import Owners
from .plan import Job, repository

Tables = dict[str, list[dict[str, Any]]]


def of_report(job: Job, run: str, report: Report, fail_on: Severity, root: Path, seconds: float) -> Tables:
    """The rows of a report. `root` is the entry's repository, whose CODEOWNERS says whose a finding is unless the list does."""
    places = Uris(root, Path.cwd())
    owners = Owners() if job.entry.team else Owners.of(root)

    def team(finding: Finding) -> str:
        return job.entry.team or ", ".join(owners.of_file(places.path(finding.span.path)))

    numbers: Counter[str] = Counter()
    tables: Tables = {"findings": [], "undecided": []}
    for each in listed(report, show_unknown=True, show_suppressed=True):
        row = {**_common(job, each), "team": team(each)}
        if each.verdict == "fail":
            row |= _of_finding(each, places.path(each.span.path))
        else:
            row |= _of_undecided(each)
        identity = each.fault + each.verdict + str(row["accepted"])
        numbers[identity] += 1
        tables["findings" if each.verdict == "fail" else "undecided"].append({**row, "number": numbers[identity]})
    summary = report.summary()
    read = bool(report.sources) or not report.mistakes()
    row = {
        **_entry(job, run, seconds),
        "state": "done" if read else "failed",
        "exit_code": report.exit_code(fail_on),
        "findings": summary["fail"],
        "accepted": summary["suppressed"],
        "notes": len(report.notes()),
        "mistakes": summary["errors"],
        "by_settings": "" if report.by_settings is None else str(report.by_settings),
        **{name: summary[name] for name in ("files", "resources", "rules", "advice", "milder")},
        "undecided": summary["unknown"],
        "why": _first(report.mistakes()),
    }
    return {**tables, "errors": _errors(job, report.errors), "entries": [row]}


def of_failure(job: Job, run: str, errors: Sequence[WaIacError], seconds: float) -> Tables:
    """The rows of an entry without a report."""
    row = {**_entry(job, run, seconds), "state": "failed", "mistakes": len(mistakes(errors)), "why": _first(errors)}
    return {"errors": _errors(job, errors), "entries": [row]}


def of_killed(job: Job, run: str, signal: str, why: str, seconds: float) -> Tables:
    """The rows of an entry whose process ended before it had a result. `signal` is its name, or empty if it ended by itself."""
    return {"entries": [{**_entry(job, run, seconds), "state": "killed", "signal": signal, "mistakes": 1, "why": why}]}


def _entry(job: Job, run: str, seconds: float) -> dict[str, Any]:
    """The row of an entry of which nothing was read."""
    numbers = ("files", "resources", "rules", "findings", "accepted", "advice", "milder", "undecided", "mistakes", "notes")
    return {
        "entry": job.entry.name,
        "path": str(job.entry.path),
        "repository": str(repository(job.entry.path)),
        "team": job.entry.team,
        "key": job.key,
        "run": run,
        "signal": "",
        "why": "",
        "exit_code": 2,
        **dict.fromkeys(numbers, 0),
        "seconds": round(seconds, 3),
        "by_settings": "",
        "version": __version__,
    }


def _common(job: Job, each: Finding) -> dict[str, Any]:
    return {
        "entry": job.entry.name,
        "fault": each.fault,
        "rule": each.rule.slug,
        "pillar": each.rule.pillar,
        "practices": list(each.rule.practices),
        "severity": each.severity.value,
        "message": each.message,
        "address": each.address,
        "type": each.type,
        "path": _posix(each.span.path),
        "line": each.span.start_line,
        "unit": _posix(each.unit),
        "environments": list(each.environments),
        "accepted": "" if each.suppressed is None else each.suppressed.source,
    }


def _of_finding(each: Finding, place: str) -> dict[str, Any]:
    return {
        "confidence": each.confidence.value,
        "dialect": each.dialect,
        "column": each.span.start_column,
        "instances": len(each.instances),
        "place": place,
        "reason": "" if each.suppressed is None else each.suppressed.reason,
    }


def _of_undecided(each: Finding) -> dict[str, Any]:
    waits = each.waits_for
    return {
        "cause": "" if waits is None else waits.name,
        "why": "" if waits is None else waits.why,
        "settle": "" if waits is None else waits.settle,
    }


def _errors(job: Job, errors: Iterable[WaIacError]) -> list[dict[str, Any]]:
    return [
        {
            "entry": job.entry.name,
            "level": each.level if each not in mistakes([each]) else "error",
            "kind": type(each).__name__,
            "message": each.message,
            "path": "" if each.path is None else _posix(each.path),
            "line": each.line,
            "column": each.column,
        }
        for each in errors
    ]


def _first(errors: Sequence[WaIacError]) -> str:
    return str(errors[0]) if errors else ""


def _posix(path: str) -> str:
    return path.replace(os.sep, "/")
