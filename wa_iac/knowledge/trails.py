"""What a trail is for."""

from __future__ import annotations

from typing import Final

from wa_iac.aws.cloudtrail import EventSelector, Trail
from wa_iac.aws.s3 import Bucket
from wa_iac.core.algebra import references
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import all_of, any_of, holds, negate
from wa_iac.core.value import Absent, Known, Unknown, Value

from .called import words_of

_TEST: Final = late(r"\b(?:tests?|trial|demo)\b")


def is_trigger(trail: Trail, graph: Graph) -> Value[bool]:
    """Whether a trail only watches buckets in this unit, as the trigger of a pipeline does. Each of its selectors names objects of such
    buckets, and no management events, or the writing ones only, which the tutorials for such triggers leave in."""
    if not trail.selectors or trail.advanced:
        return Known(False)
    return all_of(_watches(each, graph) for each in trail.selectors)


def watches_data_only(trail: Trail) -> bool:
    """Whether a trail certainly records no management events: nobody reads in it what was done to the account."""
    return bool(trail.selectors) and not trail.advanced and all(each.management == Known(False) for each in trail.selectors)


def for_a_test(trail: Trail) -> str:
    """A sentence on the name of a trail by which it is there for a test; empty if it does not say so, or only by a default."""
    own = () if trail.key_of(trail.declared).origin.by_default else trail.names()
    found = any(_TEST.search(words_of(name)) for name in own)
    return "By its name, it is for a test." if found else ""


def _watches(selector: EventSelector, graph: Graph) -> Value[bool]:
    if not selector.data:
        return Known(False)
    return all_of(
        (
            any_of((negate(selector.management), holds(selector.kind, lambda kind: kind == "WriteOnly"))),
            *(_of_buckets(each.values, graph) for each in selector.data),
        )
    )


def _of_buckets(values: Value[list[Value[str]]], graph: Graph) -> Value[bool]:
    match values:
        case Known(listed):
            return all_of(_of_a_bucket(each, graph) for each in listed) if listed else Known(False)
        case Unknown():
            return values
        case Absent():
            return Known(False)


def _of_a_bucket(value: Value[str], graph: Graph) -> Value[bool]:
    named = [declared for reference in references(value) for declared in graph.at(reference.address)]
    if any(each.type in Bucket.types() for each in named):
        return Known(True)
    return value if isinstance(value, Unknown) and not named else Known(False)
