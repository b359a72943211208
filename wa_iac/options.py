"""What the commands' options are called, and what they take."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


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


class BaselineAction(StrEnum):
    """What `baseline` does."""

    CREATE = "create"
    UPDATE = "update"
    CHECK = "check"


Paths = Annotated[
    list[Path] | None, typer.Argument(help="Files and directories; the working directory by default.", show_default=False)
]
MANY = "Repeat it, or separate several by commas."

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
BaselineFile = Annotated[
    Path | None, typer.Option("--baseline", metavar="FILE", help="Report only what this baseline does not know.")
]
DiffBase = Annotated[
    str | None,
    typer.Option(
        metavar="REV", help="Report only what concerns changes since the branch left this git revision.", show_default=False
    ),
]
OnlyNamed = Annotated[
    bool, typer.Option("--only-named/--whole-unit", help="Report only what is in the files that are named, as a hook needs.")
]
NoInlineIgnores = Annotated[bool, typer.Option("--no-inline-ignores", help="Let no suppression in the code hold.")]
SettingsFile = Annotated[
    Path | None, typer.Option("--settings", metavar="FILE", help="Settings, instead of those found from the paths upwards.")
]
NoSettings = Annotated[bool, typer.Option("--no-settings", help="Read no settings file.")]
FromProcess = Annotated[
    bool, typer.Option("--env-vars", help="Take variables from TF_VAR_..., the workspace from TF_WORKSPACE.")
]
