"""Lines that stand for several resources: a block with `for_each`, or one of a module with several calls."""

from __future__ import annotations

from collections.abc import Sequence

from wa_iac.core.declared import Declared
from wa_iac.core.finding import Finding, Subject
from wa_iac.core.shared_blocks import by_place, place_of

from .callers import is_installed


def shared_by(finding: Finding, subject: Subject, *, added: bool = False) -> str:
    """A sentence for a change at the resource's own block, if that stands for other resources too, which may differ: not for those of a
    `count`, which are alike. Empty otherwise, and for a place outside of the block: what a call gives is for its own resources. `added` is
    whether the change adds a resource beside the block: each call of the module gets it, and a `for_each` makes one for each key."""
    own = subject.declared
    if own is None or own.dialect != "terraform" or finding.chain or is_installed(own.span.path):
        return ""
    if not own.extent.holds(finding.span):
        return ""
    same = subject.blocks.of(own)
    several = len({unit for unit, _ in same}) > 1  # Each root module has values of its own.
    if added:
        calls = {(unit, tuple(step.span for step in each.calls)) for (unit, _), each in same.items() if each.calls}
        return (
            f"{len(calls)} calls of the module share this block: each of them gets the new resource." if len(calls) > 1 else ""
        )
    if len(same) < 2 or not (several or _may_differ(list(same.values()))):
        return ""
    return f"{len(same)} resources share this block, and the change holds for all of them."


def calls_of(subject: Subject, declared: Declared) -> int:
    """The number of module calls through which the unit has resources of one block."""
    same = subject.graph.once(by_place).get(place_of(declared), ())
    return len({tuple(step.span for step in each.calls) for each in same})


def _may_differ(same: Sequence[Declared]) -> bool:
    calls = {tuple(step.span for step in each.calls) for each in same}
    return len(calls) > 1 or any(isinstance(key.key, str) for each in same for key in each.keys)
