"""Files that git ignores are left out below a named directory, and said; a named path is always read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.cli import run
from helpers.git import git
from wa_iac.engine import git_ignored
from wa_iac.engine.discover import discover

VOLUME = 'resource "aws_ebs_volume" "v" {\n  size = 1\n}\n'
TEMPLATE = "Resources:\n  V: {Type: 'AWS::EC2::Volume', Properties: {AvailabilityZone: a}}\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    git(tmp_path, "init", "--quiet")
    for name in ("app", "build/app", "app/generated"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "main.tf").write_text(VOLUME, encoding="utf-8")
    (tmp_path / "packaged.yaml").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / ".gitignore").write_text("/build/\npackaged*.yaml\n", encoding="utf-8")
    (tmp_path / "app" / ".gitignore").write_text("generated\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _units(*arguments: str) -> set[str]:
    document = json.loads(run(Path.cwd(), "check", "--select", "ebs-encryption", "--format", "json", *arguments).stdout)
    return {each["location"]["path"] for each in document["findings"]}


def test_what_git_ignores_is_left_out_and_said(here: Path) -> None:
    done = run(here, "check")
    assert _units() == {"app/main.tf"}
    assert done.returncode == 1
    assert "git ignores app/generated, build/app, packaged.yaml, so they are not read" in done.stdout


def test_an_option_and_a_setting_read_it(here: Path) -> None:
    everything = {"app/main.tf", "app/generated/main.tf", "build/app/main.tf", "packaged.yaml"}
    assert _units("--no-gitignore") == everything
    (here / "wa-iac.toml").write_text("gitignore = false\n", encoding="utf-8")
    assert _units() == everything


@pytest.mark.parametrize("name", ["build", "build/app", "build/app/main.tf"])
def test_a_named_path_is_always_read(here: Path, name: str) -> None:
    assert _units(name) == {"build/app/main.tf"}
    assert _units("packaged.yaml") == {"packaged.yaml"}


def test_a_tracked_file_is_never_ignored(here: Path) -> None:
    git(here, "add", "--force", "packaged.yaml")
    assert _units() == {"app/main.tf", "packaged.yaml"}


def test_a_pattern_may_be_taken_back(here: Path) -> None:
    (here / ".gitignore").write_text("packaged*.yaml\n!packaged.yaml\n", encoding="utf-8")
    assert "packaged.yaml" in _units()


def test_a_repository_of_which_everything_is_ignored_does_not_look_clean(here: Path) -> None:
    (here / ".gitignore").write_text("*\n", encoding="utf-8")
    done = run(here, "check")
    assert done.returncode == 2
    assert "nothing to check" in done.stdout
    assert "--no-gitignore" in done.stdout


def test_outside_of_a_repository_nothing_is_ignored(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(VOLUME, encoding="utf-8")
    (tmp_path / ".gitignore").write_text("*.tf\n", encoding="utf-8")
    assert list(discover([tmp_path]).modules) == [tmp_path]


def test_without_git_everything_is_read(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(here))
    assert {each.name for each in discover([here]).modules} == {"app", "generated"}
    assert len(discover([here]).modules) == 3


@pytest.mark.parametrize("lines", ["node_modules/\n*.pyc\n.terraform/\n*.tfstate\n*.tfstate.*\n# *.tf\n", "!main.tf\n", ""])
def test_git_does_not_run_for_patterns_that_concern_none_of_our_files(
    here: Path, monkeypatch: pytest.MonkeyPatch, lines: str
) -> None:
    (here / ".gitignore").write_text(lines, encoding="utf-8")
    (here / "app" / ".gitignore").unlink()

    def refuse(root: Path) -> None:
        raise AssertionError(root)

    monkeypatch.setattr("wa_iac.engine.git.asked", refuse)
    assert len(discover([here]).modules) == 3


@pytest.mark.parametrize("pattern", ["app", "a?p/", "*.tf", "**/main.tf", "app/**", "[ab]pp", "ma\\in.tf", "*"])
def test_git_decides_on_every_pattern_that_may_concern_one(here: Path, pattern: str) -> None:
    (here / "app" / ".gitignore").unlink()
    (here / ".gitignore").write_text(f"{pattern}\n", encoding="utf-8")
    (here / "app" / "generated" / "main.tf").unlink()
    assert here / "app" not in discover([here]).modules
    assert git_ignored.NAME == ".gitignore"
