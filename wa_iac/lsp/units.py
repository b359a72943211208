"""The check of a unit."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wa_iac.core import files, secrets
from wa_iac.core.declared import Unit
from wa_iac.core.errors import UsageError, WaIacError
from wa_iac.core.files import scan_root
from wa_iac.core.finding import Finding, Report
from wa_iac.core.inputs import Inputs
from wa_iac.core.paths import Scan, shown
from wa_iac.engine.baseline import apply
from wa_iac.engine.build import built, collector_paused, distinct_errors
from wa_iac.engine.catalogue import OURS, Catalogue
from wa_iac.engine.check import judge
from wa_iac.engine.discover import MODULE_SUFFIXES
from wa_iac.engine.inputs import inputs_of
from wa_iac.settings.config import Config
from wa_iac.settings.find import configured

from .targets import UnitTarget, absolute


@dataclass(slots=True, kw_only=True)
class Judged:
    """The state of a unit.

    Attributes:
        sources: every file that was read, by its path as shown.
        files: the same files, resolved, and the baseline.
        units: the checked units, one for each environment.
        report: its report; None if nothing was checked.
        refused: whether the settings are broken, so that nothing was checked; `errors` says why.
    """

    findings: list[Finding] = field(default_factory=list)
    errors: list[WaIacError] = field(default_factory=list)
    sources: Mapping[str, bytes] = field(default_factory=dict)
    files: frozenset[Path] = frozenset()
    units: list[Unit] = field(default_factory=list)
    config: Config = field(default_factory=Config)
    report: Report | None = None
    refused: bool = False


def judge_unit(target: UnitTarget, catalogue: Catalogue = OURS) -> Judged:
    """Check a unit like `wa-iac check` with the rules in `catalogue`. Never raises errors that the user must fix."""
    try:
        config = configured([target.path], catalogue=catalogue)
        inputs = inputs_of(known=config.environments)
        slugs = config.selection.slugs()
    except WaIacError as error:
        return Judged(errors=[error], refused=True)
    settings = config.settings
    secrets.begin()
    try:
        if all(map(settings.excludes, _begins(target))):
            return Judged(config=config)
        with collector_paused():
            units = list(_units(target, config, inputs))
            errors: list[WaIacError] = []
            graphs = built(units, errors)
            report = judge(graphs, slugs, config.selection, distinct_errors(errors), settings)
        if config.baseline is not None:
            apply(report, config.baseline)
    except WaIacError as error:
        # For example a variables file that the settings name, which anybody may have written.
        return Judged(errors=[error], config=config, refused=isinstance(error, UsageError))
    except OSError as error:
        return Judged(errors=[files.unread(error, shown(target.path))], config=config)
    return Judged(
        findings=report.grouped(report.findings),
        errors=report.errors,
        sources=report.sources,
        # A change of the baseline changes the findings, like one of a source.
        files=frozenset(map(absolute, [*report.sources, *([str(config.baseline)] if config.baseline is not None else [])])),
        units=units,
        config=config,
        report=report,
    )


def _begins(target: UnitTarget) -> list[Path]:
    """The first files of a unit; a module is left out if all of its files are."""
    if target.dialect == "cloudformation":
        return [target.path]
    names = {*os.listdir(target.path), *files.unsaved(target.path)}
    return [target.path / name for name in names if name.endswith(MODULE_SUFFIXES)]


def _units(target: UnitTarget, config: Config, inputs: Sequence[Inputs]) -> Iterable[Unit]:
    scan = Scan(scan_root(target.path))

    def given(path: Path) -> Sequence[Inputs]:
        return config.settings.inputs_for(path, inputs)

    if target.dialect == "terraform":
        from wa_iac.parsers.terraform.units import read_modules

        return read_modules([target.path], scan, inputs=given)
    from wa_iac.parsers.cloudformation.units import read_templates

    return read_templates({target.path: files.read(target.path, within=scan.root)}, scan, inputs=given)
