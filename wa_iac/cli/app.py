"""The command line. Every command imports what it needs when it runs, so that each starts as fast as it can."""

from __future__ import annotations

import errno
import gc
import os
import sys
import warnings
from collections.abc import Sequence
from copy import copy
from functools import cache
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from wa_iac import __version__
from wa_iac.core.budget import Budget
from wa_iac.core.contain import described
from wa_iac.core.errors import UsageError, WaIacError
from wa_iac.core.scales import PILLARS, Severity
from wa_iac.report.formats import Format, View
from wa_iac.settings.configured import config_of

from .arguments import as_files, doubtful
from .options import (
    HELP,
    MANY,
    Also,
    BaselineAction,
    BaselineFile,
    By,
    Category,
    DiffBase,
    Environments,
    Exclude,
    FromProcess,
    NoGitignore,
    NoInlineIgnores,
    NoSettings,
    OnlyChanged,
    OnlyNamed,
    OnlySummary,
    OwnRules,
    ParameterFiles,
    Paths,
    Profile,
    RuleOptions,
    SettingsFile,
    ShowSuppressed,
    VariableFiles,
    Variables,
    Verbose,
    Workspace,
    named_outputs,
    packs_named,
    pillars,
    slugs,
)
from .program import Program
from .terminal import drop_output, put_errors, tell

app = typer.Typer(
    cls=Program,
    help="Says where CloudFormation and Terraform depart from the AWS Well-Architected Framework, before anything is deployed.",
    no_args_is_help=True,
    # Every command inherits this.
    context_settings={"help_option_names": list(HELP)},
    # Rich would cost as much time as the rest of the program's start.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


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
    select: Annotated[
        list[str] | None,
        typer.Option(metavar="SLUG", help=f"Run only these rules; 's3-*' names several. {MANY}", autocompletion=slugs),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(metavar="SLUG", help=f"Skip these rules; 's3-*' names several. {MANY}", autocompletion=slugs),
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
            metavar="NAME",
            help=f"Run only the rules for the controls of these standards: wa-iac packs lists them. {MANY}",
            autocompletion=packs_named,
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
        Severity | None,
        typer.Option(
            help="The lowest severity that is reported (default: low); milder findings are counted.", show_default=False
        ),
    ] = None,
    exclude: Exclude = None,
    no_gitignore: NoGitignore = False,
    show_unknown: Annotated[bool, typer.Option("--show-unknown", help="Also list what could not be decided.")] = False,
    show_passed: Annotated[
        bool,
        typer.Option(
            "--show-passed", help="Also list the rules that hold, with their resources. For text, json, sarif and junit."
        ),
    ] = False,
    format_: Annotated[Format, typer.Option("--format", help="The format of the report.")] = Format.TEXT,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write the report to this file and a summary to the terminal.",
            readable=False,
        ),
    ] = None,
    also: Also = None,
    group_by: By = None,
    summary: OnlySummary = False,
    verbose: Verbose = False,
    show_suppressed: ShowSuppressed = False,
    category: Category = "",
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 instead of 1 if there are findings.")] = False,
    skip_other_files: Annotated[
        bool,
        typer.Option("--skip-other-files", help="Skip named files that are neither CloudFormation nor Terraform (for hooks)."),
    ] = False,
    var: Variables = None,
    var_file: VariableFiles = None,
    parameters: ParameterFiles = None,
    environment: Environments = None,
    workspace: Workspace = "",
    env_vars: FromProcess = False,
    cfn_lint: Annotated[bool, typer.Option("--cfn-lint", help="Also report what cfn-lint finds in the templates.")] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Apply the safe fixes to the files, then report what is left.")] = False,
    unsafe_fixes: Annotated[
        bool,
        typer.Option(
            "--unsafe-fixes",
            help="With --fix or --diff: also apply fixes that may replace a resource, cost more or cut off access.",
        ),
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Print what --fix would change, without changing any file.")] = False,
    settings_file: SettingsFile = None,
    no_settings: NoSettings = False,
    baseline: BaselineFile = None,
    diff_base: DiffBase = None,
    only_named: OnlyNamed = None,
    only_changed: OnlyChanged = False,
    no_inline_ignores: NoInlineIgnores = False,
    rules: OwnRules = None,
    option: RuleOptions = None,
    watch: Annotated[bool, typer.Option("--watch", help="Check again whenever a file changes, until Ctrl-C.")] = False,
) -> None:
    """Report where templates and modules depart from the framework.

    Exit code 0: nothing to report. 1: findings. 2: not everything could be checked.
    """
    from wa_iac.settings.run import Asked, run_of

    from .check import Check

    if unsafe_fixes and not (fix or diff):
        raise UsageError("--unsafe-fixes needs --fix, or --diff to see the fixes first")
    if diff and output is None and format_ is not Format.TEXT:
        raise UsageError("--diff prints a patch instead of the report: --output FILE writes the report beside it")
    others = named_outputs(also or ())
    written = [each for each in (output, *(path for _, path in others)) if each is not None]
    if len(set(written)) < len(written):
        raise UsageError("two reports cannot be written to one file", path=str(max(written, key=written.count)))
    wanted = paths or [Path()]
    view = View(
        paths=wanted,
        show_unknown=show_unknown,
        show_passed=show_passed,
        show_suppressed=show_suppressed,
        category=category,
        group_by=group_by,
        only_summary=summary,
        verbose=verbose,
    )
    refused = [each.refuses(view) for each in (format_, *(each for each, _ in others))]
    if all(refused):
        raise UsageError(refused[0])

    request = Asked(
        select=select or (),
        ignore=ignore or (),
        pillar=pillar or (),
        pack=pack or (),
        profile=None if profile is None else profile.value,
        fail_on=fail_on,
        min_severity=min_severity or Severity.LOW,
        cfn_lint=cfn_lint,
        option=option or (),
        rules=rules or (),
        settings_file=settings_file,
        no_settings=no_settings,
        no_inline_ignores=no_inline_ignores,
        no_gitignore=no_gitignore,
        exclude=exclude or (),
        var=var or (),
        var_file=var_file or (),
        parameters=parameters or (),
        environment=environment or (),
        workspace=workspace,
        env_vars=env_vars,
    )

    def asked() -> Check:
        run = run_of(wanted, request, baseline)
        return Check(
            paths=wanted,
            selection=run.selection,
            inputs=run.inputs,
            fail_on=run.fail_on,
            settings=run.settings,
            baseline=run.baseline,
            skip_other_files=skip_other_files,
            view=view,
            exit_zero=exit_zero,
            format=format_,
            output=output,
            also=others,
            fix=fix,
            unsafe_fixes=unsafe_fixes,
            diff=diff,
            diff_base=diff_base,
            only_named=only_named is True,
            only_changed=only_changed and only_named is not False,
            errors=(*run.notes, *(doubtful(wanted) if skip_other_files else ())),
        )

    if watch:
        from .watch import watch as watching

        raise typer.Exit(watching(asked, wanted))
    raise typer.Exit(asked().run())


