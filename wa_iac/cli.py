"""The command line. Every command imports what it needs when it runs, so that each starts as fast as it can."""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Sequence
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, cast

import typer

from wa_iac import __version__
from wa_iac.core.errors import UsageError, WaIacError
from wa_iac.core.rule import PILLARS, Pillar, Severity

if TYPE_CHECKING:
    from wa_iac.config import Config
    from wa_iac.core.finding import Report

app = typer.Typer(
    help="Says where CloudFormation and Terraform depart from the AWS Well-Architected Framework, before anything is deployed.",
    add_completion=False,
    no_args_is_help=True,
    # Rich would cost as much time as the rest of the program's start.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Format(StrEnum):
    """What `check` can write."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


class PlainFormat(StrEnum):
    """What `graph` and `rules` can write."""

    TEXT = "text"
    JSON = "json"


class Profile(StrEnum):
    """Which rules run where none is selected by name."""

    DEFAULT = "default"
    ALL = "all"


Paths = Annotated[
    list[Path] | None, typer.Argument(help="Files and directories; the working directory by default.", show_default=False)
]
_MANY = "Repeat it, or separate several by commas."

Variables = Annotated[
    list[str] | None,
    typer.Option("--var", metavar="NAME=VALUE", help="Give a Terraform variable or a CloudFormation parameter its value."),
]
VariableFiles = Annotated[
    list[Path] | None, typer.Option("--var-file", metavar="FILE", help="Give variables the values in a .tfvars file.")
]
ParameterFiles = Annotated[
    list[Path] | None, typer.Option("--parameters", metavar="FILE", help="Give parameters the values in a parameter file.")
]
Workspace = Annotated[str, typer.Option(metavar="NAME", help="The Terraform workspace.", show_default=False)]
SettingsFile = Annotated[
    Path | None, typer.Option("--settings", metavar="FILE", help="Settings, instead of those found from the paths upwards.")
]
NoSettings = Annotated[bool, typer.Option("--no-settings", help="Read no settings file.")]
FromProcess = Annotated[
    bool, typer.Option("--env-vars", help="Take variables from TF_VAR_..., the workspace from TF_WORKSPACE.")
]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"wa-iac {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    del version  # its callback has done the work


@app.command()
def check(
    paths: Paths = None,
    select: Annotated[list[str] | None, typer.Option(metavar="SLUG", help=f"Run only these rules. {_MANY}")] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="SLUG", help=f"Leave these rules out. {_MANY}")] = None,
    pillar: Annotated[
        list[str] | None, typer.Option(metavar="PILLAR", help=f"Run only rules of these pillars: {', '.join(PILLARS)}. {_MANY}")
    ] = None,
    profile: Annotated[
        Profile | None, typer.Option(help="The rules for everybody, or all there are.", show_default="default")
    ] = None,
    fail_on: Annotated[
        Severity | None, typer.Option(help="The mildest severity that makes the exit code 1.", show_default="low")
    ] = None,
    show_unknown: Annotated[bool, typer.Option("--show-unknown", help="List what could not be decided, too.")] = False,
    format_: Annotated[Format, typer.Option("--format", help="How to write the report.")] = Format.TEXT,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write the report to a file, a summary to the terminal."),
    ] = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 where findings would make it 1.")] = False,
    skip_other_files: Annotated[
        bool, typer.Option("--skip-other-files", help="Pass over named files that are neither dialect, as a hook needs.")
    ] = False,
    var: Variables = None,
    var_file: VariableFiles = None,
    parameters: ParameterFiles = None,
    environment: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=FILE,...",
            help="Judge with these .tfvars and parameter files. Repeat it: findings say where they hold.",
        ),
    ] = None,
    workspace: Workspace = "",
    env_vars: FromProcess = False,
    cfn_lint: Annotated[bool, typer.Option("--cfn-lint", help="Report what cfn-lint finds in the templates, too.")] = False,
    settings_file: SettingsFile = None,
    no_settings: NoSettings = False,
) -> None:
    """Report where templates and modules depart from the framework.

    Exit code 0: nothing to report. 1: findings. 2: not everything could be judged.
    """
    from wa_iac.engine.inputs import inputs_of
    from wa_iac.engine.run import Selection
    from wa_iac.engine.run import check as run

    wanted = paths or [Path()]
    config = _config(wanted, settings_file, no_settings)
    selection = Selection(
        select=_split(select) or config.select,
        ignore=(*config.ignore, *_split(ignore)),
        pillars=cast("tuple[Pillar, ...]", _split(pillar)) or config.pillars,  # the engine refuses any other name
        profile=config.profile if profile is None else profile.value,
        cfn_lint=cfn_lint,
    )
    fail_on = config.fail_on if fail_on is None else fail_on
    process = os.environ if env_vars else None
    inputs = inputs_of(var or (), var_file or (), parameters or (), environment or (), workspace, process, config.environments)
    report = run(wanted, selection, skip_other_files=skip_other_files, inputs=inputs, settings=config.settings)
    text = _rendered(report, format_, wanted, show_unknown=show_unknown, colour=output is None and _colour())
    if output is None:
        _print(text)
    else:
        _write(output, text)
    if output is not None or format_ is not Format.TEXT:
        _print_errors(report.errors)
    if output is not None:
        from wa_iac.report.text import summary

        typer.echo(f"wa-iac: {summary(report)}; report in {output}", err=True)
    raise typer.Exit(report.exit_code(fail_on, exit_zero=exit_zero))


def _rendered(report: Report, format_: Format, paths: Sequence[Path], *, show_unknown: bool, colour: bool) -> str:
    match format_:
        case Format.TEXT:
            from wa_iac.report import text

            return text.render(report, show_unknown=show_unknown, colour=colour)
        case Format.JSON:
            from wa_iac.report import json

            return json.render(report, show_unknown=show_unknown)
        case Format.SARIF:
            from wa_iac.report import sarif
            from wa_iac.report.paths import repository_root

            return sarif.render(report, show_unknown=show_unknown, root=repository_root(paths))


@app.command()
def graph(
    paths: Paths = None,
    format_: Annotated[PlainFormat, typer.Option("--format", help="How to write the graph.")] = PlainFormat.TEXT,
    var: Variables = None,
    var_file: VariableFiles = None,
    parameters: ParameterFiles = None,
    workspace: Workspace = "",
    env_vars: FromProcess = False,
    settings_file: SettingsFile = None,
    no_settings: NoSettings = False,
) -> None:
    """Print the resources, as they would be deployed, and what refers to what."""
    from wa_iac.engine.build import graphs
    from wa_iac.engine.inputs import inputs_of
    from wa_iac.report import graph as report

    process = os.environ if env_vars else None
    inputs = inputs_of(var or (), var_file or (), parameters or (), (), workspace, process)
    wanted = paths or [Path()]
    built, errors = graphs(wanted, inputs=inputs, settings=_config(wanted, settings_file, no_settings).settings)
    documents = [each.document() for _, each in built]
    _print(report.as_json(documents) if format_ is PlainFormat.JSON else report.as_text(documents))
    _print_errors(errors)
    raise typer.Exit(2 if errors else 0)


@app.command()
def rule(slug: Annotated[str, typer.Argument(help="The rule's name, such as s3-versioning.")]) -> None:
    """Print a rule's page: what it finds, why it matters, examples, and how to mend it."""
    from wa_iac.engine.catalogue import load_rule
    from wa_iac.report.rules import page

    _print(page(load_rule(slug)))


@app.command()
def rules(
    format_: Annotated[PlainFormat, typer.Option("--format", help="How to write the list.")] = PlainFormat.TEXT,
) -> None:
    """List all rules."""
    from wa_iac.engine.catalogue import all_rules
    from wa_iac.report import rules as report

    _print(report.as_json(all_rules()) if format_ is PlainFormat.JSON else report.as_text(all_rules()))


def _config(paths: Sequence[Path], file: Path | None, none: bool) -> Config:
    """The settings of a run: those named, those found, or none."""
    from wa_iac.config import Config, configured

    return Config() if none else configured(paths, file)


def _split(values: Sequence[str] | None) -> tuple[str, ...]:
    """Each value of an option that may be repeated and hold several, separated by commas; once."""
    pieces = (piece.strip() for value in values or () for piece in value.split(","))
    return tuple(dict.fromkeys(piece for piece in pieces if piece))


def _colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _encoded(text: str) -> bytes:
    """UTF-8 whatever the locale. A file name in another encoding, or half a surrogate pair from a JSON template, is U+FFFD:
    no report may be invalid for one."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        # U+DC80 to U+DCFF are how Python passes on a name's bytes that the locale cannot decode; they may well be UTF-8.
        halves = re.sub("[\ud800-\udc7f\udd00-\udfff]", "\ufffd", text)
        return halves.encode("utf-8", "surrogateescape").decode("utf-8", "replace").encode()


def _print(text: str) -> None:
    try:
        sys.stdout.buffer.write(_encoded(text))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader has seen enough. Python flushes once more at its exit; that must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write(path: Path, text: str) -> None:
    try:
        path.write_bytes(_encoded(text))
    except OSError as error:
        raise UsageError(f"the report cannot be written: {error.strerror}", path=str(path)) from error


def _print_errors(errors: Sequence[WaIacError]) -> None:
    if errors:
        from wa_iac.report.text import error_line

        for error in errors:
            typer.echo(error_line(error), err=True)


def main() -> NoReturn:
    """Run the program on the arguments of the process. Whatever goes wrong ends in a message and an exit code, 2 for errors."""
    if isinstance(sys.stderr, TextIOWrapper):
        sys.stderr.reconfigure(encoding="utf-8", errors="replace")
    # One run, then the process ends: collecting garbage only takes time, up to half of it for a large report.
    gc.disable()
    # pydantic would read the metadata of every installed distribution for plugins of its own; we want none of them.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        app(prog_name="wa-iac")
    except WaIacError as error:
        _print_errors([error])
    except Exception as error:
        if os.environ.get("WA_IAC_DEBUG"):
            raise
        typer.echo(f"wa-iac: this is a bug in wa-iac: {type(error).__name__}: {error}", err=True)
        typer.echo("Set WA_IAC_DEBUG=1 to see where it happened.", err=True)
    finally:
        # Python collects once more when it ends, a tenth of the time of a small run; what is frozen it leaves alone.
        gc.freeze()
    sys.exit(2)
