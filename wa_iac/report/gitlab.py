"""The report for GitLab's Code Quality: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format

GitLab hides the second of two entries with the same fingerprint, and finds a file by its path from the repository's root.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from wa_iac.core.errors import WaIacError
from wa_iac.core.finding import Finding, Report, fingerprint

from . import not_judged
from .encode import dumps
from .listing import NAMED, also, gravest_first, listed, one_line, remedy, subject, whole_message
from .paths import Uris
from .severity import NOT_JUDGED_GITLAB, SCALES, UNDECIDED_GITLAB, GitLabSeverity


def render(report: Report, *, show_unknown: bool, root: Path | None) -> str:
    """The report as JSON text: unchecked files, then the findings, the most severe first. Paths are relative to `root`."""
    uris = Uris(root)
    entries = [_error(each, uris) for each in report.mistakes()]
    entries += [_finding(each, uris) for each in gravest_first(listed(report, show_unknown=show_unknown))]
    _distinct(entries)
    return dumps(entries, items=len(entries))


def _finding(finding: Finding, uris: Uris) -> dict[str, object]:
    severity = SCALES[finding.severity].gitlab if finding.verdict == "fail" else UNDECIDED_GITLAB
    named = f"{subject(finding)}: " if finding.address else ""
    fix = remedy(finding)  # several lines would not be readable as one
    others = f" Also: {others}." if (others := also(finding, NAMED)) else ""
    description = f"{named}{one_line(whole_message(finding))}{others}" + (
        f" Fix: {fix.strip()}" if fix and "\n" not in fix else ""
    )
    path, span = uris.path(finding.span.path), finding.span
    return _entry(finding.rule.slug, severity, description, finding.fault, path, span.start_line, span.end_line)


def _error(error: WaIacError, uris: Uris) -> dict[str, object]:
    path = uris.path(error.path) if error.path else "."
    identity = fingerprint(not_judged.SLUG, path, one_line(error.message), 1)
    line = error.line or 1
    return _entry(not_judged.SLUG, NOT_JUDGED_GITLAB, one_line(error.message), identity, path, line, line)


def _entry(
    slug: str, severity: GitLabSeverity, description: str, identity: str, path: str, begin: int, end: int
) -> dict[str, object]:
    return {
        "description": description,
        "check_name": slug,
        "fingerprint": identity,
        "severity": severity,
        "location": {"path": path, "lines": {"begin": begin, "end": end}},
    }


def _distinct(entries: list[dict[str, object]]) -> None:
    """Number the fingerprints that occur more than once."""
    seen: Counter[object] = Counter()
    for each in entries:
        seen[each["fingerprint"]] += 1
        if (number := seen[each["fingerprint"]]) > 1:
            each["fingerprint"] = fingerprint(str(each["check_name"]), str(each["fingerprint"]), "", number)
