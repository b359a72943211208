"""How many of the values that rules read are known, and why the others are not.

Every rule runs once on every unit. Each attribute of a typed resource or block that it reads is counted once: known, absent or
unknown. Values that Terraform itself does not know before apply are counted apart from those that only we do not know.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from wa_iac.core.reader import field_specs
from wa_iac.core.reasons import AfterApply, CannotEvaluate, LookedUp, Reason, UninstalledModule, UnsetVariable, causes
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Absent, Known, Unknown
from wa_iac.engine.build import graphs
from wa_iac.engine.catalogue import OURS

SHARED: Final[dict[str, type[Reason]]] = {
    "decided by AWS when it is applied": AfterApply,
    "read from the account by a data source": LookedUp,
    "a variable of a root module without a default": UnsetVariable,
}
"""Reasons that Terraform also has before apply, by their kinds."""

OWN: Final[dict[str, type[Reason]]] = {
    "a module that is not installed": UninstalledModule,
    "an expression that is an error": CannotEvaluate,
}
"""Our own reasons. An error would stop Terraform, but it may be our mistake, so it counts against us."""


def measure(paths: Sequence[Path]) -> Counter[str]:
    """How often rules read `known` or `absent` values, and how often unknown ones, by reason."""
    built, _ = graphs(paths)
    tally: Counter[str] = Counter()
    for _, graph in built:
        with _reads() as read:
            for rule in OURS.for_types(graph.types, OURS):
                for subject in [each for cls in rule.subjects for each in graph.of(cls)] if rule.subjects else [None]:
                    rule.run(graph, subject)
        tally.update(_state(value) for _, value in read.values())
    return tally


def share(tally: Counter[str]) -> float:
    """The share that is known, absent, or unknown for a reason that Terraform has as well."""
    good = sum(tally[each] for each in ("known", "absent", *SHARED))
    return good / tally.total()


def table(tally: Counter[str]) -> str:
    """The tally in Markdown, the most frequent first."""
    rows = [f"| {name} | {count} | {count / tally.total():.1%} |" for name, count in tally.most_common()]
    return "\n".join(["| what rules read | times | part |", "| --- | --- | --- |", *rows, ""])


def _state(value: object) -> str:
    match value:
        case Link():
            why = value.unknown
        case list():
            why = next((each.unknown for each in value if each.unknown is not None), None)
        case Absent():
            return "absent"
        case _:
            why = _first_unknown(value)
    if why is None:
        return "known"
    reasons = list(causes(why.reason))
    kinds = {**SHARED, **OWN}
    return next((name for name, kind in kinds.items() if any(isinstance(each, kind) for each in reasons)), why.why)


def _first_unknown(value: object) -> Unknown | None:
    """A value that is unknown, or the first unknown in a known collection."""
    match value:
        case Unknown():
            return value
        case Known(list() | dict() as content):
            inner = (_first_unknown(each) for each in (content.values() if isinstance(content, dict) else content))
            return next((each for each in inner if each is not None), None)
        case _:
            return None


@cache
def _bound(cls: type[Resource] | type[Block]) -> frozenset[str]:
    return frozenset(plan.name for plan in field_specs(cls))


@contextmanager
def _reads() -> Iterator[dict[tuple[int, str], tuple[object, object]]]:
    """Every bound attribute that is read inside, with its owner, by the owner's id and the name."""
    read: dict[tuple[int, str], tuple[object, object]] = {}

    def watch(self: Resource | Block, name: str) -> object:
        value = object.__getattribute__(self, name)
        if not name.startswith("_") and name in _bound(type(self)):
            read[id(self), name] = (self, value)
        return value

    for cls in (Resource, Block):
        cls.__getattribute__ = watch  # type: ignore[assignment, method-assign]  # put back below
    try:
        yield read
    finally:
        for cls in (Resource, Block):
            del cls.__getattribute__
