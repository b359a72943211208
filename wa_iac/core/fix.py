"""Fixes: a rule's description of its fix, and the exact edits that follow from it.

A `Recipe` is written next to a rule's remedy. It gives the wanted state of the resource's body, in the dialect's own names:

    fix=Recipe(
        cfn={"DeploymentConfiguration": {"DeploymentCircuitBreaker": {"Enable": True, "Rollback": True}}},
        tf={"deployment_circuit_breaker": {"enable": True, "rollback": True}},
    )

An object is a nested object or, in Terraform, a nested block. A different literal is replaced, and a missing entry is added. In
a name,

- `Rules[]` is the list element, the object or the nested block that contains the finding. If none of its elements does, the
  name is ignored;
- `LoadBalancerAttributes[Key=deletion_protection.enabled]` is the element of a list of pairs, or the nested block, with that
  key;
- `HealthCheckGracePeriod?` is written only if it is missing;
- `include_global_service_events!` is changed only if it is written: its default is as wanted;
- `@DeletionPolicy` is written beside CloudFormation's `Properties`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

from .declared import Dialect
from .late_pattern import late

Scalar: TypeAlias = bool | int | str
Content: TypeAlias = Mapping[str, "Scalar | Sequence[Scalar | Content] | Content"]
"""The wanted part of a body. Its keys are names as above."""
Wanted: TypeAlias = Scalar | Sequence["Scalar | Content"] | Content


class Edit(NamedTuple):
    """Replaces the bytes from `start_byte` up to, not including, `end_byte` with `new_text`."""

    path: str
    start_byte: int
    end_byte: int
    new_text: str


class Fix(NamedTuple):
    """The fix of one finding. `unsafe_because` is empty for a safe fix. The edits are sorted and do not overlap."""

    edits: tuple[Edit, ...]
    title: str
    unsafe_because: str = ""

    @property
    def safe(self) -> bool:
        return not self.unsafe_because


class Satellite(NamedTuple):
    """A Terraform resource to add after one that lacks it. `by` is the argument that refers to the other resource by its id."""

    type: str
    by: str
    body: Content


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A fix that needs nobody's decision.

    Attributes:
        cfn, tf: the wanted content of the body; empty if the dialect has no fix.
        types: the same for other resource types that the finding may be in: satellites, and types of another
            shape.
        beside: the Terraform resource to add if the resource has none of the names in `tf`.
        unsafe_because: why a person should look at the change first: it replaces or restarts the resource, costs more, or may
            cut off access. Empty for a fix that changes only the subject of the rule.
        replaced: the types that the fix replaces, each with the `UpdateReplacePolicy` to write in a template that has none: without
            it, CloudFormation deletes the old resource with its data.
    """

    cfn: Content = field(default_factory=dict)
    tf: Content = field(default_factory=dict)
    types: Mapping[str, Content] = field(default_factory=dict)
    beside: Satellite | None = None
    unsafe_because: str = ""
    replaced: Mapping[str, str] = field(default_factory=dict)

    @property
    def only_in(self) -> str:
        """The only dialect that has the fix; empty if both have it."""
        theirs = [each.startswith("AWS::") for each in self.types]
        if not (self.cfn or any(theirs)):
            return "Terraform"
        return "" if self.tf or self.beside or not all(theirs) else "CloudFormation"

    def content(self, kind: str, dialect: Dialect, *, owner: bool) -> Content:
        """The wanted content for a resource of type `kind`; `owner` says whether it is the finding's own resource. Empty if
        there is no fix."""
        own: Content = self.cfn if dialect == "cloudformation" else self.tf
        content = self.types.get(kind, own if owner else {})
        policy = self.replaced.get(kind, "")
        return {**content, "@UpdateReplacePolicy?": policy} if content and policy else content


class CannotFixError(Exception):
    """The text has a shape that we do not change: the value is computed, shared or of another kind. The engine handles this
    error."""


class FixPlace(NamedTuple):
    """A parsed name of a recipe. `key` and `equals` identify the element of a list of pairs."""

    name: str
    here: bool = False
    key: str = ""
    equals: str = ""
    only_missing: bool = False
    only_written: bool = False


_PLACE: Final = late(r"(?P<name>@?\w+)(?P<list>\[(?:(?P<key>\w+)=(?P<equals>[^\]]+))?\])?(?:(?P<missing>\?)|(?P<written>!))?")


def place(written: str) -> FixPlace:
    """The parsed name. Raises `ValueError` if it is not a name of a recipe."""
    found = _PLACE.fullmatch(written)
    if found is None:
        raise ValueError(f"not a name of a recipe: {written!r}")
    key = found["key"] or ""
    return FixPlace(
        found["name"],
        found["list"] is not None and not key,
        key,
        found["equals"] or "",
        only_missing=found["missing"] is not None,
        only_written=found["written"] is not None,
    )


def content_of(value: Wanted) -> Content | None:
    """`value` if it is an object, else None."""
    return value if isinstance(value, Mapping) else None


def items_of(value: Wanted) -> Sequence[Scalar | Content] | None:
    """`value` if it is a list, else None."""
    return value if isinstance(value, Sequence) and not isinstance(value, str) else None


def anew(wanted: Content) -> Iterator[tuple[FixPlace, Wanted]]:
    """The entries to write into an empty place, with the keys of pairs. Raises `CannotFixError` for entries that only exist
    inside others."""
    for written, value in wanted.items():
        where = place(written)
        if where.here:
            raise CannotFixError(f"{where.name} is not written")
        if where.only_written:
            continue
        within = content_of(value)
        yield where, {where.key: where.equals, **within} if where.key and within is not None else value


def leaves(wanted: Content, above: str = "") -> Iterator[tuple[str, Wanted]]:
    """Each value with its path, as people write it: `deployment_circuit_breaker.enable`."""
    for written, value in wanted.items():
        where = place(written)
        name = above + where.name.removeprefix("@")
        within = content_of(value)
        if within is None:
            yield name, value
        else:
            yield from leaves(within, f"{name}.")


def split(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """The edits, sorted. Raises `CannotFixError` if two of them overlap."""
    ordered = sorted(edits, key=lambda each: (each.path, each.start_byte, each.end_byte))
    for before, after in pairwise(ordered):
        if before.path == after.path and before.end_byte > after.start_byte:
            raise CannotFixError("the edits overlap")
    return tuple(ordered)


def applied(data: bytes, edits: Sequence[Edit]) -> bytes:
    """`data` after the edits of one file. They must not overlap."""
    pieces: list[bytes] = []
    at = 0
    for edit in split(edits):
        pieces += (data[at : edit.start_byte], edit.new_text.encode())
        at = edit.end_byte
    return b"".join((*pieces, data[at:]))
