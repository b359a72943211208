"""Read replicas of databases of RDS: which they are, and what they are good for when their source fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wa_iac.aws import rds
from wa_iac.core.algebra import references
from wa_iac.core.graph import Graph

from .nodes import Node

_NAMED = 3


def read_replicas(node: Node, graph: Graph) -> Sequence[rds.Instance]:
    """The read replicas of a database that the unit declares."""
    return graph.index(rds.Instance, _copied).get(node.address, ())


def _copied(replica: rds.Instance) -> Iterator[str]:
    """The address of the database that a read replica copies."""
    yield from (each.address for each in references(replica.replica_of))


def to_promote(replicas: Sequence[rds.Instance]) -> str:
    """The words of what a person may do with read replicas."""
    names = [each.address for each in replicas[:_NAMED]]
    named = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
    return (
        f"Promote {named}, if it is in another zone: RDS does not do that by itself, and the last writes may be missing. Or restore the last "
        "backup into an instance in another zone. Then send the clients there."
    )
