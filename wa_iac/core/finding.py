"""Findings, and the report of a run.

A run has a finding for each instance of a fault: each address, each root module or template that reaches it, each cause. So a
baseline, a scope or a suppression can apply to one and not to the next. Reports show the same fault of one line once: see
`Report.grouped`.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, TypeAlias

from .declared import Declared, Dialect
from .errors import NOTES, InternalError, UnavailableError, WaIacError, mistakes
from .fix import Fix
from .graph import Graph
from .remedy import Remedy
from .resource import Resource
from .rule import Confidence, Rule, Severity
from .scales import is_advice
from .shared_blocks import SharedBlocks
from .span import Span
from .value import Origin, Step

Verdict: TypeAlias = Literal["pass", "fail", "unknown", "not-applicable"]

LeftOut: TypeAlias = Literal["", "older", "elsewhere", "advice", "milder", "uncounted"]
"""Why a finding is not reported. "older": it is in unchanged code; "elsewhere": it is not in a file that was named; "advice": only
the profile `all` reports it; "milder": its severity is below `--min-severity`; "uncounted": it is advice, and another of these."""


def fingerprint(*parts: str | int) -> str:
    """A digest by which other programs recognize the same thing again: of the parts that identify it."""
    # File names need not be UTF-8, and a template may contain a lone surrogate.
    return hashlib.sha256("\0".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:32]


CauseKind: TypeAlias = Literal[
    "variable",
    "parameter",
    "pseudo parameter",
    "data source",
    "attribute",
    "import",
    "dynamic reference",
    "module",
    "zones",
    "expression",
    "other",
]


class Cause(NamedTuple):
    """The value that an undecided result waits for.

    Attributes:
        id: the same for all results that wait for it; it stays the same if lines move.
        name: as the code writes it: `var.days`; empty if it has none.
        why: why it is not known. `settle` says how to make it known; empty if nothing would.
        span: where it is declared, or else used; `NOWHERE` if that is not known.
    """

    id: str
    kind: CauseKind
    name: str
    why: str
    settle: str
    span: Span


class Suppression(NamedTuple):
    """Why a finding is suppressed. `source` says where that is written: in a comment, in a resource's metadata, in the
    baseline."""

    reason: str
    source: Literal["inline", "metadata", "baseline"]


class BySettings(NamedTuple):
    """The parts of a report that settings removed or made milder. These settings were found in the tree, not given by the user.

    Attributes:
        path: the settings file, as shown.
        files: number of excluded files whose names say that they are CloudFormation or Terraform.
        rules: number of disabled rules; `findings`, of findings removed by its overrides; `known`, of those in its baseline.
        lowered: number of rules with a milder severity; `options`, of rules with options.
        fail_on: the severity from which a run fails, if that is not the mildest; else empty.
    """

    path: str
    files: int = 0
    rules: int = 0
    findings: int = 0
    lowered: int = 0
    options: int = 0
    fail_on: str = ""
    known: int = 0

    def __add__(self, other: object) -> BySettings:
        """Both together: the counts of two settings files."""
        if not isinstance(other, BySettings):
            return NotImplemented
        counts = zip(self[1:6], other[1:6], strict=True)
        files, rules, findings, lowered, options = (first + second for first, second in counts)
        return BySettings(
            f"{self.path}, {other.path}",
            files,
            rules,
            findings,
            lowered,
            options,
            self.fail_on or other.fail_on,
            self.known + other.known,
        )

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
    """The verdict of one rule on one resource. A pass is recorded too, since a review also needs evidence for a practice."""

    slug: str
    verdict: Verdict
    address: str
    path: str
    unit: str = ""
    """The root module or template, as shown."""
    line: int = 1
    """The line of the resource's header in `path`."""
    environment: str = ""
    """The environment that the unit was evaluated for; empty if there is only one."""


class Subject(NamedTuple):
    """The resource that a finding is about. Its remedy is made from this when a report shows it.

    Attributes:
        resource: None for a finding on the unit as a whole.
        origin: the flagged place, in the resource's own file.
        sources: the files of the unit, by shown path.
        blocks: what all units of the run make from one block.
    """

    resource: Resource | None
    graph: Graph
    origin: Origin
    sources: Mapping[str, bytes]
    blocks: SharedBlocks = SharedBlocks(())

    @property
    def declared(self) -> Declared | None:
        """The resource as it is declared; None for a finding on the unit as a whole."""
        return None if self.resource is None else self.resource.declared


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One fault of one instance, or one undecided result; in `Report.grouped`, of several instances.

    Attributes:
        message: what is wrong and what can happen; for an undecided result, what is not known.
        when: the condition under which it fails, if it does not always: "IsProd is false"; else empty.
        made_from: the type, as written, of the resource that a transform makes it from; empty if it is written itself.
        address: of the resource, in the dialect's own way; empty for a finding on the unit as a whole.
        span: the line to change.
        related: the places the value came through, and the module calls.
        chain: of these, the places the value came through: the nearest first; the last one sets the value.
        unit: the root module or template that it was found for, as shown.
        mark: a digest of the text at the place, which tells two findings of one rule on one resource apart.
        fingerprint: of the instance. It stays the same if lines move, and does not depend on other instances.
        fault: the fingerprint that all instances of the same fault share: of one block, one line in it, and, if the value is
            set elsewhere, one text that sets it.
        group: all findings that this one represents, itself first; empty if it represents only itself.
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
    waits_for: Cause | None = None
    """The value that an undecided result waits for."""
    group: tuple[Finding, ...] = field(default=(), repr=False)
    environments: tuple[str, ...] = ()
    """The names of the environments with this finding; empty if they have no names. In `Report.grouped`, also empty if all
    environments have it."""
    graded: Severity | None = None
    """The severity from the settings or of this fault, if it differs from the rule's."""
    sure: Confidence | None = None
    """The confidence in this fault, if it differs from the rule's."""
    instead: str | Remedy = ""
    """What to write instead, if the rule's remedy does not apply. There is then no fix."""
    subject: Subject | None = field(default=None, repr=False, compare=False)
    """What the remedy is made from. None for findings that do not come from a rule on a unit."""
    fix: Fix | None = None
    """The fix, if there is one. It is only looked up on request."""
    no_fix: str = ""
    """Why there is no fix although its rule has one: "the value is computed". It is only looked up on request."""
    left_out: LeftOut = ""
    """Why it is not reported, if the report covers only a part."""

    @property
    def severity(self) -> Severity:
        return self.rule.severity if self.graded is None else self.graded

    @property
    def confidence(self) -> Confidence:
        return self.rule.confidence if self.sure is None else self.sure

    @property
    def is_advice(self) -> bool:
        """Whether only the profile `all` reports it, because of its severity and confidence."""
        return is_advice(self.severity, self.confidence)

    @property
    def instances(self) -> tuple[Finding, ...]:
        """All findings that this one represents, itself first."""
        return self.group or (self,)

    @property
    def cause(self) -> Span | None:
        """The place where its value is set, if that is not the line to change."""
        return next((each.span for each in reversed(self.chain) if each.span.path), None)


