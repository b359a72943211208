"""What a person gives besides the code: the values of variables and parameters, for one environment or for several."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """The values for one environment.

    Attributes:
        environment: its name, as findings give it; empty where there is only one.
        variables: Terraform variables and CloudFormation parameters by name, as texts. They win over files.
        variable_files: `.tfvars` and `.tfvars.json` files; later ones win.
        parameter_files: CloudFormation parameter files, in any of the shapes that the AWS tools take; later ones win.
        process: what the process's environment gives Terraform variables (`TF_VAR_x` without its prefix); files win over it.
        workspace: the Terraform workspace; unknown where empty.
    """

    environment: str = ""
    variables: Mapping[str, str] = field(default_factory=dict)
    variable_files: tuple[Path, ...] = ()
    parameter_files: tuple[Path, ...] = ()
    process: Mapping[str, str] = field(default_factory=dict)
    workspace: str = ""


NOTHING_GIVEN = Inputs()

InputsOf: TypeAlias = Callable[[Path], Sequence[Inputs]]
"""The inputs of the unit at a path, one for each environment."""


def nothing_given(path: Path) -> Sequence[Inputs]:
    """The inputs of a unit where nobody gives any."""
    del path
    return (NOTHING_GIVEN,)
