"""An experiment as data, before it is written as a template or as a module."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal, NamedTuple, TypeAlias


class Ambient(Enum):
    """What only the account knows in which the experiment is."""

    PARTITION = "partition"
    REGION = "region"
    ACCOUNT = "account"
    ZONE = "zone"
    """The zone that fails: an input of the experiment."""


class Named(NamedTuple):
    """A resource of the unit, by its ARN or by its name."""

    address: str
    type: str
    what: Literal["arn", "name"]


Text: TypeAlias = tuple[str | Ambient | Named, ...]
"""A text in pieces."""


class Target(NamedTuple):
    """What actions strike. FIS allows no tags, filters or parameters beside ARNs.

    Attributes:
        type: FIS's type: `aws:ec2:subnet`.
    """

    name: str
    type: str
    arns: tuple[Named, ...] = ()
    tags: tuple[tuple[str, Text], ...] = ()
    filters: tuple[tuple[str, Text], ...] = ()
    parameters: tuple[tuple[str, Text], ...] = ()


class Action(NamedTuple):
    """One thing that FIS does to a target."""

    name: str
    id: str
    about: str
    target: Target
    parameters: tuple[tuple[str, Text], ...] = ()


class Statement(NamedTuple):
    """A statement of the role's policy; no resources are all resources. A condition is an operator, a key and its values."""

    actions: tuple[str, ...]
    resources: tuple[Text, ...] = ()
    conditions: tuple[tuple[str, str, tuple[Text, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """An experiment.

    Attributes:
        title: what it tests: "zone eu-west-1a fails".
        hypothesis: what the drill expects, in sentences.
        limits: what it does not test, or what must be there first, in sentences.
        zone: the name of the zone by default; empty if it is not known, None if the experiment is not about a zone.
        alarms: the alarms of the unit that end it early.
        policy: the ARN of AWS's own policy that the role needs beside the statements; empty for none.
    """

    title: str
    hypothesis: tuple[str, ...]
    limits: tuple[str, ...]
    zone: str | None
    actions: tuple[Action, ...]
    alarms: tuple[Named, ...]
    statements: tuple[Statement, ...]
    policy: Text = ()

    @property
    def targets(self) -> list[Target]:
        """The targets of all actions, each once."""
        return list({each.target.name: each.target for each in self.actions}.values())
