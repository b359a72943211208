"""From an open file to the unit it belongs to. The server asks this of every document, whatever it holds: it looks, and parses nothing."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from wa_iac.core import files
from wa_iac.core.declared import Dialect
from wa_iac.engine.discover import MODULE_SUFFIXES
from wa_iac.parsers.cloudformation.text.recognise import recognise
from wa_iac.parsers.plans import recognise as recognise_plan

VARIABLES: Final = (".tfvars", ".tfvars.json")


class Target(NamedTuple):
    """What is judged together, by where it begins: a root module's directory, or a template's file. Resolved."""

    dialect: Dialect
    path: Path


def target_of(path: Path, text: bytes) -> Target | None:
    """The unit that begins with a file, or beside it; None for a file that is none of ours. `path` is resolved."""
    if path.name.endswith(MODULE_SUFFIXES):
        return Target("terraform", path.parent)
    if path.name.endswith(VARIABLES):
        try:
            is_module = any(name.endswith(MODULE_SUFFIXES) for name in os.listdir(path.parent))
        except (OSError, ValueError):
            return None
        return Target("terraform", path.parent) if is_module else None
    # Plans are made by a program: nobody mends anything in them.
    return Target("cloudformation", path) if recognise(text) and not recognise_plan(text) else None


@lru_cache(4096)
def absolute(path: str) -> Path:
    """A path as shown, resolved."""
    return files.resolved(Path(path))
