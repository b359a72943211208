"""The report as SARIF 2.1.0, written for what GitHub code scanning reads and refuses.

GitHub takes at most 25,000 results in a run, keeps 5,000 of them, wants paths from the repository's root, knows an alert by
`primaryLocationLineHash` alone and ignores `suppressions`: what is suppressed is therefore left out. It keeps one copy of a
rule's text for all repositories, so nothing in a rule depends on the results.

Import this module only where SARIF is asked for: sarif-om takes as long to import as the whole rest.
"""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import sarif_om as om

from wa_iac import __version__
from wa_iac.core.errors import UnavailableError, WaIacError
from wa_iac.core.finding import Finding, Report
from wa_iac.core.fix import Edit, Fix
from wa_iac.core.rule import Rule
from wa_iac.core.value import Span, Step

from .encode import dumps
from .fingerprint import line_hashes
from .paths import Uris
from .sarif_rules import descriptor
from .sarif_serializer import default
from .severity import SCALES
from .sources import Sources

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
FRAMEWORK: Final = "https://docs.aws.amazon.com/wellarchitected/latest/framework/welcome.html"
"""What all findings refer to: the page that a viewer opens for the tool."""
MAX_RESULTS: Final = 25_000
"""GitHub refuses a run with more."""
_ROOT: Final = "%SRCROOT%"
_BRACKET: Final = re.compile(r"([\[\]\\])")
_ESCAPED: Final = r"\\\1"


def render(report: Report, *, show_unknown: bool, root: Path | None) -> str:
    """The whole report as SARIF text: one run, the worst first.

    `root` is the directory that URIs are relative to, the working directory where it is None; files outside of it get `file:`
    URIs. Undecided verdicts are left out unless `show_unknown`, and are then results of kind `open`.
    """
    wanted = [each for each in report.findings if each.suppressed is None and (show_unknown or each.verdict == "fail")]
    # GitHub says that it keeps the gravest, users that it keeps the first: so the gravest are first.
    wanted.sort(key=lambda each: (each.verdict == "unknown", -each.severity.rank))
    listed = wanted[:MAX_RESULTS]
    rules = sorted({each.rule.slug: each.rule for each in listed}.values(), key=lambda each: each.slug)
    results = _Results(report, rules, Uris(root))
    notifications = [results.notification(each) for each in report.errors]
    if len(wanted) > len(listed):
        text = f"Only the gravest {len(listed):,} of {len(wanted):,} findings are in this file: GitHub refuses more."
        notifications.append(om.Notification(om.Message(text=text), level="warning"))
    run = om.Run(
        om.Tool(
            om.ToolComponent(
                "wa-iac",
                full_name="wa-iac: CloudFormation and Terraform against the AWS Well-Architected Framework",
                version=__version__,
                semantic_version=__version__,
                information_uri=FRAMEWORK,
                rules=[descriptor(each) for each in rules],
            )
        ),
        # A report was made, so the run was one: GitHub refuses a file that says otherwise. What was not read is told here.
        invocations=[om.Invocation(True, tool_execution_notifications=notifications)],
        original_uri_base_ids={_ROOT: om.ArtifactLocation(description=om.Message(text="The root of the repository."))},
        column_kind="utf16CodeUnits",
        results=[results.result(each) for each in listed],
    )
    return dumps(om.SarifLog([run], "2.1.0", schema_uri=SCHEMA), items=len(listed), default=default)


