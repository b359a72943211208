"""Packs on the command line and in the settings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.cli import run

BUCKET = "Resources:\n  Reports:\n    Type: AWS::S3::Bucket\n"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "bucket.yaml").write_text(BUCKET, encoding="utf-8")
    return tmp_path


def rules(here: Path, *arguments: str) -> tuple[int, set[str], list[str]]:
    """The exit code, the rules with a finding, and the notes on what was not judged."""
    done = run(here, "check", "bucket.yaml", "--format", "json", *arguments)
    report = json.loads(done.stdout)
    return done.returncode, {each["rule"] for each in report["findings"]}, [each["message"] for each in report["notes"]]


def test_a_pack_runs_its_rules_only_and_says_what_it_leaves_out(here: Path) -> None:
    code, found, notes = rules(here, "--pack", "config-wa-reliability")

    assert code == 1
    assert "s3-versioning" in found
    assert "s3-ssl-requests-only" not in found
    assert ["wa-iac packs config-wa-reliability lists them" in each for each in notes] == [True]


def test_a_pack_and_selected_rules_run_together(here: Path) -> None:
    _, found, _ = rules(here, "--pack", "config-wa-reliability", "--select", "s3-ssl-requests-only")

    assert {"s3-versioning", "s3-ssl-requests-only"} <= found


def test_the_settings_name_packs(here: Path) -> None:
    (here / "wa-iac.toml").write_text('packs = ["config-wa-reliability"]\n', encoding="utf-8")

    _, found, notes = rules(here)

    assert "s3-versioning" in found
    assert "s3-ssl-requests-only" not in found
    assert len(notes) == 1


def test_an_unknown_pack_in_the_settings_is_an_error_with_its_line(here: Path) -> None:
    (here / "wa-iac.toml").write_text('fail-on = "high"\npacks = ["fsb"]\n', encoding="utf-8")

    done = run(here, "check", "bucket.yaml")

    assert done.returncode == 2
    assert "wa-iac.toml:2: there is no pack 'fsb'; did you mean 'fsbp'" in done.stderr


def test_the_packs_are_listed_and_shown(here: Path) -> None:
    assert "fsbp  " in run(here, "packs").stdout
    assert "  S3.5" in run(here, "packs", "fsbp").stdout
    assert json.loads(run(here, "packs", "fsbp", "--format", "json").stdout)[0]["name"] == "fsbp"


def test_the_practices_are_listed(here: Path) -> None:
    assert "    REL10-BP01 " in run(here, "rules", "--by", "practice").stdout
    assert json.loads(run(here, "rules", "--by", "practice", "--format", "json").stdout)[0]["id"] == "OPS01-BP01"
