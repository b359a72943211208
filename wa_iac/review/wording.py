"""The words in which every format of the review says the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from wa_iac.core.finding import Report
from wa_iac.core.rule import PILLARS, Pillar
from wa_iac.report.listing import count, some
from wa_iac.report.severity import SCALES

from .evidence import Evidence, EvidenceKind, Place, PracticeReview, Review, Standing

PILLAR_NAMES: Final[dict[Pillar, str]] = {
    "operations": "Operational excellence",
    "security": "Security",
    "reliability": "Reliability",
    "performance": "Performance efficiency",
    "cost": "Cost optimization",
    "sustainability": "Sustainability",
}
STANDING_NAMES: Final[dict[Standing, str]] = {
    "fails": "Fails",
    "open": "Open",
    "holds": "Holds",
    "nothing": "Nothing to say",
    "person": "Needs a person",
}
STANDING_MEANINGS: Final[dict[Standing, str]] = {
    "fails": "At least one finding is against it.",
    "open": "No finding is against it, but something is undecided, is advice (a fault that is mild or not certain), or was accepted.",
    "holds": "Every rule that applied to a resource passed, as far as templates show.",
    "nothing": "No rule that serves it applied to a resource here, or its rules run only in the profile `all`.",
    "person": "Templates do not show it, or no rule judges it.",
}
_SINGULAR: Final[dict[Standing, str]] = {
    "fails": "fails",
    "open": "is open",
    "holds": "holds",
    "nothing": "has nothing to say",
    "person": "needs a person",
}
_PLURAL: Final[dict[Standing, str]] = {
    "fails": "fail",
    "open": "are open",
    "holds": "hold",
    "nothing": "have nothing to say",
    "person": "need a person",
}
KIND_NAMES: Final[dict[EvidenceKind, str]] = {
    "fail": "against",
    "unknown": "undecided",
    "advice": "advice",
    "accepted": "accepted",
    "pass": "for",
}


def places(found: Sequence[Place], most: int) -> str:
    """The first places, `address (path:line)`, and the number of the others."""
    named = [
        f"{each.address} ({each}{f', in {units} units' if units > 1 else ''})" if each.address else str(each)
        for each, units in merged(found)
    ]
    return some(named, most)


def heading(practice: PracticeReview) -> str:
    """Standing, id, title and risk in one line."""
    return f"{STANDING_NAMES[practice.standing]}: {practice.id} {practice.title} ({practice.risk.lower()} risk)"


def severity(evidence: Evidence) -> str:
    """The severity in words; empty for passes and undecided results."""
    return evidence.severity.value if evidence.severity is not None and evidence.verdict == "fail" else ""


def summary(report: Report) -> str:
    """What was reviewed and found, in a sentence."""
    failing, severities = report.failing(), report.by_severity()
    found = count(len(failing), "finding") if failing else "no findings"
    if failing:
        found += f" ({', '.join(f'{severities[each]} {each}' for each in SCALES if severities[each])})"
    said = [f"{count(report.resources, 'resource')} in {count(len(report.sources), 'file')}", found]
    said += [f"{len(waiting):,} undecided"] if (waiting := report.undecided()) else []
    said += [f"{accepted:,} accepted"] if (accepted := report.summary()["suppressed"]) else []
    said += [f"{advice:,} of advice"] if (advice := report.left_out["advice"]) else []
    return ", ".join(said)


def standing_count(number: int, standing: Standing) -> str:
    """A standing as a verb for a number of practices: "6 fail", "1 fails"."""
    return f"{number:,} {_SINGULAR[standing] if number == 1 else _PLURAL[standing]}"


def merged(found: Sequence[Place]) -> list[tuple[Place, int]]:
    """Places, each once, with the number of units that share it."""
    units: dict[tuple[str, str, int], list[Place]] = {}
    for each in found:
        units.setdefault((each.address, each.path, each.line), []).append(each)
    return [(members[0], len(members)) for members in units.values()]


def gaps(review: Review) -> list[str]:
    """Sentences on what the standings do not cover, so that an empty list never looks clean."""
    report = review.report
    said = []
    if mistakes := report.mistakes():
        files = count(len({each.path for each in mistakes if each.path}), "file")
        said.append(
            f"Not everything could be read: {count(len(mistakes), 'error')} in {files}. A standing is one of what was read."
        )
    if (unread := len(report.unavailable())) > 0:
        said.append(
            f"{count(unread, 'part')} of the code, such as modules, could not be found and {'is' if unread == 1 else 'are'} not reviewed."
        )
    if waiting := len(report.undecided()):
        said.append(f"{count(waiting, 'result')} {'is' if waiting == 1 else 'are'} undecided.")
    if accepted := report.summary()["suppressed"]:
        said.append(
            f"{count(accepted, 'finding')} {'was' if accepted == 1 else 'were'} accepted by a suppression or the baseline."
        )
    if report.by_settings is not None:
        said.append(f"{report.by_settings}.")
    if not report.resources:
        said.append("There is no resource in what was read.")
    return said


def of_other_pillars(review: Review) -> Iterator[str]:
    """A sentence on each pillar with rules that fail under practices of other pillars only: `check` counts them in their own."""
    practices: dict[str, dict[str, Pillar]] = defaultdict(dict)
    for practice in review.practices:
        for slug in practice.served.rules:
            practices[slug][practice.id] = practice.pillar
    failing = {each.rule.slug: each.rule.pillar for each in review.report.failing()}
    for pillar in PILLARS:
        away = [
            slug for slug, own in failing.items() if own == pillar and practices[slug] and own not in practices[slug].values()
        ]
        if away:
            names = ", ".join(f"{slug} ({', '.join(practices[slug])})" for slug in sorted(away))
            yield f"{PILLAR_NAMES[pillar]}: the practices of these rules are of other pillars, and fail there: {names}."
