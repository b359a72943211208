"""Terragrunt's files are not read, and that is said once."""

from __future__ import annotations

from pathlib import Path

import pytest

from wa_iac.core.errors import UnavailableError
from wa_iac.engine.build import units


def test_one_note_names_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("live/app", "live/db", "modules/app"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("app", "db"):
        (tmp_path / "live" / name / "terragrunt.hcl").write_text('terraform {\n  source = "../../modules/app"\n}\n')
    (tmp_path / "modules" / "app" / "main.tf").write_text('resource "aws_kms_key" "k" {\n}\n')

    made, errors = units([Path()])

    assert [unit.path for unit in made] == ["modules/app"]
    (note,) = errors
    assert isinstance(note, UnavailableError)
    assert "Terragrunt is not supported: live/app/terragrunt.hcl, live/db/terragrunt.hcl are not read" in note.message


@pytest.mark.parametrize("name", ["", "terragrunt.hcl"])
def test_nothing_else_to_check_is_an_error_that_says_so(tmp_path: Path, name: str) -> None:
    (tmp_path / "terragrunt.hcl").write_text("inputs = {}\n")
    made, (error,) = units([tmp_path / name])
    assert made == []
    assert not isinstance(error, UnavailableError)
    assert "Terragrunt is not supported" in error.message


def test_a_hook_passes_with_a_note(tmp_path: Path) -> None:
    (tmp_path / "terragrunt.hcl").write_text("inputs = {}\n")
    made, (note,) = units([tmp_path / "terragrunt.hcl"], skip_other_files=True)
    assert made == []
    assert isinstance(note, UnavailableError)
