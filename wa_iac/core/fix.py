"""Fixes: what a rule says of how it is mended, and the exact edits that come of it.

A `Recipe` is written beside a rule's remedy, in the dialect's own names, as the resource's body should be:

    fix=Recipe(
        cfn={"DeploymentConfiguration": {"DeploymentCircuitBreaker": {"Enable": True, "Rollback": True}}},
        tf={"deployment_circuit_breaker": {"enable": True, "rollback": True}},
    )

An object is a nested object, or in Terraform a nested block. What is written otherwise as a literal is replaced, what is missing
is added. In a name,

- `Rules[]` is the element of a list, the object or the nested block that the finding lies in; names whose elements it does not
  lie in are passed over;
- `LoadBalancerAttributes[Key=deletion_protection.enabled]` is the element of a list of pairs, or the nested block, with that key;
- `HealthCheckGracePeriod?` is written only where it is missing;
- `@DeletionPolicy` stands beside CloudFormation's `Properties`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

from .declared import Dialect

Scalar: TypeAlias = bool | int | str
Content: TypeAlias = Mapping[str, "Scalar | Sequence[Scalar | Content] | Content"]
"""The wanted part of a body, by names as above."""
Wanted: TypeAlias = Scalar | Sequence["Scalar | Content"] | Content


class Edit(NamedTuple):
    """`new_text` in the place of the bytes from `start_byte` up to, not including, `end_byte`."""

    path: str
    start_byte: int
    end_byte: int
    new_text: str


class Fix(NamedTuple):
    """How one finding is mended. `unsafe_because` is empty for a safe one; the edits are in order and do not overlap."""

    edits: tuple[Edit, ...]
    title: str
    unsafe_because: str = ""

    @property
    def safe(self) -> bool:
        return not self.unsafe_because


@dataclass(frozen=True, slots=True, kw_only=True)
class Satellite:
    """A Terraform resource to add after the one that lacks it; `by` is its argument that names the other by its id."""

    type: str
    by: str
    body: Content


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How a rule is mended without anybody's decision.

    Attributes:
        cfn, tf: what the body should hold; empty where the dialect has no fix.
        types: the same for resources of other types, the ones in which a finding may also lie: satellites, and such whose shape
            differs.
        beside: the Terraform resource to add where none of the names in `tf` is written in the resource.
        unsafe_because: why a person should look first: the resource is replaced or restarted, it costs more, somebody may be
            shut out. Empty for a fix that changes nothing but what the rule is about.
    """

    cfn: Content = field(default_factory=dict)
    tf: Content = field(default_factory=dict)
    types: Mapping[str, Content] = field(default_factory=dict)
    beside: Satellite | None = None
    unsafe_because: str = ""

    @property
    def only_in(self) -> str:
        """The one dialect that has the fix; empty where both have it."""
        theirs = [each.startswith("AWS::") for each in self.types]
        if not (self.cfn or any(theirs)):
            return "Terraform"
        return "" if self.tf or self.beside or not all(theirs) else "CloudFormation"

    def content(self, kind: str, dialect: Dialect, *, owner: bool) -> Content:
        """What a resource of a type should hold; `owner` where it is the finding's own. Empty where there is no fix."""
        own: Content = self.cfn if dialect == "cloudformation" else self.tf
        return self.types.get(kind, own if owner else {})


class CannotFixError(Exception):
    """The text is not of a shape that we change: the value is computed, shared or of another kind. Never leaves the engine."""


class Place(NamedTuple):
    """A parsed name of a recipe; `key` and `equals` tell the element of a list of pairs."""

    name: str
    here: bool = False
    key: str = ""
    equals: str = ""
    only_missing: bool = False


_PLACE: Final = re.compile(r"(?P<name>@?\w+)(?P<list>\[(?:(?P<key>\w+)=(?P<equals>[^\]]+))?\])?(?P<missing>\?)?")


def place(written: str) -> Place:
    """Raises `ValueError` for what is no name of a recipe."""
    found = _PLACE.fullmatch(written)
    if found is None:
        raise ValueError(f"not a name of a recipe: {written!r}")
    key = found["key"] or ""
    return Place(found["name"], found["list"] is not None and not key, key, found["equals"] or "", found["missing"] is not None)


def content_of(value: Wanted) -> Content | None:
    """`value` as an object; None where it is none."""
    return value if isinstance(value, Mapping) else None


def items_of(value: Wanted) -> Sequence[Scalar | Content] | None:
    """`value` as a list; None where it is none."""
    return value if isinstance(value, Sequence) and not isinstance(value, str) else None


def anew(wanted: Content) -> Iterator[tuple[Place, Wanted]]:
    """What is to be written where nothing is yet, by place: pairs with their key. Raises `CannotFixError` for what only stands in others."""
    for written, value in wanted.items():
        where = place(written)
        if where.here:
            raise CannotFixError(f"{where.name} is not written")
        within = content_of(value)
        yield where, {where.key: where.equals, **within} if where.key and within is not None else value


def leaves(wanted: Content, above: str = "") -> Iterator[tuple[str, Wanted]]:
    """Each value with its path, for people: `deployment_circuit_breaker.enable`."""
    for written, value in wanted.items():
        where = place(written)
        name = above + where.name.removeprefix("@")
        within = content_of(value)
        if within is None:
            yield name, value
        else:
            yield from leaves(within, f"{name}.")


def split(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """The edits in order. Raises `CannotFixError` where two of them overlap."""
    ordered = sorted(edits, key=lambda each: (each.path, each.start_byte, each.end_byte))
    for before, after in pairwise(ordered):
        if before.path == after.path and before.end_byte > after.start_byte:
            raise CannotFixError("the edits overlap")
    return tuple(ordered)


def applied(data: bytes, edits: Sequence[Edit]) -> bytes:
    """`data` after the edits of its file, which do not overlap."""
    pieces: list[bytes] = []
    at = 0
    for edit in split(edits):
        pieces += (data[at : edit.start_byte], edit.new_text.encode())
        at = edit.end_byte
    return b"".join((*pieces, data[at:]))
