"""What changed since an earlier review, or since an earlier report of `check --format json`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from wa_iac.core.errors import UsageError

from .evidence import Review

_REVIEW: Final = "wa-iac/review/1"
_REPORT: Final = "wa-iac/report/1"


class Moved(NamedTuple):
    """A practice with another standing than before."""

    id: str
    before: str
    after: str


class Gone(NamedTuple):
    """A finding that is no longer there; `place` is where it was."""

    fault: str
    rule: str
    place: str


class Changes(NamedTuple):
    """The difference to an earlier review. `new` are the fingerprints of new findings. A report has no standings of practices: `practices` is
    then empty."""

    practices: tuple[Moved, ...]
    new: tuple[str, ...]
    gone: tuple[Gone, ...]


class Before(NamedTuple):
    """An earlier document: the standing of each practice, and the findings by fingerprint."""

    standings: Mapping[str, str]
    findings: Mapping[str, Gone]


def changes(review: Review, before: Before) -> Changes:
    """The changes since an earlier document."""
    now = {each.fault: each for each in review.report.failing()}
    moved = (
        Moved(each.id, before.standings[each.id], each.standing)
        for each in review.practices
        if before.standings.get(each.id, each.standing) != each.standing
    )
    return Changes(
        tuple(moved),
        tuple(fault for fault in now if fault not in before.findings),
        tuple(each for fault, each in before.findings.items() if fault not in now),
    )


def read(path: Path) -> Before:
    """An earlier document from its file. Raises `UsageError` if that is neither a review nor a report in JSON."""
    try:
        document = json.loads(path.read_bytes())
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", path=str(path)) from error
    except ValueError as error:
        raise UsageError(
            "is not JSON: --since needs the output of review or check with --format json", path=str(path)
        ) from error
    schema = document.get("schema") if isinstance(document, dict) else None
    try:
        if schema == _REVIEW:
            practices = [each for one in document["pillars"] for each in _practices(one)]
            standings = {str(each["id"]): str(each["standing"]) for each in practices}
            return Before(standings, {each.fault: each for one in practices for each in _findings_of(one)})
        if schema == _REPORT:
            return Before({}, {each.fault: each for each in _findings(document)})
    except (KeyError, TypeError, IndexError) as error:
        raise UsageError(f"is not a whole document of the schema {schema}", path=str(path)) from error
    raise UsageError(f"--since needs a document of the schema {_REVIEW} or {_REPORT}", path=str(path))


def _practices(pillar: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for question in pillar["questions"]:
        yield from question["best_practices"]


def _findings_of(practice: Mapping[str, Any]) -> Iterator[Gone]:
    for each in practice["evidence"]:
        if each["verdict"] == "fail":
            place = each["places"][0]
            yield Gone(str(each["finding"]), str(each["rule"]), f"{place['path']}:{place['line']}")


def _findings(report: Mapping[str, Any]) -> Iterator[Gone]:
    for each in report["findings"]:
        if each["verdict"] == "fail" and each["suppressed"] is None:
            place = each["location"]
            yield Gone(str(each["fingerprint"]), str(each["rule"]), f"{place['path']}:{place['start_line']}")
