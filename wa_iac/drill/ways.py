"""The ways out of subnets: NAT gateways, internet gateways and VPC endpoints, and who needs them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.aws.elbv2 import LoadBalancer
from wa_iac.aws.vpc import RouteTable, Subnet, VpcEndpoint
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.value import Known, Unknown
from wa_iac.knowledge.architecture.kinds import kind_of, service_of_kind
from wa_iac.knowledge.user_data import loads_software

from .kinds import COMPUTE
from .nodes import Need, Node

_BY_ENDPOINT: Final[dict[str, str]] = {
    "dynamodb": "dynamodb",
    "s3": "s3",
    "sqs": "sqs",
    "sns": "sns",
    "kinesis-streams": "kinesis",
    "kinesis-firehose": "kinesisfirehose",
    "secretsmanager": "secretsmanager",
    "ssm": "ssm",
    "kms": "kms",
    "states": "stepfunctions",
    "events": "events",
    "lambda": "lambda",
    "execute-api": "apigateway",
    "api": "ecr",
    "dkr": "ecr",
    "athena": "athena",
    "glue": "glue",
}
"""The services that calls from a VPC reach over the internet or through an endpoint, by the end of the endpoint's name."""
_SERVICES: Final = frozenset(_BY_ENDPOINT.values())
_GATEWAYS: Final = ("ec2.natgateway", "ec2.internetgateway")
_EVERYWHERE: Final = ("0.0.0.0/0", "::/0", "64:ff9b::/96")


def add_ways(nodes: Mapping[str, Node], graph: Graph) -> None:
    """Give each node its ways out of its subnets, and the needs that follow from them."""
    nats, gateways = _ways_of_subnets(graph)
    endpoints = _endpoints(nodes, graph)
    networks = {each.address: next((vpc.address for vpc in each.vpc), "") for each in graph.of(Subnet)}
    for node in nodes.values():
        if node.shape == "balancer":
            _add_gateway(node, nodes, gateways, graph)
        if node.shape not in COMPUTE or not node.lanes:
            continue
        node.ways = tuple(found if (found := nats.get(lane.subnet, "")) in nodes else "" for lane in node.lanes)
        inside = {networks[lane.subnet] for lane in node.lanes if networks.get(lane.subnet)}
        by_service = endpoints.get(next(iter(inside)), {}) if len(inside) == 1 else {}
        node.loads, node.loads_inferred = _loads(node, by_service, graph)
        _add_calls(node, nodes, by_service)
        if node.shape in ("service", "tasks"):
            node.needs += [
                Need(each, "launch", f"it pulls its image through {each}") for each in by_service.get("ecr", ()) if each
            ]


def _loads(node: Node, endpoints: Mapping[str, list[str]], graph: Graph) -> tuple[str, bool]:
    """What new members load over the internet before they serve, and whether that is only inferred: the image of a task, what a node pulls
    to join its cluster, what user data installs."""
    if node.shape in ("service", "tasks"):
        return ("" if endpoints.get("ecr") else "their image", False)
    if node.kind == "eks.nodegroup":
        return ("" if endpoints.get("ecr") else "their images", True)
    if node.declared.type not in AutoScalingGroup.types():
        return "", False
    group = graph.typed(node.declared, AutoScalingGroup)
    servers = (*group.launch_template, *group.launch_configuration)
    return next(filter(None, (loads_software(each, graph) for each in servers)), ""), True


def _add_calls(node: Node, nodes: Mapping[str, Node], endpoints: Mapping[str, list[str]]) -> None:
    """The endpoints that a node calls services through, and whether it calls some over the internet."""
    for need in list(node.needs):
        service = service_of_kind(nodes[need.address].kind)
        if need.strength not in ("hard", "soft") or service not in _SERVICES or need.role == "feeder":
            continue
        ways = endpoints.get(service)
        if ways:
            known = {each.address for each in node.needs}
            node.needs += [
                need._replace(address=each, why=f"it reaches {need.address} through {each}")
                for each in ways
                if each and each not in known
            ]
        elif need.strength == "hard" and node.outward is not True:
            node.outward, node.outward_to = None if need.inferred else True, need.address


def _add_gateway(node: Node, nodes: Mapping[str, Node], gateways: Mapping[str, str], graph: Graph) -> None:
    """An internet-facing load balancer needs the internet gateway of its subnets."""
    if node.declared.type in LoadBalancer.types() and graph.typed(node.declared, LoadBalancer).scheme != Known(
        "internet-facing"
    ):
        return
    found = dict.fromkeys(gateways[lane.subnet] for lane in node.lanes if gateways.get(lane.subnet) in nodes)
    node.needs += [Need(each, "hard", f"its clients reach it through {each}") for each in found]


def _ways_of_subnets(graph: Graph) -> tuple[dict[str, str], dict[str, str]]:
    """The NAT gateway and the internet gateway that the route tables of each subnet lead to, by address."""
    nats: dict[str, str] = {}
    gateways: dict[str, str] = {}
    for subnet in graph.of(Subnet):
        for association in subnet.associations:
            for table in association.table:
                for found in _routed(table, graph):
                    ways = nats if kind_of(found.type) == "ec2.natgateway" else gateways
                    ways.setdefault(subnet.address, found.address)
    return nats, gateways


def _routed(table: RouteTable, graph: Graph) -> Iterable[Declared]:
    """The gateways of the routes to everywhere. Terraform takes a NAT gateway as `gateway_id`, too."""
    for route in (*table.routes, *table.inline_routes):
        if any(isinstance(each, Known) and each.value in _EVERYWHERE for each in (route.destination, route.destination_ipv6)):
            for value in (route.nat_gateway.value, route.gateway.value):
                yield from (each for each in graph.referred(value) if kind_of(each.type) in _GATEWAYS)


def _endpoints(nodes: Mapping[str, Node], graph: Graph) -> dict[str, dict[str, list[str]]]:
    """By VPC and service, the interface endpoints; an empty text stands for a gateway endpoint, which does not fail with a zone."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for endpoint in graph.of(VpcEndpoint):
        name = _end(endpoint)
        if name in _BY_ENDPOINT and endpoint.address in nodes:
            for vpc in endpoint.vpc:
                is_interface = endpoint.kind == Known("Interface")
                found[vpc.address][_BY_ENDPOINT[name]].append(endpoint.address if is_interface else "")
    return found


def _end(endpoint: VpcEndpoint) -> str:
    match endpoint.service:
        case Known(text):
            return text.rpartition(".")[2]
        case Unknown(parts=[*_, str() as end]):
            return end.rpartition(".")[2]
        case _:
            return ""
