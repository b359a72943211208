"""API keys that open nothing by themselves: API Gateway only counts the calls that come with them.

"API Gateway API keys" and "Choose an API key source in API Gateway" (API Gateway Developer Guide): with the source `AUTHORIZER`, callers do not send the
key. The API's authorizer returns it, after it has decided who calls. With the source `HEADER`, a method that also asks for an identity lets nobody in for
a key alone.
"""

from __future__ import annotations

from typing import Final

from wa_iac.aws.apigateway import Method, RestApi
from wa_iac.core.binding import member, value_at
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.resource import Resource
from wa_iac.core.value import Absent, Known, Tree

from .api_documents import document
from .called import words_of

_VALUES: Final = {"AWS::ApiGateway::ApiKey": "Value", "aws_api_gateway_api_key": "value"}
_SOURCES: Final = ("ApiKeySourceType", "api_key_source")
_SOURCE_OF_DOCUMENT: Final = "x-amazon-apigateway-api-key-source"
_NAMED: Final = late(r"\bapi ?key\b")
_AUTHORIZER: Final = late(r"\bauthoriz(?:er|ation)\b")


def only_counts_calls(name: str, value: Tree, holder: Resource, graph: Graph) -> bool:
    """Whether a variable holds a key of a usage plan that lets nobody in by itself. It has the value of a key here; or the APIs here take keys from
    their authorizers, `holder` is called an authorizer, and the variable is called an API key."""
    if not isinstance(value, Known):
        return False
    if value.value in graph.once(_values):
        return graph.once(_from_authorizers) or graph.once(_beside_identities)
    named = _NAMED.search(words_of(name)) is not None and _AUTHORIZER.search(words_of(holder.declared.name)) is not None
    return named and graph.once(_from_authorizers)


def _values(graph: Graph) -> frozenset[object]:
    """The values of the API keys that are declared."""
    declared = (each for each in graph.declared if each.kind == "resource" and each.type in _VALUES)
    found = (value_at(each.body, _VALUES[each.type]) for each in declared)
    return frozenset(each.value for each in found if isinstance(each, Known) and isinstance(each.value, str))


def _from_authorizers(graph: Graph) -> bool:
    """Whether there are APIs, and all of them get the key of a caller from their authorizer."""
    apis = graph.of(RestApi)
    return bool(apis) and all(_source(each) == "AUTHORIZER" for each in apis)


def _source(api: RestApi) -> str:
    found: list[Tree] = [value_at(api.declared.body, each) for each in _SOURCES]
    found.append(member(document(api), _SOURCE_OF_DOCUMENT))
    return next((str(each.value) for each in found if isinstance(each, Known)), "")


def _beside_identities(graph: Graph) -> bool:
    """Whether each method that asks for a key is declared as a resource, and asks for an identity too."""
    asking = [each for each in graph.of(Method) if each.api_key_required != Known(False)]
    documents = [each for each in graph.of(RestApi) if not isinstance(document(each), Absent)]
    named = all(isinstance(each.authorization, Known) and each.authorization != Known("NONE") for each in asking)
    return bool(asking) and not documents and named
