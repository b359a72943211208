"""From plain data to the protocol's objects: diagnostics, hover pages, code actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lsprotocol import types

from . import plain
from .plain import Action, Shown

SOURCE: Final = "wa-iac"
OPEN: Final = "wa-iac.open"
"""The command that opens a page in a browser."""


def diagnostic(shown: Shown) -> types.Diagnostic:
    """The editor's diagnostic. An error has no rule, and so no data."""
    related = [
        types.DiagnosticRelatedInformation(types.Location(each.uri, _range(each.range)), each.message) for each in shown.related
    ]
    return types.Diagnostic(
        range=_range(shown.range),
        severity=types.DiagnosticSeverity(shown.severity),
        code=shown.code or None,
        code_description=types.CodeDescription(shown.href) if shown.href else None,
        source=SOURCE,
        message=shown.message,
        related_information=related or None,
        data={"fingerprint": shown.mark, "address": shown.address} if shown.code else None,
    )


def mark(each: types.Diagnostic) -> str:
    """The identity of our diagnostic, from the data that the editor sends back."""
    data = each.data
    return str(data.get("fingerprint") if isinstance(data, dict) else getattr(data, "fingerprint", ""))


def hover(shown: Sequence[Shown], position: types.Position) -> types.Hover | None:
    """The pages of the rules with findings at a position."""
    at = (position.line, position.character)
    here = [each for each in shown if each.page and each.range.start <= at <= each.range.end]
    pages = {each.code: each.page for each in here}
    if not pages:
        return None
    content = types.MarkupContent(types.MarkupKind.Markdown, "\n---\n\n".join(pages.values()))
    return types.Hover(content, _range(here[0].range))


def action(offered: Action, about: types.Diagnostic, uri: str) -> types.CodeAction:
    """An edit of the requested file."""
    edits = [types.TextEdit(_range(each.range), each.new_text) for each in offered.edits]
    return types.CodeAction(
        offered.title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[about],
        edit=types.WorkspaceEdit(changes={uri: edits}),
        is_preferred=offered.preferred,
    )


def opening(shown: Shown, about: types.Diagnostic) -> types.CodeAction:
    """Opens the page of the closest best practice in a browser."""
    title = f"Open {shown.practice}"
    command = types.Command(title, OPEN, arguments=[shown.href])
    return types.CodeAction(title, kind=types.CodeActionKind.QuickFix, diagnostics=[about], command=command)


def _range(place: plain.Range) -> types.Range:
    return types.Range(types.Position(*place.start), types.Position(*place.end))
