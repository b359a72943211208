"""Undecided results by their causes: each value that is missing, once, with everything that waits for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from wa_iac.core.finding import Cause, Finding

from .listing import NAMED, some


class Waiting(NamedTuple):
    """A cause, and the results that wait for it."""

    cause: Cause
    findings: tuple[Finding, ...]


def by_cause(findings: Iterable[Finding]) -> list[Waiting]:
    """The causes of undecided findings; first the ones that most findings wait for."""
    found: dict[str, tuple[Cause, list[Finding]]] = {}
    for each in findings:
        if each.waits_for is not None:
            found.setdefault(each.waits_for.id, (each.waits_for, []))[1].append(each)
    made = [Waiting(cause, tuple(members)) for cause, members in found.values()]
    return sorted(
        made, key=lambda each: (-len(each.findings), each.cause.why, each.cause.span.path, each.cause.span.start_line)
    )


def cause_lines(waiting: Waiting, *, verbose: bool) -> Iterator[str]:
    """An entry of the text report: the cause, what settles it, and a line for each rule that waits for it."""
    cause, findings = waiting
    place = f" ({cause.span.path}:{cause.span.start_line})" if cause.span.path else ""
    yield f"undecided: {cause.why}{place}"
    if cause.settle:
        yield f"  to settle it: {cause.settle}"
    rules: dict[tuple[int, str, str], list[str]] = defaultdict(list)
    for each in findings:
        when = f", fails when {each.when}" if each.when else ""
        severity = each.severity.value
        rules[-each.severity.rank, f"{severity}  {each.rule.slug}{when}", each.rule.slug] += _resources(each)
    for (_, said, _), resources in sorted(rules.items()):
        yield f"  {said}: {some(resources, 10**9 if verbose else NAMED)}"


def _resources(finding: Finding) -> list[str]:
    return [
        f"{each.address or each.unit} ({each.span.path}:{each.span.start_line})"
        + (f" in {', '.join(finding.environments)}" if finding.environments else "")
        for each in finding.instances
    ]


def settled_by(findings: Sequence[Finding]) -> str:
    """How many values would settle how many of some undecided findings; empty if nothing is known to settle any."""
    ways = [each for each in by_cause(findings) if each.cause.settle]
    settled = sum(len(each.findings) for each in ways)
    if not settled:
        return ""
    what = f"{len(ways):,} {'value' if len(ways) == 1 else 'values'} would settle"
    whom = "it" if len(findings) == 1 else "them" if settled == len(findings) else f"{settled:,} of them"
    return f"{what} {whom}"
