"""The formats of a report. Each has its own module, imported when needed."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from .group_by import GroupBy

if TYPE_CHECKING:
    from wa_iac.core.finding import Report


class Format(StrEnum):
    """The formats of `check`."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"
    GITLAB = "gitlab"
    GITHUB = "github"
    MARKDOWN = "markdown"

    @property
    def tells_fixes(self) -> bool:
        """Whether it contains the edits that fix a finding. Finding them costs the time of reading the files again."""
        return self in (Format.JSON, Format.SARIF)

    def refuses(self, view: View) -> str:
        """Why it cannot express a part of a view; empty if it can."""
        if view.only_summary and self not in (Format.TEXT, Format.JSON, Format.MARKDOWN):
            return f"--summary needs the format text, json or markdown: a {self} report has no place for counts"
        if view.group_by is not None and self not in (Format.TEXT, Format.JSON, Format.MARKDOWN, Format.JUNIT):
            why = "its reader orders and groups the findings itself"
            return f"--group-by needs the format text, json, junit or markdown: a {self} report has no sections, since {why}"
        if view.show_passed and self in (Format.GITLAB, Format.GITHUB, Format.MARKDOWN):
            return f"--show-passed needs the format text, json, sarif or junit: a {self} report is about faults"
        if view.show_suppressed and self not in (Format.SARIF, Format.JSON):
            return f"--show-suppressed needs the format sarif or json: a {self} report only counts suppressed findings"
        if view.category and self is not Format.SARIF:
            return f"--category needs the format sarif: a {self} report has no name of its own"
        return ""


class View(NamedTuple):
    """The selection of a report to write. `paths` are the checked paths; reported paths are relative to the repository around
    them.

    `show_suppressed` and `category` (GitHub's name for one analysis of several) are for SARIF, which has fields for them.
    `group_by`, `only_summary` and `show_passed` are for the formats that can express them: see `Format.refuses`. `verbose` is for text.
    """

    paths: Sequence[Path] = ()
    show_unknown: bool = False
    show_passed: bool = False
    show_suppressed: bool = False
    category: str = ""
    group_by: GroupBy | None = None
    only_summary: bool = False
    verbose: bool = False


def render(report: Report, format_: Format, view: View) -> str:
    """The whole report in a format, as text. A finding that breaks the format is left out and becomes an error of the
    report."""
    from .rescued import written

    return written(report, lambda each: _render(each, format_, view), format_.value)


def _render(report: Report, format_: Format, view: View) -> str:
    match format_:
        case Format.TEXT:
            from . import text

            return text.render(report, **_sectioned(view), show_passed=view.show_passed, verbose=view.verbose)
        case Format.JSON:
            from . import json

            return json.render(report, **_sectioned(view), show_passed=view.show_passed)
        case Format.SARIF:
            from . import sarif

            return sarif.render(
                report,
                show_unknown=view.show_unknown,
                show_suppressed=view.show_suppressed,
                show_passed=view.show_passed,
                category=view.category,
                root=_root(view),
            )
        case Format.JUNIT:
            from . import junit

            return junit.render(
                report, show_unknown=view.show_unknown, root=_root(view), group_by=view.group_by, show_passed=view.show_passed
            )
        case Format.GITLAB:
            from . import gitlab

            return gitlab.render(report, show_unknown=view.show_unknown, root=_root(view))
        case Format.GITHUB:
            from . import github

            return github.render(report, show_unknown=view.show_unknown, root=_root(view))
        case Format.MARKDOWN:
            from . import markdown

            return markdown.render(report, **_sectioned(view), root=_root(view))


class _Sectioned(TypedDict):
    show_unknown: bool
    group_by: GroupBy | None
    only_summary: bool


def _sectioned(view: View) -> _Sectioned:
    """The arguments of the formats that have sections and can be a summary."""
    return {"show_unknown": view.show_unknown, "group_by": view.group_by, "only_summary": view.only_summary}


def _root(view: View) -> Path | None:
    from .paths import repository_root

    return repository_root(view.paths)
