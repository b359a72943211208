"""APIs whose answers to preflight requests let pages of other sites send the header Authorization: what is behind them may read it."""

from __future__ import annotations

from typing import Final

from wa_iac.aws.apigateway import Method, RestApi
from wa_iac.core.binding import elements, value_at
from wa_iac.core.graph import Graph
from wa_iac.core.value import Known, Tree

_HEADERS: Final = "method.response.header.access-control-allow-headers"
_RESPONSE: Final = "aws_api_gateway_integration_response"


def pages_may_send_a_token(api: RestApi, graph: Graph) -> bool:
    """Whether pages may send the header Authorization to an API."""
    return api.address in graph.once(_with_the_header)


def _with_the_header(graph: Graph) -> frozenset[str]:
    """The addresses of such APIs."""
    found = {api.address for method in graph.of(Method) if _preflight(method) for api in method.api}
    responses = (each for each in graph.declared if each.type == _RESPONSE and each.kind == "resource" and _allows(each.body))
    found.update(api.address for each in responses for api in graph.referred(value_at(each.body, "rest_api_id")))
    return frozenset(found)


def _preflight(method: Method) -> bool:
    listed = elements(method.declared.body, "Integration.IntegrationResponses[]")
    return method.http_method == Known("OPTIONS") and any(map(_allows, listed))


def _allows(response: Tree) -> bool:
    for name in ("ResponseParameters", "response_parameters"):
        written = value_at(response, name)
        for key, value in written.value.items() if isinstance(written, Known) and isinstance(written.value, dict) else ():
            if str(key).lower() == _HEADERS and isinstance(value, Known) and "authorization" in str(value.value).lower():
                return True
    return False
