"""A file that cannot be read need not be meant for us: the report says how to leave it out."""

from __future__ import annotations

from pathlib import Path

from helpers.cli import run


def test_the_way_out_of_an_error_is_one(tmp_path: Path) -> None:
    for name in ("app", "odd"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text('resource "aws_kms_key" "k" {\n', encoding="utf-8")
        (tmp_path / name / "other.tf").write_text("", encoding="utf-8")
    (tmp_path / "app" / "main.tf").write_text("", encoding="utf-8")
    done = run(tmp_path, "check")
    assert done.returncode == 2
    assert "To leave out this file with its module: --exclude 'odd', or `exclude` in the settings." in done.stdout
    assert run(tmp_path, "check", "--exclude", "odd").returncode == 0


def test_the_way_out_of_a_template(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("AWSTemplateFormatVersion: 2010-09-09\nResources: {A: [\n", encoding="utf-8")
    assert "To leave out this file: --exclude 'a.yaml'" in run(tmp_path, "check").stdout


def test_a_call_that_is_wrong_is_not_about_a_file(tmp_path: Path) -> None:
    assert "To leave out" not in run(tmp_path, "check").stdout
