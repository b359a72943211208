"""The formats of a report. Each has its own module, imported when needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

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


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The selection of a report to write. `paths` are the checked paths; reported paths are relative to the repository around
    them.

    `show_suppressed` and `category` (GitHub's name for one analysis of several) are for SARIF, which has fields for them.
    """

    paths: Sequence[Path] = ()
    show_unknown: bool = False
    show_suppressed: bool = False
    category: str = ""


def render(report: Report, format_: Format, view: View) -> str:
    """The whole report in a format, as text. A finding that breaks the format is left out and becomes an error of the
    report."""
    from .rescued import written

    return written(report, lambda each: _render(each, format_, view), format_.value)


def _render(report: Report, format_: Format, view: View) -> str:
    match format_:
        case Format.TEXT:
            from . import text

            return text.render(report, show_unknown=view.show_unknown)
        case Format.JSON:
            from . import json

            return json.render(report, show_unknown=view.show_unknown)
        case Format.SARIF:
            from . import sarif

            return sarif.render(
                report,
                show_unknown=view.show_unknown,
                show_suppressed=view.show_suppressed,
                category=view.category,
                root=_root(view),
            )
        case Format.JUNIT:
            from . import junit

            return junit.render(report, show_unknown=view.show_unknown, root=_root(view))
        case Format.GITLAB:
            from . import gitlab

            return gitlab.render(report, show_unknown=view.show_unknown, root=_root(view))
        case Format.GITHUB:
            from . import github

            return github.render(report, show_unknown=view.show_unknown, root=_root(view))
        case Format.MARKDOWN:
            from . import markdown

            return markdown.render(report, show_unknown=view.show_unknown, root=_root(view))


def _root(view: View) -> Path | None:
    from .paths import repository_root

    return repository_root(view.paths)