@app.command("baseline")
def baseline_(
    action: Annotated[BaselineAction, typer.Argument(help="The action on the baseline.")],
    paths: Paths = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="FILE", help="The baseline file (default: wa-iac-baseline.json).", readable=False),
    ] = None,
    add: Annotated[bool, typer.Option("--add", help="With update: also add new findings.")] = False,
    settings_file: SettingsFile = None,
    no_settings: NoSettings = False,
    rules: OwnRules = None,
) -> None:
    """Record the known findings, so that `check --baseline` reports only new ones.

    `create` writes the baseline, `update` removes fixed findings, `check` exits with 1 if it lists fixed findings.
    """
    from wa_iac.settings.nearest import with_nearest

    from .baseline import run

    wanted = paths or [Path()]
    config = config_of(wanted, settings_file, no_settings, rules)
    if settings_file is None and not no_settings:
        config = with_nearest(config, wanted)
    raise typer.Exit(run(action, wanted, config, file, add=add))


@app.command()
def lsp(own: OwnRules = None, no_settings: NoSettings = False) -> None:
    """Serve an editor: the Language Server Protocol over standard input and output."""
    from wa_iac.lsp import serve

    serve(own or (), user=not no_settings)


def _require_working_directory() -> None:
    """Raises `UsageError` if the working directory no longer exists."""
    try:
        os.getcwd()
    except FileNotFoundError as error:
        raise UsageError("the working directory no longer exists") from error


@cache
def whole() -> typer.Typer:
    """The program with all of its commands. A check needs none of the others, nor what they import."""
    from .drill import drill
    from .fleet import fleet
    from .graphs import graph
    from .listings import dev, packs, rule, rules
    from .review import review

    first, last = app.registered_commands[:-1], app.registered_commands[-1:]
    app.registered_commands = first
    for each in (graph, review, drill, rule, rules, packs):
        app.command()(each)
    app.registered_commands += last
    app.add_typer(dev, name="dev")
    app.add_typer(fleet, name="fleet")
    return app


def _with_only(arguments: Sequence[str]) -> typer.Typer:
    """The program with nothing but the command that the arguments begin with, since typer reads the options of every command that it has;
    the whole program if they begin with something else."""
    first = list(arguments[:1])
    program = app if first == ["check"] else whole()
    named = [
        each
        for each in program.registered_commands
        if each.callback is not None and first == [each.name or each.callback.__name__]
    ]
    groups = [each for each in program.registered_groups if first == [each.name]]
    if not (named or groups):
        return program
    only = copy(program)
    only.registered_commands, only.registered_groups = named, groups
    return only


def main() -> NoReturn:
    """Run the program on the arguments of the process. Every failure ends in a message and an exit code, 2 for errors."""
    # Libraries' warnings are for programmers, not for users; and a pattern in the tree may provoke one.
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    if isinstance(sys.stderr, TextIOWrapper):
        sys.stderr.reconfigure(encoding="utf-8", errors="replace")
    # pydantic would read the metadata of every installed distribution for plugins of its own; we want none of them. Where the program
    # is not started by `start`, its loader is there, and heeds this.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    try:
        _require_working_directory()
        arguments = as_files(sys.argv[1:])
        _with_only(arguments)(arguments, prog_name="wa-iac")
    except WaIacError as error:
        put_errors([error])
    except Exception as error:
        if os.environ.get("WA_IAC_DEBUG"):
            raise
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            drop_output()
            tell(f"wa-iac: the output cannot be written: {error.strerror}")
            sys.exit(2)
        put_errors([described(error, "", Budget(), "the run")])
        typer.echo("Set WA_IAC_DEBUG=1 to see where it happened.", err=True)
    finally:
        # Python collects once more when it ends, a tenth of the time of a small run. It skips frozen objects.
        gc.freeze()
    sys.exit(2)
