"""Resources that no alarm watches."""

from collections.abc import Collection

from wa_iac.core.graph import Graph
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Flags, exempt, refuse
from wa_iac.knowledge.alarms import any_watch, watched

ELSEWHERE = "no alarm here watches the health of anything; alarms that are declared elsewhere may watch it"


def judge(resource: Resource, graph: Graph, message: str, *, also: Collection[Resource] = (), namespace: str = "") -> Flags:
    """Flag a resource that no alarm watches, in a unit that has alarms on others; see `watched`."""
    exempt(not any_watch(graph), ELSEWHERE)
    yield from refuse(watched(resource, graph, also=also, namespace=namespace), False, message, at=resource)
