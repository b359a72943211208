"""Zones of which at least two differ, because AWS accepts nothing else, even if the code names none of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from wa_iac.aws.elbv2 import LoadBalancer
from wa_iac.core.graph import Graph
from wa_iac.core.value import Known, Unknown

from .nodes import Lane, Node
from .zones import zone_key

_LEAST: Final = 2
"""The zones that AWS requires of an Application Load Balancer ("Subnets for your load balancer", User Guide for Application Load Balancers), of a
subnet group of RDS (CreateDBSubnetGroup), of the brokers of MSK (CreateCluster), of a directory (DirectoryVpcSettings) and of an environment of
MWAA (NetworkConfiguration)."""


def add_lists(nodes: Mapping[str, Node], graph: Graph) -> None:
    """Give what is in a list of subnets that is not known two places in it, if something takes the same list that AWS accepts in two zones
    only."""
    for node in nodes.values():
        if node.shape == "balancer" and not node.lanes:
            node.apart = _needs_two(node, graph)
    lists = {each for node in nodes.values() if _needs_two(node, graph) for each in _whole(node)}
    for node in nodes.values():
        if node.one or node.shape in ("files", "regional", "global"):
            continue
        for each in node.lists:
            if each in lists:
                node.lanes = (*node.lanes, *_places_in(each))
                node.apart = True


def _whole(node: Node) -> Iterable[Unknown]:
    """The list that has all subnets of a node: of several lists, each alone may be in one zone."""
    return node.lists if len(node.lists) == 1 and not node.lanes else ()


def _needs_two(node: Node, graph: Graph) -> bool:
    if node.declared.type in LoadBalancer.types():
        return graph.typed(node.declared, LoadBalancer).kind == Known("application")
    return _is_in_group(node) or node.shape in ("kafka", "directory", "airflow")


def _is_in_group(node: Node) -> bool:
    """Whether a subnet group of RDS has the subnets of a node."""
    return node.kind.startswith("rds.") and node.shape in ("database", "member")


def _places_in(subnets: Unknown) -> Iterator[Lane]:
    """Two places in a list of subnets that is known to be in two zones."""
    zones = ("zones of", subnets.identity)
    for number in range(_LEAST):
        identity = ("zone of", (zones, number))
        yield Lane(Unknown(subnets.reason, identity, subnets.origin, element=(zones, number)))


def set_apart(nodes: Mapping[str, Node]) -> None:
    """Say of which nodes the zones are two at least. AWS accepts neither two subnets of one zone for a load balancer nor a group of subnets for
    databases in one zone: what is in all of them is in two zones, too."""
    required = [
        frozenset(map(zone_key, node.lanes))
        for node in nodes.values()
        if node.kind == "elasticloadbalancingv2.loadbalancer" or _is_in_group(node)
    ]
    sets = {each for each in required if len(each) > 1}
    if not sets:
        return
    for node in nodes.values():
        keys = frozenset(map(zone_key, node.lanes))
        if len(keys) > 1 and not node.apart and not node.one:
            node.apart = any(each <= keys for each in sets)
