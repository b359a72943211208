"""A drill as text for the terminal, in at most 100 columns as far as names allow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import Final

from wa_iac.drill.model import Drill, Single
from wa_iac.report.listing import count
from wa_iac.report.text import safe_line

from .answer import Answer, Singles, tally
from .words import (
    NAMED,
    best_in_words,
    by_settle,
    chain_in_sentences,
    counted,
    failure_in_words,
    loss_in_words,
    not_static,
    notes_of,
    outcome_in_words,
    place,
    sentence,
    share_in_words,
    some,
    time_in_words,
    unsettled,
)

WIDTH: Final = 100
_ADDRESS: Final = 48
"""The columns of a table's first column at most; a longer address stands on a line of its own."""
_ZONES: Final = 6
"""Zones that a table has columns for."""
_RANKED: Final = 15
"""Single points of failure that are listed."""


def as_text(answers: Sequence[Answer], *, full: bool = False) -> str:
    """All answers, as text that ends in a line feed. What is assumed is said once, at the end.

    Args:
        full: whether every resource is named, instead of the first ones of a list.
    """
    parts = ["\n".join(_answer(each, full)) for each in answers]
    assumed = dict.fromkeys(said for each in answers for drill in each.drills for said in drill.assumptions)
    if assumed:
        parts.append("\n".join(["Assumed", *(line for each in assumed for line in _wrapped(sentence(each), "  "))]))
    return "\n\n".join(parts) + "\n" if parts else ""


def _answer(answer: Answer, full: bool) -> Iterator[str]:
    if answer.singles is not None:
        if not answer.singles.entry_points:
            yield safe_line(f"{answer.name}: there is no entry point that the failure of a resource could take down")
            return
        yield from _singles(answer, answer.singles, full)
        if answer.drills:
            yield ""
            yield "If each service fails in the Region"
            rows = [[each.failure.name, _entries(each)] for each in answer.drills]
            yield _table([["service", "entry points"], *rows])
        return
    worst = answer.worst
    if worst is None:
        yield from _title(f"{answer.name}: nothing fails", "No failure was found that this could mean.")
        return
    if all(each.outcome == "unaffected" for drill in answer.drills for each in drill.effects.values()):
        yield safe_line(f"{answer.name}: {_untouched(answer, worst)}")
        return
    if len(answer.drills) > 1:
        yield from _compared(answer, worst)
        yield ""
    yield from _drill(worst, answer.name, full)


def _untouched(answer: Answer, drill: Drill) -> str:
    """That nothing follows, on one line."""
    kind = drill.failure.kind if all(each.failure.kind == drill.failure.kind for each in answer.drills) else "failure"
    # A zone that the code does not name has only a number.
    one = len(answer.drills) == 1 and not drill.failure.name.isdigit()
    what = failure_in_words(drill) if one else f"a {kind} fails" if kind != "failure" else "one of these fails"
    number = len(drill.effects)
    everything = "the resource is" if number == 1 else f"all {number} resources are"
    return f"if {what}, {everything} unaffected" if number else f"if {what}, nothing follows: no resource here serves anything"


def _title(text: str, *about: str) -> Iterator[str]:
    yield safe_line(text)
    for each in about:
        yield from _wrapped(each, "")


def _compared(answer: Answer, worst: Drill) -> Iterator[str]:
    """Several failures side by side, and which is the worst."""
    names = [each.failure.name or each.failure.kind for each in answer.drills]
    kind = "zone" if all(each.failure.kind == "zone" for each in answer.drills) else "failure"
    yield safe_line(f"{answer.name}: each {kind} alone")
    yield ""
    if worst.entry_points and len(names) <= _ZONES:
        rows = [[each, *(outcome_in_words(drill.effects[each]) for drill in answer.drills)] for each in worst.entry_points]
        yield _table([["entry point", *names], *rows])
    else:
        rows = [[name, _entries(drill)] for name, drill in zip(names, answer.drills, strict=True)]
        yield _table([[kind, "entry points"], *rows])
    yield ""
    yield safe_line(f"The worst {kind} is {worst.failure.name or worst.failure.kind}.")


def _entries(drill: Drill) -> str:
    return counted(tally(drill, drill.entry_points).items()) or "none"


def _drill(drill: Drill, name: str, full: bool) -> Iterator[str]:
    yield safe_line(f"{name}: if {failure_in_words(drill)}")
    for note in notes_of(drill, full=full):
        yield from _wrapped(note, "")
    for part in (_entry_points(drill), _lost(drill), _stability(drill, full), _unknown(drill, full), _rest(drill, full)):
        lines = list(part)
        if lines:
            yield ""
            yield from lines


