"""The request of a command line as a record, and the run of a check that it and the settings of a tree make together."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, NamedTuple, cast

from wa_iac.core.errors import WaIacError
from wa_iac.core.finding import Report
from wa_iac.core.inputs import Inputs
from wa_iac.core.scales import Pillar, Severity
from wa_iac.engine.catalogue import Catalogue
from wa_iac.engine.inputs import inputs_of
from wa_iac.engine.selection import Selection
from wa_iac.engine.settings import Settings

from .config import Config
from .configured import config_of, of_packs, rules_named, split, with_options, with_rule_options
from .nearest import NearestSettings, as_written


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Asked:
    """The options of a check that decide what is judged, as the command line has them. It is plain data: another process may get it."""

    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    pillar: Sequence[str] = ()
    pack: Sequence[str] = ()
    profile: Literal["default", "all"] | None = None
    fail_on: Severity | None = None
    min_severity: Severity = Severity.LOW
    cfn_lint: bool = False
    option: Sequence[str] = ()
    rules: Sequence[Path] = ()
    settings_file: Path | None = None
    no_settings: bool = False
    no_inline_ignores: bool = False
    no_gitignore: bool = False
    exclude: Sequence[str] = ()
    var: Sequence[str] = ()
    var_file: Sequence[Path] = ()
    parameters: Sequence[Path] = ()
    environment: Sequence[str] = ()
    workspace: str = ""
    env_vars: bool = False


class Run(NamedTuple):
    """One run of a check: what `wa_iac.engine.check.check` takes, and what follows it.

    Attributes:
        baseline: the settings' baseline, to apply to the report.
        notes: notes on the names of rules in the settings and on the command line; a report has them among its errors.
    """

    selection: Selection
    inputs: Sequence[Inputs]
    settings: Settings
    fail_on: Severity
    baseline: Path | None
    notes: Sequence[WaIacError]


def note_known(report: Report, settings: Settings) -> None:
    """Count the findings in the baseline that settings of the tree name among those that they leave out."""
    if (trace := settings.trace) is not None and trace.baseline:
        known = (each for each in report.findings if each.suppressed is not None and each.suppressed.source == "baseline")
        trace.known = len(report.grouped(known))
        if report.by_settings is not None:
            report.by_settings = report.by_settings._replace(known=trace.known)
        else:
            report.by_settings = trace.by_settings()


def run_of(
    paths: Sequence[Path],
    asked: Asked,
    baseline: Path | None = None,
    *,
    of_tree: Callable[[Config], Config] = as_written,
    rules: Catalogue | None = None,
) -> Run:
    """The run on `paths`, with the settings that are named or found. Raises `UsageError` for a mistake in either.

    Args:
        baseline: the baseline of the command line.
        of_tree: changes settings that were found in the tree, before they count.
        rules: all available rules, if they are loaded already.
    """
    config = config_of(paths, asked.settings_file, asked.no_settings, asked.rules, rules)
    if asked.settings_file is None:
        config = of_tree(config)
    process = os.environ if asked.env_vars else None
    notes = list(config.notes)
    chosen = (*rules_named(asked.select, config.catalogue, notes), *of_packs(asked.pack, config.catalogue, notes))
    ignored = rules_named(asked.ignore, config.catalogue, notes)

    def asked_for(settings: Config) -> Selection:
        return Selection(
            select=chosen,
            ignore=ignored,
            pillars=cast("tuple[Pillar, ...]", split(asked.pillar)),  # the engine refuses any other name
            profile=asked.profile or settings.profile,
            min_severity=asked.min_severity,
            cfn_lint=asked.cfn_lint,
            catalogue=config.catalogue,
        )

    def inputs(environments: Sequence[Inputs]) -> tuple[Inputs, ...]:
        return inputs_of(asked.var, asked.var_file, asked.parameters, asked.environment, asked.workspace, process, environments)

    def changed(settings: Settings) -> Settings:
        settings = with_rule_options(settings, asked.option, config.catalogue)
        settings = settings.leaving_out_nothing() if chosen else settings
        return with_options(settings, asked.no_inline_ignores, asked.no_gitignore, asked.exclude)

    whole = changed(config.settings)
    if asked.settings_file is None and not asked.no_settings:
        whole = replace(whole, nearest=NearestSettings(paths, config.catalogue, asked_for, inputs, changed, of_tree))
    return Run(
        selection=config.on_top_of(asked_for(config), asked.fail_on, baseline),
        inputs=inputs(config.environments),
        settings=whole,
        fail_on=asked.fail_on or config.fail_on,
        baseline=baseline or config.baseline,
        notes=notes,
    )
