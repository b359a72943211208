"""Methods and routes that other services call: their senders have no identity in AWS, and sign what they send.

"Tutorial: Creating a webhook endpoint using a Lambda function URL" (AWS Lambda Developer Guide) leaves the endpoint open, and checks the
signature in the function.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from wa_iac.aws.apigateway import ApiRoute, Method
from wa_iac.core.binding import value_at
from wa_iac.core.graph import Graph
from wa_iac.core.partial import pieces_of

_NAMED: Final = re.compile(r"webhook|callback|(?<![a-z])hooks?(?![a-z])", re.IGNORECASE)
_PATHS: Final = ("path_part", "PathPart")
_TARGETS: Final = ("integration_uri", "IntegrationUri")


def names_a_webhook(text: str) -> bool:
    """Whether the name of a route, a path or a function says that other services call it."""
    return _NAMED.search(text) is not None


def is_webhook(method: Method | ApiRoute, graph: Graph) -> bool:
    """Whether other services call a method or a route, by its own name, its path, or the function behind it."""
    return any(map(names_a_webhook, _names(method, graph)))


def _names(method: Method | ApiRoute, graph: Graph) -> Iterator[str]:
    yield method.declared.name
    if isinstance(method, Method):
        for resource in graph.referred(method.resource):
            for path in _PATHS:
                yield from pieces_of(value_at(resource.body, path))
        return
    yield from pieces_of(method.route_key)
    for integration in graph.referred(method.target):
        yield integration.name
        for target in _TARGETS:
            yield from (each.name for each in graph.referred(value_at(integration.body, target)))
