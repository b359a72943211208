"""Whether others may use a resource whom this unit does not show."""

from typing import Final

from wa_iac.core.graph import Graph
from wa_iac.core.resource import Resource

_AWAY: Final = frozenset({"output", "module"})


def is_given_away(resource: Resource, graph: Graph) -> bool:
    """Whether an output, an export or a module that cannot be read gets it: something elsewhere may then name it."""
    return bool(graph.referring(resource, _AWAY))
