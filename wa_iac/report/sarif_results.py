"""The results of a SARIF run: findings and errors, with their locations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, Final

import sarif_om as om

from wa_iac.core.errors import WaIacError
from wa_iac.core.finding import Finding, Report, Suppression, fingerprint
from wa_iac.core.fix import Edit, Fix
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span
from wa_iac.core.value import Step

from . import not_judged
from .coverage import Held
from .github_line_hash import line_hashes
from .items import Item
from .listing import also, whole_message
from .paths import Uris
from .severity import SCALES, UNDECIDED_SARIF
from .sources import Sources

ROOT: Final = "%SRCROOT%"
_GITHUB: Final = "primaryLocationLineHash"
_NAMED: Final = 20
"""Instances named in a message, after the first; the properties contain all."""
_MOST_RELATED: Final = 10
"""Related places of a result. The message, which is one line, links each."""
_MOST_STEPS: Final = 100
"""Places of a code flow. GitHub shows up to a thousand, which nobody reads."""
_BRACKET: Final = late(r"([\[\]\\])")
_ESCAPED: Final = r"\\\1"


class Results:
    """Makes results; each file is split, hashed and resolved once. `slugs` are the rules of the run, in its order; `found` are
    the items of its findings."""

    def __init__(self, report: Report, slugs: Sequence[str], uris: Uris, found: Iterable[Item]) -> None:
        self._sources = Sources(report.sources, report.secrets)
        self._uris = uris
        self._index = {slug: index for index, slug in enumerate(slugs)}
        self._hashes: dict[str, list[str]] = {}
        self._items = {id(each): item for item in found if item.heading for each in item.findings}
        self._errors: Counter[str] = Counter()

    def finding(self, finding: Finding) -> Any:
        steps = _few(list(dict.fromkeys(each for each in finding.related if each.span.path)), _MOST_RELATED)
        location = self._location(finding.span)
        instances = finding.instances
        addresses = dict.fromkeys(each.address for each in instances if each.address)
        if addresses:
            location.logical_locations = [om.LogicalLocation(fully_qualified_name=each, kind="resource") for each in addresses]
        decided = finding.verdict == "fail"
        scale = SCALES[finding.severity]
        properties: dict[str, object] = {}
        if finding.graded is not None and finding.rule.pillar == "security":
            # GitHub shows a rule's security severity instead of the level; the result's own wins.
            properties["security-severity"] = scale.security
        if finding.waits_for is not None:
            properties["cause"] = {"id": finding.waits_for.id, "name": finding.waits_for.name, "reason": finding.waits_for.why}
        if len(instances) > 1:
            properties["instances"] = [self._instance(each) for each in instances]
        if (item := self._items.get(id(finding))) is not None:
            # SARIF's `correlationGuid` is for result management systems, and for results that are the same.
            properties["item"] = {"id": item.id, "heading": _plain(item.heading)}
        return om.Result(
            om.Message(text=_message(finding, steps)),
            rule_id=finding.rule.slug,
            rule_index=self._index[finding.rule.slug],
            kind="fail" if decided else "open",
            # SARIF allows no other level if the kind is not `fail`.
            level=scale.level if decided else UNDECIDED_SARIF,
            locations=[location],
            related_locations=[self._related(each, number) for number, each in enumerate(steps, 1)] or None,
            code_flows=self._code_flows(finding),
            partial_fingerprints={
                **self._alert(finding),
                "waIacFingerprint/v1": finding.fault,
            },
            suppressions=[_suppression(finding.suppressed)] if finding.suppressed is not None else None,
            occurrence_count=len(instances) if len(instances) > 1 else None,
            fixes=[self._fix(finding.fix)] if finding.fix is not None else None,
            properties=properties or None,
        )

    def passed(self, held: Held) -> Any:
        """A rule that holds. There is no line to look at."""
        location = om.Location(physical_location=om.PhysicalLocation(artifact_location=self._artifact(held.path)))
        if held.address:
            location.logical_locations = [om.LogicalLocation(fully_qualified_name=held.address, kind="resource")]
        return om.Result(
            om.Message(text=f"{_plain(held.address or held.unit)} keeps this rule."),
            rule_id=held.slug,
            rule_index=self._index[held.slug],
            kind="pass",
            level="none",
            locations=[location],
        )

    def _instance(self, instance: Finding) -> dict[str, object]:
        """One instance of a result: its address, root module or template, environments and fingerprint."""
        unit = self._uris.path(instance.unit) if instance.unit else ""
        names = list(instance.environments)
        return {"address": instance.address, "unit": unit, "environments": names, "fingerprint": instance.fingerprint}

    def _alert(self, finding: Finding) -> dict[str, str]:
        """The identity of an alert at GitHub: the line alone, if the value is written there. Values that are set elsewhere and
        take effect on one line may be several faults, each with its message."""
        own = self._line_hash(finding.span.path, finding.span.start_line)
        if not own or finding.cause is None:
            return own
        return {_GITHUB: f"{fingerprint(own[_GITHUB], finding.message)[:16]}:1"}

    def error(self, error: WaIacError) -> Any:
        """An error at its place; `error` has a path."""
        place = self._place(error)
        path = place.path
        identity = f"{path}\0{error.message}"
        self._errors[identity] += 1
        return om.Result(
            om.Message(text=_plain(error.message)),
            rule_id=not_judged.SLUG,
            rule_index=self._index[not_judged.SLUG],
            kind="fail",
            level="error",
            locations=[self._location(place)],
            partial_fingerprints={
                **self._line_hash(path, place.start_line),
                "waIacFingerprint/v1": fingerprint(not_judged.SLUG, path, error.message, self._errors[identity]),
            },
        )

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
            level=error.level,
            locations=[location] if location is not None else None,
        )

    def _place(self, error: WaIacError) -> Span:
        """From the error to the end of its line; one character if the file is not available. An error about something missing
        at the end of a file may have a place behind it, which no viewer can show."""
        path, line, column = error.path or "", error.line or 1, error.column or 1
        if path not in self._sources:
            return Span(path, line, column, line, column + 1)
        lines = self._sources.lines(path)
        if line > len(lines):
            line, column = len(lines), len(lines[-1]) + 1
        return Span(path, line, column, line, max(len(lines[line - 1]) + 1, column + 1))

    def _code_flows(self, finding: Finding) -> list[Any] | None:
        """The way of the value, from the place where it is set to the place where it takes effect; none if they are the
        same."""
        chain = list(dict.fromkeys(each for each in finding.chain if each.span.path))
        if not chain:
            return None
        end = Step(finding.span, f"takes effect in {finding.address}" if finding.address else "takes effect here")
        way = [*reversed(_few(chain, _MOST_STEPS - 1)), end]
        return [om.CodeFlow([om.ThreadFlow([om.ThreadFlowLocation(location=self._step(each)) for each in way])])]

    def _fix(self, fix: Fix) -> Any:
        """GitHub ignores fixes; editors and other viewers offer them."""
        changes = [
            om.ArtifactChange(self._artifact(path), [self._replacement(each) for each in edits])
            for path, edits in groupby(fix.edits, key=lambda each: each.path)
        ]
        unsafe = f" Note: {fix.unsafe_because}." if fix.unsafe_because else ""
        return om.Fix(changes, description=om.Message(text=_plain(f"{fix.title}.{unsafe}")))

    def _replacement(self, edit: Edit) -> Any:
        (line, column), (end_line, end_column) = (
            self._sources.position(edit.path, byte) for byte in (edit.start_byte, edit.end_byte)
        )
        region = self._region(Span(edit.path, line, column, end_line, end_column))
        return om.Replacement(region, inserted_content=om.ArtifactContent(text=edit.new_text))

    def _related(self, step: Step, number: int) -> Any:
        location = self._step(step)
        location.id = number
        return location

    def _step(self, step: Step) -> Any:
        location = self._location(step.span)
        location.message = om.Message(text=_plain(step.note))
        return location

    def _location(self, span: Span) -> Any:
        physical = om.PhysicalLocation(artifact_location=self._artifact(span.path), region=self._region(span))
        return om.Location(physical_location=physical)

    def _region(self, span: Span) -> Any:
        return om.Region(
            start_line=span.start_line,
            start_column=self._sources.utf16_column(span.path, span.start_line, span.start_column),
            end_line=span.end_line,
            end_column=self._sources.utf16_column(span.path, span.end_line, span.end_column),
        )

    def _artifact(self, path: str) -> Any:
        uri, relative = self._uris.of(path)
        return om.ArtifactLocation(uri=uri, uri_base_id=ROOT if relative else None)

    def _line_hash(self, path: str, line: int) -> dict[str, str]:
        if path not in self._hashes:
            self._hashes[path] = line_hashes(self._sources.text(path)) if path in self._sources else []
        hashes = self._hashes[path]
        return {_GITHUB: hashes[line - 1]} if 1 <= line <= len(hashes) else {}


def _suppression(suppressed: Suppression) -> Any:
    """The status is `accepted`, since a suppression is a decision. A suppression next to the resource is `inSource`."""
    kind = "external" if suppressed.source == "baseline" else "inSource"
    return om.Suppression(kind, state="accepted", justification=suppressed.reason or None)


def _few(steps: list[Step], most: int) -> list[Step]:
    """At most so many places; the last one, which sets the value or calls the outermost module, stays."""
    return steps if len(steps) <= most else [*steps[: most - 1], steps[-1]]


def _message(finding: Finding, steps: list[Step]) -> str:
    """The message, and a link to each place the value came through: `[text](1)` leads to the related location 1."""
    text = _plain(whole_message(finding))
    if others := also(finding, _NAMED):
        text += f" Also: {_plain(others)}."
    if steps:
        links = (f"[{_BRACKET.sub(_ESCAPED, _unquoted(step.note))}]({number})" for number, step in enumerate(steps, 1))
        text += f" See {', '.join(links)}."
    return text


def _plain(text: str) -> str:
    """Text without links, since `](` would make one. Other brackets stay, because few viewers remove the backslash."""
    return _unquoted(text).replace("](", "\\](")


def _unquoted(text: str) -> str:
    """GitHub interprets some Markdown in messages, and removes backquotes."""
    return text.strip().replace("`", "'")
