"""Resources of workshops and demonstrations, which exist for some hours, and whose data is made again; and those of environments for
development and tests, which are nobody's workload."""

import os
import re
from pathlib import Path
from typing import Final

from wa_iac.core import files
from wa_iac.core.resource import Resource

_WORD: Final = re.compile(r"(?<![a-z])(?:workshops?|hands-?on|demos?)(?![a-z])", re.IGNORECASE)
_ENVIRONMENT: Final = re.compile(
    r"(?<![a-z])(?:dev|development|staging|stage|stg|qa|sandbox|test|testing|non-?prod|pre-?prod)(?![a-z])", re.IGNORECASE
)
_ONE_SERVER: Final = re.compile(r"(?<![a-z])(?:stand-?alone|single[-_]?(?:server|node|instance))(?![a-z])", re.IGNORECASE)
FOR_SOME_HOURS: Final = "It is part of a workshop or a demonstration, by the path of its file."
FOR_DEVELOPMENT: Final = "It is part of an environment for development or tests, by the path of a file."


def is_of_a_workshop(resource: Resource) -> bool:
    """Whether the path of a resource's file has the word, below the root of its repository or of the scan."""
    return _names(resource.span.path, _WORD)


def is_of_development(resource: Resource) -> bool:
    """Whether the path of a resource's file, or of the outermost module call or stack that makes it, names such an environment."""
    outermost = resource.declared.calls[0].span.path if resource.declared.calls else resource.span.path
    return _names(outermost, _ENVIRONMENT)


def is_of_one_server(resource: Resource) -> bool:
    """Whether the path of a resource's file says that one server is all there is, beside other ways to run the same."""
    return _names(resource.span.path, _ONE_SERVER)


def without_need(resource: Resource) -> str:
    """Why nobody would protect a resource against every loss, by the paths of files: a sentence; empty where none says so."""
    if is_of_a_workshop(resource):
        return FOR_SOME_HOURS
    return FOR_DEVELOPMENT if is_of_development(resource) else ""


def _names(path: str, word: re.Pattern[str]) -> bool:
    """Whether a path has a word, below the root of its repository or of the scan."""
    if word.search(path) is None:
        return False
    inside = files.resolved(Path(os.path.abspath(path)))
    root = files.scan_root(inside)
    return inside.is_relative_to(root) and word.search(inside.relative_to(root).as_posix()) is not None
