"""The graph of everything that was read, as JSON and as text. The units' documents stay separate until they are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from .encode import dumps
from .graph_document import GraphDocument, GraphEdge
from .listing import count
from .text import safe_line


def as_json(documents: Sequence[GraphDocument]) -> str:
    """One document of all units as JSON text, in the public schema `wa-iac/graph/1`."""
    document = _merged(documents)
    return dumps(document.model_dump(by_alias=True), items=len(document.resources), default=str)


def _merged(documents: Sequence[GraphDocument]) -> GraphDocument:
    """One document for several units. Addresses are unique only within a unit; the path distinguishes nodes of the same
    name."""
    return GraphDocument(
        resources=[node for each in documents for node in each.resources],
        edges=[edge for each in documents for edge in each.edges],
    )


def as_text(documents: Sequence[GraphDocument]) -> str:
    """Each resource on a line, with its references below it; unit by unit, since addresses are unique only within a unit."""
    lines: list[str] = []
    for document in documents:
        by_source: dict[str, list[GraphEdge]] = defaultdict(list)
        for edge in document.edges:
            by_source[edge.source].append(edge)
        for node in document.resources:
            where = f"  ({node.environment})" if node.environment else ""
            lines.append(f"{node.address}  {node.type}  {node.location.path}:{node.location.start_line}{where}")
            lines += [f"  -> {edge.target} ({edge.via})" for edge in by_source[node.address]]
    resources = sum(len(each.resources) for each in documents)
    references = sum(len(each.edges) for each in documents)
    lines.append(f"{count(resources, 'resource')}, {count(references, 'reference')}")
    return "\n".join(map(safe_line, lines)) + "\n"
