"""Living with findings that were there before: a baseline keeps them, and only new ones count."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.cli import run

BUCKET = 'resource "aws_s3_bucket" "{}" {{}}\n'
SETTINGS = 'select = ["s3-versioning"]\nbaseline = "wa-iac-baseline.json"\n'


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "wa-iac.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "main.tf").write_text(BUCKET.format("old") + BUCKET.format("older"), encoding="utf-8")
    return tmp_path


def test_what_is_in_the_baseline_counts_no_more(here: Path) -> None:
    assert run(here, "baseline", "create") == (0, "", "wa-iac: 2 entries in wa-iac-baseline.json, 0 fixed\n")
    entries = json.loads((here / "wa-iac-baseline.json").read_text(encoding="utf-8"))["findings"]
    assert [(each["rule"], each["path"], each["address"], each["number"]) for each in entries] == [
        ("s3-versioning", "main.tf", "aws_s3_bucket.old", 1),
        ("s3-versioning", "main.tf", "aws_s3_bucket.older", 1),
    ]
    assert run(here, "check")[0] == 0

    # Lines move, and one is new; from another directory, too.
    (here / "main.tf").write_text(
        "# a\n# b\n" + BUCKET.format("new") + BUCKET.format("older") + BUCKET.format("old"), encoding="utf-8"
    )
    (here / "sub").mkdir()
    for cwd, path in ((here, "."), (here / "sub", "..")):
        code, out, _ = run(cwd, "check", path, "--format", "json")
        found = [
            (each["resource"]["address"], (each["suppressed"] or {}).get("source")) for each in json.loads(out)["findings"]
        ]
        assert (code, found) == (
            1,
            [("aws_s3_bucket.new", None), ("aws_s3_bucket.older", "baseline"), ("aws_s3_bucket.old", "baseline")],
        )


def test_of_what_lies_elsewhere_a_run_below_says_nothing(here: Path) -> None:
    (here / "sub").mkdir()
    (here / "sub" / "main.tf").write_text(BUCKET.format("sub"), encoding="utf-8")
    run(here, "baseline", "create")
    (here / "sub" / "main.tf").write_text("", encoding="utf-8")
    (here / "sub" / "more.tf").write_text(BUCKET.format("more"), encoding="utf-8")
    before = (here / "wa-iac-baseline.json").read_text(encoding="utf-8")

    assert run(here / "sub", "baseline", "check", ".")[0] == 1
    assert run(here / "sub", "baseline", "update", ".")[2].startswith("wa-iac: 2 entries in ")
    after = (here / "wa-iac-baseline.json").read_text(encoding="utf-8")
    kept = [[line.rstrip(",") for line in text.splitlines() if '"main.tf"' in line] for text in (before, after)]
    assert kept[0] == kept[1]
    assert run(here / "sub", "baseline", "check", ".")[0] == 0


def test_it_only_shrinks_unless_told(here: Path) -> None:
    run(here, "baseline", "create")
    (here / "main.tf").write_text(BUCKET.format("old") + BUCKET.format("new"), encoding="utf-8")

    assert run(here, "baseline", "check")[0] == 1
    assert (
        run(here, "baseline", "update")[2]
        == "wa-iac: 1 entry in wa-iac-baseline.json, 1 fixed, 1 new one not in it (--add adds them)\n"
    )
    assert run(here, "baseline", "check")[0] == 0
    assert run(here, "check")[0] == 1
    run(here, "baseline", "update", "--add")
    assert run(here, "check")[0] == 0


def test_where_not_everything_was_judged_nothing_is_taken_out(here: Path) -> None:
    run(here, "baseline", "create")
    before = (here / "wa-iac-baseline.json").read_bytes()
    (here / "main.tf").write_bytes(b"\xff")

    code, _, told = run(here, "baseline", "update", "--add")
    assert (code, told.splitlines()) == (
        2,
        [
            "wa-iac: main.tf:1:1: it is not UTF-8",
            "wa-iac: wa-iac-baseline.json: not everything could be checked, so the baseline was not changed",
        ],
    )
    assert (here / "wa-iac-baseline.json").read_bytes() == before
    assert run(here, "baseline", "check")[2].endswith("wa-iac: 0 entries in wa-iac-baseline.json, 2 not found\n")


def test_a_file_of_another_name(here: Path) -> None:
    run(here, "baseline", "create", "--file", "known.json")
    assert run(here, "check", "--no-settings", "--select", "s3-versioning", "--baseline", "known.json")[0] == 0
    assert run(here, "check", "--no-settings", "--select", "s3-versioning")[0] == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "wa-iac-baseline.json: the baseline cannot be read: No such file or directory"),
        ("{\n", "the baseline is not JSON"),
        ("{}", "this is not a baseline: its schema is neither wa-iac/baseline/2 nor wa-iac/baseline/1"),
        ('{"schema": "wa-iac/baseline/1", "findings": [{}]}', "an entry of the baseline does not have the form"),
    ],
)
def test_a_baseline_that_is_none(here: Path, text: str | None, message: str) -> None:
    if text is not None:
        (here / "wa-iac-baseline.json").write_text(text, encoding="utf-8")
    code, _, said = run(here, "check")
    assert code == 2
    assert message in said


def test_nothing_to_check_writes_nothing(here: Path) -> None:
    (here / "empty").mkdir()
    code, _, said = run(here, "baseline", "create", "empty")

    assert code == 2
    assert "no baseline was written" in said
    assert not (here / "wa-iac-baseline.json").exists()


def test_there_is_one_already(here: Path) -> None:
    run(here, "baseline", "create")
    assert run(here, "baseline", "create")[::2] == (
        2,
        "wa-iac: wa-iac-baseline.json: a baseline exists already: update it, or delete it first\n",
    )


@pytest.mark.parametrize(
    ("policy", "code"), [("inline = false", 1), ('allow = ["s3-lifecycle"]', 1), ('allow = ["s3-versioning"]', 0), ("", 0)]
)
def test_settings_say_what_may_be_suppressed_in_the_code(here: Path, policy: str, code: int) -> None:
    (here / "main.tf").write_text('resource "aws_s3_bucket" "a" {} # wa-iac: ignore[s3-versioning] mine\n', encoding="utf-8")
    (here / "wa-iac.toml").write_text(f'select = ["s3-versioning"]\n[suppressions]\n{policy}\n', encoding="utf-8")
    assert run(here, "check")[0] == code


def test_an_entry_is_of_an_instance_and_a_finding_of_a_place(here: Path) -> None:
    (here / "main.tf").write_text('resource "aws_s3_bucket" "b" {\n  count = 3\n}\n', encoding="utf-8")

    assert "wa-iac: 3 entries in " in run(here, "baseline", "create")[2]
    assert "1 in the baseline" in run(here, "check")[1]
