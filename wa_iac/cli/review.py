"""`review`: what the code shows for and against each best practice of the framework."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from wa_iac.core.scales import PILLARS, Pillar
from wa_iac.settings.configured import config_of, split, with_options

from .options import (
    MANY,
    Environments,
    Exclude,
    FromProcess,
    NoGitignore,
    NoInlineIgnores,
    NoSettings,
    OwnRules,
    ParameterFiles,
    Paths,
    Profile,
    SettingsFile,
    VariableFiles,
    Variables,
    Workspace,
    pillars,
)
from .reading import hand_over
from .terminal import put_errors

if TYPE_CHECKING:
    from wa_iac.core.declared import Unit
    from wa_iac.core.finding import Report
    from wa_iac.core.graph import Graph
    from wa_iac.core.inputs import Inputs
    from wa_iac.drill_report.answer import Answer
    from wa_iac.engine.selection import Selection
    from wa_iac.engine.settings import Settings
    from wa_iac.picture.model import Picture
    from wa_iac.settings.config import Config


class ReviewFormat(StrEnum):
    """The formats of `review`."""

    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    WA_TOOL = "wa-tool"


def review(
    paths: Paths = None,
    format_: Annotated[
        ReviewFormat,
        typer.Option(
            "--format", help="The format: markdown, a page in html, json, or answers for the AWS Well-Architected Tool."
        ),
    ] = ReviewFormat.MARKDOWN,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the review to this file.", readable=False)
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option(
            metavar="REPORT.json",
            help="Also say what changed since this review, or report of check, in JSON.",
            show_default=False,
            readable=False,
        ),
    ] = None,
    pillar: Annotated[
        list[str] | None,
        typer.Option(metavar="PILLAR", help=f"Review only these pillars: {', '.join(PILLARS)}. {MANY}", autocompletion=pillars),
    ] = None,
    profile: Annotated[
        Profile | None,
        typer.Option(help="Which rules give evidence: those for every workload (default), or all.", show_default=False),
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
    no_inline_ignores: NoInlineIgnores = False,
    rules: OwnRules = None,
) -> None:
    """Review the code by the framework's questions: the evidence for and against each best practice, and what to do first.

    Exit code 0: reviewed, whatever was found. 2: not everything could be read.
    """
    from wa_iac.engine.build import collector_paused
    from wa_iac.engine.inputs import inputs_of
    from wa_iac.engine.selection import Selection
    from wa_iac.settings.nearest import NearestSettings

    wanted = paths or [Path()]
    config = config_of(wanted, settings_file, no_settings, rules)
    process = os.environ if env_vars else None

    def asked_for(settings: Config) -> Selection:
        return Selection(
            pillars=cast("tuple[Pillar, ...]", split(pillar)),  # the engine refuses any other name
            profile=settings.profile if profile is None else profile.value,
            catalogue=config.catalogue,
        )

    def inputs(environments: Sequence[Inputs]) -> tuple[Inputs, ...]:
        return inputs_of(var or (), var_file or (), parameters or (), environment or (), workspace, process, environments)

    def changed(settings: Settings) -> Settings:
        return with_options(settings, no_inline_ignores, no_gitignore, exclude or ())

    settings = changed(config.settings)
    if settings_file is None and not no_settings:
        settings = replace(settings, nearest=NearestSettings(wanted, config.catalogue, asked_for, inputs, changed))
    selection = config.on_top_of(asked_for(config), None, None)
    with collector_paused():
        report, built = _judged(wanted, selection, inputs(config.environments), settings, config)
        if not report.sources and report.mistakes():
            put_errors(report.errors)  # nothing was read: there is nothing to review
            raise typer.Exit(2)
        text = _written(report, built, selection, format_, since)
    hand_over(text, output, "review")
    put_errors(report.errors)
    raise typer.Exit(2 if report.mistakes() else 0)


def _judged(
    paths: Sequence[Path], selection: Selection, inputs: Sequence[Inputs], settings: Settings, config: Config
) -> tuple[Report, list[tuple[Unit, Graph]]]:
    from wa_iac.engine.check import check_and_keep

    from .progress import progress

    with progress():
        report, built = check_and_keep(paths, selection, inputs=inputs, settings=settings)
    report.errors += config.notes
    if config.baseline is not None:
        from wa_iac.engine.baseline import apply

        apply(report, config.baseline, selection.catalogue)
    return report, built


def _written(
    report: Report, built: Sequence[tuple[Unit, Graph]], selection: Selection, format_: ReviewFormat, since: Path | None
) -> str:
    from wa_iac.report.practice_list import served
    from wa_iac.report.rescued import written
    from wa_iac.review.evidence import review as reviewed
    from wa_iac.review.exposure import exposed
    from wa_iac.review.since import changes, read
    from wa_iac.review.tasks import tasks

    before = None if since is None else read(since)
    practices = served(selection.catalogue.practices())
    slugs = frozenset(selection.slugs())
    risks = {each.id: each.risk for each in practices}
    pictures = [] if format_ is ReviewFormat.WA_TOOL else _pictures(built, report)
    exposure = exposed(pictures)
    drills = _drills(built, report) if format_ is ReviewFormat.HTML else []

    def text(each: Report) -> str:
        made = reviewed(each, practices, slugs, selection.pillars)
        if format_ is ReviewFormat.WA_TOOL:
            from wa_iac.report.encode import dumps
            from wa_iac.review.wa_tool import answers

            return dumps(answers(made), items=len(practices))
        todo = tasks(each, risks, exposure)
        difference = None if before is None else changes(made, before)
        if format_ is ReviewFormat.JSON:
            from wa_iac.review.document import render

            return render(made, todo, difference)
        if format_ is ReviewFormat.MARKDOWN:
            from wa_iac.review.markdown import render as markdown

            return markdown(made, todo, difference)
        from wa_iac.review.page import render as page

        return page(made, todo, difference, pictures, drills)

    return written(report, text, format_.value)


def _pictures(built: Sequence[tuple[Unit, Graph]], report: Report) -> list[Picture]:
    """The picture of each unit, with its findings."""
    from wa_iac.engine.picture_secrecy import picture_without_secrets
    from wa_iac.review.pictures import pictures_of

    return [picture_without_secrets(each) for each in pictures_of(built, report)]


def _drills(built: Sequence[tuple[Unit, Graph]], report: Report) -> list[Answer]:
    """What follows in each unit if a zone fails."""
    from wa_iac.engine.drill_secrecy import answer_without_secrets
    from wa_iac.review.drills import drills_of

    return [answer_without_secrets(each) for each in drills_of(built, report)]
