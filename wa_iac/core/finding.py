"""Findings, and the report they make.

A run finds a fault once for each instance: each address, each root module or template that reaches it, each cause. So a baseline, a
scope or a suppression can tell one from the next. Reports show together what is the same fault of one line: see `Report.grouped`.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, TypeAlias

from .declared import Dialect
from .errors import NOTES, InternalError, UnavailableError, WaIacError, mistakes
from .fix import Fix
from .rule import Rule, Severity
from .span import Span
from .value import Step

Verdict: TypeAlias = Literal["pass", "fail", "unknown", "not-applicable"]

LeftOut: TypeAlias = Literal["", "older", "elsewhere"]
"""Why a finding is not reported: it lies in nothing that has changed; it lies in no file that was named."""


def fingerprint(*parts: str | int) -> str:
    """What other programs know something by: a digest of what identifies it."""
    # File names need not be UTF-8, and a template may hold a lone surrogate.
    return hashlib.sha256("\0".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Suppression(NamedTuple):
    """Why a finding is left out. `source` says where that is written: in a comment, in a resource's metadata, in the baseline."""

    reason: str
    source: Literal["inline", "metadata", "baseline"]


class BySettings(NamedTuple):
    """What settings that were found in the tree, not named by anybody, take out of a report or make milder.

    Attributes:
        path: the settings file, as shown.
        files: how many files it leaves out that are ours by their names.
        rules: how many rules it leaves out; `findings`, how many single findings by its overrides; `known`, how many by its baseline.
        lowered: how many rules it gives a milder severity; `options`, of how many it sets options.
        fail_on: from which severity it lets a run fail, where that is not the mildest; else empty.
    """

    path: str
    files: int = 0
    rules: int = 0
    findings: int = 0
    lowered: int = 0
    options: int = 0
    fail_on: str = ""
    known: int = 0

    def __str__(self) -> str:
        left_out = [
            f"{number:,} {noun if number == 1 else f'{noun}s'}"
            for number, noun in (
                (self.files, "file"),
                (self.rules, "rule"),
                (self.findings, "finding"),
                (self.known, "known finding"),
            )
            if number
        ]
        said = [f"leaves out {' and '.join(left_out)}"] if left_out else []
        said += [f"makes {self.lowered:,} {'severity' if self.lowered == 1 else 'severities'} milder"] if self.lowered else []
        said += [f"sets options of {self.options:,} {'rule' if self.options == 1 else 'rules'}"] if self.options else []
        said += [f"fails from {self.fail_on}"] if self.fail_on else []
        return f"{self.path} {' and '.join(said)}" if said else ""


class Judgement(NamedTuple):
    """The verdict of one rule on one resource; passes too, since a review needs evidence for a practice as well."""

    slug: str
    verdict: Verdict
    address: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault of one instance, or one thing that could not be decided of it; or, in `Report.grouped`, of several instances.

    Attributes:
        message: what is wrong and what happens if it stays; for an unknown, what could not be known.
        when: the condition under which it fails, where it does not always: "IsProd is false"; else empty.
        made_from: the type, as written, of the resource that a transform makes it from; empty for one that is written itself.
        address: of the resource, in the dialect's own way; empty for a finding on the unit as a whole.
        span: the line to change.
        related: the places the value came through, and the module calls.
        chain: of these, the places the value came through: the nearest first, where it is set last.
        unit: the root module or template that it was found for, as shown.
        mark: what is written at the place, as a digest: tells two findings of one rule on one resource apart.
        fingerprint: of the instance. It stays the same when lines move, and whatever other instances there are.
        fault: the fingerprint that all instances of the same fault have: of one block, one line in it, and, where the value is
            set elsewhere, one message.
        group: of a finding that stands for several, all of them, itself first; empty where it stands for itself.
    """

    rule: Rule
    verdict: Literal["fail", "unknown"]
    message: str
    when: str = ""
    address: str
    type: str
    dialect: Dialect
    span: Span
    made_from: str = ""
    related: tuple[Step, ...] = ()
    chain: tuple[Step, ...] = ()
    unit: str = ""
    mark: str = ""
    fingerprint: str = ""
    fault: str = ""
    suppressed: Suppression | None = None
    group: tuple[Finding, ...] = field(default=(), repr=False)
    environments: tuple[str, ...] = ()
    """The names of the environments in which it holds, none where they have no names; in `Report.grouped`, none where it holds in all
    that were asked for."""
    graded: Severity | None = None
    """The severity that the settings give it here, where that is not its rule's."""
    instead: str = ""
    """What to write instead, where that is not its rule's remedy; nothing mends it then."""
    fix: Fix | None = None
    """How it can be mended; looked for only where somebody asks."""
    left_out: LeftOut = ""
    """Why it is not to be reported, where only a part is."""

    @property
    def remedy(self) -> str:
        """What to write instead, in the words of what is written: of a SAM resource those of SAM."""
        return self.instead or self.rule.remedy.text_for(self.dialect, self.made_from or self.type)

    @property
    def severity(self) -> Severity:
        return self.rule.severity if self.graded is None else self.graded

    @property
    def instances(self) -> tuple[Finding, ...]:
        """All that it stands for, itself first."""
        return self.group or (self,)

    @property
    def cause(self) -> Span | None:
        """Where its value is set, if that is another place than the one to change."""
        return next((each.span for each in reversed(self.chain) if each.span.path), None)


