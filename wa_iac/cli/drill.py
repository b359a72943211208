"""`drill`: what follows, by the code, if a zone, a Region, a service or a resource fails."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from wa_iac.core.contain import contained
from wa_iac.core.errors import UsageError, WaIacError, mistakes, some

from .options import (
    Environments,
    Exclude,
    FromProcess,
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
    from wa_iac.drill_report.answer import Answer
    from wa_iac.picture.model import Picture

    _Answered = list[tuple[Unit, Graph, Answer]]

_EACH: Final = "dependency:each"
_NAMED: Final = 5
"""The units that an error names."""
_MOST: Final = 12
"""The names that an error offers."""


class DrillFormat(StrEnum):
    """The formats of `drill`."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    SVG = "svg"
    FIS = "fis"


def drill(
    paths: Paths = None,
    fail: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHAT",
            help="The failure: zone:NAME, zone:each, region, region:NAME, resource:ADDRESS, service:NAME, or dependency:each for the single "
            "points of failure (default: zone:each). Repeat the option for more.",
            show_default=False,
        ),
    ] = None,
    format_: Annotated[
        DrillFormat,
        typer.Option(
            "--format",
            help="The format: text, json, a page in html, a picture in svg, or fis: an experiment of the AWS Fault Injection Service that "
            "tests the same failure.",
        ),
    ] = DrillFormat.TEXT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the drill to this file.", readable=False)
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
    verbose: Annotated[
        bool, typer.Option("--verbose", help="In text and in errors, write every name, instead of the first ones of a list.")
    ] = False,
) -> None:
    """Say what would follow if something failed: which entry points stop, degrade or recover, and why.

    Exit code 0: said, whatever it is. 2: not everything could be read, nothing has what --fail names, or FIS can make no experiment of it.
    """
    from wa_iac.engine.build import collector_paused

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
    with collector_paused():
        built, errors = code.graphs()
        asked = list(dict.fromkeys(fail or ())) or ["zone:each"]
        text = _written(built, asked, format_, errors, verbose)
    hand_over(text, output, "drill")
    put_errors(errors)
    raise typer.Exit(2 if mistakes(errors) else 0)


def _written(
    built: Sequence[tuple[Unit, Graph]],
    asked: Sequence[str],
    format_: DrillFormat,
    errors: list[WaIacError],
    verbose: bool = False,
) -> str:
    from wa_iac.engine.drill_secrecy import answer_without_secrets

    found, refused = _all_answered(built, asked, errors, verbose)
    if refused and (not found or format_ in (DrillFormat.FIS, DrillFormat.SVG)) and format_ is not DrillFormat.JSON:
        raise refused[0]
    errors += refused
    if format_ is DrillFormat.FIS:
        return _experiment(found)
    if format_ is DrillFormat.SVG:
        return _picture(found)
    answers = [answer_without_secrets(answer) for _, _, answer in found]
    if format_ is DrillFormat.JSON:
        from wa_iac.drill_report.document import as_json

        return as_json(answers, errors)
    if format_ is DrillFormat.HTML:
        from wa_iac.drill_report.page import as_page

        return as_page(answers, _pictures(found, errors))
    from wa_iac.drill_report.text import as_text

    return as_text(answers, full=verbose)


def _all_answered(
    built: Sequence[tuple[Unit, Graph]], asked: Sequence[str], errors: list[WaIacError], verbose: bool
) -> tuple[_Answered, list[UsageError]]:
    """The answers of all units to each `--fail`, and why there is none to some."""
    found: _Answered = []
    refused: list[UsageError] = []
    for text in asked:
        try:
            found += _answered(built, text, errors, verbose)
        except UsageError as error:
            refused.append(error)
    return found, refused


