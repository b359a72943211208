"""The names and values of the commands' options."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final

import typer

from wa_iac.core.errors import UsageError
from wa_iac.core.scales import PILLARS
from wa_iac.report.formats import Format
from wa_iac.report.group_by import GroupBy

HELP: Final = ("--help", "-h")
"""The names of the option that each command has."""


class PlainFormat(StrEnum):
    """The formats of `rules` and `packs`."""

    TEXT = "text"
    JSON = "json"


class GraphFormat(StrEnum):
    """The formats of `graph`: data, and pictures."""

    TEXT = "text"
    JSON = "json"
    MERMAID = "mermaid"
    DOT = "dot"
    SVG = "svg"
    HTML = "html"


class EdgesOf(StrEnum):
    """The edges that a picture keeps."""

    NETWORK = "network"
    DATA = "data"
    IDENTITY = "identity"


class ListedBy(StrEnum):
    """What `rules` lists: rules by pillar, or the framework's best practices with their rules."""

    PILLAR = "pillar"
    PRACTICE = "practice"


class Profile(StrEnum):
    """The rules that run if none is selected by name."""

    DEFAULT = "default"
    ALL = "all"


class BaselineAction(StrEnum):
    """The actions of `baseline`."""

    CREATE = "create"
    UPDATE = "update"
    CHECK = "check"


def slugs(incomplete: str) -> list[str]:
    """The rules whose names have this prefix, for shell completion; after a comma, the prefix of the last one counts."""
    from wa_iac.pillars._index import RULES

    before, comma, last = incomplete.rpartition(",")
    return [f"{before}{comma}{slug}" for slug in RULES if slug.startswith(last)]


def pillars(incomplete: str) -> list[str]:
    """The pillars with this prefix."""
    return [pillar for pillar in PILLARS if pillar.startswith(incomplete)]


def packs_named(incomplete: str) -> list[str]:
    """The packs with this prefix."""
    from wa_iac.engine.packs import names

    return [name for name in names() if name.startswith(incomplete)]


Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="PATH", help="Files and directories; the working directory by default.", show_default=False, readable=False
    ),
]
MANY = "Repeat the option or separate values with commas."

Variables = Annotated[
    list[str] | None,
    typer.Option("--var", metavar="NAME=VALUE", help="Set a Terraform variable or a CloudFormation parameter."),
]
VariableFiles = Annotated[
    list[Path] | None, typer.Option("--var-file", metavar="FILE", help="Set variables from a .tfvars file.", readable=False)
]
ParameterFiles = Annotated[
    list[Path] | None,
    typer.Option("--parameters", metavar="FILE", help="Set parameters from a parameter file.", readable=False),
]
Environments = Annotated[
    list[str] | None,
    typer.Option(
        "--environment",
        metavar="NAME=FILE,...",
        help="Check with these .tfvars and parameter files. Repeat it for more environments; findings name theirs.",
    ),
]
Workspace = Annotated[str, typer.Option(metavar="NAME", help="The Terraform workspace.", show_default=False)]
BaselineFile = Annotated[
    Path | None,
    typer.Option("--baseline", metavar="FILE", help="Report only findings that are not in this baseline.", readable=False),
]
DiffBase = Annotated[
    str | None,
    typer.Option(
        metavar="REV",
        help="Report only findings that concern changes since the branch left this git revision.",
        show_default=False,
    ),
]
OnlyNamed = Annotated[
    bool | None,
    typer.Option(
        "--only-named/--whole-unit", help="Report only findings in the named files (for hooks), or all.", show_default=False
    ),
]
OnlyChanged = Annotated[
    bool,
    typer.Option(
        "--only-changed/--old-findings",
        help="Report only findings that concern the commit that is being made (for hooks), or also older ones.",
        show_default=False,
    ),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option(
        "--exclude",
        metavar="PATH",
        help="Leave out these files and directories, also if they are named: a path relative to the working directory, with * "
        "within a name and ** across directories. Repeat it for more.",
    ),
]
NoGitignore = Annotated[
    bool,
    typer.Option("--no-gitignore", help="Also read files below directories that git ignores. Named files are always read."),
]
NoInlineIgnores = Annotated[bool, typer.Option("--no-inline-ignores", help="Ignore all suppressions in the code.")]
SettingsFile = Annotated[
    Path | None,
    typer.Option(
        "--settings",
        metavar="FILE",
        help="Use this settings file instead of the one found in the directories above the paths.",
        readable=False,
    ),
]
NoSettings = Annotated[bool, typer.Option("--no-settings", help="Do not read any settings file.")]
RuleOptions = Annotated[
    list[str] | None,
    typer.Option(
        "--option",
        metavar="SLUG.NAME=VALUE",
        help="Set an option of a rule, such as rds-backup-retention.minimum-days=14. Repeat it for more.",
    ),
]
OwnRules = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules",
        metavar="DIR",
        help="Also run your own rules from this directory. They are code and will be executed.",
        readable=False,
    ),
]
FromProcess = Annotated[
    bool, typer.Option("--env-vars", help="Read variables from TF_VAR_... and the workspace from TF_WORKSPACE.")
]
Also = Annotated[
    list[str] | None,
    typer.Option(
        "--also", metavar="FORMAT=FILE", help="Also write the report in this format to this file. Repeat it for more."
    ),
]
ShowSuppressed = Annotated[
    bool,
    typer.Option("--show-suppressed", help="In SARIF, include suppressed findings, marked as suppressed. (JSON always does.)"),
]
By = Annotated[
    GroupBy | None,
    typer.Option(
        "--group-by",
        help="Divide the report into rules, resources, files or pillars, instead of ordering it by severity. "
        "For text, json, junit and markdown.",
        show_default=False,
    ),
]
OnlySummary = Annotated[
    bool,
    typer.Option("--summary", help="Only count the findings, by pillar and by rule. For text, json and markdown."),
]
Verbose = Annotated[
    bool,
    typer.Option("--verbose", help="In text, write every note, resource and remedy, instead of counting or writing them once."),
]
Category = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="In SARIF, the name that distinguishes this run from others on the same commit.",
        show_default=False,
    ),
]


def named_outputs(values: Sequence[str]) -> tuple[tuple[Format, Path], ...]:
    """The formats and files of `--also`. Raises `UsageError` for a value that is not FORMAT=FILE."""
    found = []
    for value in values:
        name, _, file = value.partition("=")
        if name not in list(Format) or not file:
            raise UsageError(f"--also needs FORMAT=FILE, where FORMAT is one of {', '.join(Format)}; not {value!r}")
        found.append((Format(name), Path(file)))
    return tuple(found)
