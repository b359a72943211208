"""What `graph` and `drill` share: the code that their options name, read into graphs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from wa_iac.settings.configured import config_of, with_options

from .terminal import put, tell, write

if TYPE_CHECKING:
    from wa_iac.core.declared import Unit
    from wa_iac.core.errors import WaIacError
    from wa_iac.core.graph import Graph


class Code(NamedTuple):
    """The code that a command line names, with the values of its inputs. None is what is not given."""

    paths: Sequence[Path] | None
    exclude: Sequence[str] | None
    no_gitignore: bool
    variables: Sequence[str] | None
    variable_files: Sequence[Path] | None
    parameter_files: Sequence[Path] | None
    environments: Sequence[str] | None
    workspace: str
    env_vars: bool
    settings_file: Path | None
    no_settings: bool

    def graphs(self) -> tuple[list[tuple[Unit, Graph]], list[WaIacError]]:
        """The graph of each unit in each environment, and what went wrong. Raises `UsageError` if the options are not well formed."""
        from wa_iac.engine.build import graphs
        from wa_iac.engine.inputs import inputs_of

        wanted = self.paths or [Path()]
        config = config_of(wanted, self.settings_file, self.no_settings)
        inputs = inputs_of(
            self.variables or (),
            self.variable_files or (),
            self.parameter_files or (),
            self.environments or (),
            self.workspace,
            os.environ if self.env_vars else None,
            config.environments,
        )
        return graphs(
            wanted, inputs=inputs, settings=with_options(config.settings, False, self.no_gitignore, self.exclude or ())
        )


def hand_over(text: str, output: Path | None, what: str) -> None:
    """Write a text to standard output, or to a file and say so: "drill in FILE". Raises `UsageError` if it cannot be written."""
    if output is None:
        put(text)
    else:
        write(output, text)
        tell(f"wa-iac: {what} in {output}")
