"""Which arguments are files though they are called like options."""

from __future__ import annotations

from pathlib import Path

import pytest

from wa_iac.cli.arguments import as_files

HOOK = ["check", "--skip-other-files"]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("--output=a.tf", "-x.YAML", "--fail-on"):
        Path(name).touch()
    Path("--rules=own.tf").mkdir()
    Path("--settings=link.json").symlink_to("nowhere")


@pytest.mark.parametrize("name", ["--output=a.tf", "-x.YAML", "--rules=own.tf", "--settings=link.json"])
def test_what_is_there_and_ends_as_our_files_do_is_a_file(name: str) -> None:
    assert as_files([*HOOK, name, "b.tf"]) == [*HOOK, f"./{name}", "b.tf"]


@pytest.mark.parametrize("option", ["--fail-on", "--var-file=not-there.tfvars", "--only-named", "-"])
def test_what_is_no_file_of_ours_stays_an_option(option: str) -> None:
    assert as_files([*HOOK, option, "b.tf"]) == [*HOOK, option, "b.tf"]


def test_behind_the_dashes_everything_is_a_file_already() -> None:
    assert as_files([*HOOK, "--", "--output=a.tf"]) == [*HOOK, "--", "--output=a.tf"]


def test_a_person_who_writes_an_option_means_it() -> None:
    assert as_files(["check", "--output=a.tf"]) == ["check", "--output=a.tf"]