@dataclass(slots=True, kw_only=True, eq=False, repr=False)
class Report:
    """The complete result of a run.

    Attributes:
        findings: each instance, sorted by path, line and slug.
        sources: the files read, by shown path.
        environments: the names of the requested environments; empty if they have no names.
    """

    findings: list[Finding] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    errors: list[WaIacError] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    sources: dict[str, bytes] = field(default_factory=dict)
    environments: frozenset[str] = frozenset()
    secrets: frozenset[str] = frozenset()
    """Texts that reports must not quote from files."""
    resources: int = 0
    without_rule: Counter[str] = field(default_factory=Counter)
    """The number of resources by type, of the types that no rule reads, whatever was selected."""
    rules_considered: int = 0
    by_settings: BySettings | None = None
    """Everything that settings from the tree removed or made milder."""
    has_fixes: bool = False
    """Whether fixes were looked up."""
    _standing: dict[Verdict, tuple[list[Finding], list[Finding]]] = field(default_factory=dict, repr=False, compare=False)
    advice: list[Finding] = field(default_factory=list, repr=False)
    """The failed findings that only the profile `all` reports, if the run has another profile: a review shows them."""
    left_out: Counter[LeftOut] = field(default_factory=Counter)
    """Number of findings that are not reported, since only a part was requested."""

    def grouped(self, findings: Iterable[Finding]) -> list[Finding]:
        """One finding for each fault of a line: those with the same message, and the same settings and suppressions, are
        merged. The order is that of their first findings. Whether anybody looked for fixes makes no difference: a finding has
        the fix of the first instance that has one."""
        groups: dict[tuple[object, ...], list[Finding]] = {}
        for each in findings:
            said = (each.message, each.suppressed, each.graded, each.sure, each.left_out)
            groups.setdefault((each.rule.slug, each.span, each.verdict, *said), []).append(each)
        return [self._group(each) if len(each) > 1 or each[0].environments else each[0] for each in groups.values()]

    def _group(self, findings: list[Finding]) -> Finding:
        names = dict.fromkeys(name for each in findings for name in each.environments)
        everywhere = all(self.environments.issubset(each.environments) for each in findings)
        fixed = next((each for each in findings if each.fix is not None), findings[0])
        return replace(
            findings[0],
            group=tuple(findings),
            environments=() if everywhere else tuple(names),
            fix=fixed.fix,
            no_fix=fixed.no_fix,
        )

    def failing(self) -> list[Finding]:
        """The failed findings that are not suppressed, grouped."""
        return self._stands("fail")

    def undecided(self) -> list[Finding]:
        return self._stands("unknown")

    def _stands(self, verdict: Verdict) -> list[Finding]:
        """The findings in effect with a verdict, cached while the list of findings is the same."""
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
            "advice": self.left_out["advice"],
            "milder": self.left_out["milder"],
            "suppressed": len(self.grouped(each for each in self.findings if each.suppressed is not None)),
            "errors": len(self.mistakes()),
        }

    def mistakes(self) -> list[WaIacError]:
        """The errors that have to be fixed before everything can be checked."""
        return mistakes(self.errors)

    def unavailable(self) -> list[WaIacError]:
        """Things that the code names and that are not available: an installed module, a macro."""
        return [each for each in self.errors if isinstance(each, UnavailableError)]

    def notes(self) -> list[WaIacError]:
        """Notes that do not change the exit code: things that are not available, and things that the author can hardly
        intend."""
        return [each for each in self.errors if isinstance(each, NOTES)]

    def by_severity(self) -> Counter[Severity]:
        return Counter(each.severity for each in self.failing())

    def exit_code(self, fail_on: Severity = Severity.LOW, *, exit_zero: bool = False) -> Literal[0, 1, 2]:
        """2 if not everything could be checked; else 1 if a finding in effect is at or above `fail_on`; else 0."""
        if self.mistakes():
            return 2
        if not exit_zero and any(each.severity.rank >= fail_on.rank for each in self.failing()):
            return 1
        return 0

    @property
    def crashed(self) -> bool:
        """Whether one of the errors is a bug of ours."""
        return any(isinstance(error, InternalError) for error in self.errors)
