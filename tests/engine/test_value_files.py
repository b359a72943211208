"""Each root module gets its own files of values, and none of its neighbour's."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.cli import run
from wa_iac.core.errors import UsageError
from wa_iac.engine.check import check
from wa_iac.engine.inputs import inputs_of
from wa_iac.engine.selection import Selection
from wa_iac.settings.find import configured

ROOT = """\
variable "encrypted" {
  type    = bool
  default = true
}
resource "aws_ebs_volume" "v" {
  encrypted = var.encrypted
}
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two root modules; only `app` has values that turn encryption off in dev."""
    (tmp_path / ".git").mkdir()
    for name in ("app", "db"):
        folder = tmp_path / "stacks" / name
        (folder / "env").mkdir(parents=True)
        (folder / "main.tf").write_text(ROOT, encoding="utf-8")
        (folder / "env" / "prod.tfvars").write_text("encrypted = true\n", encoding="utf-8")
    (tmp_path / "stacks" / "app" / "env" / "dev.tfvars").write_text("encrypted = false\n", encoding="utf-8")
    (tmp_path / "all.tfvars").write_text("encrypted = false\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _found(
    *environments: str, paths: tuple[str, ...] = (".",), files: tuple[Path, ...] = ()
) -> set[tuple[str, tuple[str, ...]]]:
    given = inputs_of(variable_files=files, environments=environments)
    report = check([Path(each) for each in paths], Selection(select=("ebs-encryption",)), inputs=given)
    assert report.mistakes() == []
    return {(each.unit, each.environments) for each in report.findings}


def _found_by_settings(here: Path, text: str, *paths: str) -> set[tuple[str, tuple[str, ...]]]:
    (here / "wa-iac.toml").write_text(text, encoding="utf-8")
    wanted = [Path(each) for each in paths or (".",)]
    config = configured(wanted)
    report = check(
        wanted, Selection(select=("ebs-encryption",)), inputs=inputs_of(known=config.environments), settings=config.settings
    )
    assert report.mistakes() == []
    return {(each.unit, each.environments) for each in report.findings}


def test_a_file_below_a_root_module_is_for_that_module(here: Path) -> None:
    assert _found("dev=stacks/app/env/dev.tfvars") == {("stacks/app", ("dev",))}
    assert _found(files=(Path("stacks/app/env/dev.tfvars"),)) == {("stacks/app", ())}


def test_a_file_next_to_no_module_is_for_all(here: Path) -> None:
    assert _found("dev=all.tfvars") == {("stacks/app", ("dev",)), ("stacks/db", ("dev",))}


def test_a_file_of_a_module_that_is_not_checked_is_for_those_that_are(here: Path) -> None:
    """The user gives it to them by name."""
    assert _found("dev=stacks/app/env/dev.tfvars", paths=("stacks/db",)) == {("stacks/db", ("dev",))}


def test_a_name_may_begin_with_the_directory_of_each_root(here: Path) -> None:
    assert _found("dev={root}/env/dev.tfvars", "prod={root}/env/prod.tfvars") == {("stacks/app", ("dev",))}


def test_a_name_may_be_a_pattern(here: Path) -> None:
    assert _found("dev=stacks/*/env/dev.tfvars") == {("stacks/app", ("dev",))}
    assert _found("all={root}/env/[dp]*.tfvars") == set(), "prod.tfvars comes last, and wins"


@pytest.mark.parametrize("name", ["{root}/env/nope.tfvars", "stacks/*/nope.tfvars", "nope.tfvars"])
def test_a_name_that_means_no_file_is_a_mistake(here: Path, name: str) -> None:
    with pytest.raises(UsageError):
        _found(f"dev={name}")


def test_a_file_that_only_a_called_module_has_is_a_mistake(here: Path) -> None:
    (here / "stacks" / "db" / "main.tf").write_text('module "app" {\n  source = "../app"\n}\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"belongs to the module in .*app"):
        _found("dev=stacks/app/env/dev.tfvars")


@pytest.mark.parametrize("option", [("--parameters", "dev.json"), ("--environment", "dev=dev.json")])
def test_a_file_of_the_other_dialect_is_a_mistake(here: Path, option: tuple[str, str]) -> None:
    """It would silently change nothing, and nobody would know that it was not read."""
    (here / "dev.json").write_text("[", encoding="utf-8")

    done = run(here, "check", *option)

    assert (done.returncode, done.stderr) == (2, "wa-iac: dev.json: nothing uses this file: no template is checked\n")


def test_a_hook_may_name_files_of_one_dialect_only(here: Path) -> None:
    (here / "dev.json").write_text("{}", encoding="utf-8")

    assert run(here, "check", "--skip-other-files", "--parameters", "dev.json", "stacks/app/main.tf").stderr == ""


def test_an_environment_may_have_files_of_both_dialects(here: Path) -> None:
    (here / "dev.json").write_text('{"Stage": "dev"}', encoding="utf-8")

    assert ("stacks/app", ("dev",)) in _found("dev=all.tfvars,dev.json")


def test_a_name_with_the_root_does_not_leave_the_repository(here: Path) -> None:
    (here.parent / "outside.tfvars").write_text("encrypted = false\n", encoding="utf-8")
    with pytest.raises(UsageError, match="has a file of this name"):
        _found("dev={root}/../../../outside.tfvars")


def test_environments_of_the_settings_know_roots_patterns_and_paths(here: Path) -> None:
    by_root = '[environments.dev]\nvar-files = ["{root}/env/dev.tfvars"]\n'
    by_pattern = '[environments.dev]\nvar-files = ["stacks/*/env/dev.tfvars"]\n'
    assert _found_by_settings(here, by_root) == _found_by_settings(here, by_pattern) == {("stacks/app", ("dev",))}
    by_path = '[environments.dev]\npaths = ["stacks/db"]\nvar-files = ["all.tfvars"]\n'
    assert _found_by_settings(here, by_path) == {("stacks/db", ("dev",))}


def test_a_root_that_no_environment_is_for_is_checked_without_one(here: Path) -> None:
    (here / "stacks" / "db" / "main.tf").write_text(ROOT.replace("= true", "= false"), encoding="utf-8")
    settings = '[environments.dev]\npaths = ["stacks/app"]\nvar-files = ["all.tfvars"]\n'
    assert _found_by_settings(here, settings) == {("stacks/app", ("dev",)), ("stacks/db", ())}


def test_settings_never_give_a_module_the_values_of_one_that_is_not_checked(here: Path) -> None:
    settings = '[environments.dev]\nvar-files = ["stacks/app/env/dev.tfvars"]\n'
    assert _found_by_settings(here, settings, "stacks/db") == set()


def test_settings_that_name_no_file_are_a_mistake(here: Path) -> None:
    (here / "wa-iac.toml").write_text('[environments.dev]\nvar-files = ["stacks/*/nope.tfvars"]\n', encoding="utf-8")
    done = run(here, "check")
    assert done.returncode == 2
    assert "but there are none" in done.stderr


def test_a_file_of_a_module_that_could_not_be_read_is_not_a_mistake(here: Path) -> None:
    """The error in the settings of `app` is the only one: nobody knows if it has such a file."""
    (here / "stacks" / "app" / "wa-iac.toml").write_text('profil = "all"\n', encoding="utf-8")
    done = run(here, "check", "--environment", "dev={root}/env/dev.tfvars")
    assert (done.returncode, "there is no setting 'profil'" in done.stdout, done.stderr) == (2, True, "")
