"""What other templates of the run do with a resource that this one exports."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from wa_iac.core.graph import Graph, Importer
from wa_iac.core.logic import all_of, any_of
from wa_iac.core.reasons import Said
from wa_iac.core.resource import Resource
from wa_iac.core.value import Known, Unknown, Value

R = TypeVar("R", bound=Resource)


def importers(resource: Resource, graph: Graph, cls: type[R], *paths: str) -> Iterator[tuple[R, Importer]]:
    """The resources of a class in other templates that import a resource by a property, possibly under a condition."""
    for each in graph.importers(resource).found:
        if each.path in paths and each.block.type in cls.types():
            yield each.graph.typed(each.block, cls), each


def imported_by(
    resource: Resource, graph: Graph, cls: type[R], *paths: str, test: Callable[[R, Graph], Value[bool]]
) -> Value[bool]:
    """Whether a resource of a class in another template imports a resource by a property, and passes a test in its own graph. Absent if there
    is no such resource."""
    return any_of(
        _seen_from(resource, each, all_of((Known(True) if each.doubt is None else each.doubt, test(other, each.graph))))
        for other, each in importers(resource, graph, cls, *paths)
    )


def _seen_from(resource: Resource, other: Importer, answer: Value[bool]) -> Value[bool]:
    """An answer from another template. What is not known there is no choice of this template, though it may have the same name."""
    if not isinstance(answer, Unknown):
        return answer
    why = f"{answer.why}, for {other.block.address} in {other.unit}"
    return Unknown(Said(why, answer.settle), ("imported", other.unit, answer.identity), resource.absent.origin)
