"""What follows for a resource if it fails itself, alone: its host, its primary node, or the resource as a whole."""

from __future__ import annotations

from typing import Final

from wa_iac.aws.elasticache import ReplicationGroup
from wa_iac.aws.rds import Cluster, Instance
from wa_iac.core.binding import value_at
from wa_iac.core.graph import Graph
from wa_iac.core.value import Absent, Known

from . import sources
from .nodes import Node, State
from .zonal import MULTI_AZ

_ANEW: Final = "Make it again, or fix it: nothing in the architecture takes its place."


def if_it_fails(node: Node, graph: Graph) -> State:
    """What follows if a resource fails. What AWS replaces by itself recovers; everything else stops as a whole."""
    match node.shape:
        case "instance" if not _stays_away(node):
            how = "EC2 moves it to another host of its zone by itself, if its type supports simplified automatic recovery."
            return State(
                "recovers",
                time="minutes",
                how=how,
                control_plane="It takes free capacity in the same zone.",
                source=sources.RECOVERY,
            )
        case "database" if _has_standby(node, graph):
            return MULTI_AZ
        case "cluster" if len(node.members) > 1 or _is_multi_az(node, graph):
            how = "A reader becomes the writer, if the writer fails."
            source = sources.AURORA if node.members else sources.RDS_CLUSTER
            return State("recovers", time="seconds", how=how, source=source)
        case "cache" if _fails_over(node, graph):
            how = "A replica becomes the primary, if the primary node fails."
            return State("recovers", time="seconds", how=how, source=sources.CACHE)
        case "database":
            how = "RDS restarts the instance if it can; else restore the last backup."
            return State("stops", how=how, control_plane="It takes the control plane of RDS.", source=sources.RDS_BACKUP)
        case _:
            return State("stops", how=_ANEW)


def _stays_away(node: Node) -> bool:
    """Whether automatic recovery is turned off, or cannot be: for a Spot Instance."""
    body = node.declared.body
    off = any(
        value_at(body, path) == Known("disabled")
        for path in ("maintenance_options.auto_recovery", "MaintenanceOptions.AutoRecovery")
    )
    spot = "spot" in node.kind or not isinstance(value_at(body, "instance_market_options.market_type"), Absent)
    return off or spot


def _has_standby(node: Node, graph: Graph) -> bool:
    return node.declared.type in Instance.types() and graph.typed(node.declared, Instance).multi_az == Known(True)


def _is_multi_az(node: Node, graph: Graph) -> bool:
    if node.declared.type not in Cluster.types():
        return False
    cluster = graph.typed(node.declared, Cluster)
    return cluster.is_aurora() == Known(False) and not isinstance(cluster.instance_class, Absent)


def _fails_over(node: Node, graph: Graph) -> bool:
    if node.declared.type not in ReplicationGroup.types():
        return True
    return graph.typed(node.declared, ReplicationGroup).automatic_failover == Known(True)
