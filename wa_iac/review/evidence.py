"""Evidence for and against each best practice, from the verdicts of a report.

A practice has one of five standings:

- fails: at least one listed finding is against it;
- open: no listed finding is against it, but a result is undecided, is advice, or was accepted by a suppression;
- holds: each rule that applied passed, and one of them to a resource;
- nothing: rules serve it, but none of them applied to a resource. That a whole template lacks a fault is no evidence: it may lack the
  subject;
- person: no rule judges it.

"holds" is said of what templates show. `PracticeReview.by_person` says what a person still has to judge.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from wa_iac.core.finding import Cause, Finding, Judgement, Report
from wa_iac.core.rule import PILLARS, Pillar, Rule
from wa_iac.core.scales import Severity
from wa_iac.report.listing import count, gravest_first
from wa_iac.report.practice_list import Served

Standing: TypeAlias = Literal["fails", "open", "holds", "nothing", "person"]
STANDINGS: Final[tuple[Standing, ...]] = get_args(Standing)

EvidenceKind: TypeAlias = Literal["fail", "unknown", "advice", "accepted", "pass"]
"""advice: a fault that only the profile `all` reports, or that the settings leave out; accepted: a fault that a suppression or the baseline accepts."""

RISKS: Final = ("High", "Medium", "Low")
"""The framework's risks, the highest first."""


class Place(NamedTuple):
    """A resource, or a whole unit if `address` is empty, and the line to open: of the fault, else of the resource."""

    address: str
    path: str
    line: int
    unit: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One statement about a best practice: a finding, or all resources that pass a rule.

    Attributes:
        text: a sentence.
        fault: the fingerprint of the finding; empty for a pass and for advice.
        cause: the value that an undecided result waits for.
        environments: those for which it holds; empty if they have no names.
    """

    verdict: EvidenceKind
    rule: Rule = field(repr=False)
    text: str
    places: tuple[Place, ...]
    severity: Severity | None = None
    fault: str = ""
    cause: Cause | None = None
    environments: frozenset[str] = frozenset()

    @property
    def place(self) -> str:
        """The first place, as `path:line`."""
        return str(self.places[0]) if self.places else ""


@dataclass(frozen=True)
class PracticeReview:
    """A best practice with its evidence: findings, the most severe first, then undecided results, then passes by rule.

    Attributes:
        ran: whether a rule that serves it is one of those that were selected.
    """

    served: Served
    evidence: tuple[Evidence, ...]
    ran: bool

    @property
    def id(self) -> str:
        return self.served.id

    @property
    def title(self) -> str:
        return self.served.title

    @property
    def url(self) -> str:
        return self.served.url

    @property
    def pillar(self) -> Pillar:
        return self.served.pillar

    @property
    def question(self) -> str:
        return self.served.question

    @property
    def risk(self) -> str:
        return self.served.risk

    @property
    def by_person(self) -> str:
        """What a person has to judge, in words; empty if rules judge all that matters."""
        return self.served.by_person

    @cached_property
    def standing(self) -> Standing:
        return _standing(self.served, {each.verdict for each in self.evidence})

    @property
    def in_part(self) -> bool:
        """Whether templates show only a part of it."""
        return self.served.templates == "partly"

    @property
    def says_nothing(self) -> str:
        """Why there is no evidence: a sentence; empty if there is some, or if a person judges the practice."""
        if self.standing != "nothing":
            return ""
        if not self.ran:
            return "Its rules run only in the profile `all`."
        return "None of its rules applies to a resource here."

    @property
    def worst(self) -> Severity:
        """The severity of the most severe finding against it; the lowest if there is none."""
        found = (each.severity for each in self.evidence if each.verdict == "fail" and each.severity is not None)
        return max(found, key=lambda each: each.rank, default=Severity.LOW)

    def of(self, *verdicts: EvidenceKind) -> list[Evidence]:
        return [each for each in self.evidence if each.verdict in verdicts]

    @property
    def causes(self) -> list[Cause]:
        """The values that would settle its undecided results, each once."""
        return list({each.cause.id: each.cause for each in self.evidence if each.cause is not None}.values())

    def standing_in(self, environment: str) -> Standing:
        """Its standing in one environment."""
        return _standing(self.served, {each.verdict for each in self.evidence if environment in each.environments})


class PillarReview(NamedTuple):
    """The practices of a pillar, in the framework's order."""

    pillar: Pillar
    practices: tuple[PracticeReview, ...]

    @property
    def standings(self) -> Counter[Standing]:
        return Counter(each.standing for each in self.practices)

    @property
    def judged(self) -> int:
        """The number of practices about which something is said."""
        return sum(self.standings[each] for each in ("fails", "open", "holds"))

    @property
    def questions(self) -> list[tuple[str, list[PracticeReview]]]:
        """The practices of each question: those that are judged first, and of these the ones of the highest risk first."""
        found: dict[str, list[PracticeReview]] = defaultdict(list)
        for each in self.practices:
            found[each.question].append(each)
        return [
            (question, sorted(by_risk(members), key=lambda each: each.standing in ("nothing", "person")))
            for question, members in found.items()
        ]

    @property
    def failing(self) -> list[PracticeReview]:
        """The practices that fail: those with the most severe finding first, and of these the ones of the highest risk."""
        found = by_risk(each for each in self.practices if each.standing == "fails")
        return sorted(found, key=lambda each: -each.worst.rank)


