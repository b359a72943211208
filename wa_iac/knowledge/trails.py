"""What a trail is for."""

from __future__ import annotations

from wa_iac.aws.cloudtrail import EventSelector, Trail
from wa_iac.aws.s3 import Bucket
from wa_iac.core.algebra import references
from wa_iac.core.graph import Graph
from wa_iac.core.value import Known, Tree


def is_trigger(trail: Trail, graph: Graph) -> bool:
    """Whether a trail only watches buckets in this unit, as the trigger of a pipeline does. Each of its selectors names objects of such
    buckets, and no management events, or the writing ones only, which the tutorials for such triggers leave in."""
    return bool(trail.selectors) and not trail.advanced and all(_watches(each, graph) for each in trail.selectors)


def _watches(selector: EventSelector, graph: Graph) -> bool:
    if selector.management != Known(False) and selector.kind != Known("WriteOnly"):
        return False
    objects = [each.values.value if isinstance(each.values, Known) else [] for each in selector.data]
    return bool(objects) and all(values and all(_of_a_bucket(each, graph) for each in values) for values in objects)


def _of_a_bucket(value: Tree, graph: Graph) -> bool:
    named = [declared for reference in references(value) for declared in graph.at(reference.address)]
    return any(each.type in Bucket.types() for each in named)
