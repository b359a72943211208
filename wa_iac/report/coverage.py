"""The parts of the code that no finding speaks about: types without a rule, resources of which nothing could be decided; and the
evidence, what held."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

from wa_iac.core.finding import Report, Verdict

from .listing import count, some

SHOWN: Final = 5
"""Types, or resources, that a line names; the others are counted."""


class Held(NamedTuple):
    """A rule that a resource keeps, in every environment. `address` is empty for a rule on the whole unit."""

    slug: str
    address: str
    path: str
    unit: str


class ResourceOf(NamedTuple):
    """A resource of a unit."""

    address: str
    path: str
    unit: str


def held(report: Report) -> list[Held]:
    """The rules that hold, sorted by file, resource and rule. A rule that does not apply to a resource is not one of them."""
    verdicts: dict[Held, set[Verdict]] = defaultdict(set)
    for slug, verdict, address, path, unit, *_ in report.judgements:
        verdicts[Held(slug, address, path, unit)].add(verdict)
    kept = (each for each, found in verdicts.items() if "pass" in found and found <= {"pass", "not-applicable"})
    return sorted(kept, key=lambda each: (each.path, each.unit, each.address, each.slug))


def undecided_throughout(report: Report) -> list[ResourceOf]:
    """The resources with results of which all are undecided, in every environment; in order of their files."""
    verdicts: dict[ResourceOf, set[Verdict]] = defaultdict(set)
    for _, verdict, address, path, unit, *_ in report.judgements:
        if address:
            verdicts[ResourceOf(address, path, unit)].add(verdict)
    found = (each for each, said in verdicts.items() if "unknown" in said and said <= {"unknown", "not-applicable"})
    return sorted(found, key=lambda each: (each.path, each.unit, each.address))


def by_type(types: Counter[str]) -> list[tuple[str, int]]:
    """Types with their numbers, the most frequent first."""
    return sorted(types.items(), key=lambda each: (-each[1], each[0]))


def coverage_lines(report: Report, *, most: int = SHOWN) -> Iterator[str]:
    """A sentence for each kind of gap. At most `most` types or resources are named in one."""
    if types := report.without_rule:
        named = [f"{name} ({number:,})" for name, number in by_type(types)]
        resources = count(types.total(), "resource")
        yield f"{resources} of {count(len(types), 'type')} {_have(types.total())} no rule: {some(named, most)}"
    if resources_of := undecided_throughout(report):
        named = [each.address for each in resources_of]
        resources = count(len(named), "resource")
        yield f"{resources} {_have(len(named))} only undecided results: {some(named, most)}"


def _have(number: int) -> str:
    return "has" if number == 1 else "have"
