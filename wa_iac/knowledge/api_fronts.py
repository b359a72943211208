"""Distributions of CloudFront whose origin is an API."""

from __future__ import annotations

from typing import Final

from wa_iac.aws.apigateway import Api, RestApi
from wa_iac.aws.cloudfront import Distribution
from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph

_PARTS: Final = frozenset(
    and_awscc(
        *("AWS::ApiGateway::Stage", "aws_api_gateway_stage", "AWS::ApiGateway::Deployment", "aws_api_gateway_deployment"),
        *("AWS::ApiGatewayV2::Stage", "aws_apigatewayv2_stage"),
    )
)
"""Parts of an API whose URL names it too."""


def is_origin(api: RestApi | Api, graph: Graph) -> bool:
    """Whether a distribution of this unit has an API as its origin, by a reference."""
    origins = graph.once(_origins)
    return any(id(each) in origins for each in (api.declared, *graph.referring(api, _PARTS)))


def _origins(graph: Graph) -> frozenset[int]:
    """What the origins of all distributions refer to."""
    return frozenset(
        id(found)
        for distribution in graph.of(Distribution)
        for origin in distribution.origins
        for found in graph.referred(origin.domain)
    )
