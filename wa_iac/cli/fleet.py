"""`fleet`: check many repositories or folders, and sum the results."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from typer.core import TyperGroup

from wa_iac.core.errors import MissingExtraError, UsageError
from wa_iac.core.scales import PILLARS, Severity

from .options import (
    HELP,
    MANY,
    Exclude,
    NoGitignore,
    NoInlineIgnores,
    NoSettings,
    OwnRules,
    Profile,
    RuleOptions,
    SettingsFile,
    packs_named,
    pillars,
    slugs,
)
from .progress import wanted
from .terminal import put, tell, write

if TYPE_CHECKING:
    from wa_iac.fleet.cluster import Place
    from wa_iac.fleet.entries import Entry
    from wa_iac.fleet.eta import Estimate
    from wa_iac.fleet.run import Outcome

_NAMED: Final = 10
"""Entries that are named at the end of a run; the report names all."""
_OFTEN: Final = 0.2
"""Seconds between two changes of the moving line."""
_SELDOM: Final = 15.0
"""Seconds between two lines of progress in a log."""
_LONGEST_LIST: Final = 500_000_000
_RUN: Final = "run"


class _Default(TyperGroup):
    """Runs the list if no command is named: `fleet LIST` is `fleet run LIST`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in (*self.commands, *HELP):
            args = [_RUN, *args]
        return super().parse_args(ctx, args)


fleet = typer.Typer(cls=_Default, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)


@fleet.callback()
def _fleet() -> None:
    """Check many repositories or folders in one run, and sum the results: `fleet LIST --out DIR`, then `fleet report DIR`."""


