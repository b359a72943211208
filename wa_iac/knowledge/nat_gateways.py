"""The networks that NAT gateways lead out of."""

from collections.abc import Iterator, Sequence

from wa_iac.aws.vpc import NatGateway, Vpc
from wa_iac.core.graph import Graph
from wa_iac.core.logic import first_unknown
from wa_iac.core.value import Known, Unknown


def nat_gateways(vpc: Vpc, graph: Graph) -> Sequence[NatGateway]:
    """The NAT gateways by which a network reaches the internet."""
    return graph.index(NatGateway, _networks).get(vpc, ())


def _networks(gateway: NatGateway) -> Iterator[Vpc]:
    """The networks for which a NAT gateway is a way to the internet."""
    if gateway.connectivity == Known("public"):
        yield from gateway.vpc
        yield from (network for subnet in gateway.subnet for network in subnet.vpc)


def nat_gateway_elsewhere(graph: Graph) -> Unknown | None:
    """Why it is not known which network a NAT gateway stands in that leads to the internet; None where it is known of all."""
    public = [each for each in graph.of(NatGateway) if each.connectivity == Known("public") and not any(_networks(each))]
    return first_unknown(*(link.unknown for each in public for link in (each.vpc, each.subnet)))
