"""File names among a command's arguments: what a hook appends is never an option, whatever it is called."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from wa_iac.core.errors import SourceError

HOOK: Final = "--skip-other-files"
"""The option by which whoever appends the names of files says so."""
_OURS: Final = re.compile(r"\.(?:tf|tofu|tfvars|template|ya?ml|json)", re.IGNORECASE)
"""How the files end that the hook is handed; see `.pre-commit-hooks.yaml`."""
_OPTION: Final = re.compile(r"--[a-z][a-z-]*=|-o", re.DOTALL)
"""How an argument begins that could be an option with its value."""


def as_files(arguments: Sequence[str]) -> list[str]:
    """The arguments of the program, where those that are files with names like options are written so that they are none.

    pre-commit runs `entry args... names...`: between the options and the names there is no place for `--`. So in a hook's call each
    argument that begins with a dash, ends as our files do and is there is a file.
    """
    end = arguments.index("--") if "--" in arguments else len(arguments)
    if HOOK not in arguments[:end]:
        return list(arguments)
    return [f"./{each}" if _is_file(each) else each for each in arguments[:end]] + list(arguments[end:])


def _is_file(argument: str) -> bool:
    # Looked at before: the disk is asked of what begins with a dash only.
    return argument.startswith("-") and _OURS.fullmatch(os.path.splitext(argument)[1]) is not None and os.path.lexists(argument)


def doubtful(paths: Iterable[Path]) -> Iterator[SourceError]:
    """An error for each file whose name reads like an option with its value: whoever wrote the call may have meant the option."""
    for path in paths:
        if _OPTION.match(str(path)):
            message = "this file is named like an option of wa-iac: it was read as a file; rename it"
            yield SourceError(message, path=str(path))