def by_risk(practices: Iterable[PracticeReview]) -> list[PracticeReview]:
    """Practices by the framework's risk, the highest first; those of one risk in the framework's order."""
    return sorted(practices, key=lambda each: RISKS.index(each.risk))


@dataclass(frozen=True)
class Review:
    """The evidence of a whole report."""

    report: Report = field(repr=False)
    pillars: tuple[PillarReview, ...]

    @property
    def practices(self) -> list[PracticeReview]:
        """All practices in the framework's order."""
        return [each for pillar in self.pillars for each in pillar.practices]

    @property
    def environments(self) -> list[str]:
        """The environments to compare; empty if there is only one."""
        names = sorted(self.report.environments)
        return names if len(names) > 1 else []


def review(report: Report, practices: Sequence[Served], selected: Container[str], pillars: Sequence[Pillar] = ()) -> Review:
    """The review of a report, for which the rules in `selected` were to run: of all pillars, or of some of them."""
    found = _by_rule(report)
    by_pillar: dict[Pillar, list[PracticeReview]] = defaultdict(list)
    for each in practices:
        evidence = [one for slug in each.rules for one in found.get(slug, ())]
        by_pillar[each.pillar].append(
            PracticeReview(each, tuple(sorted(evidence, key=_order)), any(slug in selected for slug in each.rules))
        )
    return Review(
        report, tuple(PillarReview(pillar, tuple(by_pillar[pillar])) for pillar in PILLARS if not pillars or pillar in pillars)
    )


def _standing(served: Served, verdicts: set[EvidenceKind]) -> Standing:
    if "fail" in verdicts:
        return "fails"
    if not verdicts.isdisjoint(("unknown", "advice", "accepted")):
        return "open"
    if "pass" in verdicts:
        return "holds"
    return "nothing" if served.rules else "person"


_KINDS: Final[tuple[EvidenceKind, ...]] = get_args(EvidenceKind)


def _order(evidence: Evidence) -> tuple[int, int]:
    """Sorts by kind, and by severity among findings; rules stay in the order in which they serve the practice."""
    return _KINDS.index(evidence.verdict), -evidence.severity.rank if evidence.severity is not None else 0


def _by_rule(report: Report) -> dict[str, list[Evidence]]:
    """The evidence that each rule gives."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for each in gravest_first(report.grouped(report.findings)):
        found[each.rule.slug].append(_of_finding(each))
    for each in gravest_first(report.grouped(report.advice)):
        found[each.rule.slug].append(_of_finding(each, advice=True))
    told = {(each.rule.slug, each.unit) for each in (*report.findings, *report.advice) if each.verdict == "fail"}
    rules = {each.slug: each for each in report.rules}
    for slug, judgements in _judgements(report).items():
        if slug in rules:
            found[slug] += _of_judgements(rules[slug], judgements, told)
    return found


def _judgements(report: Report) -> Mapping[str, list[Judgement]]:
    made: dict[str, list[Judgement]] = defaultdict(list)
    for each in report.judgements:
        made[each.slug].append(each)
    return made


def _of_finding(finding: Finding, *, advice: bool = False) -> Evidence:
    verdict: EvidenceKind = "advice" if advice else finding.verdict
    text = finding.message.strip()
    if finding.suppressed is not None:
        verdict = "accepted"
        reason = finding.suppressed.reason
        text = f"{text} Accepted{f': {reason}' if reason else ' without a reason'}."
    places = (Place(each.address, each.span.path, each.span.start_line, each.unit) for each in finding.instances)
    return Evidence(
        verdict,
        finding.rule,
        text,
        tuple(places),
        finding.severity,
        finding.fault,
        finding.waits_for,
        frozenset(name for each in finding.instances for name in each.environments),
    )


def _of_judgements(rule: Rule, judgements: Sequence[Judgement], told: set[tuple[str, str]]) -> Iterator[Evidence]:
    """What has no finding: the resources that pass, and the faults that the profile or the settings leave out."""
    left_out = [each for each in judgements if each.verdict == "fail" and (rule.slug, each.unit) not in told]
    if left_out:
        places = _places(left_out)
        text = f"{rule.title}: {_subjects(places)}. The settings leave it out."
        yield Evidence("advice", rule, text, places, rule.severity, environments=_environments(left_out))
    # A rule on whole units passes one that has nothing to do with it.
    if passed := [each for each in judgements if each.verdict == "pass" and each.address]:
        places = _places(passed)
        yield Evidence("pass", rule, f"{_subjects(places)} without this fault.", places, environments=_environments(passed))


def _environments(judgements: Iterable[Judgement]) -> frozenset[str]:
    return frozenset(each.environment for each in judgements if each.environment)


def _places(judgements: Iterable[Judgement]) -> tuple[Place, ...]:
    """The places of some judgements, each once, in the order of files and lines."""
    places = dict.fromkeys(Place(each.address, each.path, each.line, each.unit) for each in judgements)
    return tuple(sorted(places, key=lambda each: (each.path, each.line, each.address, each.unit)))


def _subjects(places: Sequence[Place]) -> str:
    resources = sum(bool(each.address) for each in places)
    units = len(places) - resources
    said = [count(resources, "resource")] if resources else []
    said += [count(units, "template or root module", "templates or root modules")] if units else []
    return " and ".join(said)
