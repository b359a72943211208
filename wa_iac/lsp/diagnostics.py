"""From a report to an editor's diagnostics, file by file."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

from wa_iac.core import files
from wa_iac.core.contain import contained
from wa_iac.core.errors import WaIacError
from wa_iac.core.finding import Finding, Report
from wa_iac.core.rule import Rule
from wa_iac.report.items import Item, items
from wa_iac.report.listing import NAMED, also
from wa_iac.report.practices import Practice, practice
from wa_iac.report.remedy import Advice
from wa_iac.report.remedy import remedy as advice_of
from wa_iac.report.severity import SCALES, UNDECIDED
from wa_iac.report.text import safe

from .plain import ERROR, HINT, INFORMATION, WARNING, Position, Range, RelatedPlace, Shown
from .positions import Lines, Texts
from .targets import absolute
from .units import Judged

MOST: Final = 1000
"""Diagnostics shown in one file; an editor cannot show more, and nobody can read them."""
MOST_OF_UNIT: Final = 10_000
"""Diagnostics shown for one unit."""
_TOP: Final = Range(Position(0, 0), Position(0, 1))
_LONGEST: Final = 1_000_000
"""Bytes read of a file only to show an error in it."""
_LONGEST_MESSAGE: Final = 5000
"""Characters of a message, since names in it may be of any length."""
_MOST_RELATED: Final = 50
"""Related places of one diagnostic."""
_MANY: Final = 100
"""With more diagnostics than this in one file, each has fewer related places, since sending very many takes long."""
_FEW_RELATED: Final = 5


def practices(rule: Rule) -> Iterator[Practice]:
    """The best practices of a rule that have a page, the closest first."""
    return (each for each in map(practice, rule.practices) if each.url)


def shown(
    judged: Judged, opened: Iterable[Path], uri: Callable[[Path], str], *, encoding: str, show_unknown: bool
) -> dict[Path, list[Shown]]:
    """The diagnostics for each resolved file. One that cannot be shown is replaced by an error.

    Args:
        opened: the open files of the unit, which show errors without a place.
        uri: returns the editor's address of a file.
        encoding: the editor's unit of positions.
    """
    texts = Texts(judged.sources, encoding)
    opened = list(opened)
    # Open files without findings are included, so that their old findings disappear.
    result = _Files({path: [] for path in opened})
    pages: dict[tuple[object, ...], str] = {}
    failed: list[WaIacError] = []
    together = {} if judged.report is None else _together(judged.report, judged.findings)

    def of_finding(finding: Finding) -> tuple[Path, Shown]:
        path = absolute(finding.span.path)
        related = _FEW_RELATED if result.number(path) >= _MANY else _MOST_RELATED
        made = _of_finding(finding, texts, uri, pages, related)
        return path, _as_part(made, finding, together.get(id(finding)))

    for finding in judged.findings:
        if finding.suppressed is None and (show_unknown or finding.verdict == "fail"):
            make = partial(of_finding, finding)
            made = contained(finding.span.path, make, failed.append, doing=f"showing {finding.rule.slug} in")
            if made is not None:
                result.add(*made)
    for error in [*judged.errors, *failed]:
        place = contained("", partial(_of_error, error, judged, opened, texts), failed.append, doing="showing an error in")
        # An error whose place cannot be found appears at the top.
        for path, each in [(path, _at_top(error, judged)) for path in opened] if place is None else place:
            result.add(path, each)
    return result.ended()


def _together(report: Report, findings: list[Finding]) -> dict[int, Item]:
    """The item of each finding that shares a convention or a cause with others. An editor shows the findings on one resource
    next to each other anyway."""
    found = items(report, findings)
    return {id(each): item for item in found if item.kind in ("convention", "cause") for each in item.findings}


def _as_part(shown: Shown, finding: Finding, item: Item | None) -> Shown:
    """A diagnostic that names its item. A convention that nothing follows is one statement, so all but its first diagnostic are
    hints, which editors show less prominently."""
    if item is None:
        return shown
    severity = HINT if item.everywhere and finding is not item.first else shown.severity
    heading = _from_root(item.heading, files.scan_root(absolute(finding.span.path)))
    return shown._replace(severity=severity, message=f"{shown.message} {_message(heading)}")


def _from_root(heading: str, root: Path) -> str:
    """A heading with paths that are relative to the repository, since an editor gives whole ones. One about the root itself names no place."""
    ended = re.sub(rf" in {re.escape(str(root))}(?=[,.](?: |$))", "", heading)
    return ended.replace(f"{root}{os.sep}", "")


class _Files:
    """The diagnostics of each file, within the limits."""

    def __init__(self, shown: dict[Path, list[Shown]]) -> None:
        self._shown = shown
        self._total = 0
        self._left_out: Counter[Path] = Counter()

    def number(self, path: Path) -> int:
        """The number of diagnostics in a file."""
        return len(self._shown.get(path, ()))

    def add(self, path: Path, each: Shown) -> None:
        here = self._shown.setdefault(path, [])
        if not each.code or (len(here) < MOST and self._total < MOST_OF_UNIT):
            here.append(each)
            self._total += 1
        else:
            self._left_out[path] += 1

    def ended(self) -> dict[Path, list[Shown]]:
        """All diagnostics, and a count of those left out."""
        for path, number in self._left_out.items():
            message = f"{number} more findings in this file are not shown here: `wa-iac check` lists them all"
            self._shown[path].append(Shown(_TOP, INFORMATION, message))
        return self._shown


def _of_finding(
    finding: Finding, texts: Texts, uri: Callable[[Path], str], pages: dict[tuple[object, ...], str], most_related: int
) -> Shown:
    nearest = next(practices(finding.rule), None)
    others = f" Also: {others}." if (others := also(finding, NAMED)) else ""
    where = f" In {', '.join(finding.environments)}." if finding.environments else ""
    remedy = advice_of(finding)
    key = (finding.rule.slug, finding.dialect, finding.severity, remedy)
    if key not in pages:  # one text for all its findings
        pages[key] = _page(finding, remedy)
    return Shown(
        range=texts.range(finding.span),
        severity=SCALES[finding.severity].editor if finding.verdict == "fail" else UNDECIDED,
        message=_message(f"{finding.message.strip()}{others}{where}"),
        code=finding.rule.slug,
        practice=str(nearest) if nearest is not None else "",
        href=nearest.url if nearest is not None else "",
        related=tuple(
            RelatedPlace(uri(absolute(step.span.path)), texts.range(step.span), _message(step.note))
            for step in finding.related[:most_related]
            if step.span.path
        ),
        mark=finding.fault,
        address=_message(finding.address),
        page=pages[key],
    )


def _page(finding: Finding, remedy: Advice) -> str:
    """A rule's page, with the remedy in the dialect of the code."""
    rule = finding.rule
    return "\n".join(
        [
            rule.body,
            "",
            "## Remedy",
            "",
            *(line for sentence in remedy.sentences for line in (sentence, "")),
            *([f"```{remedy.language}", remedy.code, "```", ""] if remedy.code else []),
            *(
                line
                for said, own in remedy.others
                for line in (said, *([f"```{remedy.language}", own, "```"] if own else []), "")
            ),
            *((remedy.held, "") if remedy.held else ()),
            f"`{rule.slug}`, {finding.severity}. " + " ".join(f"[{each}]({each.url})" for each in practices(rule)),
            "",
        ]
    )


