"""Findings, and the report they make."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from .declared import Dialect
from .errors import InternalError, UnavailableError, WaIacError, mistakes
from .fix import Fix
from .rule import Rule, Severity
from .value import Span, Step

Verdict: TypeAlias = Literal["pass", "fail", "unknown", "not-applicable"]

LeftOut: TypeAlias = Literal["", "older", "elsewhere"]
"""Why a finding is not reported: it lies in nothing that has changed; it lies in no file that was named."""


def fingerprint(slug: str, path: str, address: str, number: int) -> str:
    """What other programs know a finding by: it stays when lines move. `number` tells those of one rule on one resource apart."""
    # File names need not be UTF-8, and a template may hold a lone surrogate.
    return hashlib.sha256("\0".join((slug, path, address, str(number))).encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Suppression(NamedTuple):
    """Why a finding is left out. `source` says where that is written: in a comment, in a resource's metadata, in the baseline."""

    reason: str
    source: Literal["inline", "metadata", "baseline"]


class BySettings(NamedTuple):
    """What settings that were found in the tree, not named by anybody, take out of a report or make milder.

    Attributes:
        path: the settings file, as shown.
        files: how many files it leaves out that are ours by their names.
        rules: how many rules it leaves out; `findings`, how many single findings by its overrides.
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

    def __str__(self) -> str:
        left_out = [
            f"{number:,} {noun if number == 1 else f'{noun}s'}"
            for number, noun in ((self.files, "file"), (self.rules, "rule"), (self.findings, "finding"))
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
    """One fault, or one thing that could not be decided.

    Attributes:
        message: what is wrong and what happens if it stays; for an unknown, what could not be known.
        when: the condition under which it fails, where it does not always: "IsProd is false"; else empty.
        made_from: the type, as written, of the resource that a transform makes it from; empty for one that is written itself.
        address: of the resource, in the dialect's own way; empty for a finding on the unit as a whole.
        span: the line to change.
        related: the places the value came through, and the module calls.
        chain: of these, the places the value came through: the nearest first, where it is set last.
        fingerprint: stays the same when lines move; different for two findings of one rule on one resource.
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
    fingerprint: str = ""
    suppressed: Suppression | None = None
    instances: int = 1
    """How many instances or callers it was found for, at the same line; `address` is the first one's."""
    environments: tuple[str, ...] = ()
    """The environments in which it holds; empty where it holds in all that were asked for."""
    graded: Severity | None = None
    """The severity that the settings give it here, where that is not its rule's."""
    fix: Fix | None = None
    """How it can be mended; looked for only where somebody asks."""
    left_out: LeftOut = ""
    """Why it is not to be reported, where only a part is."""

    @property
    def remedy(self) -> str:
        """What to write instead, in the words of what is written: of a SAM resource those of SAM."""
        return self.rule.remedy.for_(self.dialect, self.made_from or self.type)

    @property
    def severity(self) -> Severity:
        return self.rule.severity if self.graded is None else self.graded


@dataclass(slots=True, kw_only=True)
class Report:
    """All that a run found. `findings` are sorted by path, line and slug; `sources` are the files read, by shown path."""

    findings: list[Finding] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    errors: list[WaIacError] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    sources: dict[str, bytes] = field(default_factory=dict)
    secrets: frozenset[str] = frozenset()
    """Texts that must not be quoted, where a report shows lines of files."""
    resources: int = 0
    rules_considered: int = 0
    by_settings: BySettings | None = None
    """What the settings of the tree take out, or make milder."""
    has_fixes: bool = False
    """Whether it was looked up how each finding can be mended."""
    left_out: Counter[LeftOut] = field(default_factory=Counter)
    """How many findings stand that are not reported, since only a part was asked for."""

    def failing(self) -> list[Finding]:
        """The findings that stand: failed, and not suppressed."""
        return [each for each in self.findings if each.verdict == "fail" and each.suppressed is None]

    def undecided(self) -> list[Finding]:
        return [each for each in self.findings if each.verdict == "unknown" and each.suppressed is None]

    def summary(self) -> dict[str, int]:
        """The counts of the JSON report, in its order."""
        return {
            "files": len(self.sources),
            "resources": self.resources,
            "rules": self.rules_considered,
            "fail": len(self.failing()),
            "unknown": len(self.undecided()),
            "suppressed": sum(each.suppressed is not None for each in self.findings),
            "errors": len(self.mistakes()),
        }

    def mistakes(self) -> list[WaIacError]:
        """The errors that somebody has to mend before everything can be judged."""
        return mistakes(self.errors)

    def unavailable(self) -> list[WaIacError]:
        """What the code names and is not at hand: an installed module, a macro."""
        return [each for each in self.errors if isinstance(each, UnavailableError)]

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
