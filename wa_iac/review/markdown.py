"""The review as Markdown, for a repository, a wiki or a ticket. Text from files is escaped as in the report of `check`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from wa_iac.core.late_pattern import late
from wa_iac.report.coverage import coverage_lines
from wa_iac.report.listing import count, one_line
from wa_iac.report.markdown import escaped
from wa_iac.report.text import safe

from .evidence import STANDINGS, Evidence, PracticeReview, Review
from .since import Changes
from .tasks import EFFORTS, IMPACTS, MOST, Task, matrix
from .wording import (
    KIND_NAMES,
    PILLAR_NAMES,
    STANDING_MEANINGS,
    STANDING_NAMES,
    gaps,
    of_other_pillars,
    places,
    severity,
    summary,
)

_FINDINGS: Final = 10
"""Findings of one practice that are listed; JSON and HTML list all."""
_TICKS: Final = late("`+")
_WITHIN_A_WORD: Final = late("(?<=[0-9A-Za-z])&#95;(?=[0-9A-Za-z])")
_SIGNS: Final = late("&#(36|42|91|92|93|95|96|124|126);")
"""The references to signs that Markdown also reads as text after a backslash."""
_PLACES: Final = 5
"""Places of one statement that are named."""


def render(review: Review, found: Sequence[Task], changes: Changes | None) -> str:
    """The whole review as Markdown text: overview, what to do first, changes, then each pillar."""
    lines = [
        "# Well-Architected review",
        "",
        f"{_plain(summary(review.report))}.",
        "",
        *_overview(review),
        *_changes(changes),
        *_first(found),
        *_environments(review),
        *(
            line
            for pillar in review.pillars
            for line in ("", f"## {PILLAR_NAMES[pillar.pillar]}", *_questions(pillar.questions))
        ),
        "",
        "## Not judged",
        "",
        *(f"- {_plain(each)}" for each in gaps(review)),
        *(f"- {_plain(each)}." for each in coverage_lines(review.report, most=25)),
        *(f"- {_plain(str(each))}" for each in (*review.report.mistakes(), *review.report.notes())),
    ]
    return "\n".join(lines).rstrip("\n") + "\n"


def _overview(review: Review) -> Iterator[str]:
    yield from (f"**{_plain(each)}**\n" for each in gaps(review))
    yield f"| Pillar | Judged | {' | '.join(STANDING_NAMES[each] for each in STANDINGS)} |"
    yield f"| --- |{' ---: |' * (1 + len(STANDINGS))}"
    for each in review.pillars:
        standings = each.standings
        numbers = " | ".join(str(standings[one]) for one in STANDINGS)
        yield f"| {PILLAR_NAMES[each.pillar]} | {each.judged} of {len(each.practices)} | {numbers} |"
    yield ""
    yield from (f"- {STANDING_NAMES[each]}: {STANDING_MEANINGS[each]}" for each in STANDINGS)
    yield from (f"- {_plain(each)}" for each in of_other_pillars(review))


def _changes(changes: Changes | None) -> Iterator[str]:
    if changes is None:
        return
    yield from ("", "## What changed", "")
    yield f"{count(len(changes.new), 'new finding')}, {count(len(changes.gone), 'finding')} gone."
    yield ""
    for moved in changes.practices:
        yield f"- {moved.id}: {_plain(moved.before)} before, {moved.after} now"
    for gone in changes.gone:
        yield f"- gone: {_plain(gone.rule)} at {_code(gone.place)}"


def _first(found: Sequence[Task]) -> Iterator[str]:
    if not found:
        return
    yield from ("", "## What to do first", "")
    for number, each in enumerate(found[:MOST], 1):
        yield f"{number}. {_plain(each.title)}"
        said = f"impact {each.impact}, effort: {each.effort.value}" + (
            f" ({each.work.reason.rstrip('.')})" if each.effort.rank and each.work.reason else ""
        )
        yield f"   - {_plain(said)}; settles {count(len(each.findings), 'finding')} on {count(each.places, 'resource')}"
        if each.entry_points:
            yield f"   - reached from {', '.join(map(_code, each.entry_points[:_PLACES]))}"
        first = each.findings[0]
        yield f"   - begin at {_code(f'{first.span.path}:{first.span.start_line}')}: {_plain(first.message)}"
    if len(found) > MOST:
        yield f"\n{count(len(found) - MOST, 'further task')} in the matrix:"
    cells = matrix(found)
    yield from ("", f"| Impact | {' | '.join(each.value.capitalize() for each in EFFORTS)} |")
    yield f"| --- |{' ---: |' * len(EFFORTS)}"
    for impact in IMPACTS:
        yield f"| {impact.value.capitalize()} | {' | '.join(str(len(cells[impact, each])) for each in EFFORTS)} |"


def _environments(review: Review) -> Iterator[str]:
    """The practices whose standing differs between environments."""
    names = review.environments
    if not names:
        return
    yield from ("", "## Environments", "")
    rows = [(each, [each.standing_in(name) for name in names]) for each in review.practices]
    differing = [(each, standings) for each, standings in rows if len(set(standings)) > 1]
    if not differing:
        yield "Every practice stands alike in all environments."
        return
    yield f"| Practice | {' | '.join(map(_plain, names))} |"
    yield f"| --- |{' --- |' * len(names)}"
    for practice, standings in differing:
        yield f"| {practice.id} {practice.title} | {' | '.join(STANDING_NAMES[each].lower() for each in standings)} |"


def _questions(questions: Sequence[tuple[str, Sequence[PracticeReview]]]) -> Iterator[str]:
    for question, practices in questions:
        yield from ("", f"### {question}", "")
        for judged, members in groupby(practices, key=lambda each: each.standing not in ("nothing", "person")):
            if judged:
                for each in members:
                    yield from _practice(each)
            else:
                yield from (f"- {STANDING_NAMES[each.standing]}: [{each.id} {each.title}]({each.url})" for each in members)


def _practice(practice: PracticeReview) -> Iterator[str]:
    yield (
        f"- **{STANDING_NAMES[practice.standing]}**: [{practice.id} {practice.title}]({practice.url}), "
        f"{practice.risk.lower()} risk"
    )
    listed = practice.of("fail")
    for each in (*listed[:_FINDINGS], *practice.of("unknown", "advice", "accepted")[:_FINDINGS], *practice.of("pass")):
        yield f"  - {_evidence(each)}"
    if len(listed) > _FINDINGS:
        yield f"  - and {count(len(listed) - _FINDINGS, 'more finding')}"
    for cause in practice.causes:
        if cause.settle:
            yield f"  - to settle it: {_plain(cause.settle)}"
    if practice.by_person:
        yield f"  - {_plain(practice.by_person)}"


def _evidence(evidence: Evidence) -> str:
    grade = f", {severity(evidence)}" if severity(evidence) else ""
    where = _code(places(evidence.places, _PLACES))
    return f"{KIND_NAMES[evidence.verdict]}{grade}: {_code(evidence.rule.slug)} {_plain(evidence.text)} {where}"


def _code(text: str) -> str:
    """`text` as code, on one line: Markdown reads nothing in it, if no run of backticks is as long as those around it."""
    line = one_line(safe(text))
    fence = "`" * (max((len(each) for each in _TICKS.findall(line)), default=0) + 1)
    return f"{fence} {line} {fence}" if line.startswith("`") or line.endswith("`") else f"{fence}{line}{fence}"


def _plain(text: str) -> str:
    """`text` as plain text that is also readable where Markdown is not rendered: an underscore within a word stays, and most signs have a
    backslash instead of a character reference."""
    inner = _WITHIN_A_WORD.sub("_", escaped(text))
    return _SIGNS.sub(lambda found: f"\\{chr(int(found[1]))}", inner)