def _message(text: str) -> str:
    return safe(text if len(text) <= _LONGEST_MESSAGE else f"{text[:_LONGEST_MESSAGE]}...")


def _of_error(error: WaIacError, judged: Judged, opened: list[Path], texts: Texts) -> list[tuple[Path, Shown]]:
    """An error at its line in its file, or else at the top of the open files, with its place in words."""
    found = []
    known = error.path is not None and (error.path in judged.sources or os.path.isfile(absolute(error.path)))
    if error.path is not None and known:
        path = absolute(error.path)
        lines = texts.of(error.path) if error.path in judged.sources else _on_disk(path, texts)
        place = lines.rest(error.line or 1, error.column)
        found.append((path, Shown(place, _severity(error), _message(error.message))))
        if not judged.refused:
            return found
        opened = [each for each in opened if each != path]
    return [*found, *((path, _at_top(error, judged)) for path in opened)]


def _at_top(error: WaIacError, judged: Judged) -> Shown:
    return Shown(_TOP, _severity(error), _message(f"nothing is checked here: {error}" if judged.refused else str(error)))


def _severity(error: WaIacError) -> int:
    return {"error": ERROR, "warning": WARNING, "note": INFORMATION}[error.level]


def _on_disk(path: Path, texts: Texts) -> Lines:
    """The lines of a file outside the unit: settings, or an unreadable file."""
    try:
        return Lines(files.beginning(path, _LONGEST), texts.encoding)
    except OSError:
        return Lines(b"", texts.encoding)
