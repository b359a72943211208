"""Which entry points of an architecture depend on a resource: what the flows of a picture lead from an entry point to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from wa_iac.core.awscc import and_awscc
from wa_iac.picture.model import Picture

ENTRY_TYPES: Final = frozenset(
    and_awscc(
        *("AWS::ElasticLoadBalancingV2::LoadBalancer", "aws_lb", "aws_alb"),
        *("AWS::ElasticLoadBalancing::LoadBalancer", "aws_elb"),
        *("AWS::ApiGateway::RestApi", "aws_api_gateway_rest_api"),
        *("AWS::ApiGatewayV2::Api", "aws_apigatewayv2_api"),
        *("AWS::AppSync::GraphQLApi", "aws_appsync_graphql_api"),
        *("AWS::CloudFront::Distribution", "aws_cloudfront_distribution"),
        *("AWS::Lambda::Url", "aws_lambda_function_url"),
        *("AWS::AppRunner::Service", "aws_apprunner_service"),
        *("AWS::GlobalAccelerator::Accelerator", "aws_globalaccelerator_accelerator"),
        *("AWS::Transfer::Server", "aws_transfer_server"),
    )
)
"""The types through which people and programs outside reach an architecture. Queues, streams and schedules are ways in too, but what sends
to them is mostly a part of the same architecture."""
_FLOWS: Final = frozenset({"network", "data"})


def exposed(pictures: Iterable[Picture]) -> dict[tuple[str, str], tuple[str, ...]]:
    """The entry points that lead to each resource, by the unit and the address of the resource; an entry point leads to itself."""
    found: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for picture in pictures:
        after: dict[str, list[str]] = defaultdict(list)
        for edge in picture.edges:
            if edge.kind in _FLOWS:
                after[edge.source].append(edge.target)
        parts = {node.address: [part.address for part in node.parts] for node in picture.nodes}
        for node in picture.nodes:
            if ENTRY_TYPES.isdisjoint((node.type, *(part.type for part in node.parts))):
                continue
            for address in _reached(node.address, after):
                for each in (address, *parts.get(address, ())):
                    found[picture.unit, each][node.address] = None
    return {key: tuple(entries) for key, entries in found.items()}


def _reached(start: str, after: Mapping[str, list[str]]) -> Iterator[str]:
    """Everything that flows lead to from a node, itself first."""
    seen = {start: None}
    waiting = [start]
    while waiting:
        at = waiting.pop()
        yield at
        for each in after.get(at, ()):
            if each not in seen:
                seen[each] = None
                waiting.append(each)