def _entry_points(drill: Drill) -> Iterator[str]:
    if not drill.entry_points:
        return
    cells = [
        (each, outcome_in_words(effect), share_in_words(effect.share), time_in_words(effect.time))
        for each in drill.entry_points
        for effect in (drill.effects[each],)
    ]
    width = max(len("Entry point"), *(len(row[0]) for row in cells if len(row[0]) <= _ADDRESS), 0)
    middle = max(len("what follows"), *(len(row[1]) for row in cells))
    yield f"{'Entry point':<{width}}  {'what follows':<{middle}}  {'left':>5}  back in"
    for (address, outcome, share, time), key in zip(cells, drill.entry_points, strict=True):
        shown = safe_line(address)
        if len(shown) > width:
            yield shown
            shown = ""
        yield f"{shown:<{width}}  {outcome:<{middle}}  {share:>5}  {time}"
        effect = drill.effects[key]
        said = [*chain_in_sentences(effect), best_in_words(effect), sentence(effect.how) if effect.how else ""]
        for each in filter(None, said):
            yield from _wrapped(each, "    ")


def _lost(drill: Drill) -> Iterator[str]:
    if drill.lost:
        yield "Data at risk"
    for each in drill.lost:
        yield from _wrapped(loss_in_words(each), "  ")
        if each.source:
            yield from _wrapped(f"See {each.source}", "    ")


def _stability(drill: Drill, full: bool) -> Iterator[str]:
    """Which recoveries need something that may fail at the same time."""
    found = not_static(drill)
    if found:
        yield "Recoveries that need a control plane or new capacity"
        for (needs, source), addresses in found.items():
            yield from _wrapped(f"{some(addresses, len(addresses) if full else NAMED)}: {sentence(needs)}", "  ")
            if source:
                yield from _wrapped(f"See {source}", "    ")
    elif any(each.outcome in ("recovers", "degrades") for each in drill.effects.values()):
        yield "Every recovery works without a control plane and without new capacity."


def _unknown(drill: Drill, full: bool) -> Iterator[str]:
    found = by_settle(drill)
    if found:
        yield "Not certain"
    for settle, effects in found.items():
        yield from _wrapped(unsettled(settle, effects, len(effects) if full else NAMED), "  ")


def _rest(drill: Drill, full: bool) -> Iterator[str]:
    """All resources by outcome, the ones that stop by name."""
    others = [each for each in drill.effects if each not in drill.entry_points]
    if others:
        perhaps = any(outcome_in_words(drill.effects[each]) != drill.effects[each].outcome for each in others)
        counts = counted(tally(drill, others).items())
        yield from _wrapped(f"Of {count(len(others), 'other resource')}, {'at worst ' if perhaps else ''}{counts}.", "")
    stopped = [each for each in others if drill.effects[each].outcome == "stops"]
    shown = len(stopped) if full else _RANKED
    for each in stopped[:shown]:
        why = next(chain_in_sentences(drill.effects[each]), "")
        where = place(drill, each)
        yield from _wrapped(
            f"{each}{f' ({where})' if where else ''} {outcome_in_words(drill.effects[each])}{f': {why}' if why else '.'}", "  "
        )
    if len(stopped) > shown:
        yield f"  and {len(stopped) - shown} more stop"


def _singles(answer: Answer, singles: Singles, full: bool) -> Iterator[str]:
    yield safe_line(f"{answer.name}: if each resource fails alone")
    yield ""
    ranked = singles.ranked
    fatal = [each for each in ranked if each.stops]
    if not fatal:
        yield "No resource alone takes an entry point down."
    else:
        yield "takes down  single point of failure"
        shown = len(fatal) if full else _RANKED
        for each in fatal[:shown]:
            yield safe_line(f"{len(each.stops):>10}  {each.address}")
            others = [one for one in each.stops if one != each.address]
            named = some(others, len(others) if full else NAMED)
            taken = named if len(others) == len(each.stops) else f"itself{', ' if others else ''}{named}"
            yield from _wrapped(taken, " " * 14)
        if len(fatal) > shown:
            yield f"and {len(fatal) - shown} more"
    milder = [each for each in ranked if not each.stops]
    for verb, words, found in (
        ("may take", "an entry point down; the code does not say", [each for each in milder if each.unknown]),
        ("make", "an entry point degrade", [each for each in milder if each.degrades and not each.unknown]),
        ("make", "an entry point stop until it recovers by itself", [each for each in milder if _only_recovers(each)]),
    ):
        if found:
            yield ""
            said = "makes" if verb == "make" and len(found) == 1 else verb
            named = some([each.address for each in found], len(found) if full else 8)
            yield from _wrapped(f"{len(found)} {said} {words}: {named}.", "")


def _only_recovers(each: Single) -> bool:
    return bool(each.recovers) and not (each.unknown or each.degrades)


def _wrapped(text: str, indent: str) -> Iterable[str]:
    """A sentence on lines of at most the width; a name is never broken."""
    return wrap(
        safe_line(text),
        WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}  " if indent else "",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Rows with their cells below each other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        safe_line("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()) for row in rows
    )