@dataclass(slots=True, kw_only=True)
class Report:
    """All that a run found.

    Attributes:
        findings: each instance, sorted by path, line and slug.
        sources: the files read, by shown path.
        environments: the names of those that were asked for; none where they have no names.
    """

    findings: list[Finding] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    errors: list[WaIacError] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    sources: dict[str, bytes] = field(default_factory=dict)
    environments: frozenset[str] = frozenset()
    secrets: frozenset[str] = frozenset()
    """Texts that must not be quoted, where a report shows lines of files."""
    resources: int = 0
    rules_considered: int = 0
    by_settings: BySettings | None = None
    """What the settings of the tree take out, or make milder."""
    has_fixes: bool = False
    """Whether it was looked up how each finding can be mended."""
    _standing: dict[Verdict, tuple[list[Finding], list[Finding]]] = field(default_factory=dict, repr=False, compare=False)
    left_out: Counter[LeftOut] = field(default_factory=Counter)
    """How many findings stand that are not reported, since only a part was asked for."""

    def grouped(self, findings: Iterable[Finding]) -> list[Finding]:
        """One finding for what is the same fault of one line: the same words, and the same said by settings and suppressions.
        Their order is that of the first of each."""
        groups: dict[tuple[object, ...], list[Finding]] = {}
        for each in findings:
            said = (each.message, each.suppressed, each.graded, each.left_out, each.fix)
            groups.setdefault((each.rule.slug, each.span, each.verdict, *said), []).append(each)
        return [self._group(each) if len(each) > 1 or each[0].environments else each[0] for each in groups.values()]

    def _group(self, findings: list[Finding]) -> Finding:
        names = dict.fromkeys(name for each in findings for name in each.environments)
        everywhere = all(self.environments.issubset(each.environments) for each in findings)
        return replace(findings[0], group=tuple(findings), environments=() if everywhere else tuple(names))

    def failing(self) -> list[Finding]:
        """The findings that stand, grouped: failed, and not suppressed."""
        return self._stands("fail")

    def undecided(self) -> list[Finding]:
        return self._stands("unknown")

    def _stands(self, verdict: Verdict) -> list[Finding]:
        """What stands with a verdict: looked up once for as long as the findings are the same."""
        known = self._standing.get(verdict)
        if known is None or known[0] != self.findings:
            found = self.grouped(each for each in self.findings if each.verdict == verdict and each.suppressed is None)
            known = self._standing[verdict] = (self.findings[:], found)
        return known[1]

    def summary(self) -> dict[str, int]:
        """The counts of the JSON report, in its order."""
        return {
            "files": len(self.sources),
            "resources": self.resources,
            "rules": self.rules_considered,
            "fail": len(self.failing()),
            "unknown": len(self.undecided()),
            "suppressed": len(self.grouped(each for each in self.findings if each.suppressed is not None)),
            "errors": len(self.mistakes()),
        }

    def mistakes(self) -> list[WaIacError]:
        """The errors that somebody has to mend before everything can be judged."""
        return mistakes(self.errors)

    def unavailable(self) -> list[WaIacError]:
        """What the code names and is not at hand: an installed module, a macro."""
        return [each for each in self.errors if isinstance(each, UnavailableError)]

    def notes(self) -> list[WaIacError]:
        """What is told, and leaves the exit code alone: what is not at hand, and what its author can hardly mean."""
        return [each for each in self.errors if isinstance(each, NOTES)]

    def by_severity(self) -> Counter[Severity]:
        return Counter(each.severity for each in self.failing())

    def exit_code(self, fail_on: Severity = Severity.LOW, *, exit_zero: bool = False) -> Literal[0, 1, 2]:
        """2 where not everything could be judged, whatever else; 1 where something at or above `fail_on` stands."""
        if self.mistakes():
            return 2
        if not exit_zero and any(each.severity.rank >= fail_on.rank for each in self.failing()):
            return 1
        return 0

    @property
    def crashed(self) -> bool:
        """Whether one of the errors is our own bug."""
        return any(isinstance(error, InternalError) for error in self.errors)
