"""The tables of a fleet's results, and their parts: one Parquet file for each entry and table that has rows.

A part appears as a whole or not at all: it is written under another name in the same directory, brought to the disk, and renamed. The part
of the table `entries` is written last, and says how many rows the others have: so a result is complete, or it does not count.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

Rows = Sequence[Mapping[str, Any]]

_TEXTS: Final = pa.list_(pa.string())


def _schema(**columns: Any) -> pa.Schema:
    return pa.schema(list(columns.items()))


_TEXT, _NUMBER = pa.string(), pa.int64()

FINDINGS: Final = _schema(
    entry=_TEXT, fault=_TEXT, number=_NUMBER, rule=_TEXT, pillar=_TEXT, practices=_TEXTS, severity=_TEXT, confidence=_TEXT,
    message=_TEXT, address=_TEXT, type=_TEXT, dialect=_TEXT, path=_TEXT, line=_NUMBER, column=_NUMBER, unit=_TEXT,
    environments=_TEXTS, instances=_NUMBER, team=_TEXT, place=_TEXT, accepted=_TEXT, reason=_TEXT,
)  # fmt: skip
"""The findings: each once. `fault` and `number` identify one within its entry, from run to run. `place` is the file in its repository;
`accepted` says where it is suppressed, and is empty for a finding in effect."""

UNDECIDED: Final = _schema(
    entry=_TEXT, fault=_TEXT, number=_NUMBER, rule=_TEXT, pillar=_TEXT, practices=_TEXTS, severity=_TEXT, message=_TEXT,
    address=_TEXT, type=_TEXT, path=_TEXT, line=_NUMBER, unit=_TEXT, environments=_TEXTS, team=_TEXT, cause=_TEXT, why=_TEXT,
    settle=_TEXT, accepted=_TEXT,
)  # fmt: skip
"""The results that could not be decided, with the value that each waits for."""

ERRORS: Final = _schema(entry=_TEXT, level=_TEXT, kind=_TEXT, message=_TEXT, path=_TEXT, line=_NUMBER, column=_NUMBER)
"""The errors and notes. `level` is `error` for one that leaves something unchecked."""

ENTRIES: Final = _schema(
    entry=_TEXT, path=_TEXT, repository=_TEXT, team=_TEXT, key=_TEXT, run=_TEXT, state=_TEXT, signal=_TEXT, why=_TEXT, exit_code=_NUMBER,
    files=_NUMBER, resources=_NUMBER, rules=_NUMBER, findings=_NUMBER, accepted=_NUMBER, advice=_NUMBER, milder=_NUMBER,
    undecided=_NUMBER, mistakes=_NUMBER, notes=_NUMBER, seconds=pa.float64(), by_settings=_TEXT, version=_TEXT,
    finding_rows=_NUMBER, undecided_rows=_NUMBER, error_rows=_NUMBER,
)  # fmt: skip
"""The entries, one row each. `state` is `done` (there is a report), `failed` (nothing could be read) or `killed` (its process ended)."""

TABLES: Final = {"findings": FINDINGS, "undecided": UNDECIDED, "errors": ERRORS, "entries": ENTRIES}
"""In the order in which they are written."""

COUNTED: Final = {"findings": "finding_rows", "undecided": "undecided_rows", "errors": "error_rows"}
"""The column of `entries` that says how many rows a part has."""

SUFFIX: Final = ".parquet"


def write_part(out: Path, part: str, tables: Mapping[str, Rows]) -> None:
    """Write the parts of one entry, `part` being their name. `tables` has the rows of `entries`, one, and those of the others. Raises
    `OSError`."""
    (entry,) = tables["entries"]
    counts = {column: len(tables.get(name, ())) for name, column in COUNTED.items()}
    for name, schema in TABLES.items():
        rows = [{**entry, **counts}] if name == "entries" else tables.get(name, ())
        path = out / name / f"{part}{SUFFIX}"
        if rows:
            _write(path, pa.Table.from_pylist([_clean(each) for each in rows], schema=schema))
        else:
            path.unlink(missing_ok=True)


def read_entry(out: Path, part: str) -> dict[str, Any] | None:
    """The row of a part in `entries`, if all of its parts are complete; else None."""
    try:
        rows: list[dict[str, Any]] = pq.read_table(_at(out, "entries", part), schema=ENTRIES, use_threads=False).to_pylist()
        (row,) = rows
        if None in row.values():
            return None  # another version has written it
        for name, column in COUNTED.items():
            if row[column] and pq.read_metadata(_at(out, name, part)).num_rows != row[column]:
                return None
    except (OSError, ValueError, TypeError, pa.ArrowException):
        return None
    return row


def remove_older(out: Path, parts: Mapping[str, str]) -> None:
    """Remove the parts of entries that have another key now, and files that a killed writer left. `parts` has the complete part of each
    entry by the beginning of its name."""
    for name in reversed(TABLES):
        for path in _listed(out / name):
            begin, _, _ = path.name.partition("-")
            if path.name.startswith(".") or (begin in parts and path.name != f"{parts[begin]}{SUFFIX}"):
                with suppress(OSError):
                    path.unlink()


def _listed(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from sorted(each for each in folder.iterdir() if each.name.endswith((SUFFIX, ".part")))


def _at(out: Path, name: str, part: str) -> str:
    return str(out / name / f"{part}{SUFFIX}")


def _clean(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _text(value) for name, value in row.items()}


def _text(value: Any) -> Any:
    """A value that is valid Unicode: a name of a file, or half a surrogate pair in a template, need not be."""
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")
    return [_text(each) for each in value] if isinstance(value, list | tuple) else value


def _write(path: Path, table: pa.Table) -> None:
    def put(file: Any) -> None:
        pq.write_table(table, file, compression="zstd")

    replace_file(path, put)


def replace_file(path: Path, put: Any) -> None:
    """Write a file so that it is there as a whole or not at all, also after a power cut. `put` writes into an open binary file. Raises
    `OSError`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, made = tempfile.mkstemp(prefix=f".{path.stem}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            put(file)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(made, 0o666 & ~_umask())
        os.replace(made, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(made)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _umask() -> int:
    """The process's mask of permissions; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
