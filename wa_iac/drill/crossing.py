"""Load balancers that send requests only to targets of their own zone: what that means if a zone fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from wa_iac.aws.elbv2 import LoadBalancer, TargetGroup
from wa_iac.core.graph import Graph
from wa_iac.core.logic import first_unknown
from wa_iac.core.value import Absent, Known, Unknown, Value

from .model import Link
from .nodes import Node, State
from .sources import ALB, NLB
from .zones import same_zone


def crosses(balancer: LoadBalancer, group: TargetGroup) -> Value[bool]:
    """Whether a load balancer sends requests to targets of a group in other zones than its own nodes': by the group's setting, else by the
    load balancer's, which is always on for an application load balancer."""
    match group.cross_zone:
        case Known(value) if str(value).lower() in ("true", "false"):
            return Known(str(value).lower() == "true")
        case Unknown() as unknown:
            return unknown
        case _:
            return Known(True) if balancer.kind in (Known("application"), Absent()) else balancer.cross_zone


def cut_off(
    nodes: Mapping[str, Node], graph: Graph, down: Callable[[Node], frozenset[int]], what: str, *, best: bool = False
) -> dict[str, State]:
    """The load balancers whose nodes that are left have no target in their zones, by address: in the best case only those that certainly have
    none."""
    found: dict[str, State] = {}
    for node in nodes.values():
        if node.declared.type not in LoadBalancer.types() or not node.lanes or not (lost := down(node)):
            continue
        balancer = graph.typed(node.declared, LoadBalancer)
        left = [lane for number, lane in enumerate(node.lanes) if number not in lost]
        groups = [
            nodes[need.address] for group in node.groups for need in group.members if nodes[need.address].shape == "targets"
        ]
        for each in groups:
            targets = graph.typed(each.declared, TargetGroup) if each.declared.type in TargetGroup.types() else None
            if targets is None or crosses(balancer, targets) != Known(False):
                continue
            members = [nodes[need.address] for group in each.groups for need in group.members]
            places = [lane for member in members for number, lane in enumerate(member.lanes) if number not in down(member)]
            answers = [same_zone(one.zone, other.zone) for one in left for other in places]
            if answers and not any(answers) and not (best and None in answers):
                why = f"its nodes outside of {what} have no target of {each.address} in their zones, and it does not balance across zones"
                source = ALB if balancer.kind == Known("application") else NLB
                how = "Turn cross-zone load balancing on, or put targets into each of its zones."
                doubt = first_unknown(*(lane.zone for lane in (*left, *places))) if None in answers else None
                state = State("stops", how=how, source=source, chain=(Link(balancer.address, why),))
                found[balancer.address] = state.unless(Absent() if doubt is None else doubt)
    return found