class _Results:
    """Makes results; each file is split, hashed and resolved once."""

    def __init__(self, report: Report, rules: list[Rule], uris: Uris) -> None:
        self._sources = Sources(report.sources)
        self._uris = uris
        self._index = {each.slug: index for index, each in enumerate(rules)}
        self._hashes: dict[str, list[str]] = {}

    def result(self, finding: Finding) -> Any:
        steps = [each for each in finding.related if each.span.path]
        location = self._location(finding.span)
        if finding.address:
            name = om.LogicalLocation(fully_qualified_name=finding.address, kind="resource")
            location.logical_locations = [name]
        decided = finding.verdict == "fail"
        return om.Result(
            om.Message(text=_message(finding, steps)),
            rule_id=finding.rule.slug,
            rule_index=self._index[finding.rule.slug],
            kind="fail" if decided else "open",
            # SARIF allows no other level where the kind is not `fail`.
            level=SCALES[finding.severity].level if decided else "none",
            locations=[location],
            related_locations=[self._related(each, number) for number, each in enumerate(steps, 1)] or None,
            partial_fingerprints=self._fingerprints(finding),
            occurrence_count=finding.instances if finding.instances > 1 else None,
            fixes=[self._fix(finding.fix)] if finding.fix is not None else None,
        )

    def _fix(self, fix: Fix) -> Any:
        """GitHub passes over fixes; editors and other viewers offer them."""
        changes = [
            om.ArtifactChange(self._artifact(path), [self._replacement(each) for each in edits])
            for path, edits in groupby(fix.edits, key=lambda each: each.path)
        ]
        unsafe = f" Look first: {fix.unsafe_because}." if fix.unsafe_because else ""
        return om.Fix(changes, description=om.Message(text=_plain(f"{fix.title}.{unsafe}")))

    def _replacement(self, edit: Edit) -> Any:
        (line, column), (end_line, end_column) = (
            self._sources.position(edit.path, byte) for byte in (edit.start_byte, edit.end_byte)
        )
        region = om.Region(
            start_line=line,
            start_column=self._sources.utf16_column(edit.path, line, column),
            end_line=end_line,
            end_column=self._sources.utf16_column(edit.path, end_line, end_column),
        )
        return om.Replacement(region, inserted_content=om.ArtifactContent(text=edit.new_text))

    def _related(self, step: Step, number: int) -> Any:
        location = self._location(step.span)
        location.id = number
        location.message = om.Message(text=_plain(step.note))
        return location

    def _location(self, span: Span) -> Any:
        region = om.Region(
            start_line=span.start_line,
            start_column=self._sources.utf16_column(span.path, span.start_line, span.start_column),
            end_line=span.end_line,
            end_column=self._sources.utf16_column(span.path, span.end_line, span.end_column),
        )
        return om.Location(physical_location=om.PhysicalLocation(artifact_location=self._artifact(span.path), region=region))

    def _artifact(self, path: str) -> Any:
        uri, relative = self._uris.of(path)
        return om.ArtifactLocation(uri=uri, uri_base_id=_ROOT if relative else None)

    def _fingerprints(self, finding: Finding) -> dict[str, str]:
        path, line = finding.span.path, finding.span.start_line
        if path not in self._hashes:
            self._hashes[path] = line_hashes(self._sources.text(path)) if path in self._sources else []
        hashes = self._hashes[path]
        found = {"primaryLocationLineHash": hashes[line - 1]} if 1 <= line <= len(hashes) else {}
        return {**found, "waIacFingerprint/v1": finding.fingerprint}

    def notification(self, error: WaIacError) -> Any:
        location = None
        if error.path:
            physical = om.PhysicalLocation(artifact_location=self._artifact(error.path))
            if error.line is not None:
                physical.region = om.Region(start_line=error.line)
                if error.column is not None:
                    physical.region.start_column = self._sources.utf16_column(error.path, error.line, error.column)
            location = om.Location(physical_location=physical)
        return om.Notification(
            om.Message(text=_plain(error.message)),
            level="note" if isinstance(error, UnavailableError) else "error",
            locations=[location] if location is not None else None,
        )


def _message(finding: Finding, steps: list[Step]) -> str:
    """The message, and a link to each place the value came through: `[text](1)` leads to the related location 1."""
    text = _plain(finding.message)
    if finding.environments:
        text += f" In {_plain(', '.join(finding.environments))}."
    if steps:
        links = (f"[{_BRACKET.sub(_ESCAPED, _unquoted(step.note))}]({number})" for number, step in enumerate(steps, 1))
        text += f" See {', '.join(links)}."
    return text


def _plain(text: str) -> str:
    """Text without links: `](` in it would make one. Other brackets stay, since few viewers take the backslash away again."""
    return _unquoted(text).replace("](", "\\](")


def _unquoted(text: str) -> str:
    """GitHub reads some Markdown in messages, and backquotes vanish."""
    return text.strip().replace("`", "'")
