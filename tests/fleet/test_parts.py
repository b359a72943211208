"""The parts of a fleet's results: whole, or not there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from wa_iac.core.errors import UsageError
from wa_iac.fleet import record, tables
from wa_iac.fleet.tables import read_entry, remove_older, write_part

ENTRY = {column.name: 0 if column.type in (pa.int64(), pa.float64()) else "" for column in tables.ENTRIES}


def finding(rule: str) -> dict[str, Any]:
    return {"entry": "shop", "rule": rule, "message": "half a pair: \ud800", "practices": ["SEC01"]}


def test_a_part_is_written_again_under_the_same_name(tmp_path: Path) -> None:
    for rules in (["a", "b"], ["c"]):
        write_part(tmp_path, "shop-1", {"findings": [finding(each) for each in rules], "entries": [ENTRY]})

    assert [each.name for each in sorted(tmp_path.rglob("*")) if each.is_file()] == ["shop-1.parquet"] * 2
    assert (read_entry(tmp_path, "shop-1") or {})["finding_rows"] == 1


def test_a_writer_that_is_killed_midway_leaves_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(table: Any, file: Any, **_: Any) -> None:
        file.write(b"PAR1")
        raise KeyboardInterrupt

    monkeypatch.setattr("pyarrow.parquet.write_table", killed)
    with pytest.raises(KeyboardInterrupt):
        write_part(tmp_path, "shop-1", {"findings": [finding("a")], "entries": [ENTRY]})

    assert [each for each in tmp_path.rglob("*") if each.is_file()] == []
    assert read_entry(tmp_path, "shop-1") is None


@pytest.mark.parametrize("harm", ["gone", "cut", "other"])
def test_a_result_with_a_damaged_part_is_none(tmp_path: Path, harm: str) -> None:
    write_part(tmp_path, "shop-1", {"findings": [finding("a")], "entries": [ENTRY]})
    write_part(tmp_path, "else-1", {"findings": [finding("a"), finding("b")], "entries": [ENTRY]})
    part = tmp_path / "findings" / "shop-1.parquet"
    data = part.read_bytes()
    part.unlink()
    if harm != "gone":
        part.write_bytes(data[:-9] if harm == "cut" else (tmp_path / "findings" / "else-1.parquet").read_bytes())

    assert read_entry(tmp_path, "shop-1") is None


def test_older_parts_of_an_entry_are_removed_and_nothing_else(tmp_path: Path) -> None:
    for part in ("shop-1", "shop-2", "else-1"):
        write_part(tmp_path, part, {"findings": [finding("a")], "entries": [ENTRY]})
    (tmp_path / "findings" / ".shop-1.x.part").touch()
    (tmp_path / "findings" / "notes.txt").touch()

    remove_older(tmp_path, {"shop": "shop-2"})

    left = sorted(each.name for each in (tmp_path / "findings").iterdir())
    assert left == ["else-1.parquet", "notes.txt", "shop-2.parquet"]


def test_a_file_of_somebody_else_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("precious", encoding="utf-8")

    with pytest.raises(UsageError, match="not the record of a run"):
        record.begin(tmp_path)
