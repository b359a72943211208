"""A hook reports what the commit changed, and knows whom a changed file of values concerns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.cli import run
from helpers.git import git

HOOK = ("check", "--skip-other-files", "--only-named", "--only-changed", "--select", "ebs-encryption", "--format", "json")
ROOT = """\
variable "encrypted" {
  type    = bool
  default = true
}
resource "aws_ebs_volume" "v" {
  encrypted = var.encrypted
}
"""
OLD = 'resource "aws_ebs_volume" "old" {\n  size = 1\n}\n'


@pytest.fixture
def here(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "env").mkdir()
    (tmp_path / "main.tf").write_text(ROOT, encoding="utf-8")
    (tmp_path / "old.tf").write_text(OLD, encoding="utf-8")
    (tmp_path / "env" / "dev.tfvars").write_text("encrypted = true\n", encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "-m", "start")
    return tmp_path


def _found(here: Path, *arguments: str, **environment: str) -> set[tuple[str, tuple[str, ...]]]:
    document = json.loads(run(here, *HOOK, *arguments, **environment).stdout)
    return {(each["resource"]["address"], tuple(each["environments"])) for each in document["findings"]}


def test_a_description_does_not_bring_up_an_old_finding(here: Path) -> None:
    (here / "old.tf").write_text(f"# The volume of the old days.\n{OLD}", encoding="utf-8")
    git(here, "add", ".")
    assert _found(here, "old.tf") == set()
    assert _found(here, "old.tf", "--old-findings") == _found(here, "old.tf", "--whole-unit") == {("aws_ebs_volume.old", ())}


def test_a_change_of_the_resource_does(here: Path) -> None:
    (here / "old.tf").write_text(OLD.replace("1", "2"), encoding="utf-8")
    git(here, "add", ".")
    assert _found(here, "old.tf") == {("aws_ebs_volume.old", ())}


def test_files_of_which_none_has_changed_are_reported_in_full(here: Path) -> None:
    """As in `pre-commit run --all-files`: otherwise a build that runs the hook on all files would never find anything."""
    assert _found(here, "main.tf", "old.tf") == {("aws_ebs_volume.old", ())}


def test_everything_is_new_in_the_first_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "old.tf").write_text(OLD, encoding="utf-8")
    git(tmp_path, "add", ".")
    assert _found(tmp_path, "old.tf") == {("aws_ebs_volume.old", ())}


def test_commits_that_are_pushed_are_compared_with_the_remote(here: Path) -> None:
    (here / "old.tf").write_text(OLD.replace("1", "2"), encoding="utf-8")
    (here / "main.tf").write_text(f"\n{ROOT}", encoding="utf-8")
    git(here, "commit", "--quiet", "-am", "larger")
    (here / "main.tf").write_text(f"\n\n{ROOT}", encoding="utf-8")
    assert _found(here, "main.tf", "old.tf") == set()
    assert _found(here, "main.tf", "old.tf", PRE_COMMIT_FROM_REF="HEAD~1") == {("aws_ebs_volume.old", ())}


def test_a_changed_value_is_judged_with_the_module_that_uses_it(here: Path) -> None:
    (here / "env" / "dev.tfvars").write_text("encrypted = false\n", encoding="utf-8")
    git(here, "add", ".")
    assert _found(here, "env/dev.tfvars") == {("aws_ebs_volume.v", ())}


def test_several_changed_files_of_values_are_environments_with_names(here: Path) -> None:
    (here / "env" / "dev.tfvars").write_text("encrypted = false\n", encoding="utf-8")
    (here / "env" / "prod.tfvars").write_text("encrypted = true\n", encoding="utf-8")
    git(here, "add", ".")
    assert _found(here, "env/dev.tfvars", "env/prod.tfvars") == {("aws_ebs_volume.v", ("env/dev",))}


def test_an_environment_of_the_settings_keeps_its_name(here: Path) -> None:
    (here / "wa-iac.toml").write_text(
        '[environments.dev]\nvar-files = ["{root}/env/dev.tfvars"]\n[environments.prod]\n', encoding="utf-8"
    )
    (here / "env" / "dev.tfvars").write_text("encrypted = false\n", encoding="utf-8")
    git(here, "add", ".")
    assert _found(here, "env/dev.tfvars") == {("aws_ebs_volume.v", ("dev",))}


def test_a_value_that_all_modules_share_is_judged_with_all_of_them(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    for name in ("app", "db"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text(ROOT.replace('"v"', f'"{name}"'), encoding="utf-8")
    (tmp_path / "env").mkdir()
    (tmp_path / "env" / "dev.tfvars").write_text("encrypted = false\n", encoding="utf-8")
    (tmp_path / "wa-iac.toml").write_text('[environments.dev]\nvar-files = ["env/dev.tfvars"]\n', encoding="utf-8")
    assert {address for address, _ in _found(tmp_path, "env/dev.tfvars")} == {"aws_ebs_volume.app", "aws_ebs_volume.db"}


def test_a_value_that_nothing_is_known_to_use_is_said(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "dev.tfvars").write_text("encrypted = false\n", encoding="utf-8")
    done = run(tmp_path, *HOOK, "dev.tfvars")
    (note,) = json.loads(done.stdout)["notes"]
    assert (done.returncode, note["path"]) == (0, "dev.tfvars")
    assert "no module in a directory above uses this variables file" in note["message"]


def test_a_parameter_file_of_the_settings_is_judged_with_its_templates(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "stack.yaml").write_text(
        "Parameters: {On: {Type: String, Default: 'true'}}\n"
        "Resources:\n  V: {Type: 'AWS::EC2::Volume', Properties: {AvailabilityZone: a, Encrypted: !Ref On}}\n",
        encoding="utf-8",
    )
    (tmp_path / "dev.json").write_text('{"On": "false"}\n', encoding="utf-8")
    (tmp_path / "wa-iac.toml").write_text('[environments.dev]\nparameters = ["{root}/dev.json"]\n', encoding="utf-8")
    assert {address for address, _ in _found(tmp_path, "dev.json")} == {"V"}
