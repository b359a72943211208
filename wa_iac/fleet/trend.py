"""The difference between two runs: which findings are new, which are gone, and which stay.

Only files that both runs read in full are compared: a finding that is missing in another one may be in its part that was not read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import duckdb

from .parts import Parts
from .record import Record

KINDS: Final = ("new", "fixed", "accepted", "undecided", "unchanged")
"""`accepted`: the finding is suppressed now. `undecided`: the rule cannot tell now."""


class Changed(NamedTuple):
    """A finding that is not as it was."""

    kind: str
    entry: str
    rule: str
    severity: str
    team: str
    path: str
    line: int
    address: str
    message: str
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The difference from an earlier run.

    Attributes:
        counts: the number of findings of each of `KINDS`, by severity.
        by_team: the same by team, without severities.
        changed: all findings that are new, fixed, accepted or undecided, the most severe first.
        added, removed: the names of the entries that only one of the lists has.
        apart: the names of the entries of which one of the runs has no result, or errors that name no file; `apart_findings`, their
            findings now.
        in_part: the names of the compared entries that one of the runs read in part.
        unread: the files of these that one of the runs did not read in full, each after its entry; `unread_findings`, their findings now.
        notes: sentences on what makes the runs different: another version, other options.
    """

    before: Record
    compared: int
    counts: Mapping[str, Mapping[str, int]]
    by_team: Mapping[str, Mapping[str, int]]
    changed: Sequence[Changed]
    added: Sequence[str]
    removed: Sequence[str]
    apart: Sequence[str]
    apart_findings: int
    in_part: Sequence[str]
    unread: Sequence[tuple[str, str]]
    unread_findings: int
    notes: Sequence[str]

    def number(self, kind: str) -> int:
        """The number of findings of a kind."""
        return sum(self.counts.get(kind, {}).values())


_COMPARED: Final = """
CREATE VIEW compared AS
SELECT entry FROM entries JOIN entries_before AS b USING (entry)
WHERE entries.state = 'done' AND b.state = 'done' AND entry NOT IN (SELECT entry FROM mistakes WHERE path = '')
"""
_MISTAKES: Final = """
CREATE VIEW mistakes AS
SELECT entry, path FROM errors WHERE level = 'error'
UNION
SELECT entry, path FROM errors_before WHERE level = 'error'
"""
_UNREAD: Final = "SELECT entry, path FROM mistakes WHERE entry IN (FROM compared) ORDER BY ALL"
_CHANGES: Final = """
CREATE TABLE changes AS
WITH
  now AS (SELECT * FROM results ANTI JOIN mistakes USING (entry, path) WHERE fails AND entry IN (FROM compared)),
  old AS (SELECT * FROM results_before ANTI JOIN mistakes USING (entry, path) WHERE fails AND entry IN (FROM compared)),
  gone AS (SELECT * FROM old ANTI JOIN now USING (entry, fault, number)),
  suppressed AS (SELECT DISTINCT entry, fault FROM findings WHERE accepted <> ''),
  open AS (SELECT DISTINCT entry, rule, address, unit FROM results WHERE NOT fails)
SELECT 'unchanged' AS kind, now.* FROM now SEMI JOIN old USING (entry, fault, number)
UNION ALL
SELECT 'new', now.* FROM now ANTI JOIN old USING (entry, fault, number)
UNION ALL
SELECT
  CASE
    WHEN EXISTS (FROM suppressed AS s WHERE s.entry = gone.entry AND s.fault = gone.fault) THEN 'accepted'
    WHEN EXISTS (
      FROM open AS o WHERE o.entry = gone.entry AND o.rule = gone.rule AND o.address = gone.address AND o.unit = gone.unit
    ) THEN 'undecided'
    ELSE 'fixed'
  END,
  gone.*
FROM gone
"""
_UNREAD_FINDINGS: Final = """
SELECT count(*) FROM results SEMI JOIN mistakes USING (entry, path) WHERE fails AND entry IN (FROM compared)
"""
_ORDER: Final = "list_position(['critical', 'high', 'medium', 'low'], severity), kind, entry, path, line, rule"


def trend(database: duckdb.DuckDBPyConnection, now: Parts, before: Parts) -> Trend:
    """The difference, from the tables of both runs in a database: those of the earlier one end in `_before`."""
    database.execute(_MISTAKES)
    database.execute(_COMPARED)
    database.execute(_CHANGES)
    compared = {name for (name,) in database.execute("FROM compared").fetchall()}
    names, names_before = set(now.record.parts), set(before.record.parts)
    apart = [name for name in now.record.parts if name in names_before and name not in compared]
    unread = [(entry, path) for entry, path in database.execute(_UNREAD).fetchall()]
    columns = ", ".join(Changed._fields)
    rows = database.execute(f"SELECT {columns} FROM changes WHERE kind <> 'unchanged' ORDER BY {_ORDER}").fetchall()  # noqa: S608 - ours
    return Trend(
        before=before.record,
        compared=len(compared),
        counts=_counted(database, "kind", "severity"),
        by_team=dict(sorted(_counted(database, "team", "kind").items(), key=_busiest_first)),
        changed=[Changed(*each) for each in rows],
        added=[name for name in now.record.parts if name not in names_before],
        removed=[name for name in before.record.parts if name not in names],
        apart=apart,
        apart_findings=sum(each["findings"] for each in now.entries if each["entry"] in set(apart)),
        in_part=list(dict.fromkeys(entry for entry, _ in unread)),
        unread=unread,
        unread_findings=_one(database, _UNREAD_FINDINGS),
        notes=_notes(now.record, before.record),
    )


def _one(database: duckdb.DuckDBPyConnection, query: str) -> int:
    row = database.execute(query).fetchone()
    return int(row[0]) if row is not None else 0


def _counted(database: duckdb.DuckDBPyConnection, first: str, second: str) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    query = f"SELECT {first}, {second}, count(*) FROM changes GROUP BY ALL ORDER BY ALL"  # noqa: S608 - ours
    rows: list[tuple[Any, ...]] = database.execute(query).fetchall()
    for key, other, number in rows:
        found.setdefault(key, {})[other] = number
    return found


def _busiest_first(team: tuple[str, Mapping[str, int]]) -> tuple[bool, int, str]:
    """Sorts teams by their new findings, files that nobody owns last."""
    name, counts = team
    return not name, -counts.get("new", 0), name


def _notes(now: Record, before: Record) -> list[str]:
    notes = []
    if now.version != before.version:
        notes.append(f"the earlier run was made by wa-iac {before.version}, this one by {now.version}: rules may differ")
    if now.settings != before.settings:
        notes.append("the runs had different options, settings or own rules: this may be why findings are new or gone")
    return notes
