"""The report as workflow commands of GitHub Actions: each item an annotation at the line of its most severe finding.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
GitHub shows ten annotations of each type for a step. The log has all of them, the most severe first, so GitHub shows those.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Final, NamedTuple

from wa_iac.core.errors import WaIacError
from wa_iac.core.finding import Finding, Report

from . import not_judged
from .items import Item, items
from .listing import NAMED, also, label, listed, one_line, remedy, subject, whole_message
from .paths import Uris
from .severity import SCALES, UNDECIDED_ANNOTATION, Annotation
from .text import gaps, safe, safe_line, summary

SHOWN: Final = 10
"""Annotations of one type that GitHub shows for one step."""
_DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


class _Command(NamedTuple):
    """One annotation, with `properties` in the order of writing."""

    kind: Annotation
    properties: dict[str, str | int]
    message: str

    def __str__(self) -> str:
        properties = ",".join(f"{name}={safe(str(value)).translate(_PROPERTY)}" for name, value in self.properties.items())
        return f"::{self.kind} {properties}::{safe(self.message).translate(_DATA)}"


def render(report: Report, *, show_unknown: bool, root: Path | None) -> str:
    """One line for each error and item, then notes and a summary, for the log. Paths are relative to `root`."""
    uris = Uris(root)
    commands = [_error(each, uris) for each in report.mistakes()]
    commands += [_item(each, uris) for each in items(report, listed(report, show_unknown=show_unknown))]
    lines = [str(each) for each in commands]
    lines += [_logged(f"{each.level}: {each}") for each in report.notes()]
    lines += map(_logged, gaps(report))
    if any(number > SHOWN for number in Counter(each.kind for each in commands).values()):
        lines.append(_logged(f"GitHub shows {SHOWN} annotations of each type; all {len(commands):,} are in this log"))
    lines.append(_logged(summary(report, show_unknown=show_unknown)))
    return "\n".join(lines) + "\n"


def _item(item: Item, uris: Uris) -> _Command:
    """One annotation for an item, at the place of its most severe finding."""
    finding = item.first
    span = finding.span
    properties: dict[str, str | int] = {
        "file": uris.path(span.path),
        "line": span.start_line,
        "endLine": span.end_line,
    }
    if span.start_line == span.end_line:  # GitHub accepts columns only within one line
        properties |= {"col": span.start_column, "endColumn": span.end_column}
    more = f" and {len(item.findings) - 1:,} more" if len(item.findings) > 1 else ""
    properties["title"] = f"{finding.rule.slug}: {label(finding)}{more}"
    fix = remedy(finding)
    of_first = f" of {finding.rule.slug}" if more else ""
    others = also(finding, NAMED)
    parts = [
        item.heading,
        whole_message(finding),
        f"Resource: {subject(finding)}" if finding.address else "",
        f"Also: {others}" if others else "",
        *(_other(each, uris) for each in item.findings[1 : NAMED + 1]),
        f"And {len(item.findings) - NAMED - 1:,} more." if len(item.findings) > NAMED + 1 else "",
        f"Fix{of_first}:\n{fix}" if fix else "",
    ]
    kind = SCALES[finding.severity].annotation if finding.verdict == "fail" else UNDECIDED_ANNOTATION
    return _Command(kind, properties, "\n".join(filter(None, parts)))


def _other(finding: Finding, uris: Uris) -> str:
    """Another finding of an item."""
    where = f"{uris.path(finding.span.path)}:{finding.span.start_line}"
    return f"{where}: {finding.rule.slug}: {subject(finding)}: {whole_message(finding)}"


def _error(error: WaIacError, uris: Uris) -> _Command:
    places = {"file": uris.path(error.path) if error.path else None, "line": error.line, "col": error.column}
    properties: dict[str, str | int] = {name: value for name, value in places.items() if value is not None}
    return _Command("error", {**properties, "title": f"wa-iac: {not_judged.TITLE.lower()}"}, error.message.strip())


def _logged(text: str) -> str:
    """A line of the log that is not a command."""
    return f"wa-iac: {safe_line(one_line(text))}"
