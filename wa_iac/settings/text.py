"""The text of a settings file."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from wa_iac.core import files
from wa_iac.core.errors import UsageError
from wa_iac.core.paths import shown

LARGEST: Final = 5_000_000
"""The limit of a settings file's size, in bytes."""


def text_of(path: Path, within: Path | None) -> bytes:
    """The bytes of a settings file. Raises `UsageError`."""
    try:
        return files.read(path, within=within, most=LARGEST)
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError(f"the settings cannot be read: {why}", path=shown(path)) from error
