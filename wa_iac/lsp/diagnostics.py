"""From a judgement to what an editor shows, file by file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from lsprotocol import types

from wa_iac.core import files
from wa_iac.core.errors import UnavailableError, WaIacError
from wa_iac.core.finding import Finding
from wa_iac.core.rule import Rule
from wa_iac.report.listing import also
from wa_iac.report.practices import Practice, practice
from wa_iac.report.severity import SCALES, UNDECIDED
from wa_iac.report.text import NAMED, safe

from .positions import Lines, Texts
from .units import Judged, absolute

SOURCE: Final = "wa-iac"
_LONGEST: Final = 1_000_000
"""Bytes read of a file only to show an error in it."""


class Shown(NamedTuple):
    """A diagnostic and what it comes from: a finding, or None for an error."""

    diagnostic: types.Diagnostic
    finding: Finding | None


def practices(rule: Rule) -> Iterator[Practice]:
    """The best practices of a rule that have a page, the nearest first."""
    return (each for each in map(practice, rule.practices) if each.url)


def shown(
    judged: Judged, opened: Iterable[Path], uri: Callable[[Path], str], *, encoding: str, show_unknown: bool
) -> dict[Path, list[Shown]]:
    """What is to be shown in each file, resolved.

    Args:
        opened: the open files of the unit: what has no place of its own is shown in them.
        uri: gives the address by which the editor knows a file.
        encoding: the editor's unit of positions.
    """
    texts = Texts(judged.sources, encoding)
    # An open file without findings is told of, too: its last ones are over.
    result: dict[Path, list[Shown]] = {path: [] for path in opened}
    for finding in judged.findings:
        if finding.suppressed is None and (show_unknown or finding.verdict == "fail"):
            diagnostic = _of_finding(finding, texts, uri)
            result.setdefault(absolute(finding.span.path), []).append(Shown(diagnostic, finding))
    for error in judged.errors:
        for path, diagnostic in _of_error(error, judged, list(opened), texts):
            result.setdefault(path, []).append(Shown(diagnostic, None))
    return result


def _of_finding(finding: Finding, texts: Texts, uri: Callable[[Path], str]) -> types.Diagnostic:
    page = next(practices(finding.rule), None)
    others = f" Also: {others}." if (others := also(finding, NAMED)) else ""
    where = f" In {', '.join(finding.environments)}." if finding.environments else ""
    related = [
        types.DiagnosticRelatedInformation(
            types.Location(uri(absolute(step.span.path)), texts.range(step.span)), safe(step.note)
        )
        for step in finding.related
        if step.span.path
    ]
    return types.Diagnostic(
        range=texts.range(finding.span),
        severity=types.DiagnosticSeverity(SCALES[finding.severity].editor if finding.verdict == "fail" else UNDECIDED),
        code=finding.rule.slug,
        code_description=types.CodeDescription(page.url) if page is not None else None,
        source=SOURCE,
        message=safe(f"{finding.message.strip()}{others}{where}"),
        related_information=related or None,
        data={"fingerprint": finding.fault, "address": safe(finding.address)},
    )


def _of_error(error: WaIacError, judged: Judged, opened: list[Path], texts: Texts) -> Iterator[tuple[Path, types.Diagnostic]]:
    """An error where it is: at its line, in its file; else at the top of the open files, with its place in words."""
    known = error.path is not None and (error.path in judged.sources or os.path.isfile(absolute(error.path)))
    severity = types.DiagnosticSeverity.Error
    if isinstance(error, UnavailableError):
        severity = types.DiagnosticSeverity.Information
    if error.path is not None and known:
        path = absolute(error.path)
        line = error.line or 1
        lines = texts.of(error.path) if error.path in judged.sources else _on_disk(path, texts)
        yield path, types.Diagnostic(lines.rest(line, error.column), safe(error.message), severity, source=SOURCE)
        if not judged.refused:
            return
        opened = [each for each in opened if each != path]
    message = safe(f"nothing is judged here: {error}" if judged.refused else str(error))
    for path in opened:
        yield path, types.Diagnostic(types.Range(types.Position(0, 0), types.Position(0, 1)), message, severity, source=SOURCE)


def _on_disk(path: Path, texts: Texts) -> Lines:
    """The lines of a file that was not taken in: settings, or what cannot be read."""
    try:
        return Lines(files.beginning(path, _LONGEST), texts.encoding)
    except OSError:
        return Lines(b"", texts.encoding)
