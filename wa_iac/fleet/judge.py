"""Checks one entry, as `wa-iac check` does in its folder, and writes its part."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from wa_iac.core.budget import Budget
from wa_iac.core.contain import described
from wa_iac.core.errors import NothingFoundError, UsageError, WaIacError
from wa_iac.core.finding import Report
from wa_iac.engine.catalogue import Catalogue
from wa_iac.settings.config import Config
from wa_iac.settings.nearest import as_written
from wa_iac.settings.run import Asked, Run, note_known, run_of

from .plan import Job, repository
from .rows import Tables, of_failure, of_killed, of_report
from .tables import read_entry, write_part


@dataclass(frozen=True, slots=True)
class Work:
    """What all entries of a run have in common. It is plain data: another process may get it.

    Attributes:
        run: names the run.
        out: the directory of the results, absolute.
        timeout: seconds until an entry is given up.
    """

    run: str
    out: Path
    asked: Asked
    timeout: float


@dataclass(frozen=True, slots=True)
class Done:
    """How an entry ended, in short: its part has the rest."""

    name: str
    state: str
    exit_code: int
    findings: int = 0
    undecided: int = 0
    why: str = ""
    signal: str = ""


def judge(job: Job, work: Work, rules: Catalogue) -> Done:
    """Check an entry and write its part. It changes the working directory of the process. Raises `OSError` if the part cannot be
    written."""
    return _written(job, work, _tables(job, work, rules))


def killed(job: Job, work: Work, signal: str, why: str, seconds: float) -> Done:
    """Write the part of an entry whose process ended before it had a result."""
    return _written(job, work, of_killed(job, work.run, signal, why, seconds))


def _written(job: Job, work: Work, tables: Tables) -> Done:
    write_part(work.out, job.part, tables)
    return done_of(tables["entries"][0])


def known(job: Job, work: Work) -> Done | None:
    """How an entry ended, if this run has its part already."""
    row = read_entry(work.out, job.part)
    return done_of(row) if row is not None and row["run"] == work.run else None


def done_of(row: Mapping[str, Any]) -> Done:
    """A row of the table `entries`, in short."""
    return Done(row["entry"], *(row[each.name] for each in fields(Done) if each.name != "name"))


def _tables(job: Job, work: Work, rules: Catalogue) -> Tables:
    started = time.monotonic()
    try:
        report, run = checked(job.entry.path, work.asked, rules)
        report.errors = [_named(each, job.entry.name) for each in report.errors]
        seconds = time.monotonic() - started
        return of_report(job, work.run, report, run.fail_on, repository(job.entry.path), seconds)
    except Exception as error:
        said = described(error, "", Budget(), f"checking {job.entry.name}")
        return of_failure(job, work.run, [said], time.monotonic() - started)


def checked(path: Path, asked: Asked, rules: Catalogue) -> tuple[Report, Run]:
    """The report of a check in a folder, which becomes the working directory, and the run that it came from. Raises `WaIacError` if there
    is none."""
    from wa_iac.engine.check import check
    from wa_iac.engine.report_scope import narrow

    if not os.path.isdir(path):
        raise UsageError("there is no such folder" if not os.path.lexists(path) else "it is not a folder", path=str(path))
    try:
        os.chdir(path)
    except OSError as error:
        raise UsageError(f"the folder cannot be entered: {error.strerror}", path=str(path)) from error
    here = [Path()]
    run = run_of(here, asked, of_tree=_of_tree(asked), rules=rules)
    report = check(here, run.selection, inputs=run.inputs, settings=run.settings)
    if run.baseline is not None:
        from wa_iac.engine.baseline import apply

        apply(report, run.baseline, run.selection.catalogue)
    narrow(report)
    report.errors += run.notes
    note_known(report, run.settings)
    return report, run


def _named(error: WaIacError, name: str) -> WaIacError:
    """An error that says of the working directory that it has nothing to check, with the entry's name instead."""
    return NothingFoundError(name, error.others) if isinstance(error, NothingFoundError) else error


def _of_tree(asked: Asked) -> Callable[[Config], Config]:
    return _only_values if is_demand(asked) else as_written


def is_demand(asked: Asked) -> bool:
    """Whether the command line itself says which rules run."""
    return bool(asked.select or asked.pack or asked.pillar or asked.profile)


def _only_values(config: Config) -> Config:
    """Settings of a tree without anything that could leave out, or make milder, what the command line demands. The values of variables
    and parameters stay, and what the settings forbid: suppressions."""
    settings = replace(config.settings, exclude=(), severity={}, overrides=(), options={}, trace=None)
    return Config(
        path=config.path,
        settings=settings,
        environments=config.environments,
        notes=config.notes,
        catalogue=config.catalogue,
    )
