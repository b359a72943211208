"""Who uses a resource, by references in the unit."""

from collections.abc import Set
from typing import Any

from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of
from wa_iac.core.resource import Link, Resource
from wa_iac.core.value import Known, Origin, Value


def is_used(resource: Resource, graph: Graph, *, besides: Set[str]) -> Value[bool]:
    """Whether anything in the unit refers to a resource, other than blocks of some types: an output and a module count, since somebody
    elsewhere may use it."""
    users = graph.referring(resource, graph.types - besides)
    answers = (each.exists_with(resource.declared) for each in users if each is not resource.declared)
    return any_of(answers, Origin())


def is_left_out(group: Resource, users: type[Resource], field: str, graph: Graph) -> bool:
    """Whether the unit has resources that could use a group of settings by their link `field`, and certainly none does, nor anything else: all
    their links are known, and lead to nothing elsewhere but a default of AWS."""
    pointing = graph.pointing(users, field)
    return (
        not pointing.at.get(id(group.declared))
        and any(True for _ in graph.of(users))
        and is_used(group, graph, besides=frozenset()) == Known(False)
        and all(_is_settled(getattr(each, field)) for each in graph.of(users))
    )


def _is_settled(link: Link[Any]) -> bool:
    return link.unknown is None and all(str(each.value).startswith("default.") for each in link.external)
