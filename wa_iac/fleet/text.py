"""The report of a fleet for a terminal or a log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from wa_iac.report.text import aligned, safe_line

from .sums import SEVERITIES, Sum, Sums
from .trend import Trend
from .words import KIND_NAMES, NO_TEAM, by_team, headline, shared_line, trend_line, trend_notes, unread_line

_MOST: Final = 20
"""Lines of a table; JSON has all."""
_UNREAD: Final = 50
"""Entries that were not read, by name; JSON has all."""
_LONGEST: Final = 100
"""Characters of a reason."""


def as_text(sums: Sums) -> str:
    """The report, ending in a line feed. It begins with what was not read."""
    return "\n\n".join(_parts(sums)) + "\n"


def _parts(sums: Sums) -> Iterator[str]:
    if sums.unread:
        lines = [["entry", "state", "errors", "why"]]
        lines += [[each.name, each.in_words, f"{each.mistakes:,}", _short(each.why)] for each in sums.unread[:_UNREAD]]
        yield f"Not read\n{unread_line(sums)}\n\n{aligned(lines)}{_more(len(sums.unread) - _UNREAD)}"
    yield safe_line(headline(sums))
    if sums.shared:
        yield safe_line(shared_line(sums))
    if sums.trend is not None:
        yield from _trend(sums.trend)
    for title, found in (
        ("pillar", sums.by_pillar),
        ("practice", sums.by_practice),
        ("rule", sums.by_rule),
        ("team", sums.by_team),
        ("entry", sums.by_entry),
    ):
        if found:
            yield f"{_table(title, found[:_MOST])}{_more(len(found) - _MOST)}"
    if sums.left_out:
        said = [safe_line(f"{name}: {each}") for name, each in sums.left_out[:_MOST]]
        yield "\n".join(["Left out by settings in the entries", *said]) + _more(len(sums.left_out) - _MOST)


def _table(title: str, found: Sequence[Sum]) -> str:
    columns = [each for each in SEVERITIES if any(one.severities[each] for one in found)]
    lines = [[title, *columns, "findings", "undecided", "entries"]]
    for each in found:
        numbers = (each.severities[name] for name in columns)
        name = each.name or NO_TEAM
        lines.append([name, *map(_number, numbers), *map(_number, (each.findings, each.undecided, each.entries))])
    return aligned(lines)


def _trend(trend: Trend) -> Iterator[str]:
    yield safe_line(trend_line(trend)) + "".join(f"\n{safe_line(f'note: {each}')}" for each in trend_notes(trend))
    if trend.by_team:
        lines = [["team", *KIND_NAMES.values()]]
        lines += [[name or NO_TEAM, *by_team(counts)] for name, counts in trend.by_team.items()]
        yield aligned(lines[: _MOST + 1]) + _more(len(lines) - 1 - _MOST)
    if trend.changed:
        lines = [["change", "severity", "rule", "entry", "place"]]
        lines += [
            [KIND_NAMES[each.kind], each.severity, each.rule, each.entry, f"{each.path}:{each.line}"]
            for each in trend.changed[:_MOST]
        ]
        yield aligned(lines) + _more(len(trend.changed) - _MOST)


def _number(number: int) -> str:
    return f"{number:,}" if number else "-"


def _more(number: int) -> str:
    return f"\nand {number:,} more: --format json has all" if number > 0 else ""


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
