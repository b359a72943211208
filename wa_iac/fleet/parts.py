"""The results in a directory that count: those of the entries in the record of its last run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.dataset as ds

from . import record
from .record import Record
from .tables import COUNTED, SUFFIX, TABLES, read_entry

_UNCHECKED: Final = "it was not checked: the run did not get to it"
_DAMAGED: Final = "its results are damaged: check it again"


@dataclass(frozen=True, slots=True)
class Parts:
    """The results of a run.

    Attributes:
        entries: the rows of the entries that have a result, in the order of the list.
        missing: the names of the others, with the reasons.
        tables: the Arrow datasets of the tables `findings`, `undecided` and `errors`.
    """

    record: Record
    entries: Sequence[dict[str, Any]]
    missing: Sequence[tuple[str, str]]
    tables: dict[str, Any]


def load(out: Path) -> Parts:
    """The results in a directory. A part that is not complete does not count, nor one of an earlier state of its entry. Raises
    `UsageError` if no run has left a record there."""
    found = record.read(out)
    rows: list[dict[str, Any]] = []
    missing: list[tuple[str, str]] = []
    paths: dict[str, list[str]] = {name: [] for name in COUNTED}
    for name, part in found.parts.items():
        row = read_entry(out, part)
        if row is None or row["entry"] != name:
            missing.append((name, _DAMAGED if (out / "entries" / f"{part}{SUFFIX}").exists() else _UNCHECKED))
            continue
        rows.append(row)
        for table, column in COUNTED.items():
            if row[column]:
                paths[table].append(str(out / table / f"{part}{SUFFIX}"))
    return Parts(found, rows, missing, {name: _dataset(name, each) for name, each in paths.items()})


def _dataset(name: str, paths: Sequence[str]) -> Any:
    schema: pa.Schema = TABLES[name]
    return ds.dataset(list(paths), schema=schema, format="parquet") if paths else schema.empty_table()
