"""Managed services that AWS places in the zones of a resource's subnets: what is left of them if a zone fails."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from wa_iac.core.binding import value_at
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.value import Absent, Known

from . import sources
from .nodes import Node, State

_ENDPOINT_TYPES: Final = ("endpoint_type", "EndpointType")
_ENDPOINTS: Final = ("endpoint_details", "EndpointDetails")


def is_zonal_endpoint(declared: Declared) -> bool:
    """Whether the endpoint of a server of Transfer Family is in a VPC, or may be. A public one is in several zones of the Region."""
    details = (value_at(declared.body, key) for key in _ENDPOINTS)
    kinds = [v for key in _ENDPOINT_TYPES if not isinstance(v := value_at(declared.body, key), Absent)]
    return any(each != Known("PUBLIC") for each in kinds) or any(not isinstance(each, Absent) for each in details)


def hadoop(node: Node, graph: Graph) -> State:
    """A cluster of EMR: all its nodes are in one zone, also several primary nodes."""
    how = "Start a cluster in another zone. Data in HDFS, on its own nodes, is lost; data in Amazon S3 is not."
    return State(
        "stops",
        how=how,
        control_plane="It takes the control plane of Amazon EMR, and free capacity in another zone.",
        source=sources.EMR,
    )


def directory(node: Node, down: int, zones: int, graph: Graph) -> State:
    """A directory: AWS puts one of its servers into each of two subnets, in different zones."""
    if down >= zones:
        return State("stops", how="All its servers are in the zone that fails.", source=sources.DIRECTORY)
    share = Fraction(zones - down, zones)
    how = "The directory server in the other zone serves on, for clients that know the addresses of both as DNS servers."
    return State("degrades", share, how=how, source=sources.DIRECTORY)


def airflow(node: Node, down: int, zones: int, worst: bool, graph: Graph) -> State | None:
    """An environment of MWAA: its containers are in two zones, and start again in the other one."""
    needs = "It takes the control plane of Amazon MWAA, and free capacity in the other zone."
    if down >= zones:
        how = "Make the environment again in subnets of other zones: those of an environment cannot be changed."
        return State("stops", how=how, control_plane=needs, source=sources.MWAA)
    if not worst:
        return None
    how = (
        "Its containers start again in the other zone. Tasks that ran in the zone that fails are lost, unless they are retried."
    )
    settle = "nothing before deployment: AWS chooses in which of its two zones its containers run"
    return State("recovers", time="minutes", how=how, control_plane=needs, source=sources.MWAA, settle=settle)


def jobs(node: Node, down: int, zones: int, worst: bool, graph: Graph) -> State | None:
    """A compute environment of Batch: it starts what it needs in any of its subnets."""
    needs = "AWS Batch needs its control plane and free capacity in the zones that are left, which others then also need."
    if down >= zones:
        how = "Add a subnet in another zone: AWS Batch runs jobs in the zones of its subnets only."
        return State("stops", how=how, control_plane=needs, source=sources.BATCH)
    if not worst:
        return None
    how = "Jobs that run in the zone are lost, and start again only if they may be tried more than once; others start in the zones that are left."
    settle = "nothing before deployment: AWS Batch chooses where jobs run"
    return State("degrades", how=how, control_plane=needs, source=sources.BATCH, launches=True, settle=settle)


FIREWALL: Final = (
    "Add a subnet in another zone: the firewall has one endpoint in each of its subnets. Routes through an endpoint in the zone that "
    "fails lead nowhere, also from other zones."
)
TRANSFER: Final = "Add a subnet in another zone: the endpoint of the server has an address in each of its subnets."
