"""The record of a run, beside its parts: what was asked, and the part that each entry has if it is done."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from wa_iac.core.errors import UsageError

from .tables import replace_file

NAME: Final = "run.json"
_OURS: Final = "wa-iac/fleet-run/"
SCHEMA: Final = f"{_OURS}1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A run over a list.

    Attributes:
        run: names the run.
        settings: digest of the options and of what they name.
        options: the options, for people.
        parts: the name of the part of each entry, by the entry's name, in the order of the list.
        started: when, in UTC, as ISO 8601 writes it; `finished`, empty for a run that is not.
        stopped: whether it was interrupted.
    """

    run: str
    version: str
    settings: str
    options: Mapping[str, Any]
    parts: Mapping[str, str]
    started: str
    finished: str = ""
    stopped: bool = False


def write(out: Path, record: Record) -> None:
    """Write the record. Raises `UsageError`."""
    document = {"schema": SCHEMA, **{name: getattr(record, name) for name in Record.__slots__}}
    text = json.dumps(document, indent=1).encode()
    try:
        replace_file(out / NAME, lambda file: file.write(text))
    except OSError as error:
        raise UsageError(f"the results cannot be written: {error.strerror or error}", path=str(out)) from error


def read(out: Path) -> Record:
    """The record of the last run in a directory. Raises `UsageError` if there is none, or it is not one."""
    try:
        document = json.loads((out / NAME).read_bytes())
        if document.pop("schema") != SCHEMA:
            raise ValueError
        record = Record(**document)
        if any("/" in each for each in record.parts.values()):
            raise ValueError
    except FileNotFoundError as error:
        raise UsageError(f"there are no results of wa-iac fleet: no {NAME}", path=str(out)) from error
    except OSError as error:
        raise UsageError(f"the results cannot be read: {error.strerror or error}", path=str(out)) from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UsageError(f"{NAME} is not the record of a run, or of another version of wa-iac", path=str(out)) from error
    return record


def stop(out: Path, run: str) -> None:
    """Tell the workers of a cluster that a run was interrupted: they have no other way to hear of it while they work."""
    with suppress(OSError):
        _marker(out, run).touch()


def begin(out: Path) -> None:
    """Forget that earlier runs were interrupted. Raises `UsageError` if the directory has a file of the record's name that is something else."""
    if (out / NAME).exists() and not _is_ours(out):
        raise UsageError(
            f"{NAME} is here already, and is not the record of a run of wa-iac: give a directory of its own", path=str(out)
        )
    with suppress(OSError):
        for each in out.glob(_marker(out, "*").name):
            each.unlink()


def _is_ours(out: Path) -> bool:
    try:
        document = json.loads((out / NAME).read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(document, dict) and str(document.get("schema", "")).startswith(_OURS)


def is_stopped(out: Path, run: str) -> bool:
    """Whether a run was interrupted."""
    return _marker(out, run).exists()


def _marker(out: Path, run: str) -> Path:
    return out / f"stopped-{run}"
