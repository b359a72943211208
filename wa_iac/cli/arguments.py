"""File names among a command's arguments: a name that a hook appends is never an option."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from wa_iac.core.errors import SourceError
from wa_iac.core.late_pattern import late

HOOK: Final = "--skip-other-files"
"""The option of a hook or script that appends file names."""
_OURS: Final = late(r"\.(?:tf|tofu|tfvars|template|ya?ml|json)", re.IGNORECASE)
"""The endings of files that the hook receives; see `.pre-commit-hooks.yaml`."""
_OPTION: Final = late(r"--[a-z][a-z-]*=|-o", re.DOTALL)
"""The beginning of an argument that could be an option with its value."""


def as_files(arguments: Sequence[str]) -> list[str]:
    """The arguments of the program. File names that look like options are rewritten so that they are not options.

    pre-commit runs `entry args... names...`: between the options and the names there is no place for `--`. So in a hook's call each
    argument that begins with a dash, ends like our files and exists is a file.
    """
    end = arguments.index("--") if "--" in arguments else len(arguments)
    if HOOK not in arguments[:end]:
        return list(arguments)
    return [f"./{each}" if _is_file(each) else each for each in arguments[:end]] + list(arguments[end:])


def _is_file(argument: str) -> bool:
    # First the cheap tests: only arguments that begin with a dash are looked up on the disk.
    return argument.startswith("-") and _OURS.fullmatch(os.path.splitext(argument)[1]) is not None and os.path.lexists(argument)


def doubtful(paths: Iterable[Path]) -> Iterator[SourceError]:
    """An error for each file that is named like an option with its value: the option may have been meant."""
    for path in paths:
        if _OPTION.match(str(path)):
            message = "this file is named like an option of wa-iac: it was read as a file; rename it"
            yield SourceError(message, path=str(path))
