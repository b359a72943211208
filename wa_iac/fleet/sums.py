"""The sums of a fleet's results, computed by DuckDB."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

import duckdb

from wa_iac.core.scales import PILLARS, Severity

from .parts import Parts, load
from .record import Record
from .states import in_words, place
from .trend import Trend, trend

SEVERITIES: Final = tuple(each.value for each in reversed(Severity))
"""The most severe first."""


class Sum(NamedTuple):
    """The findings of one pillar, practice, rule, team or entry.

    Attributes:
        severities: the number of findings, by severity.
        entries: the number of entries with such findings.
    """

    name: str
    severities: Mapping[str, int]
    findings: int
    undecided: int
    entries: int

    @property
    def worst(self) -> str:
        """The severity of the most severe finding; empty without one."""
        return next((each for each in SEVERITIES if self.severities[each]), "")


class Unread(NamedTuple):
    """An entry of which something, or everything, was not read. `state` is that of its row, `waiting` if it has none."""

    name: str
    state: str
    why: str
    mistakes: int = 0

    @property
    def in_words(self) -> str:
        """What happened."""
        return in_words(self.state)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """The sums of a run.

    Attributes:
        unread: the entries of which something was not read, those without any result first.
        left_out: what settings of an entry leave out or make milder, by the entry's name.
        shared: the number of findings that more than one entry reports, in a file of the repository that they share.
        by_pillar, by_practice, by_rule, by_team, by_entry: a finding counts for each of its practices; else the sums of each add up to
            the whole.
        trend: the difference from an earlier run.
    """

    record: Record
    entries: Sequence[Mapping[str, Any]]
    unread: Sequence[Unread]
    left_out: Sequence[tuple[str, str]]
    shared: int
    whole: Sum
    accepted: int
    by_pillar: Sequence[Sum]
    by_practice: Sequence[Sum]
    by_rule: Sequence[Sum]
    by_team: Sequence[Sum]
    by_entry: Sequence[Sum]
    trend: Trend | None = None

    @property
    def is_partial(self) -> bool:
        """Whether something was not read."""
        return bool(self.unread)

    def total(self, column: str) -> int:
        """The sum of a column of the table `entries`."""
        return sum(each[column] for each in self.entries)


def summed(directory: Path, against: Path | None = None) -> Sums:
    """The sums of the results in a directory, and the difference from those in `against`. Raises `UsageError` if there are none."""
    now = load(directory)
    before = None if against is None else load(against)
    with _database() as database:
        _register(database, now, "")
        if before is not None:
            _register(database, before, "_before")
        return Sums(
            record=now.record,
            entries=now.entries,
            unread=_unread(now),
            left_out=[(each["entry"], each["by_settings"]) for each in now.entries if each["by_settings"]],
            shared=_one(database, _SHARED),
            whole=next(_sums(database, "''", "results"), Sum("", dict.fromkeys(SEVERITIES, 0), 0, 0, 0)),
            accepted=_one(database, "SELECT count(*) FROM findings WHERE accepted <> ''"),
            by_pillar=sorted(_sums(database, "pillar", "results"), key=lambda each: _place(each.name)),
            by_practice=list(_sums(database, "practice", "(SELECT unnest(practices) AS practice, * FROM results)")),
            by_rule=list(_sums(database, "rule", "results")),
            by_team=list(_sums(database, "team", "results")),
            by_entry=list(_sums(database, "entry", "results")),
            trend=None if before is None else trend(database, now, before),
        )


@contextmanager
def _database() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that reaches no file and no network by itself."""
    database = duckdb.connect(":memory:", config={"enable_external_access": "false", "autoload_known_extensions": "false"})
    try:
        yield database
    finally:
        database.close()


def _register(database: duckdb.DuckDBPyConnection, parts: Parts, suffix: str) -> None:
    """The tables of a run, and `results`: its findings and undecided results in effect."""
    import pyarrow as pa

    from .tables import ENTRIES

    for name, table in parts.tables.items():
        database.register(f"{name}{suffix}", table)
    database.register(f"entries{suffix}", pa.Table.from_pylist(list(parts.entries), schema=ENTRIES))
    columns = "entry, fault, number, rule, pillar, practices, severity, team, path, line, address, unit, message"
    database.execute(
        f"CREATE VIEW results{suffix} AS "  # noqa: S608 - names of ours
        f"SELECT {columns}, true AS fails FROM findings{suffix} WHERE accepted = '' "
        f"UNION ALL SELECT {columns}, false FROM undecided{suffix} WHERE accepted = ''"
    )


def _sums(database: duckdb.DuckDBPyConnection, key: str, table: str) -> Iterator[Sum]:
    """The sums by a column, the most severe first."""
    counts = ", ".join(f"count(*) FILTER (fails AND severity = '{each}') AS {each}" for each in SEVERITIES)
    rows = database.execute(
        f"SELECT {key} AS name, {counts}, count(*) FILTER (fails) AS found, count(*) FILTER (NOT fails) AS undecided, "  # noqa: S608 - ours
        f"count(DISTINCT entry) FILTER (fails) AS entries FROM {table} GROUP BY ALL "
        f"ORDER BY {', '.join(f'{each} DESC' for each in SEVERITIES)}, undecided DESC, name"
    ).fetchall()
    for name, *numbers, findings, undecided, entries in rows:
        yield Sum(name, dict(zip(SEVERITIES, numbers, strict=True)), findings, undecided, entries)


_SHARED: Final = """
SELECT coalesce(sum(number - 1), 0) FROM (
  SELECT count(DISTINCT entry) AS number
  FROM findings JOIN (SELECT entry, repository FROM entries) USING (entry)
  WHERE accepted = ''
  GROUP BY repository, place, line, "column", rule, message
) WHERE number > 1
"""


def _one(database: duckdb.DuckDBPyConnection, query: str) -> int:
    row = database.execute(query).fetchone()
    return int(row[0]) if row is not None else 0


def _place(pillar: str) -> int:
    return PILLARS.index(pillar) if pillar in PILLARS else len(PILLARS)


def _unread(parts: Parts) -> list[Unread]:
    missing = [Unread(name, "waiting", why) for name, why in parts.missing]
    others = [
        Unread(each["entry"], each["state"], each["why"], each["mistakes"]) for each in parts.entries if each["exit_code"] == 2
    ]
    return sorted((*missing, *others), key=lambda each: (place(each.state), each.name))
