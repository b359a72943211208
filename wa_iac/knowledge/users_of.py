"""Who uses a resource, by references in the unit."""

from collections.abc import Set

from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of
from wa_iac.core.resource import Resource
from wa_iac.core.value import Origin, Value


def is_used(resource: Resource, graph: Graph, *, besides: Set[str]) -> Value[bool]:
    """Whether anything in the unit refers to a resource, other than blocks of some types: an output and a module count, since somebody
    elsewhere may use it."""
    users = graph.referring(resource, graph.types - besides)
    answers = (each.exists_with(resource.declared) for each in users if each is not resource.declared)
    return any_of(answers, Origin())
