"""A drill as one self-contained HTML page, with the picture of the worst failure. The template escapes everything but our own script, style
and markup; a strict Content-Security-Policy names their hashes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from wa_iac import __version__
from wa_iac.drill.model import Drill
from wa_iac.picture.drawing.page import fragment, policy
from wa_iac.picture.model import Picture
from wa_iac.report.listing import count
from wa_iac.report.text import safe

from .answer import GRAVEST_FIRST, Answer, tally
from .words import (
    MEANINGS,
    SHAPES,
    by_settle,
    chain_in_sentences,
    failure_in_words,
    loss_in_words,
    not_static,
    notes_of,
    outcome_in_words,
    sentence,
    share_in_words,
    some,
    time_in_words,
    unsettled,
)

_FOLDER: Final = Path(__file__).parent / "templates"
_RANKED: Final = 25
"""Single points of failure that are listed."""


class _Shown(NamedTuple):
    """An answer as the page shows it: with the worst failure, and its lists in sentences."""

    answer: Answer
    drill: Drill | None
    notes: list[str]
    lost: list[str]
    unstable: list[str]
    unknown: list[str]


def as_page(answers: Sequence[Answer], pictures: Sequence[Picture]) -> str:
    """The page as HTML text."""
    drawn = fragment(pictures) if pictures else None
    style = (_FOLDER / "drill.css").read_text(encoding="utf-8") + (drawn.style if drawn is not None else "")
    units = list(dict.fromkeys(each.name for each in answers))
    rendered: str = _template().render(
        policy=policy(drawn.scripts if drawn is not None else (), (style,)),
        style=style,
        version=__version__,
        title=safe(units[0].replace(".", "The working directory", 1) if units[0] == "." else units[0])
        if len(units) == 1
        else count(len(units), "template or root module", "templates and root modules"),
        shown=[_shown(each) for each in answers],
        assumptions=dict.fromkeys(said for each in answers for drill in each.drills for said in drill.assumptions),
        picture=drawn,
        outcomes=GRAVEST_FIRST,
        meanings=MEANINGS,
        most=_RANKED,
        shapes=SHAPES,
        tally=tally,
        failure_in_words=failure_in_words,
        outcome_in_words=outcome_in_words,
        share_in_words=share_in_words,
        time_in_words=time_in_words,
        chain_in_sentences=chain_in_sentences,
        some=some,
    )
    return f"{rendered}\n"


def _shown(answer: Answer) -> _Shown:
    drill = answer.worst
    if drill is None:
        return _Shown(answer, None, [], [], [], [])
    lost = [loss_in_words(each) for each in drill.lost]
    unstable = [f"{some(found)}: {sentence(needs)}" for (needs, _), found in not_static(drill).items()]
    unknown = [unsettled(settle, found) for settle, found in by_settle(drill).items()]
    return _Shown(answer, drill, notes_of(drill), lost, unstable, unknown)


@cache
def _template() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        finalize=_printable,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["capitalize_first"] = lambda text: text[:1].upper() + text[1:]
    return environment.get_template("drill.html.j2")


def _printable(value: object) -> object:
    """A name without what a page may not hold; markup is as it is."""
    return safe(value) if type(value) is str else value
