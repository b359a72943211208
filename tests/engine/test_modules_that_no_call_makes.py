"""A module that no call makes is not checked, and a note says so: it does not look as if nothing were wrong in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files

BUCKET = 'resource "aws_s3_bucket" "logs" {}\n'
CALL = 'module "logs" {{\n  source = "../modules/logs"\n  {}\n}}\n'


@pytest.mark.parametrize("none", ["count = 0", "for_each = {}"])
def test_a_note_names_it(tmp_path: Path, none: str) -> None:
    report = judge_files(tmp_path, {"modules/logs/main.tf": BUCKET, "shop/main.tf": CALL.format(none)}, "s3-versioning")

    (note,) = report.notes()
    assert note.path == str(tmp_path / "modules/logs")
    assert note.message.startswith(f"no call makes the module {note.path} (count is 0, or for_each is empty)")
    assert (report.exit_code(), report.failing()) == (0, [])


def test_one_call_that_makes_it_is_enough(tmp_path: Path) -> None:
    files = {"modules/logs/main.tf": BUCKET, "shop/main.tf": CALL.format("count = 0"), "bank/main.tf": CALL.format("count = 1")}

    report = judge_files(tmp_path, files, "s3-versioning")

    assert (report.notes(), len(report.failing())) == ([], 1)


def test_an_error_may_be_what_leaves_it_out(tmp_path: Path) -> None:
    files = {"modules/logs/main.tf": BUCKET, "shop/main.tf": CALL.format("count = 0") + "broken {\n"}

    report = judge_files(tmp_path, files, "s3-versioning")

    assert not any("no call makes" in each.message for each in report.notes())
