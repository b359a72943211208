"""Code actions for a diagnostic, which edit its file: the rule's fix, a suppression, or the removal of a suppression.

All of them parse the text, so they run in the checking process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from wa_iac.core.contain import contained
from wa_iac.core.errors import WaIacError
from wa_iac.core.finding import Finding
from wa_iac.engine.fixes.find import Fixes
from wa_iac.engine.suppressions.rules import UNUSED

from .comments import suppression, without
from .plain import Action, Asked, Range, TextEdit
from .positions import Lines
from .units import Judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question for actions.

    Attributes:
        text: the current text of the file.
        encoding: the editor's unit of positions.
        judged: the units that have read the file.
    """

    path: Path
    text: bytes
    encoding: str
    judged: Sequence[Judged]

    def finding(self, asked: Asked) -> Finding | None:
        """The source of a diagnostic, found by the mark that the editor sends back."""
        findings = (each for judged in self.judged for each in judged.findings if each.suppressed is None)
        return next((each for each in findings if each.fault == asked.mark and each.rule.slug == asked.code), None)

    def current(self, finding: Finding) -> list[Judged]:
        """The units that have read the current text."""
        return [each for each in self.judged if each.sources.get(finding.span.path) == self.text]


Offered: TypeAlias = tuple[str, Sequence[TextEdit], bool]
"""A title, the edits, and whether the action is preferred."""
Provider: TypeAlias = Callable[[Question, Asked], Iterator[Offered]]


def _fixes(question: Question, asked: Asked) -> Iterator[Offered]:
    """The rule's fix, if it edits only the requested file and that file has not changed since the check."""
    finding = question.finding(asked)
    if finding is None or finding.rule.fix is None:
        return
    for judged in question.current(finding):
        if judged.report is None:
            continue
        fix = Fixes(judged.report, judged.units, [question.path]).of(finding)
        if isinstance(fix, str) or any(each.path != finding.span.path for each in fix.edits):
            continue
        lines = Lines(question.text, question.encoding)
        edits = [TextEdit(Range(lines.at(each.start_byte), lines.at(each.end_byte)), each.new_text) for each in fix.edits]
        yield fix.title if fix.safe else f"{fix.title} ({fix.unsafe_because})", edits, fix.safe
        return


def _removing(question: Question, asked: Asked) -> Iterator[Offered]:
    """Removes a suppression that suppresses nothing; one in metadata is left to a person."""
    if asked.code != UNUSED:
        return
    finding = question.finding(asked)
    if finding is None or not question.current(finding):
        return
    edit = without(question.text, finding.span, question.encoding)
    if edit is not None:
        yield "Remove this suppression", [edit], True


def _suppressing(question: Question, asked: Asked) -> Iterator[Offered]:
    if not all(each.config.settings.suppressions.allows(asked.code) for each in question.judged):
        return
    edit = suppression(question.path, question.text, asked.line, asked.code, question.encoding)
    if edit is not None:
        yield f"Suppress {asked.code} here, with a reason", [edit], False


PROVIDERS: Final[tuple[Provider, ...]] = (_fixes, _removing, _suppressing)
"""The actions for one diagnostic, the preferred first."""


def offered(question: Question, asked: Sequence[Asked]) -> list[Action]:
    """All actions for the requested diagnostics. A crash costs only the action in which it happens."""
    found: list[Action] = []
    failed: list[WaIacError] = []
    for about, each in enumerate(asked):
        for provide in PROVIDERS:
            actions = contained(
                str(question.path), partial(lambda make, one: list(make(question, one)), provide, each), failed.append
            )
            found += [Action(about, title, tuple(edits), preferred) for title, edits, preferred in actions or ()]
    return found
