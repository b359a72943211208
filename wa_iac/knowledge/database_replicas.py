"""Read replicas of databases: what copies an instance, and what an instance is a copy of."""

from __future__ import annotations

from typing import Final

from wa_iac.aws.rds import Instance
from wa_iac.core.graph import Graph
from wa_iac.core.value import Absent, Known, Value

_TYPES: Final = frozenset(Instance.types())


def has_replicas(instance: Instance, graph: Graph) -> bool:
    """Whether another instance of the unit is a read replica of this one."""
    others = (graph.typed(each, Instance) for each in graph.referring(instance, _TYPES))
    return any(graph.refers(each.replica_of, instance) for each in others)


def engine_of(instance: Instance, graph: Graph) -> Value[str]:
    """The engine of an instance. A read replica that does not name one has that of its source."""
    if not isinstance(instance.engine, Absent) or isinstance(instance.replica_of, Absent):
        return instance.engine
    sources = [graph.typed(each, Instance) for each in graph.referred(instance.replica_of) if each.type in _TYPES]
    return next((each.engine for each in sources if isinstance(each.engine, Known)), instance.engine)
