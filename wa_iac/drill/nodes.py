"""The need graph: what serves, where it is, and what each resource needs to serve."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

from wa_iac.core.declared import Declared
from wa_iac.core.reasons import AfterApply, LookedUp
from wa_iac.core.value import Tree, Unknown

from .kinds import Shape
from .model import SEVERITY, Link, Outcome, Time

Strength: TypeAlias = Literal["hard", "soft", "cache", "launch", "capacity"]
"""hard: without it, it serves nothing. soft: without it, it serves with less function. cache: one of these two, nobody knows which. launch: without it, no new member starts. capacity:
its members run there, and are placed anew on what is left."""


def to_settle(unknown: Unknown) -> str:
    """What is missing, and how to make it known."""
    return f"{unknown.why}: {unknown.settle}" if unknown.settle else unknown.why


def expression_of(unknown: Unknown) -> str:
    """What the code reads for a value that is not known, if its reason does not name it: `module.vpc.private_subnets`; empty else."""
    if isinstance(unknown.reason, LookedUp | AfterApply):
        return ""
    return next((f"{address}.{name}" if name else address for address, name in unknown.origin.references), "")


def place_of(unknown: Unknown) -> str:
    """Where the code reads a value that is not known: `path:line`, with the expression if the reason does not name it; empty if it
    reads it nowhere."""
    span = unknown.origin.span
    where = f"{span.path}:{span.start_line}" if span.path else ""
    return " at ".join(filter(None, (expression_of(unknown), where)))


class Lane(NamedTuple):
    """One place of a resource: a zone, and the address of the subnet if it is declared here."""

    zone: Tree
    subnet: str = ""


Role: TypeAlias = Literal["used", "feeder", "successor"]
"""The role of what a resource needs. feeder: it gets its work from it. successor: it hands requests on to it, and serves as much as that does."""


class Need(NamedTuple):
    """What a resource needs. `why` completes a sentence whose subject is the resource: "it reads orders"."""

    address: str
    strength: Strength
    why: str
    inferred: bool = False
    role: Role = "used"


class State(NamedTuple):
    """What follows for a resource, in one of the worlds that the code leaves open. See `model.Effect`.

    Attributes:
        waits: it takes what is sent to it, but nothing works on that; those that send to it are not struck.
        launches: its recovery starts new members.
        stuck: what is lost cannot be replaced before the failure ends.
        doubt: the value that is not known, if the outcome hangs on one; `settle` is it in words.
    """

    outcome: Outcome
    share: Fraction | None = None
    time: Time | None = None
    how: str = ""
    control_plane: str = ""
    source: str = ""
    settle: str = ""
    chain: tuple[Link, ...] = ()
    waits: bool = False
    launches: bool = False
    stuck: bool = False
    doubt: Unknown | None = None

    @property
    def severity(self) -> int:
        return SEVERITY.index(self.outcome)

    @property
    def rank(self) -> tuple[int, Fraction, bool, bool]:
        """Greater for what is worse."""
        return self.severity, -(self.share if self.share is not None else Fraction(1)), not self.waits, self.stuck

    def unless(self, unknown: Tree) -> State:
        """The same, if it hangs on a value that is not known; itself for one that is."""
        return self._replace(settle=to_settle(unknown), doubt=unknown) if isinstance(unknown, Unknown) else self


GroupKind: TypeAlias = Literal["shared", "parts", "failover", "triggers"]
"""shared: members that do the same. parts: members that do different things. failover: another one takes over. triggers: those that work on
what it takes in."""


class Group(NamedTuple):
    """Several resources of which not all are needed.

    Attributes:
        some: what follows if some of them stop, but not all, for `failover`; with `best` in the best case.
        more: why there may be other members, if that is not known.
    """

    kind: GroupKind
    members: tuple[Need, ...]
    some: State | None = None
    best: State | None = None
    more: Unknown | None = None


@dataclass(slots=True, eq=False)
class Node:
    """A resource that serves something.

    Attributes:
        lanes: its places, each once.
        one: whether it is in one of its places, which AWS chooses.
        apart: whether its places are in two zones at least, because AWS requires it.
        doubt: why it may be in other places, if that is not known.
        assumed: whether its zones are all of a Region, which are taken as three.
        lists: the lists of subnets that it is in and that are not known.
        count: its members, if it has several and their number is known.
        ways: by lane, the address of the NAT gateway that it reaches the internet through; empty without one.
        outward_to: the service's resource that it calls through those ways, if it calls one.
        outward: whether it certainly calls services of the Region through those ways; None if that is inferred.
        runs_on: where its tasks run, if it has tasks of ECS and that is known.
        own_subnets: whether its tasks have subnets of their own beside those of the instances that they run on.
        packed: whether its members may all be in one of its zones, by its placement strategy.
        loads: what new members load through those ways before they serve, as the object of a sentence; empty if nothing is known.
        loads_inferred: whether that is only inferred.
        members: the instances of a cluster.
        hidden: why it may lead to something else than what is declared here.
        primaries: the places of a cache's primary nodes, if they are named.
    """

    declared: Declared
    kind: str
    shape: Shape
    lanes: tuple[Lane, ...] = ()
    one: bool = False
    apart: bool = False
    doubt: Unknown | None = None
    lists: tuple[Unknown, ...] = ()
    assumed: bool = False
    count: int | None = None
    needs: list[Need] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    ways: tuple[str, ...] = ()
    outward: bool | None = False
    outward_to: str = ""
    runs_on: Literal["fargate", "instances", ""] = ""
    own_subnets: bool = False
    packed: bool = False
    loads: str = ""
    loads_inferred: bool = False
    members: list[Node] = field(default_factory=list)
    hidden: Unknown | None = None
    primaries: tuple[Lane, ...] = ()

    @property
    def address(self) -> str:
        return self.declared.address
