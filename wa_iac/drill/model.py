"""The drill as data: what fails, and what follows for each resource. Every writer (text, JSON, picture, experiment) starts from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, Literal, NamedTuple, TypeAlias, get_args

from wa_iac.core.declared import Dialect
from wa_iac.core.reasons import Said
from wa_iac.core.span import Span
from wa_iac.core.value import Unknown

Outcome: TypeAlias = Literal["unaffected", "recovers", "degrades", "stops", "unknown"]
"""unaffected: it serves as before. recovers: it stops, and comes back by itself. degrades: it serves with less capacity or less function.
stops: it serves nothing until somebody acts, or the failure ends. unknown: cannot be told from the code."""

OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)

Time: TypeAlias = Literal["seconds", "minutes", "longer"]
"""The order of time of a recovery, from AWS's documents."""

FailureKind: TypeAlias = Literal["zone", "region", "resource", "service"]


class Failure(NamedTuple):
    """What fails: `zone:a` (a zone by its name, its letter, or its place in an unknown list: `eu-west-1a`, `a`, `0`), `region:eu-west-1` (`region`
    alone has an empty name: the Region of the unit), `resource:ADDRESS`, `service:rds` (in the Region of the unit)."""

    kind: FailureKind
    name: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}" if self.name else self.kind


class Link(NamedTuple):
    """A step of the chain that explains an outcome: a resource, and why it is struck, as a sentence.

    Attributes:
        inferred: whether the step follows from something that does not state it, such as a role's policy.
    """

    address: str
    why: str
    inferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What follows for one resource.

    Attributes:
        outcome: the worst that is possible, if the code leaves several open; then `best` is the best, and `settle` says what would settle it.
        share: the share of capacity that is left, if it degrades and the share is known.
        time: the order of time until it serves again, if it recovers; if it degrades, until it serves at all, if it stops first.
        how: how it recovers, or what a person has to do, in a sentence.
        chain: the shortest explanation, from this resource to what failed.
        control_plane: what the recovery needs of a control plane or of new capacity, in a sentence; empty if it needs neither (static
            stability).
        source: the title of the AWS document that says so, with its address; empty if it follows from the code alone.
        unresolved: the places where the code reads the value that hides the outcome: `path:line`, after the expression if `settle` does
            not name it. Empty if no value of the code does.
        inferred: whether a step of the chain is inferred.
    """

    address: str
    outcome: Outcome
    best: Outcome
    share: Fraction | None = None
    time: Time | None = None
    how: str = ""
    chain: tuple[Link, ...] = ()
    control_plane: str = ""
    source: str = ""
    settle: str = ""
    unresolved: str = ""

    @property
    def inferred(self) -> bool:
        return any(each.inferred for each in self.chain)

    @property
    def is_certain(self) -> bool:
        return self.outcome == self.best and self.outcome != "unknown"


class DataLoss(NamedTuple):
    """Data that has no copy outside of what failed.

    Attributes:
        window: what is lost at most, in words: "everything since the last backup (daily)", "everything".
        settle: what would settle it, if it cannot be told; empty else.
        doubt: the value that is not known, if it hangs on one.
        unresolved: where the code reads that value, as for an effect.
    """

    address: str
    window: str
    source: str = ""
    settle: str = ""
    doubt: Unknown | None = None
    unresolved: str = ""

    @property
    def is_total(self) -> bool:
        """Whether everything is lost, as far as the code says."""
        return self.window in (EVERYTHING, ON_VOLUMES)

    @property
    def unknown(self) -> Unknown | None:
        """Why it cannot be told; None if it can."""
        if self.doubt is not None or not self.settle:
            return self.doubt
        return Unknown(
            Said(f"the code does not say how much of {self.address} is lost", self.settle), ("loss of", self.address)
        )


EVERYTHING: Final = "everything"
ON_VOLUMES: Final = "everything on its volumes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """What follows from one failure in one unit.

    Attributes:
        effects: by address, of every resource that serves something; a resource that is not in it serves nothing (a policy, a log group's filter).
        entry_points: the addresses of the ways into the architecture, in the order of declaration.
        lost: data at risk.
        notes: sentences on what the model leaves out here.
        aside: the addresses of servers and stores that stop and that no way in needs.
        assumptions: sentences on what the drill takes for certain that an account may have otherwise, if an outcome follows from it.
        subnets: the addresses of the subnets that certainly fail: those in the zone, or the one that fails.
        names_zone: whether the code names the zone that fails, or its place in a list.
    """

    unit: str
    dialect: Dialect
    failure: Failure
    effects: Mapping[str, Effect]
    entry_points: tuple[str, ...]
    lost: tuple[DataLoss, ...] = ()
    notes: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    spans: Mapping[str, Span] = field(default_factory=dict, repr=False)
    """Where each resource is declared."""
    environment: str = ""
    subnets: frozenset[str] = frozenset()
    names_zone: bool = True

    @property
    def worst(self) -> Outcome:
        """The worst outcome of an entry point."""
        return max((self.effects[each].outcome for each in self.entry_points), key=SEVERITY.index, default="unaffected")


SEVERITY: Final[tuple[Outcome, ...]] = ("unaffected", "recovers", "degrades", "unknown", "stops")
"""The outcomes, the mildest first."""


class Single(NamedTuple):
    """A single point of failure: a resource that takes entry points down, or makes them recover or degrade.

    Attributes:
        stops, degrades, recovers, unknown: entry points by what follows for them if this resource alone fails.
    """

    address: str
    stops: tuple[str, ...]
    degrades: tuple[str, ...]
    recovers: tuple[str, ...]
    unknown: tuple[str, ...]
