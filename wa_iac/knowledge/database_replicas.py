"""Read replicas of databases: what copies an instance, and what an instance is a copy of."""

from __future__ import annotations

from typing import Final

from wa_iac.aws.rds import Instance
from wa_iac.core.algebra import references
from wa_iac.core.binding import value_at
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.value import Absent, Known, Tree, Value

_TYPES: Final = frozenset(Instance.types())
_SOURCE: Final = "replicate_source_db"


def has_replicas(instance: Instance, graph: Graph) -> bool:
    """Whether another instance of the unit is a read replica of this one."""
    others = (graph.typed(each, Instance) for each in graph.referring(instance, _TYPES))
    return any(graph.refers(each.replica_of, instance) for each in others)


def forbids_managed_password(instance: Instance, graph: Graph) -> bool:
    """Whether RDS cannot manage the password of an instance because of its read replicas, which it can for SQL Server: "Limitations" in
    "Password management with Amazon RDS and AWS Secrets Manager" (Amazon RDS User Guide)."""
    return not _is_sql_server(instance.engine) and has_replicas(instance, graph)


def may_be_replica(database: Instance) -> bool:
    """Whether the block of a module makes read replicas also, for the calls that name a source."""
    written = value_at(database.declared.body, _SOURCE)
    return database.dialect == "terraform" and bool(database.declared.calls) and bool(written.origin.chain)


def why_module_may_have_replicas(address: str, graph: Graph) -> str:
    """What says that the database of a module that is not read has read replicas, as a part of a sentence; empty if nothing does."""
    for module in graph.at(address):
        body = module.body.value
        if _is_sql_server(body.get("engine", Absent())):
            return ""
        if body.get("manage_master_user_password") == Known(False):
            return f"{address} says manage_master_user_password = false"
    copies = (each for each in graph.once(_copies) if any(at.address == address for at in references(each.body.value[_SOURCE])))
    return next((f"{each.address} is one" for each in copies), "")


def _copies(graph: Graph) -> list[Declared]:
    """The instances that are copies, and the calls of modules that are not read that make some."""
    return [each for each in graph.declared if _SOURCE in each.body.value]


def _is_sql_server(engine: Tree) -> bool:
    return isinstance(engine, Known) and str(engine.value).startswith("sqlserver")


def engine_of(instance: Instance, graph: Graph) -> Value[str]:
    """The engine of an instance. A read replica that does not name one has that of its source."""
    if not isinstance(instance.engine, Absent) or isinstance(instance.replica_of, Absent):
        return instance.engine
    sources = [graph.typed(each, Instance) for each in graph.referred(instance.replica_of) if each.type in _TYPES]
    return next((each.engine for each in sources if isinstance(each.engine, Known)), instance.engine)
