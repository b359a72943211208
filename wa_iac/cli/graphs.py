"""What the command `graph` prints: the graph as data, or as a picture, whole or in part."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from wa_iac.core.contain import contained
from wa_iac.core.declared import Unit
from wa_iac.core.errors import UsageError, WaIacError
from wa_iac.core.graph import Graph

from .options import EdgesOf, GraphFormat
from .terminal import put

if TYPE_CHECKING:
    from wa_iac.picture.model import Picture

_NAMED: Final = 5
"""The units that an error names."""
_DATA: Final = (GraphFormat.TEXT, GraphFormat.JSON)


class Asked(NamedTuple):
    """What the user asks for. Empty, or None, is what is not asked."""

    format_: GraphFormat
    around: str
    hops: int | None
    only: EdgesOf | None

    def refuse(self) -> None:
        """Raises `UsageError` if the options do not go together."""
        if self.hops is not None and not self.around:
            raise UsageError("--hops needs --around: the resource from which to count")
        if self.only is not None and self.format_ in _DATA:
            raise UsageError("--only is for pictures: give --format svg, html, mermaid or dot")


def put_graphs(built: Sequence[tuple[Unit, Graph]], errors: list[WaIacError], asked: Asked) -> None:
    """Print graphs. What goes wrong with one of them is added to `errors`.

    Raises:
        UsageError: the options do not go together, or nothing has the address that is asked for.
    """
    asked.refuse()
    if asked.format_ in _DATA:
        _put_data(built, errors, asked)
    else:
        _put_pictures(built, errors, asked)


def _put_data(built: Sequence[tuple[Unit, Graph]], errors: list[WaIacError], asked: Asked) -> None:
    from wa_iac.engine.graph_secrecy import documents_without_secrets
    from wa_iac.report import graph as report
    from wa_iac.report.graph_document import graph_document, only

    described = [
        (unit, graph, document)
        for unit, graph in built
        if (document := contained(unit.path, partial(graph_document, graph), errors.append, doing="describing")) is not None
    ]
    documents = [document for _, _, document in described]
    if asked.around:
        from wa_iac.picture.draw import pictures_around

        kept = pictures_around([(unit, graph) for unit, graph, _ in described], asked.around, _hops(asked))
        documents = [only(document, kept[i].resources) for i, document in enumerate(documents) if i in kept]
    documents = documents_without_secrets(documents)
    put(report.as_json(documents) if asked.format_ is GraphFormat.JSON else report.as_text(documents))


def _put_pictures(built: Sequence[tuple[Unit, Graph]], errors: list[WaIacError], asked: Asked) -> None:
    from wa_iac.engine.picture_secrecy import picture_without_secrets
    from wa_iac.picture.draw import narrowed, picture, pictures_around
    from wa_iac.picture.model import EdgeKind

    kind: EdgeKind | None = asked.only.value if asked.only is not None else None
    if asked.around:
        pictures = list(pictures_around(built, asked.around, _hops(asked), kind).values())
    else:
        drawn = (contained(unit.path, partial(picture, unit, graph), errors.append, doing="drawing") for unit, graph in built)
        pictures = [narrowed(each, only=kind) for each in drawn if each is not None]
    put(_written([picture_without_secrets(each) for each in pictures], asked.format_))


def _written(pictures: Sequence[Picture], format_: GraphFormat) -> str:
    if format_ is GraphFormat.MERMAID:
        from wa_iac.picture.mermaid import as_mermaid

        return as_mermaid(pictures)
    if format_ is GraphFormat.DOT:
        from wa_iac.picture.dot import as_dot

        return as_dot(pictures)
    if not pictures:
        return ""
    if format_ is GraphFormat.HTML:
        from wa_iac.picture.drawing.page import html

        return html(pictures)
    from wa_iac.picture.drawing.data import name
    from wa_iac.picture.drawing.svg import svg

    if len(pictures) > 1:
        shown = ", ".join(name(each) for each in pictures[:_NAMED]) + (", ..." if len(pictures) > _NAMED else "")
        raise UsageError(
            f"SVG holds one picture, and here are {len(pictures)}: {shown}; give the path of one, or --format html"
        )
    return svg(pictures[0])


def _hops(asked: Asked) -> int:
    return 1 if asked.hops is None else asked.hops
