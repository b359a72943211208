"""The review as one self-contained HTML page: no network, readable and printable without script.

The template escapes everything (Jinja2's autoescape). Only our own style sheet and scripts are written as they are; a strict
Content-Security-Policy names their hashes, so a browser runs nothing else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from wa_iac import __version__
from wa_iac.core.finding import Finding, Report
from wa_iac.core.scales import PILLARS
from wa_iac.drill_report.answer import Answer
from wa_iac.drill_report.words import (
    SHAPES,
    chain_in_sentences,
    failure_in_words,
    notes_of,
    outcome_in_words,
    share_in_words,
    some,
)
from wa_iac.picture.drawing.page import fragment, policy
from wa_iac.picture.drawing.texts import themed
from wa_iac.picture.model import Picture
from wa_iac.report.causes import by_cause
from wa_iac.report.coverage import coverage_lines
from wa_iac.report.listing import advice, count, fixable, gravest_first, names, one_line, whole_message
from wa_iac.report.remedy import Advice
from wa_iac.report.severity import SCALES
from wa_iac.report.sources import Sources
from wa_iac.report.text import safe

from .drills import MOST as SINGLES
from .drills import shown as zone_drills
from .evidence import STANDINGS, Evidence, Place, Review, Standing
from .since import Changes
from .tasks import EFFORTS, IMPACTS, MOST, Task, matrix
from .wording import (
    KIND_NAMES,
    PILLAR_NAMES,
    STANDING_MEANINGS,
    STANDING_NAMES,
    gaps,
    merged,
    of_other_pillars,
    severity,
    standing_count,
    summary,
)

_FOLDER: Final = Path(__file__).parent / "templates"
_AROUND: Final = 2
"""Lines shown before and after the line of a finding."""
_PLACES: Final = 20
"""Places of one statement that are shown; JSON has all."""
_DRILLED: Final = 5
"""Units whose zones are shown, the gravest first; `wa-iac drill` shows all."""
_ENTRIES: Final = 8
"""Entry points of a unit that are shown, the gravest first."""


class Line(NamedTuple):
    """A line of code in an excerpt; `text` is None if it is not shown."""

    number: int
    text: str | None
    is_it: bool


class Shown(NamedTuple):
    """A finding as the page shows it. `id` is unique in the page."""

    id: str
    finding: Finding
    message: str
    resources: tuple[str, ...]
    lines: tuple[Line, ...]
    via: tuple[tuple[str, str], ...]
    fix: Advice | None
    fixable: str
    task: str


def render(
    review: Review,
    found: Sequence[Task],
    changes: Changes | None,
    pictures: Sequence[Picture],
    drills: Sequence[Answer] = (),
) -> str:
    """The page as HTML text. `drills` are of the units that have zones."""
    drawn = fragment(pictures)
    shown, drilled = _shown(review.report, found), zone_drills(drills)
    style = themed(_text("review.css")) + drawn.style
    scripts = [*drawn.scripts, _text("review.js")]
    rendered: str = _template().render(
        policy=policy(scripts, (style,)),
        style=style,
        scripts=scripts,
        picture=drawn,
        title=_title(review),
        summary=summary(review.report),
        version=__version__,
        gaps=gaps(review),
        pillars=[_pillar(each) for each in review.pillars],
        segments=_segments,
        standings=STANDINGS,
        standing_names=STANDING_NAMES,
        standing_meanings=STANDING_MEANINGS,
        of_other_pillars=list(of_other_pillars(review)),
        pillar_names=PILLAR_NAMES,
        tasks=found[:MOST],
        further=found[MOST:],
        causes=by_cause(review.report.undecided()),
        accepted=review.report.grouped(each for each in review.report.findings if each.suppressed is not None),
        numbers={each.id: number for number, each in enumerate(found, 1)},
        cells=matrix(found),
        impacts=IMPACTS,
        efforts=EFFORTS,
        findings=shown,
        ids={id(each.finding): each.id for each in shown},
        by_fault={each.finding.fault: each.id for each in reversed(shown)},
        severities=SCALES,
        of_severity=Counter(each.finding.severity for each in shown),
        pillars_found=[each for each in PILLARS if any(one.finding.rule.pillar == each for one in shown)],
        rules_found=sorted({each.finding.rule.slug for each in shown}),
        environments=review.environments,
        differing=_differing(review),
        drills=drilled[:_DRILLED],
        more_drills=len(drilled[_DRILLED:]),
        most_entries=_ENTRIES,
        most_singles=SINGLES,
        failure_in_words=failure_in_words,
        notes_of=notes_of,
        outcome_in_words=outcome_in_words,
        share_in_words=share_in_words,
        chain_in_sentences=chain_in_sentences,
        shapes=SHAPES,
        some=some,
        changes=changes,
        coverage=list(coverage_lines(review.report, most=25)),
        errors=[one_line(safe(str(each))) for each in (*review.report.mistakes(), *review.report.notes())],
        report=review.report,
        kind_names=KIND_NAMES,
        standing_count=standing_count,
        severity=severity,
        places=_places,
        count=count,
        safe=safe,
    )
    return rendered


def _title(review: Review) -> str:
    units = sorted({each.unit for each in review.report.judgements if each.unit})
    return units[0] if len(units) == 1 else count(len(units), "template or root module", "templates and root modules")


def _pillar(pillar: Any) -> dict[str, Any]:
    return {"review": pillar, "standings": pillar.standings, "first": pillar.failing[:3]}


def _segments(standings: Counter[Standing]) -> list[tuple[Standing, float, float]]:
    """The parts of a pillar's bar: standing, start and width in percent."""
    total = sum(standings.values()) or 1
    made, at = [], 0.0
    for each in STANDINGS:
        width = 100 * standings[each] / total
        if width:
            made.append((each, round(at, 2), round(width, 2)))
        at += width
    return made


