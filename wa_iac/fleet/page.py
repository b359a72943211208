"""The report of a fleet as one self-contained HTML page, in the style of the review's. The template escapes everything; a strict
Content-Security-Policy allows our style sheet only, by its hash: there is no script."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Final

import wa_iac.review
from wa_iac import __version__
from wa_iac.engine.catalogue import OURS
from wa_iac.picture.drawing.page import policy
from wa_iac.report.listing import count
from wa_iac.report.practice_list import served
from wa_iac.report.text import safe
from wa_iac.review.wording import PILLAR_NAMES

from .sums import SEVERITIES, Sums
from .words import KIND_NAMES, NO_TEAM, by_team, headline, shared_line, trend_line, trend_notes, unread_line

_FOLDER: Final = Path(__file__).parent / "templates"
_REVIEW: Final = Path(wa_iac.review.__path__[0]) / "templates"
_MOST: Final = 200
"""Rows of a table, except those that were not read, which are all there; JSON has all."""


def as_page(sums: Sums) -> str:
    """The page as HTML text."""
    style = "\n".join(each.read_text(encoding="utf-8") for each in (_REVIEW / "review.css", _FOLDER / "fleet.css"))
    rendered: str = _template().render(
        policy=policy((), (style,)),
        style=style,
        version=__version__,
        sums=sums,
        trend=sums.trend,
        severities=SEVERITIES,
        headline=headline(sums),
        unread_line=unread_line(sums),
        shared_line=shared_line(sums),
        trend_line=trend_line,
        trend_notes=trend_notes,
        by_team=by_team,
        kind_names=KIND_NAMES,
        pillar_names=PILLAR_NAMES,
        practices={each.id: each for each in served(OURS.practices())},
        no_team=NO_TEAM,
        most=_MOST,
        count=count,
        segments=_segments,
    )
    return f"{rendered}\n"


def _segments(severities: dict[str, int]) -> list[tuple[str, float, float]]:
    """The parts of a bar: severity, start and width in percent."""
    total = sum(severities.values()) or 1
    made, at = [], 0.0
    for each in SEVERITIES:
        width = 100 * severities[each] / total
        if width:
            made.append((each, round(at, 2), round(width, 2)))
        at += width
    return made


@cache
def _template() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("fleet.html.j2")


def _printable(value: object) -> object:
    """A name without what a page may not hold; markup of ours is as it is."""
    return safe(value) if type(value) is str else value
