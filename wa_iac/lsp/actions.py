"""What an editor offers on a diagnostic: the rule's page, its fix, a suppression, the best practice's page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from lsprotocol import types

from wa_iac.core.finding import Finding
from wa_iac.engine.fix import Fixes
from wa_iac.engine.suppression_rules import UNUSED

from .comments import suppression, without
from .diagnostics import Shown, practices
from .positions import Lines
from .units import Judged

OPEN: Final = "wa-iac.open"
"""The command that opens a page in a browser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question for code actions.

    Attributes:
        diagnostics: ours, at the place that is asked about, where the editor has them now.
        shown: all that is shown in the file, with the findings they come from.
        encoding: the editor's unit of positions.
        judged: the units that have read the file.
        opens_pages: whether the editor opens pages in a browser for us.
    """

    uri: str
    path: Path | None
    text: bytes
    diagnostics: Sequence[types.Diagnostic]
    shown: Sequence[Shown]
    encoding: str
    judged: Sequence[Judged]
    opens_pages: bool = False

    def finding(self, diagnostic: types.Diagnostic) -> Finding | None:
        """What a diagnostic comes from, by the data that the editor hands back."""
        data = diagnostic.data
        mark = data.get("fingerprint") if isinstance(data, dict) else getattr(data, "fingerprint", None)
        findings = (each.finding for each in self.shown if each.finding is not None)
        return next((each for each in findings if each.fault == mark), None)


Provider: TypeAlias = Callable[[Asked, types.Diagnostic], Iterator[types.CodeAction]]


def hover(shown: Sequence[Shown], position: types.Position) -> types.Hover | None:
    """The pages of the rules that have found something at a position."""
    here = [each for each in shown if each.finding is not None and _holds(each.diagnostic.range, position)]
    pages = {each.finding.rule.slug: _page(each.finding) for each in here if each.finding is not None}
    if not pages:
        return None
    content = types.MarkupContent(types.MarkupKind.Markdown, "\n---\n\n".join(pages.values()))
    return types.Hover(content, here[0].diagnostic.range)


def _holds(place: types.Range, position: types.Position) -> bool:
    at = (position.line, position.character)
    return (place.start.line, place.start.character) <= at <= (place.end.line, place.end.character)


def _page(finding: Finding) -> str:
    """A rule's page, with the remedy in the words of what is written."""
    rule = finding.rule
    language = "hcl" if finding.dialect == "terraform" else "yaml"
    return "\n".join(
        [
            rule.page.strip(),
            "",
            "## Remedy",
            "",
            f"```{language}",
            finding.remedy.strip("\n"),
            "```",
            "",
            f"`{rule.slug}`, {finding.severity}. " + " ".join(f"[{each}]({each.url})" for each in practices(rule)),
            "",
        ]
    )


def _suppressing(asked: Asked, diagnostic: types.Diagnostic) -> Iterator[types.CodeAction]:
    slug = str(diagnostic.code)
    if not all(each.config.settings.suppressions.allows(slug) for each in asked.judged):
        return
    edit = (
        suppression(asked.path, asked.text, diagnostic.range.start.line, slug, asked.encoding)
        if asked.path is not None
        else None
    )
    if edit is not None:
        yield types.CodeAction(
            f"Suppress {slug} here, with a reason",
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[diagnostic],
            edit=types.WorkspaceEdit(changes={asked.uri: [edit]}),
        )


def _mending(asked: Asked, diagnostic: types.Diagnostic) -> Iterator[types.CodeAction]:
    """The rule's fix, where it stays within the file that is asked about and that is still what was judged."""
    finding = asked.finding(diagnostic)
    if finding is None or finding.rule.fix is None or asked.path is None:
        return
    for judged in _current(asked, finding):
        if judged.report is None:
            continue
        fix = Fixes(judged.report, judged.units, [asked.path]).of(finding)
        if fix is None or any(each.path != finding.span.path for each in fix.edits):
            continue
        lines = Lines(asked.text, asked.encoding)
        edits = [
            types.TextEdit(types.Range(lines.at(each.start_byte), lines.at(each.end_byte)), each.new_text) for each in fix.edits
        ]
        yield types.CodeAction(
            fix.title if fix.safe else f"{fix.title} ({fix.unsafe_because})",
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[diagnostic],
            edit=types.WorkspaceEdit(changes={asked.uri: edits}),
            is_preferred=fix.safe,
        )
        return


def _removing(asked: Asked, diagnostic: types.Diagnostic) -> Iterator[types.CodeAction]:
    """A suppression that suppresses nothing, taken out; one in metadata is left to a person."""
    finding = asked.finding(diagnostic)
    if finding is None or finding.rule.slug != UNUSED or not _current(asked, finding):
        return
    edit = without(asked.text, finding.span, asked.encoding)
    if edit is not None:
        yield types.CodeAction(
            "Remove this suppression",
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[diagnostic],
            edit=types.WorkspaceEdit(changes={asked.uri: [edit]}),
            is_preferred=True,
        )


def _current(asked: Asked, finding: Finding) -> list[Judged]:
    """The units that have read the text as it still is."""
    return [each for each in asked.judged if each.sources.get(finding.span.path) == asked.text]


def _opening(asked: Asked, diagnostic: types.Diagnostic) -> Iterator[types.CodeAction]:
    if not asked.opens_pages:
        return
    finding = asked.finding(diagnostic)
    nearest = next(practices(finding.rule), None) if finding is not None else None
    if nearest is not None:
        title = f"Open {nearest}"
        command = types.Command(title, OPEN, arguments=[nearest.url])
        yield types.CodeAction(title, kind=types.CodeActionKind.QuickFix, diagnostics=[diagnostic], command=command)


PROVIDERS: Final[tuple[Provider, ...]] = (_mending, _removing, _suppressing, _opening)
"""What can be offered on one diagnostic, the most wanted first."""


def code_actions(asked: Asked) -> list[types.CodeAction]:
    """All that is offered on the diagnostics that are asked about."""
    return [action for each in asked.diagnostics for provide in PROVIDERS for action in provide(asked, each)]
