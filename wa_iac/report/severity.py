"""The one table of severities. Every format uses its words and numbers, so that no two disagree."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias

from wa_iac.core.rule import Severity

SarifLevel: TypeAlias = Literal["error", "warning", "note", "none"]
GitLabSeverity: TypeAlias = Literal["blocker", "critical", "major", "minor", "info"]
Annotation: TypeAlias = Literal["error", "warning", "notice"]


class Scale(NamedTuple):
    """One severity in each format's own scale.

    Attributes:
        level: SARIF's `level`, of rules and results.
        security: GitHub's `security-severity`, for rules of the security pillar: a string holding a number from 0.1 to 10.
            GitHub's bands are over 9.0 critical, 7.0-8.9 high, 4.0-6.9 medium, 0.1-3.9 low; exactly 9.0 is in none.
        problem: GitHub's `problem.severity`, for all other rules.
        style: its colour in a terminal, in rich's syntax.
        editor: the Language Server Protocol's `DiagnosticSeverity`: 1 error, 2 warning, 3 information, 4 hint.
        gitlab: GitLab's severity, of Code Quality.
        annotation: the command for an annotation in a workflow of GitHub Actions.
    """

    level: SarifLevel
    security: str
    problem: Literal["error", "warning", "recommendation"]
    style: str
    editor: Literal[1, 2, 3, 4]
    gitlab: GitLabSeverity
    annotation: Annotation


SCALES: Final[dict[Severity, Scale]] = {
    Severity.CRITICAL: Scale("error", "9.5", "error", "bold red", 1, "blocker", "error"),
    Severity.HIGH: Scale("error", "8.0", "error", "red", 1, "critical", "error"),
    Severity.MEDIUM: Scale("warning", "5.5", "warning", "yellow", 2, "major", "warning"),
    Severity.LOW: Scale("note", "2.0", "recommendation", "cyan", 3, "minor", "notice"),
}
"""From the most to the least severe."""

UNDECIDED: Final = 3
"""The editor's severity of an undecided verdict."""

UNDECIDED_SARIF: Final = "none"
UNDECIDED_GITLAB: Final[GitLabSeverity] = "info"
UNDECIDED_ANNOTATION: Final[Annotation] = "notice"
NOT_JUDGED_GITLAB: Final[GitLabSeverity] = "blocker"
"""An unread file may contain anything."""
