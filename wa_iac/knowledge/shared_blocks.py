"""Resources that one block of a module makes, for several calls, or with a count."""

from __future__ import annotations

from wa_iac.core.graph import Graph
from wa_iac.core.resource import Resource


def shares_its_block(resource: Resource, graph: Graph) -> bool:
    """Whether the block of a module that makes a resource makes others of its class too."""
    return bool(resource.declared.calls) and len(graph.index(resource.own_class, _block).get(_place(resource), ())) > 1


def _block(resource: Resource) -> tuple[tuple[str, int], ...]:
    return (_place(resource),) if resource.declared.calls else ()


def _place(resource: Resource) -> tuple[str, int]:
    return resource.span.path, resource.span.start_byte
