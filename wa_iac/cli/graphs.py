"""`graph`: the resources and what is between them, as data or as a picture, whole or in part."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, NamedTuple

import typer

from wa_iac.core.contain import contained
from wa_iac.core.errors import UsageError, WaIacError, mistakes, some

from .options import (
    EdgesOf,
    Environments,
    Exclude,
    FromProcess,
    GraphFormat,
    NoGitignore,
    NoSettings,
    ParameterFiles,
    Paths,
    SettingsFile,
    VariableFiles,
    Variables,
    Workspace,
)
from .reading import Code, hand_over
from .terminal import put_errors

if TYPE_CHECKING:
    from wa_iac.core.declared import Unit
    from wa_iac.core.graph import Graph
    from wa_iac.picture.model import Picture
    from wa_iac.report.graph_document import GraphDocument

_NAMED: Final = 5
"""The units that an error names."""
_DATA: Final = (GraphFormat.TEXT, GraphFormat.JSON)


class Asked(NamedTuple):
    """What the user asks for. None is what is not asked."""

    format_: GraphFormat
    around: str | None
    hops: int | None
    only: EdgesOf | None

    def refuse(self) -> None:
        """Raises `UsageError` if the options do not go together."""
        if self.around is not None and not self.around.strip():
            raise UsageError("--around needs the address of a resource")
        if self.hops is not None and self.around is None:
            raise UsageError("--hops needs --around: the resource from which to count")
        if self.only is not None and self.format_ in _DATA:
            raise UsageError("--only is for pictures: give --format svg, html, mermaid or dot")


def graph(
    paths: Paths = None,
    format_: Annotated[
        GraphFormat,
        typer.Option(
            "--format",
            help="The format of the graph. svg and html are drawn pictures: svg of one template or root module, html of several, on "
            "a page that needs no network and shows more on a click. mermaid and dot are pictures that other programs lay out: several "
            "are a Markdown document of Mermaid charts, or one digraph of DOT after another.",
        ),
    ] = GraphFormat.TEXT,
    around: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS", help="Only what is near this resource, as the picture connects it.", show_default=False
        ),
    ] = None,
    hops: Annotated[
        int | None, typer.Option(min=0, help="With --around: how many connections away (default: 1).", show_default=False)
    ] = None,
    only: Annotated[
        EdgesOf | None, typer.Option(help="For pictures: only connections of this kind, and what they connect.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the graph to this file.", readable=False)
    ] = None,
    exclude: Exclude = None,
    no_gitignore: NoGitignore = False,
    var: Variables = None,
    var_file: VariableFiles = None,
    parameters: ParameterFiles = None,
    environment: Environments = None,
    workspace: Workspace = "",
    env_vars: FromProcess = False,
    settings_file: SettingsFile = None,
    no_settings: NoSettings = False,
) -> None:
    """Print the resources as they would be deployed, and the references between them."""
    asked = Asked(format_, around, hops, only)
    asked.refuse()
    code = Code(
        paths,
        exclude,
        no_gitignore,
        var,
        var_file,
        parameters,
        environment,
        workspace,
        env_vars,
        settings_file,
        no_settings,
    )
    built, errors = code.graphs()
    hand_over(graph_text(built, errors, asked), output, "graph")
    put_errors(errors)
    raise typer.Exit(2 if mistakes(errors) else 0)


def graph_text(built: Sequence[tuple[Unit, Graph]], errors: list[WaIacError], asked: Asked) -> str:
    """Graphs in the format that is asked for. What goes wrong with one of them is added to `errors`.

    Raises:
        UsageError: nothing has the address that is asked for, or the format holds only one of them.
    """
    return (_data if asked.format_ in _DATA else _pictures)(built, errors, asked)


def _data(built: Sequence[tuple[Unit, Graph]], errors: list[WaIacError], asked: Asked) -> str:
    from wa_iac.engine.graph_secrecy import documents_without_secrets
    from wa_iac.report import graph as report
    from wa_iac.report.graph_document import graph_document, only

    parts = [(unit, graph, frozenset[str]()) for unit, graph in built]
    if asked.around:
        from wa_iac.picture.draw import pictures_around

        drawn = _drawn(built, errors)
        near = pictures_around([each for _, _, each in drawn], asked.around, _hops(asked))
        parts = [(*drawn[place][:2], each.resources) for place, each in near.items()]
    documents: list[GraphDocument] = []
    for unit, graph, kept in parts:
        document = contained(unit.path, partial(graph_document, graph, unit.environment), errors.append, doing="describing")
        if document is not None:
            documents.append(only(document, kept) if asked.around else document)
    documents = documents_without_secrets(documents)
    return report.as_json(documents) if asked.format_ is GraphFormat.JSON else report.as_text(documents)


def _pictures(built: Sequence[tuple[Unit, Graph]], errors: list[WaIacError], asked: Asked) -> str:
    from wa_iac.engine.picture_secrecy import picture_without_secrets
    from wa_iac.picture.draw import narrowed, pictures_around
    from wa_iac.picture.model import EdgeKind

    kind: EdgeKind | None = asked.only.value if asked.only is not None else None
    pictures = [each for _, _, each in _drawn(built, errors)]
    if asked.around:
        pictures = list(pictures_around(pictures, asked.around, _hops(asked), kind).values())
    else:
        pictures = [narrowed(each, only=kind) for each in pictures]
    return _written([picture_without_secrets(each) for each in pictures], asked.format_)


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
    from wa_iac.picture.drawing.data import unit_name
    from wa_iac.picture.drawing.svg import svg

    if len(pictures) > 1:
        shown = some([unit_name(each) for each in pictures], _NAMED)
        raise UsageError(
            f"SVG holds one picture, and here are {len(pictures)}: {shown}; give the path of one (of a root module, one of its files), or --format html"
        )
    return svg(pictures[0])


def _drawn(built: Sequence[tuple[Unit, Graph]], errors: list[WaIacError]) -> list[tuple[Unit, Graph, Picture]]:
    """The picture of each unit, except those that cannot be drawn: `errors` has the reasons."""
    from wa_iac.picture.draw import picture

    found = (
        (unit, graph, contained(unit.path, partial(picture, unit, graph), errors.append, doing="drawing"))
        for unit, graph in built
    )
    return [(unit, graph, each) for unit, graph, each in found if each is not None]


def _hops(asked: Asked) -> int:
    return 1 if asked.hops is None else asked.hops
