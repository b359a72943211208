"""Why a group of members may have others than those that are declared here: what is not known may lead anywhere, and may lead here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from wa_iac.aws import elb
from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.aws.cloudfront import Distribution
from wa_iac.aws.ecs import Service
from wa_iac.aws.elbv2 import Action, LoadBalancer, TargetGroup
from wa_iac.core.binding import value_at
from wa_iac.core.graph import Graph
from wa_iac.core.logic import first_unknown
from wa_iac.core.reasons import Said
from wa_iac.core.resource import Link, Resource
from wa_iac.core.value import Absent, Known, Tree, Unknown
from wa_iac.knowledge.architecture.kinds import kind_of

from .nodes import Node
from .origins import record_named

_INTEGRATIONS: Final = frozenset({"apigateway.integration", "apigateway.method", "apigatewayv2.integration"})
_ADDRESSES: Final = ("integration_uri", "IntegrationUri", "uri", "Integration.Uri")
_CONNECTIONS: Final = ("connection_id", "ConnectionId", "Integration.ConnectionId")


def add_doubts(nodes: Mapping[str, Node], holders: Mapping[str, str], graph: Graph) -> None:
    """Say of each way to others, and of each group of members that do the same or serve a part each, why there may be more."""
    integrated = _of_integrations(holders, graph)
    for node in nodes.values():
        why = node.hidden = first_unknown(_of(node, nodes, graph), integrated.get(node.address))
        for number, group in enumerate(node.groups):
            if group.kind in ("shared", "parts"):
                several = (nodes[need.address].declared.others for need in group.members)
                node.groups[number] = group._replace(more=first_unknown(why, *several))


def _of(node: Node, nodes: Mapping[str, Node], graph: Graph) -> Unknown | None:
    declared = node.declared
    if declared.type in TargetGroup.types():
        return _of_holder(graph.typed(declared, TargetGroup), graph)
    if declared.type in elb.LoadBalancer.types():
        return _of_holder(graph.typed(declared, elb.LoadBalancer), graph)
    if declared.type in LoadBalancer.types():
        return _of_balancer(graph.typed(declared, LoadBalancer))
    if declared.type in Distribution.types():
        domains = [each.domain for each in graph.typed(declared, Distribution).origins]
        others = (each for each in domains if not isinstance(each, Known) or not record_named(each, nodes, graph))
        return first_unknown(*(_outside(each, graph) for each in others))
    return None


def _of_holder(holder: TargetGroup | elb.LoadBalancer, graph: Graph) -> Unknown | None:
    """Why other targets than those declared here may be registered."""
    groups = graph.pointing(AutoScalingGroup, "traffic")
    return first_unknown(_link(holder.instances), groups.loose, graph.once(_loose_services))


def _loose_services(graph: Graph) -> Unknown | None:
    """Why a service of ECS may serve any target group."""
    blocks = [block for service in graph.of(Service) for block in service.load_balancers]
    return first_unknown(
        *(found for each in blocks for found in (each.unknown, each.target_group.unknown, each.classic.unknown))
    )


def _of_balancer(balancer: LoadBalancer) -> Unknown | None:
    """Why a load balancer may forward to other target groups."""
    rules = [rule for listener in balancer.listeners for rule in listener.rules]
    actions = [action for each in (*balancer.listeners, *rules) for action in each.actions]
    links = [balancer.listeners.unknown, *(listener.rules.unknown for listener in balancer.listeners)]
    return first_unknown(*links, *_of_actions(actions))


def _of_actions(actions: Iterable[Action]) -> Iterator[Unknown | None]:
    for action in actions:
        yield action.unknown
        yield _link(action.target_groups)


def _of_integrations(holders: Mapping[str, str], graph: Graph) -> dict[str, Unknown]:
    """By API, why it may call something else."""
    found: dict[str, Unknown] = {}
    for each in graph.declared:
        if each.kind == "resource" and kind_of(each.type) in _INTEGRATIONS:
            if any(not isinstance(value_at(each.body, path), Absent) for path in _CONNECTIONS):
                continue  # The connection leads it to what it calls, and its address is only a name.
            for path in _ADDRESSES:
                why = _outside(value_at(each.body, path), graph)
                if why is not None:
                    found.setdefault(holders.get(each.address, each.address), why)
    return found


def _link(link: Link[Resource]) -> Unknown | None:
    """Why a link may have other targets than those declared here."""
    return first_unknown(link.unknown, *(_elsewhere(each) for each in link.external))


def _outside(value: Tree, graph: Graph) -> Unknown | None:
    """What a value means, if that is nothing that is declared here."""
    if isinstance(value, Absent) or any(each.kind == "resource" for each in graph.referred(value)):
        return None
    return value if isinstance(value, Unknown) else _elsewhere(value)


def _elsewhere(value: Known[object]) -> Unknown:
    """What a name means that nothing here has."""
    return Unknown(
        Said(f"{value.value} is not declared here", "declare it here, or look at it there"), ("elsewhere", value), value.origin
    )
