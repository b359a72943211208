"""Accuracy: findings drawn at random from real repositories, for a person to read, and the outcome of that reading.

The table (`docs/accuracy.csv`) has one row for each finding that was read. `worth` is the reader's answer: `yes`, it deserves
attention; `shrug`, it is true, but the reader would not act on it; `wrong`, the fact, the message or the remedy is not right.
"""

from __future__ import annotations

import csv
import io
import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import sqrt
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias, cast, get_args

from wa_iac.core.finding import Finding
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection
from wa_iac.report.remedy import remedy

from .generated_parts import GeneratedPart

TABLE: Final = Path("docs/accuracy.csv")
PLACE: Final = GeneratedPart(
    Path("docs/accuracy.md"),
    "<!-- The outcome: written by `python -m wa_iac.maintenance docs` -->",
    "<!-- The end of the outcome -->",
)

Worth: TypeAlias = Literal["yes", "shrug", "wrong"]
ANSWERS: Final[tuple[Worth, ...]] = get_args(Worth)


class Draw(NamedTuple):
    """A finding to read. `place` is its path from the repository's root, and its line; `total` is the number of findings of its
    rule in all repositories."""

    repository: str
    place: str
    finding: Finding
    total: int


class Row(NamedTuple):
    """A finding that was read, with the reader's answer and reason."""

    repository: str
    place: str
    rule: str
    severity: str
    total: int
    worth: Worth
    reason: str


def draw(repositories: Sequence[Path], number: int, seed: int) -> list[Draw]:
    """Up to `number` findings of the default profile: the rules in turn, and of a rule the repository that was drawn least so
    far. The same seed gives the same findings."""
    chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
    by_rule: defaultdict[str, list[tuple[str, str, Finding]]] = defaultdict(list)
    for path in sorted(repositories):
        for finding in check([path], Selection()).failing():
            inside = os.path.relpath(Path(finding.span.path).resolve(), path.resolve())
            place = f"{Path(inside).as_posix()}:{finding.span.start_line}"
            by_rule[finding.rule.slug].append((path.name, place, finding))
    totals = {slug: len(found) for slug, found in by_rule.items()}
    order = sorted(by_rule)
    chance.shuffle(order)
    for slug in order:
        chance.shuffle(by_rule[slug])
    drawn: list[Draw] = []
    used: Counter[str] = Counter()
    while len(drawn) < number and any(by_rule.values()):
        for slug in order:
            if by_rule[slug] and len(drawn) < number:
                chosen = min(by_rule[slug], key=lambda each: used[each[0]])
                by_rule[slug].remove(chosen)
                used[chosen[0]] += 1
                drawn.append(Draw(*chosen, totals[slug]))
    return drawn


def sheet(drawn: Iterable[Draw]) -> str:
    """The table to fill in, as CSV, with everything that the reader needs to find and judge a finding."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*Row._fields, "address", "message", "remedy"])
    for repository, place, each, total in drawn:
        known = [repository, place, each.rule.slug, each.severity.value, total, "", ""]
        writer.writerow([*known, each.address, each.message, remedy(each).text])
    return text.getvalue()


def rows(text: str) -> list[Row]:
    """The rows of the filled-in table. Raises `ValueError` for a row without an answer or a reason."""
    found: list[Row] = []
    for number, row in enumerate(csv.DictReader(io.StringIO(text)), start=2):
        if row["worth"] not in ANSWERS or not row["reason"]:
            raise ValueError(f"{TABLE}:{number}: worth needs one of {', '.join(ANSWERS)}, and a reason")
        kept = {name: row[name] for name in ("repository", "place", "rule", "severity", "reason")}
        found.append(Row(**kept, total=int(row["total"]), worth=cast("Worth", row["worth"])))
    return found


def outcome(read: Sequence[Row]) -> str:
    """The outcome in Markdown: all findings, then those of each rule with an answer other than yes."""
    return "\n".join([*_overall(read), "", *_by_rule(read)]) + "\n"


def _overall(read: Sequence[Row]) -> Iterator[str]:
    yield "| | Findings | Share | 95% interval | Weighted by rule |"
    yield "| --- | --- | --- | --- | --- |"
    for answer, words in zip(ANSWERS, ("deserve attention", "true, but shrugged off", "wrong"), strict=True):
        number = sum(each.worth == answer for each in read)
        low, high = interval(number, len(read))
        yield (f"| {words} | {number} | {number / len(read):.1%} | {low:.1%} to {high:.1%} | {weighted(read, answer):.1%} |")
    yield f"| all | {len(read)} | | | |"


def _by_rule(read: Sequence[Row]) -> Iterator[str]:
    yield "| Rule | Read | Shrugged off | Wrong |"
    yield "| --- | --- | --- | --- |"
    for slug, found in _groups(read).items():
        answers = Counter(each.worth for each in found)
        if answers["yes"] < len(found):
            yield f"| `{slug}` | {len(found)} | {answers['shrug']} | {answers['wrong']} |"


def weighted(read: Sequence[Row], answer: Worth) -> float:
    """The share of an answer if each rule counts as often as it reports something in all repositories."""
    groups = _groups(read).values()
    shares = [(found[0].total, sum(each.worth == answer for each in found) / len(found)) for found in groups]
    return sum(total * share for total, share in shares) / sum(total for total, _ in shares)


def interval(number: int, of: int) -> tuple[float, float]:
    """The 95% interval of a share, by Wilson's formula."""
    z = 1.96
    share, scale = number / of, 1 + z * z / of
    middle = (share + z * z / (2 * of)) / scale
    half = z * sqrt(share * (1 - share) / of + z * z / (4 * of * of)) / scale
    return max(0.0, middle - half), min(1.0, middle + half)


def _groups(read: Sequence[Row]) -> dict[str, list[Row]]:
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for each in sorted(read, key=lambda row: row.rule):
        groups[each.rule].append(each)
    return groups


def published() -> str:
    """The outcome of the published table."""
    return outcome(rows(TABLE.read_text(encoding="utf-8")))
