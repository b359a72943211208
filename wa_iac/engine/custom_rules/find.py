"""The places of custom rules. Every run looks there, so it must cost almost nothing if there are none."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, Final

import typer

from wa_iac.core import files
from wa_iac.core.errors import UsageError

GROUP: Final = "wa_iac.rules"
"""The group of the entry points that name packages of rules."""
_SITES: Final = ("site-packages", "dist-packages")
"""The names of the directories of installed packages. Others on the path may belong to the checked tree."""


def entry_points() -> list[str]:
    """The names of the installed packages of rules, in order.

    Python's own reader of metadata takes 30 ms to import, a fifth of a small run. It is used only if a file contains
    `wa_iac.rules`.
    """
    sites = [each for each in sys.path if each.endswith(_SITES)]
    if not any(_announced(each) for each in sites):
        return []
    from importlib.metadata import DistributionFinder, MetadataPathFinder

    context = DistributionFinder.Context(path=sites)
    found = (each.entry_points for each in MetadataPathFinder.find_distributions(context))
    return sorted({point.value for points in found for point in points if point.group == GROUP})


def _announced(site: str) -> bool:
    marker = f"[{GROUP}]".encode()
    try:
        with os.scandir(site) as entries:
            folders = [each.path for each in entries if each.name.endswith((".dist-info", ".egg-info"))]
    except OSError:
        return False
    return any(marker in _read(os.path.join(each, "entry_points.txt")) for each in folders)  # a hundred of them


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:  # as above: a Path for each takes as long as the reading
            return file.read()
    except OSError:
        return b""


def user_settings() -> Path:
    """The user's settings, which apply to every check: `~/.config/wa-iac/wa-iac.toml`, or the system's place for settings."""
    return Path(typer.get_app_dir("wa-iac")) / "wa-iac.toml"


def directories_of_user() -> list[Path]:
    """The directories of rules in the user's settings, relative to that file. Raises `UsageError` if the settings are wrong."""
    path = user_settings()
    # Without a home, the place would be below the working directory, where anybody may write.
    if not path.is_absolute() or not os.path.lexists(path):
        return []
    import tomllib

    try:
        content: dict[str, Any] = tomllib.loads(files.read(path).decode("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(f"the user's settings cannot be read: {error}", path=str(path)) from error
    match content:
        case {"rules": list() as names, **rest} if not rest and all(isinstance(each, str) for each in names):
            try:
                return [path.parent / Path(each).expanduser() for each in names]
            except RuntimeError as error:
                raise UsageError(
                    f"the user's settings name a directory that cannot be found: {error}", path=str(path)
                ) from error
        case _:
            raise UsageError("the user's settings may only contain one setting: rules = ['directory', ...]", path=str(path))
