"""The report of a fleet as JSON, in the public schema `wa-iac/fleet/1`: other programs rely on its names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from wa_iac import __version__
from wa_iac.report.encode import dumps

from .record import Record
from .sums import Sum, Sums
from .trend import KINDS, Trend

SCHEMA: Final = "wa-iac/fleet/1"
_OF_ENTRY: Final = (
    "path", "team", "state", "signal", "why", "exit_code", "mistakes", "notes", "files", "resources", "rules", "findings",
    "undecided", "accepted", "advice", "milder", "seconds", "by_settings", "version",
)  # fmt: skip


def as_json(sums: Sums) -> str:
    """The report as JSON text. It begins with what was not read; a team without a name stands for files that nobody owns."""
    document: dict[str, Any] = {
        "schema": SCHEMA,
        "tool": {"name": "wa-iac", "version": __version__},
        "complete": not sums.is_partial,
        "unread": [{"entry": name, "state": state, "errors": errors, "why": why} for name, state, why, errors in sums.unread],
        "run": _run(sums.record),
        "summary": {
            "entries": len(sums.record.parts),
            "read": sum(each["state"] == "done" for each in sums.entries),
            **{name: sums.total(name) for name in ("files", "resources", "advice", "milder")},
            "findings": sums.whole.findings,
            "undecided": sums.whole.undecided,
            "accepted": sums.accepted,
            "shared": sums.shared,
            "severities": dict(sums.whole.severities),
        },
        "by_pillar": _listed("pillar", sums.by_pillar),
        "by_practice": _listed("practice", sums.by_practice),
        "by_rule": _listed("rule", sums.by_rule),
        "by_team": _listed("team", sums.by_team),
        "by_entry": _listed("entry", sums.by_entry),
        "entries": [{"entry": each["entry"], **{name: each[name] for name in _OF_ENTRY}} for each in sums.entries],
        **({} if sums.trend is None else {"trend": _trend(sums.trend)}),
    }
    return dumps(document, items=len(sums.entries))


def _run(record: Record) -> dict[str, Any]:
    names = ("run", "version", "options", "started", "finished", "stopped")
    return {name: getattr(record, name) for name in names}


def _listed(key: str, found: Sequence[Sum]) -> list[dict[str, Any]]:
    return [
        {
            key: each.name,
            "severities": dict(each.severities),
            "findings": each.findings,
            "undecided": each.undecided,
            "entries": each.entries,
        }
        for each in found
    ]


def _trend(trend: Trend) -> dict[str, Any]:
    return {
        "against": _run(trend.before),
        "entries_compared": trend.compared,
        "counts": {kind: {"findings": trend.number(kind), "severities": dict(trend.counts.get(kind, {}))} for kind in KINDS},
        "by_team": [{"team": name, **{kind: counts.get(kind, 0) for kind in KINDS}} for name, counts in trend.by_team.items()],
        "changed": [each._asdict() for each in trend.changed],
        "entries_added": list(trend.added),
        "entries_removed": list(trend.removed),
        "entries_not_compared": list(trend.apart),
        "entries_compared_in_part": list(trend.in_part),
        "files_not_compared": [{"entry": entry, "path": path} for entry, path in trend.unread],
        "notes": list(trend.notes),
    }