def _answered(built: Sequence[tuple[Unit, Graph]], text: str, errors: list[WaIacError], verbose: bool) -> _Answered:
    """The answers of all units to one `--fail`. Raises `UsageError` if no unit has what it names."""
    found: _Answered = []
    refused: list[UsageError] = []
    for unit, graph in built:
        try:
            answer = contained(unit.path, partial(_answer, unit, graph, text), errors.append, doing="drilling")
        except UsageError as error:
            refused.append(error)
            continue
        if answer is not None:
            found.append((unit, graph, answer))
    if refused and not found:
        raise _refusal(refused, verbose)
    return found


def _refusal(refused: Sequence[UsageError], verbose: bool) -> UsageError:
    """Why no unit has what is asked for, with the names that may be given in any of them."""
    from wa_iac.drill.failures import UnknownNameError

    unknown = [each for each in refused if isinstance(each, UnknownNameError)]
    if not unknown:
        return refused[0]
    names = sorted({name for each in unknown for name in each.names})
    error = UnknownNameError(unknown[0].missing, list(dict.fromkeys(name for each in unknown for name in each.near)), names)
    error.message = error.told(len(names) if verbose else _MOST, len(refused))
    if len(names) > _MOST and not error.near and not verbose:
        error.message += "; --verbose names all"
    return error


def _answer(unit: Unit, graph: Graph, text: str) -> Answer:
    from wa_iac.drill.failures import failures
    from wa_iac.drill.run import drill as run
    from wa_iac.drill.run import each_resource
    from wa_iac.drill_report.answer import Answer, Singles

    drills = tuple(run(unit, graph, each) for each in failures(text, unit, graph))
    singles = None
    if text == _EACH:
        entry_points = drills[0].entry_points if drills else ()
        singles = Singles(tuple(each_resource(unit, graph)), entry_points)
    return Answer(unit.path, unit.environment, text, drills, singles)


def _one(found: _Answered, format_: str) -> tuple[Unit, Graph, Answer]:
    """The only answer with a failure. Raises `UsageError` if there are several, or none."""
    those = [each for each in found if each[2].drills]
    if not those:
        raise UsageError(f"{format_} needs a failure, and there is none: give --fail zone:NAME or --fail resource:ADDRESS")
    if len(those) > 1:
        names = list(dict.fromkeys(f"{answer.name}, {answer.asked}" for _, _, answer in those))
        shown = some(names, _NAMED, "; ")
        raise UsageError(f"{format_} is about one failure of one template or root module, and here are {len(those)}: {shown}")
    return those[0]


def _experiment(found: _Answered) -> str:
    from wa_iac.drill_report.experiment.plan import experiment
    from wa_iac.drill_report.experiment.write import as_experiment
    from wa_iac.engine.drill_secrecy import text_without_secrets

    unit, graph, answer = _one(found, "fis")
    if answer.asked == _EACH:
        raise UsageError("fis needs one failure: give --fail resource:ADDRESS for one of the single points of failure")
    worst = answer.worst or answer.drills[0]
    made = experiment(worst, graph)
    if not made.actions:
        reasons = text_without_secrets(" ".join(made.limits))
        raise UsageError(
            f"FIS can make no experiment for {answer.name}: {text_without_secrets(made.title)}. {reasons}".rstrip(".")
        )
    return text_without_secrets(as_experiment(made, worst.dialect, unit.path))


def _picture(found: _Answered) -> str:
    from wa_iac.picture.drawing.svg import svg

    one = _one(found, "svg")
    errors: list[WaIacError] = []
    pictures = _pictures([one], errors)
    if errors:
        raise errors[0]
    return svg(pictures[0])


def _pictures(found: _Answered, errors: list[WaIacError]) -> list[Picture]:
    """A picture of the worst failure of each answer that has any."""
    from wa_iac.drill_report.marks import marked
    from wa_iac.engine.picture_secrecy import picture_without_secrets
    from wa_iac.picture.draw import picture

    drawn = [
        (contained(unit.path, partial(picture, unit, graph), errors.append, doing="drawing"), answer.worst)
        for unit, graph, answer in found
    ]
    return [picture_without_secrets(marked(each, worst)) for each, worst in drawn if each is not None and worst is not None]
