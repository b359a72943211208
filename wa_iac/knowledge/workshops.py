"""Resources of workshops and demonstrations, which exist for some hours, and whose data is made again."""

import os
import re
from pathlib import Path
from typing import Final

from wa_iac.core import files
from wa_iac.core.resource import Resource

_WORD: Final = re.compile(r"(?<![a-z])(?:workshops?|hands-?on|demos?)(?![a-z])", re.IGNORECASE)
FOR_SOME_HOURS: Final = "It is part of a workshop or a demonstration, by the path of its file."


def is_of_a_workshop(resource: Resource) -> bool:
    """Whether the path of a resource's file has the word, below the root of its repository or of the scan."""
    if _WORD.search(resource.span.path) is None:
        return False
    inside = files.resolved(Path(os.path.abspath(resource.span.path)))
    root = files.scan_root(inside)
    return inside.is_relative_to(root) and _WORD.search(inside.relative_to(root).as_posix()) is not None
