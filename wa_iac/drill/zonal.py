"""What follows for a resource if a zone fails that it is in, by its shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Final, NamedTuple

from wa_iac.aws.dms import ReplicationInstance
from wa_iac.aws.mq import Broker
from wa_iac.aws.rds import Cluster, Instance
from wa_iac.aws.redshift import Cluster as Warehouse
from wa_iac.core.binding import value_at
from wa_iac.core.graph import Graph
from wa_iac.core.value import Absent, Known, Tree, Unknown

from . import sources
from .kinds import Shape
from .model import Outcome
from .nodes import Node, State
from .read_replicas import read_replicas, to_promote
from .zonal_services import FIREWALL, TRANSFER, airflow, directory, hadoop, jobs
from .zonal_stores import cache, kafka, memcached, search


class Loss(NamedTuple):
    """How much of a resource is in the zone that fails.

    Attributes:
        down, zones: how many of its zones fail, and how many it has. For a cluster: how many of its instances.
        members: how many of the things that it counts are surely lost.
        worst: whether this is the worst case.
        primary: whether the primary node of a cache is lost.
    """

    down: int
    zones: int
    members: int
    worst: bool
    primary: bool = False

    @property
    def is_all(self) -> bool:
        return self.down >= self.zones


def if_zone_fails(node: Node, loss: Loss, graph: Graph) -> State | None:
    """What follows if some of the zones of a resource fail; None if it serves as before."""
    return _BY_SHAPE.get(node.shape, _nothing)(node, loss, graph)


def _nothing(node: Node, loss: Loss, graph: Graph) -> State | None:
    return None


def _instance(node: Node, loss: Loss, graph: Graph) -> State:
    return State(
        "stops",
        how="Start another one in another zone, from its image or a backup. Automatic recovery moves an instance to another host, but not to "
        "another zone.",
        control_plane="It takes the control plane of EC2, and free capacity in another zone.",
        source=sources.RECOVERY,
    )


def _volume(node: Node, loss: Loss, graph: Graph) -> State:
    return State(
        "stops",
        how="Make a volume from a snapshot in another zone: a volume can only be attached in its own.",
        control_plane="It takes the control plane of EBS.",
        source=sources.VOLUME,
    )


def _group(node: Node, loss: Loss, graph: Graph) -> State | None:
    is_service = node.shape == "service"
    what, source = ("tasks", sources.ECS) if is_service else ("instances", sources.AUTO_SCALING)
    starter = "Amazon ECS" if is_service else "EC2 Auto Scaling"
    if loss.is_all:
        how = (
            _for_tasks(node)
            if is_service
            else f"Add a subnet in another zone: {starter} starts {what} in the zones of its subnets only."
        )
        return State("stops", how=how, control_plane=_CAPACITY.format(starter=starter), source=source)
    if node.count is None:
        how = f"{starter} starts the lost {what} again in the zones that are left."
        settle = f"its number of {what}"
        return State(
            "degrades", how=how, control_plane=_CAPACITY.format(starter=starter), source=source, settle=settle, launches=True
        )
    if node.count == 0:
        return None
    each = node.count // loss.zones if not loss.worst else -(-node.count // loss.zones)
    lost = node.count if node.packed and loss.worst else 0 if node.packed else min(node.count, each * loss.down)
    if lost == 0:
        return None
    how = f"{starter} starts the lost {what} again in the zones that are left."
    if lost == node.count:
        return State(
            "recovers", time="minutes", how=how, control_plane=_CAPACITY.format(starter=starter), source=source, launches=True
        )
    share = Fraction(node.count - lost, node.count)
    return State("degrades", share, how=how, control_plane=_CAPACITY.format(starter=starter), source=source, launches=True)


def _for_tasks(node: Node) -> str:
    """What lets the tasks of ECS run in another zone, by where they run."""
    match node.runs_on:
        case "fargate":
            return "Add a subnet in another zone: Amazon ECS starts tasks on Fargate in the zones of their subnets only."
        case "instances":
            subnet = ", and a subnet of the tasks there" if node.own_subnets else ""
            return (
                f"Add instances in another zone{subnet}: Amazon ECS starts these tasks on the instances of their cluster only."
            )
        case _:
            return (
                "Let its tasks start in another zone: on Fargate this takes a subnet there, on instances of the cluster it takes such an "
                "instance there."
            )


def _tasks(node: Node, loss: Loss, graph: Graph) -> State | None:
    """What a rule or a schedule starts: nothing starts a lost task again before the next time."""
    needs = "Amazon ECS needs its control plane and free capacity in the zones that are left to start a task, which others then also need."
    if loss.is_all:
        outcome: Outcome = "degrades" if node.groups else "stops"
        return State(outcome, how=_for_tasks(node), control_plane=needs, source=sources.TASKS, launches=True)
    if not loss.worst:
        return None
    how = "A task that runs in the zone is lost, and nothing starts it again; later ones start in the zones that are left."
    return State("recovers", time="longer", how=how, control_plane=needs, source=sources.TASKS, launches=True, settle=_WHERE)


_WHERE: Final = "nothing before deployment: AWS chooses where a task starts, and it may not run when the zone fails"
_CAPACITY: Final = (
    "{starter} needs its control plane and free capacity in the zones that are left, which others then also need."
)


def _all_or_nothing(how: str, source: str) -> Callable[[Node, Loss, Graph], State | None]:
    def found(node: Node, loss: Loss, graph: Graph) -> State | None:
        return State("stops", how=how, source=source) if loss.is_all else None

    return found


def _nat(node: Node, loss: Loss, graph: Graph) -> State | None:
    mode = next(
        (
            v
            for key in ("availability_mode", "AvailabilityMode")
            if not isinstance(v := value_at(node.declared.body, key), Absent)
        ),
        None,
    )
    if mode == Known("regional") or (isinstance(mode, Unknown) and not loss.worst):
        return None
    return State(
        "stops",
        how="Route the subnets to a NAT gateway in another zone.",
        control_plane="It takes the control plane of EC2 to change the routes.",
        source=sources.NAT,
    ).unless(Absent() if mode is None else mode)


def _endpoint(node: Node, loss: Loss, graph: Graph) -> State | None:
    kind = next(
        (
            v
            for key in ("vpc_endpoint_type", "VpcEndpointType")
            if not isinstance(v := value_at(node.declared.body, key), Absent)
        ),
        None,
    )
    if not loss.is_all or kind in (None, Known("Gateway")):
        return None
    how = "Add a subnet of another zone to the endpoint: it has one network interface for each of its subnets."
    return State("stops", how=how, control_plane="It takes the control plane of EC2.", source=sources.ENDPOINT)


def _files(node: Node, loss: Loss, graph: Graph) -> State | None:
    if not loss.is_all:
        return None
    if node.one:
        how = "Restore a backup into a file system in another zone: a One Zone file system keeps its data in one zone."
        return State("stops", how=how, source=sources.EFS_ONE_ZONE)
    how = "Make a mount target in another zone: the data is kept in several zones, but all mount targets are in the zone that fails."
    return State("stops", how=how, control_plane="It takes the control plane of EFS.", source=sources.EFS)


def _database(node: Node, loss: Loss, graph: Graph) -> State:
    standby: Tree = Known(False)
    how, source = "Restore the last backup into an instance in another zone, and send its clients there.", sources.RDS_BACKUP
    if node.declared.type in Instance.types():
        instance = graph.typed(node.declared, Instance)
        standby = instance.multi_az
        if instance.is_replica() == Known(True):
            how, source = "Make another read replica in another zone, or send its clients to its source.", sources.RDS_REPLICAS
        elif replicas := read_replicas(node, graph):
            how, source = to_promote(replicas), sources.RDS_PROMOTE
    if standby == Known(True) or (isinstance(standby, Unknown) and not loss.worst):
        return MULTI_AZ
    control_plane = "It takes the control plane of RDS, and free capacity in another zone."
    return State("stops", how=how, control_plane=control_plane, source=source).unless(standby)


PRIMARY: Final = "nothing before deployment: AWS chooses where the primary is, and changes it with each failover"
MULTI_AZ: Final = State(
    "recovers",
    time="minutes",
    how="RDS fails over to the standby in another zone: 60 to 120 seconds as a rule. Nothing happens if only the standby is lost.",
    source=sources.RDS,
)


def _cluster(node: Node, loss: Loss, graph: Graph) -> State | None:
    engine = "DocumentDB" if node.kind.startswith("docdb") else "Neptune" if node.kind.startswith("neptune") else "Aurora"
    source = {"DocumentDB": sources.DOCDB, "Neptune": sources.NEPTUNE, "Aurora": sources.AURORA}[engine]
    if not node.members:
        return _cluster_without_members(node, loss, graph, source)
    if loss.is_all:
        return State(
            "stops",
            how=f"Add an instance in another zone: the data is kept in three. {engine} itself tries to start the lost instance in the same zone.",
            control_plane="It takes the control plane of the database, and free capacity in another zone.",
            source=source,
        )
    if not loss.worst:
        return None
    return State(
        "recovers",
        time="seconds",
        settle=PRIMARY,
        how=f"{engine} makes a reader in another zone the writer: 60 seconds as a rule. Only capacity for reading is lost if the writer is elsewhere.",
        source=source,
    )


def _cluster_without_members(node: Node, loss: Loss, graph: Graph, source: str) -> State | None:
    if node.declared.type in Cluster.types():
        cluster = graph.typed(node.declared, Cluster)
        if cluster.is_serverless_v1():
            how = "Aurora Serverless starts an instance in another zone."
            return State(
                "recovers", time="minutes", how=how, control_plane="It takes free capacity in another zone.", source=source
            )
        if cluster.is_aurora() == Known(False) and not isinstance(cluster.instance_class, Absent):
            how = "RDS makes a standby in another zone the writer: less than 35 seconds as a rule."
            return State("recovers", time="seconds", how=how, source=sources.RDS_CLUSTER)
    if not loss.worst:
        return None
    return State("unknown", how="Its instances are not declared here.", source=source, settle="the zones of its instances")


def _broker(node: Node, loss: Loss, graph: Graph) -> State:
    match graph.typed(node.declared, Broker).deployment_mode if node.declared.type in Broker.types() else Absent():
        case Known("ACTIVE_STANDBY_MULTI_AZ"):
            return State(
                "recovers", time="minutes", how="Clients move to the standby broker in the other zone.", source=sources.MQ
            )
        case Known("CLUSTER_MULTI_AZ"):
            how = "Two of its three nodes are left, in other zones."
            return State("degrades", Fraction(2, 3), how=how, source=sources.RABBIT)
        case mode:
            how = "Make a broker in another zone: a single-instance broker is in one."
            return State("stops", how=how, source=sources.MQ).unless(mode)


def _warehouse(node: Node, loss: Loss, graph: Graph) -> State:
    if node.declared.type in Warehouse.types() and graph.typed(node.declared, Warehouse).multi_az == Known(True):
        how = "Redshift serves from the compute in the other zone."
        return State("recovers", time="minutes", how=how, source=sources.REDSHIFT)
    how = "Restore the last snapshot into a cluster in another zone, or relocate the cluster."
    return State(
        "stops", how=how, control_plane="It takes the control plane of Redshift, and free capacity.", source=sources.REDSHIFT
    )


def _replication(node: Node, loss: Loss, graph: Graph) -> State:
    if node.declared.type in ReplicationInstance.types() and graph.typed(node.declared, ReplicationInstance).multi_az == Known(
        True
    ):
        return State("recovers", time="minutes", how="DMS fails over to the standby in another zone.", source=sources.DMS)
    return State("stops", how="Make a replication instance in another zone, and start its tasks again.", source=sources.DMS)


def _windows_files(node: Node, loss: Loss, graph: Graph) -> State:
    values = [value_at(node.declared.body, key) for key in ("deployment_type", "WindowsConfiguration.DeploymentType")]
    kind = next((each for each in values if not isinstance(each, Absent)), None)
    if isinstance(kind, Known) and str(kind.value).startswith("MULTI_AZ"):
        how = "FSx fails over to the standby file server in the other zone."
        return State("recovers", time="seconds", how=how, source=sources.FSX)
    how = "Restore the last backup into a file system in another zone."
    return State("stops", how=how, source=sources.FSX).unless(Absent() if kind is None else kind)


def _tunnels(node: Node, loss: Loss, graph: Graph) -> State | None:
    """A VPN connection: each of its two tunnels ends in another zone."""
    if not loss.worst:
        return None
    how = "Traffic moves to the other tunnel, which ends in another zone, if the device on the other side has both up."
    return State("stops", how=how, source=sources.VPN, settle="whether the device of the customer uses both tunnels")


def _not_modeled(node: Node, loss: Loss, graph: Graph) -> State | None:
    if not loss.is_all and not loss.worst:
        return None
    return State("unknown", how="The drill has no model of this service.", settle=f"how {node.kind} behaves if a zone fails")


_BY_SHAPE: Final[Mapping[Shape, Callable[[Node, Loss, Graph], State | None]]] = {
    "instance": _instance,
    "volume": _volume,
    "group": _group,
    "service": _group,
    "tasks": _tasks,
    "function": _all_or_nothing(
        "Add a subnet in another zone: all subnets of the function are in the zone that fails.", sources.LAMBDA
    ),
    "balancer": _all_or_nothing("Add a subnet in another zone: all its nodes are in the zone that fails.", sources.ELB),
    "link": _all_or_nothing(
        "Add a subnet in another zone: all interfaces of the link are in the zone that fails.", sources.PRIVATE_API
    ),
    "attachment": _all_or_nothing(
        "Attach a subnet of another zone: a zone without one does not reach the transit gateway.", sources.TRANSIT
    ),
    "tunnels": _tunnels,
    "nat": _nat,
    "endpoint": _endpoint,
    "files": _files,
    "database": _database,
    "member": lambda node, loss, graph: State(
        "stops", how="The other instances of its cluster serve on.", source=sources.AURORA
    ),
    "cluster": _cluster,
    "cache": lambda node, loss, graph: cache(node, loss.down, loss.zones, loss.worst, loss.primary, graph),
    "memcached": lambda node, loss, graph: memcached(node, loss.down, loss.zones, loss.worst, graph),
    "search": lambda node, loss, graph: search(node, loss.worst, graph),
    "kafka": lambda node, loss, graph: kafka(loss.down, loss.zones, loss.worst),
    "broker": _broker,
    "warehouse": _warehouse,
    "replication": _replication,
    "windows files": _windows_files,
    "hadoop": lambda node, loss, graph: hadoop(node, graph),
    "directory": lambda node, loss, graph: directory(node, loss.down, loss.zones, graph),
    "airflow": lambda node, loss, graph: airflow(node, loss.down, loss.zones, loss.worst, graph),
    "jobs": lambda node, loss, graph: jobs(node, loss.down, loss.zones, loss.worst, graph),
    "firewall": _all_or_nothing(FIREWALL, sources.FIREWALL),
    "transfer": _all_or_nothing(TRANSFER, sources.TRANSFER),
    "zonal": _not_modeled,
}