def _differing(review: Review) -> list[tuple[Any, list[Standing]]]:
    rows = [(each, [each.standing_in(name) for name in review.environments]) for each in review.practices]
    return [(each, standings) for each, standings in rows if len(set(standings)) > 1]


def _places(evidence: Evidence) -> tuple[list[tuple[Place, int]], int]:
    """The places to show, each with the number of units that share it, and the number of the others."""
    found = merged(evidence.places)
    return found[:_PLACES], len(found[_PLACES:])


def _shown(report: Report, found: Sequence[Task]) -> list[Shown]:
    """The findings, the most severe first."""
    sources = Sources(report.sources, report.secrets)
    task_of = {id(each): task for task in found for each in task.findings}
    ids: dict[str, int] = defaultdict(int)
    made = []
    for each in gravest_first(report.failing()):
        ids[each.fault] += 1
        suffix = f"-{ids[each.fault]}" if ids[each.fault] > 1 else ""
        task = task_of.get(id(each))
        made.append(
            Shown(
                f"finding-{each.fault}{suffix}",
                each,
                safe(whole_message(each)),
                tuple(map(safe, names(each))),
                _lines(each, sources),
                tuple((f"{step.span.path}:{step.span.start_line}", safe(step.note)) for step in each.related if step.span.path),
                advice(each),
                fixable(each),
                "" if task is None else task.title,
            )
        )
    return made


def _lines(finding: Finding, sources: Sources) -> tuple[Line, ...]:
    """The line of a finding with those around it. A line that may hold a secret is not shown."""
    at, path = finding.span.start_line, finding.span.path
    last = len(sources.lines(path))
    numbers = range(max(1, at - _AROUND), min(last, at + _AROUND) + 1)
    made = []
    for number in numbers:
        blank = not sources.lines(path)[number - 1].strip()
        text = "" if blank else sources.excerpt(finding.rule.slug, path, number)
        made.append(Line(number, None if text is None else safe(text), number == at))
    return tuple(made) if any(each.text for each in made) else ()


@cache
def _text(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


@cache
def _template() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_inert,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("review.html.j2")


def _inert(value: object) -> object:
    """A value without characters that control a terminal or turn the direction of writing. What is markup of ours stays as it is."""
    return safe(str(value)) if type(value) is str or isinstance(value, Place) else value
