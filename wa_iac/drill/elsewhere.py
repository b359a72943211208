"""What is left of a resource in other Regions, if its own fails."""

from __future__ import annotations

from typing import Final

from wa_iac.aws.dynamodb import GlobalTable, Table
from wa_iac.aws.kms import Key
from wa_iac.aws.rds import Cluster
from wa_iac.core.graph import Graph
from wa_iac.core.value import Absent, Known

from . import sources
from .nodes import Node, State

_WAIT: Final = "Wait for the Region, or build it again in another one from its code and from copies of its data."


def if_region_fails(node: Node, graph: Graph) -> State | None:
    """What follows for a resource if its Region fails."""
    if node.declared.type in Table.types() and graph.typed(node.declared, Table).replicas:
        return _REPLICAS
    if node.declared.type in GlobalTable.types() and len(graph.typed(node.declared, GlobalTable).replicas) > 1:
        return _REPLICAS
    if node.declared.type in Key.types() and graph.typed(node.declared, Key).multi_region == Known(True):
        how = "Its replicas in other Regions decrypt the same data; what is in this Region cannot use it."
        return State("stops", how=how, source=sources.KMS)
    if node.declared.type in Cluster.types() and not isinstance(
        graph.typed(node.declared, Cluster).global_cluster.value, Absent
    ):
        how = "Fail over the global database to its cluster in another Region: minutes, once somebody does so."
        return State(
            "stops",
            how=how,
            control_plane="It takes the control plane of RDS in the other Region.",
            source=sources.AURORA_GLOBAL,
        )
    if node.kind.endswith(".globalcluster"):
        how = "Fail over to the cluster in another Region: minutes, once somebody does so."
        return State(
            "stops",
            how=how,
            control_plane="It takes the control plane of RDS in the other Region.",
            source=sources.AURORA_GLOBAL,
        )
    return State("stops", how=_WAIT, source=sources.REGIONAL)


_REPLICAS: Final = State(
    "degrades",
    how="Its replicas in other Regions serve on; clients have to be sent there.",
    source=sources.DYNAMODB_GLOBAL,
)
