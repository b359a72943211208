"""The graph of a unit as data, for `graph --format json`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final, cast

from pydantic import BaseModel, ConfigDict, Field, SerializerFunctionWrapHandler, model_serializer

from wa_iac.aws._index import SERVICES
from wa_iac.core.algebra import references
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.span import Span
from wa_iac.core.value import Reference, plain
from wa_iac.knowledge.secret_names import has_form_of_secret, holds_key_id, may_be_secret, names_a_secret

_HIDDEN: Final = "(sensitive)"


class _Data(BaseModel):
    model_config = ConfigDict(defer_build=True, extra="forbid")


class _InEnvironment(_Data):
    """What may be of one environment among others. Without one, the field is left out."""

    environment: str = ""

    @model_serializer(mode="wrap")
    def _without_empty(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        data: dict[str, Any] = handler(self)
        if not self.environment:
            data.pop("environment", None)
        return data


class Location(_Data):
    """A span as reports write it: lines and columns from 1, the end exclusive."""

    path: str
    start_line: int
    start_column: int
    end_line: int
    end_column: int

    @classmethod
    def of(cls, span: Span) -> Location:
        return cls(
            path=span.path,
            start_line=span.start_line,
            start_column=span.start_column,
            end_line=span.end_line,
            end_column=span.end_column,
        )


class GraphNode(_InEnvironment):
    """One resource: `properties` is the evaluated body in the dialect's own names; see `value.plain`. `environment` is left out if none is
    given."""

    address: str
    type: str
    service: str
    properties: dict[str, Any]
    location: Location


class GraphEdge(_InEnvironment):
    """`source` refers to `target` in its argument `via`."""

    source: str
    target: str
    via: str


class GraphDocument(_Data):
    """The answer of `graph --format json`."""

    schema_: str = Field(default="wa-iac/graph/1", serialization_alias="schema")
    resources: list[GraphNode]
    edges: list[GraphEdge]


def graph_document(graph: Graph, environment: str = "") -> GraphDocument:
    """The graph as data: every resource, typed or not, and every reference between two of them, in an environment."""
    listed = [each for each in graph.declared if each.kind == "resource"]
    edges: dict[tuple[str, str, str], None] = {}
    for each in listed:
        for via, reference in _edges(each):
            for target in graph.at(reference.address):
                if target.kind == "resource" and target is not each:
                    edges[each.address, target.address, via] = None
    return GraphDocument(
        resources=[_node(each, environment) for each in listed],
        edges=[GraphEdge(source=source, target=target, via=via, environment=environment) for source, target, via in edges],
    )


def only(document: GraphDocument, addresses: Collection[str]) -> GraphDocument:
    """The part of a document with these resources, and the references between them."""
    return GraphDocument(
        resources=[each for each in document.resources if each.address in addresses],
        edges=[each for each in document.edges if each.source in addresses and each.target in addresses],
    )


def _node(each: Declared, environment: str) -> GraphNode:
    properties = cast("dict[str, Any]", without_written_secrets(plain(each.body)))
    service = SERVICES.get(each.type) or service_of(each.type)
    return GraphNode(
        address=each.address,
        type=each.type,
        service=service,
        properties=properties,
        location=Location.of(each.extent),
        environment=environment,
    )


def without_written_secrets(data: Any) -> Any:
    """Data without the secrets that the code writes as text, known by the names of their properties, variables or pairs, or by their form."""
    match data:
        case dict():
            # In a pair, the value's own name says nothing.
            called = next((data[each] for each in ("Name", "name", "Key", "key") if isinstance(data.get(each), str)), "")
            secure = data.get("type") == "SecureString"
            made = {}
            for name, each in data.items():
                in_pair = name in ("Value", "value")
                is_secret = isinstance(each, str) and (_is_secret(called if in_pair else name, each) or (in_pair and secure))
                made[name] = _HIDDEN if is_secret else without_written_secrets(each)
            return made
        case list():
            return [without_written_secrets(each) for each in data]
        case str() if has_form_of_secret(data) or holds_key_id(data):
            return _HIDDEN
        case _:
            return data


def _is_secret(name: str, text: str) -> bool:
    return has_form_of_secret(text) or holds_key_id(text) or (names_a_secret(name) and may_be_secret(text))


def _edges(declared: Declared) -> Iterator[tuple[str, Reference]]:
    for key, value in (*declared.body.value.items(), *declared.attributes.items()):
        for reference in references(value):
            yield key, reference


def service_of(type_name: str) -> str:
    """The service's name of a type without a class of ours: `AWS::Glue::Job` and `aws_glue_job` are `glue`."""
    if "::" in type_name:
        parts = type_name.split("::")
        return parts[1].lower() if len(parts) > 1 else ""
    parts = type_name.split("_")
    return parts[1] if len(parts) > 1 and parts[0] in ("aws", "awscc") else parts[0]