class FleetFormat(StrEnum):
    """The formats of `fleet report`."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"


@fleet.command(_RUN)
def run(
    list_: Annotated[
        str,
        typer.Argument(
            metavar="LIST",
            help="A file with a folder in each line, or an object of JSON with path, name and team; - reads standard input.",
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out", metavar="DIR", help="The directory of the results. A run that finds results there goes on.", readable=False
        ),
    ],
    workers: Annotated[
        int | None,
        typer.Option(
            min=1, help="Entries that are checked at a time on this machine (default: the number of cores).", show_default=False
        ),
    ] = None,
    timeout: Annotated[float, typer.Option(metavar="SECONDS", min=0.1, help="When to give an entry up.")] = 600.0,
    fresh: Annotated[bool, typer.Option("--fresh", help="Check everything again, also what has not changed.")] = False,
    scheduler: Annotated[
        str,
        typer.Option(metavar="ADDRESS", help="Use a cluster of Dask: tcp://HOST:PORT or tls://HOST:PORT.", show_default=False),
    ] = "",
    tls_ca_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="For the cluster: the certificates of its authority.", readable=False)
    ] = None,
    tls_cert: Annotated[
        Path | None, typer.Option(metavar="FILE", help="For the cluster: the certificate of this client.", readable=False)
    ] = None,
    tls_key: Annotated[
        Path | None, typer.Option(metavar="FILE", help="For the cluster: the key of this client.", readable=False)
    ] = None,
    select: Annotated[
        list[str] | None, typer.Option(metavar="SLUG", help=f"Run only these rules. {MANY}", autocompletion=slugs)
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="SLUG", help=f"Skip these rules. {MANY}", autocompletion=slugs)
    ] = None,
    pillar: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PILLAR", help=f"Run only rules of these pillars: {', '.join(PILLARS)}. {MANY}", autocompletion=pillars
        ),
    ] = None,
    pack: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help=f"Run only the rules for the controls of these standards. {MANY}", autocompletion=packs_named
        ),
    ] = None,
    profile: Annotated[
        Profile | None,
        typer.Option(help="Which rules to run: those for every workload (default), or all.", show_default=False),
    ] = None,
    fail_on: Annotated[
        Severity | None, typer.Option(help="The lowest severity that makes the exit code 1 (default: low).", show_default=False)
    ] = None,
    min_severity: Annotated[
        Severity | None, typer.Option(help="The lowest severity that is reported (default: low).", show_default=False)
    ] = None,
    exclude: Exclude = None,
    no_gitignore: NoGitignore = False,
    settings_file: SettingsFile = None,
    no_settings: NoSettings = False,
    no_inline_ignores: NoInlineIgnores = False,
    rules: OwnRules = None,
    option: RuleOptions = None,
) -> None:
    """Check each folder of a list as `wa-iac check` does in it, and keep the results as Parquet files.

    If --select, --pack, --pillar or --profile is given, settings in the folders cannot leave out rules or files, lower severities or set
    options: they only give values. Exit code 0: nothing to report. 1: findings. 2: not everything could be checked.
    """
    _require()
    from wa_iac.engine.custom_rules import catalogue
    from wa_iac.fleet.eta import Estimate
    from wa_iac.fleet.run import Request
    from wa_iac.fleet.run import run as run_all
    from wa_iac.settings.run import Asked

    asked = Asked(
        select=select or (),
        ignore=ignore or (),
        pillar=pillar or (),
        pack=pack or (),
        profile=None if profile is None else profile.value,
        fail_on=fail_on,
        min_severity=min_severity or Severity.LOW,
        option=option or (),
        rules=[each.absolute() for each in rules or ()],
        settings_file=None if settings_file is None else settings_file.absolute(),
        no_settings=no_settings,
        no_inline_ignores=no_inline_ignores,
        no_gitignore=no_gitignore,
        exclude=exclude or (),
    )
    shown = _Progress(Estimate())
    try:
        outcome = run_all(
            Request(
                entries=_entries(list_),
                out=Path(os.path.abspath(out)),
                asked=asked,
                rules=catalogue(asked.rules, user=not no_settings),
                workers=workers or os.cpu_count() or 1,
                fresh=fresh,
                timeout=timeout,
                place=_place(scheduler, tls_ca_file, tls_cert, tls_key),
            ),
            shown.show,
        )
    finally:
        shown.end()
    _tell(outcome, out)
    raise typer.Exit(outcome.exit_code)


@fleet.command()
def report(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The directory of the results.", readable=False)],
    against: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Also say what changed since the run in this directory.", show_default=False, readable=False
        ),
    ] = None,
    format_: Annotated[
        FleetFormat, typer.Option("--format", help="The format: text, a page in html, or json.")
    ] = FleetFormat.TEXT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the report to this file.", readable=False)
    ] = None,
) -> None:
    """Sum the results by pillar, best practice, rule, team and entry.

    Exit code 0: reported, whatever was found. 2: not everything was read.
    """
    _require()
    from wa_iac.fleet.sums import summed

    found = summed(directory, against)
    if format_ is FleetFormat.JSON:
        from wa_iac.fleet.document import as_json as render
    elif format_ is FleetFormat.HTML:
        from wa_iac.fleet.page import as_page as render
    else:
        from wa_iac.fleet.text import as_text as render
    if output is None:
        put(render(found))
    else:
        write(output, render(found))
        tell(f"wa-iac: report in {output}")
    raise typer.Exit(2 if found.is_partial else 0)


def _require() -> None:
    """Raises `MissingExtraError` if the extra is not installed."""
    from importlib.util import find_spec

    if any(find_spec(name) is None for name in ("pyarrow", "duckdb")):
        raise MissingExtraError("wa-iac fleet", "fleet")


def _place(address: str, ca_file: Path | None, certificate: Path | None, key: Path | None) -> Place | None:
    if not address:
        if ca_file or certificate or key:
            raise UsageError("--tls-ca-file, --tls-cert and --tls-key are for a cluster: they need --scheduler")
        return None
    from importlib.util import find_spec

    from wa_iac.fleet.cluster import Place

    if find_spec("distributed") is None:
        raise MissingExtraError("wa-iac fleet", "fleet")
    for each in filter(None, (ca_file, certificate, key)):
        if not each.is_file():
            raise UsageError("there is no such file", path=str(each))
    return Place(address, ca_file, certificate, key)


def _entries(list_: str) -> list[Entry]:
    """The entries of the list. Raises `UsageError`."""
    from wa_iac.core import files
    from wa_iac.fleet.entries import read_list

    source = "standard input" if list_ == "-" else list_
    try:
        data = sys.stdin.buffer.read() if list_ == "-" else files.read(Path(list_), most=_LONGEST_LIST)
        return read_list(data.decode(), source)
    except OSError as error:
        raise UsageError(f"the list cannot be read: {error.strerror or error}", path=source) from error
    except UnicodeDecodeError as error:
        raise UsageError("the list is not UTF-8", path=source) from error


class _Progress:
    """A moving line on a terminal; a line now and then in a log."""

    def __init__(self, estimate: Estimate) -> None:
        self._estimate = estimate
        self._moving = wanted()
        self._next = time.monotonic() + (0 if self._moving else _SELDOM)
        self._is_shown = False

    def show(self, outcome: Outcome, part: float) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        line = f"wa-iac: {self._estimate.line(outcome, part)}"
        if self._moving:
            self._next = now + _OFTEN
            self._is_shown = True
            self._put(f"\r\x1b[K{line}")
        else:
            self._next = now + _SELDOM
            tell(line)

    def end(self) -> None:
        if self._is_shown:
            self._put("\r\x1b[K")

    @staticmethod
    def _put(text: str) -> None:
        with suppress(OSError):
            sys.stderr.write(text)
            sys.stderr.flush()


def _tell(outcome: Outcome, out: Path) -> None:
    """Say how the run ended, on standard error: first what was not read."""
    from wa_iac.fleet.states import in_words, unread_line

    unread = outcome.unread
    lines = [f"{each.name}: {in_words(each.state)}: {each.why}" for each in unread[:_NAMED]]
    if len(unread) > _NAMED:
        lines.append(f"and {len(unread) - _NAMED:,} more that were not read, or read in part")
    lines += outcome.problems
    lines += filter(None, [unread_line(each.state for each in unread)])
    lines.append(_summed(outcome))
    if outcome.is_stopped:
        lines.append(
            f"stopped: {len(outcome.done):,} of {outcome.total:,} entries have ended and are kept; the same command goes on with the others"
        )
    elif outcome.waiting:
        lines.append(f"{outcome.waiting:,} entries were not checked; the same command goes on with them")
    lines.append(f"results in {out}; wa-iac fleet report {out} sums them")
    for each in lines:
        tell(f"wa-iac: {each}")


def _summed(outcome: Outcome) -> str:
    from wa_iac.fleet.states import found_in
    from wa_iac.report.listing import count

    found = sum(each.findings for each in outcome.done.values())
    skipped = f"; {count(outcome.skipped, 'entry', 'entries')} unchanged since an earlier run" if outcome.skipped else ""
    read = sum(each.state == "done" for each in outcome.done.values())
    return f"{found_in(count(found, 'finding'), read, outcome.total)}{skipped}"
