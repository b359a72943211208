"""What a condition of the author makes instead of a resource: two blocks, of which each deployment has one."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import TypeVar, cast

from wa_iac.core.graph import Graph
from wa_iac.core.resource import Resource
from wa_iac.core.value import Known

R = TypeVar("R", bound=Resource)


def in_the_other_case(resource: R, graph: Graph) -> Iterator[R]:
    """The resources of the same class that exist only if `resource` does not, by the same choice: `Condition: HasCertificate` and
    `Condition: HasNoCertificate`."""
    condition = resource.declared.condition
    if condition is None or condition.choice is None:
        return
    own = [each.value for each in condition.alternatives]
    for other in graph.index(cast("type[R]", resource.own_class), _choices)[condition.choice]:
        against = other.declared.condition
        if against is not None and not any(
            one == Known(True) == theirs.value for one, theirs in zip(own, against.alternatives, strict=True)
        ):
            yield other


def switched_off(graph: Graph, cls: type[R]) -> list[tuple[str, R]]:
    """The resources of a class that a default leaves out, each with the variable or parameter that has it. Keep what this returns with the graph
    (`graph.once`), which knows resources by their declarations."""
    found: list[tuple[str, R]] = []
    for each in graph.switched_off:
        declared = each.make() if each.type in cls.types() else None
        if declared is not None:
            found.append((each.switch.default_of, graph.typed(declared, cls)))
    return found


def choice_of(resource: Resource) -> str:
    """What is to be given so that the other case holds, in the user's words: `parameter "Certificate"`."""
    condition = resource.declared.condition
    return "" if condition is None else getattr(condition.reason, "subject", "") or "its condition"


def _choices(resource: Resource) -> Iterator[Hashable]:
    condition = resource.declared.condition
    if condition is not None and condition.choice is not None:
        yield condition.choice
