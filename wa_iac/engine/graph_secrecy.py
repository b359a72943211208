"""Sensitive texts are kept out of graphs. Apart from `secrecy`, since only the command `graph` needs the classes of graphs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wa_iac.core.secrets import Hidden, seen
from wa_iac.report.graph_document import GraphDocument


def documents_without_secrets(documents: Iterable[GraphDocument]) -> list[GraphDocument]:
    """Graphs without sensitive text in addresses, keys and reasons. (The values themselves are hidden by their marks.)"""
    hidden = Hidden(seen())
    if not hidden:
        return list(documents)
    hide, address = hidden.out_of_sentence, hidden.out_of_address

    def without(content: Any, *, telling: bool = False) -> Any:
        match content:
            case {"$unknown": _} | {"$ref": _}:
                return {key: without(each, telling=True) for key, each in content.items()}
            case dict():
                return {hidden.out_of(key): without(each) for key, each in content.items()}
            case list():
                return [without(each) for each in content]
            case str() if telling:
                return hide(content)
            case _:
                return content

    return [
        GraphDocument(
            resources=[
                each.model_copy(
                    # The names of properties are those of the type.
                    update={
                        "address": address(each.address),
                        "properties": {name: without(value) for name, value in each.properties.items()},
                    }
                )
                for each in document.resources
            ],
            edges=[
                each.model_copy(update={"source": address(each.source), "target": address(each.target)})
                for each in document.edges
            ],
        )
        for document in documents
    ]
