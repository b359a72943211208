"""The ways into an architecture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from wa_iac.aws.elb import LoadBalancer as Classic
from wa_iac.aws.elbv2 import LoadBalancer
from wa_iac.aws.route53 import RecordSet
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.value import Known

from .kinds import COMPUTE, STORES
from .needs import is_schedule
from .nodes import Node

_ALWAYS: Final = late(
    r"apigateway\.restapi|apigatewayv2\.api|appsync\.(?:graphqlapi|api)|cloudfront\.distribution|lambda\.url|route53\.recordset(?:group)?"
    r"|globalaccelerator\.accelerator|transfer\.server|iot\.topicrule|apprunner\.service|ec2\.vpcendpointservice|vpclattice\.service"
)
_FROM_OUTSIDE: Final = late(
    r"sqs\.queue|sns\.topic|kinesis\.stream|kinesisfirehose\.deliverystream|elasticloadbalancing(?:v2)?\.loadbalancer|fsx\.\w*filesystem"
    r"|storagegateway\.gateway|events\.eventbus|msk\.\w*cluster"
)
"""Kinds that are ways in only if nothing in the unit sends to them, or if they face the internet."""
_KEEPS: Final = late(r"s3\.bucket|dynamodb\.\w*table|ec2\.volume|elasticache\.serverlesscache|dsql\.cluster")
_WORKS: Final = late(r"stepfunctions\.statemachine|glue\.job|batch\.jobqueue|sagemaker\.endpoint")
"""Kinds that work without servers of their own."""
_HELD: Final = late(r"sqs\.queue|sns\.topic|kinesis\.stream|events\.eventbus")
"""Of these, the ways in are those that something here works on: others hold what failed, or tell people."""


def entry_points(
    nodes: Mapping[str, Node], users: Mapping[str, Sequence[str]], fed: frozenset[str], graph: Graph
) -> tuple[tuple[str, ...], bool]:
    """The addresses of the ways in, in the order of the nodes; and whether nothing is one by its kind, so that those resources stand for
    them that nothing else needs."""
    found = [
        each.address
        for each in nodes.values()
        if _is_entry(each, nodes, users, graph) and not (_HELD.fullmatch(each.kind) and each.address in fed)
    ]
    if found:
        order = {id(each): number for number, each in enumerate(graph.declared)}
        return tuple(sorted(found, key=lambda address: order.get(id(nodes[address].declared), 0))), False
    first = unneeded(nodes, users)
    compute = [each for each in first if nodes[each].shape in COMPUTE or _WORKS.fullmatch(nodes[each].kind)]
    # What has users, and still nothing outside needs it, is in a ring.
    others = [each for each in first if nodes[each].shape in STORES or _KEEPS.fullmatch(nodes[each].kind) or users.get(each)]
    every = [each.address for each in nodes.values() if each.shape in COMPUTE | STORES and each.shape != "member"]
    return tuple(compute or others or every), True


def unneeded(nodes: Mapping[str, Node], users: Mapping[str, Sequence[str]]) -> list[str]:
    """The addresses of what nothing else needs, in the order of the nodes: of resources that need each other in a ring, all of the ring.
    The members of clusters are left out. It takes time in proportion to the needs (Tarjan's algorithm)."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    ring: dict[str, int] = {}
    open_: list[str] = []
    for start in nodes:
        path = [(start, iter(users.get(start, ())))] if start not in order else []
        while path:
            address, left = path[-1]
            if address not in order:
                order[address] = low[address] = len(order)
                open_.append(address)
            user = next(left, None)
            if user is None:
                path.pop()
                if path:
                    before = path[-1][0]
                    low[before] = min(low[before], low[address])
                if low[address] == order[address]:
                    while open_ and order[open_[-1]] >= order[address]:
                        ring[open_.pop()] = order[address]
            elif user not in order:
                path.append((user, iter(users.get(user, ()))))
            elif user not in ring:
                low[address] = min(low[address], order[user])
    needed = {ring[each] for each in nodes if any(ring[user] != ring[each] for user in users.get(each, ()))}
    return [each for each in nodes if ring[each] not in needed and nodes[each].shape != "member"]


def _is_entry(node: Node, nodes: Mapping[str, Node], users: Mapping[str, Sequence[str]], graph: Graph) -> bool:
    if is_schedule(node):
        return bool(node.needs or node.groups) or node.shape == "tasks"
    if node.kind == "route53.recordset":
        return graph.typed(node.declared, RecordSet).failover != Known("SECONDARY")
    if _ALWAYS.fullmatch(node.kind):
        return True
    if node.shape == "targets":
        return bool(node.groups) and not users.get(node.address)  # A load balancer elsewhere sends it requests.
    if not _FROM_OUTSIDE.fullmatch(node.kind):
        return False
    if node.shape == "balancer" and _faces_internet(node, graph):
        return True
    if _HELD.fullmatch(node.kind) and not any(group.kind == "triggers" for group in node.groups):
        return False
    return not any(_sends(nodes[each], node) for each in users.get(node.address, ()))


def _faces_internet(node: Node, graph: Graph) -> bool:
    if node.declared.type in LoadBalancer.types():
        return graph.typed(node.declared, LoadBalancer).scheme == Known("internet-facing")
    return graph.typed(node.declared, Classic).scheme == Known("internet-facing")


def _sends(user: Node, used: Node) -> bool:
    """Whether a user sends something to a queue or a load balancer, and does not only take from it."""
    return any(need.address == used.address and need.role != "feeder" for need in user.needs) or any(
        need.address == used.address for group in user.groups for need in group.members
    )
