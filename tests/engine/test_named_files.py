"""A pattern in the settings of a tree finds files of the tree, and ends."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from helpers.cli import run
from wa_iac.core.errors import UsageError
from wa_iac.engine import named_files
from wa_iac.engine.named_files import NamedFiles


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("a.tfvars", "x/a.tfvars", "x/y/a.tfvars", "x/y/b.json", ".hidden/a.tfvars", "tree/a.tfvars", "tree/.git/x"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.tfvars", ["a.tfvars"]),
        ("**/a.tfvars", ["a.tfvars", "tree/a.tfvars", "x/a.tfvars", "x/y/a.tfvars"]),
        ("x/**", ["x/a.tfvars", "x/y/a.tfvars", "x/y/b.json"]),
        ("x/*/[ab].tfvars", ["x/y/a.tfvars"]),
        (".h*/a.tfvars", [".hidden/a.tfvars"]),
        ("x/../a.*", ["x/../a.tfvars"]),
        ("*/nothing", []),
    ],
)
def test_what_a_pattern_means(here: Path, pattern: str, found: list[str]) -> None:
    assert list(map(str, NamedFiles().matching(pattern))) == found


@pytest.mark.parametrize("pattern", ["../*.tfvars", "/**/*.tfvars", "../**/a.tfvars", "link/*.tfvars", "*/*.tfvars"])
def test_no_directory_outside_is_looked_at(here: Path, pattern: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tree = here / "tree"
    monkeypatch.chdir(tree)
    (tree / "link").symlink_to("../x")
    looked: list[Path] = []
    listing = os.scandir

    def scandir(path: Path) -> object:
        looked.append(path.resolve())
        return listing(path)

    monkeypatch.setattr(os, "scandir", scandir)

    assert NamedFiles().matching(pattern, tree) == []
    assert all(each.is_relative_to(tree) for each in looked)


def test_many_stars_visit_each_directory_once(here: Path) -> None:
    deep = here.joinpath(*["d"] * 40)
    deep.mkdir(parents=True)
    (deep / "a.tfvars").touch()
    names = NamedFiles()

    assert len(names.matching("/".join(["**"] * 12) + "/a.tfvars")) == 5
    assert named_files.MOST_LISTED - names._left < 12 * 100


def test_the_bound_is_named(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(named_files, "MOST_LISTED", 3)
    with pytest.raises(UsageError, match="look at more than 3 names, the safety limit"):
        NamedFiles().matching("**/*.tfvars")


HOSTILE = {
    "a long name": (".".join("a" * 200_000) + " = 1", "a name in the settings has more than 100 parts, the safety limit"),
    "quoted": (
        "[" + " . ".join(['"a"', "'b'"] * 5_000) + "]",
        "a name in the settings has more than 100 parts, the safety limit",
    ),
    "many values": (f"exclude = [{'1,' * 6_000}]", "the settings have more than 5,000 values, the safety limit"),
    "levels": (f"exclude = {'[' * 30}{']' * 30}", "the settings are nested too deeply: more than 20 levels"),
}


@pytest.mark.parametrize("name", ["wa-iac.toml", "pyproject.toml"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_settings_have_bounds(here: Path, kind: str, name: str) -> None:
    text, words = HOSTILE[kind]
    (here / "main.tf").touch()
    (here / name).write_text(f"[tool.wa-iac]\n{text}\n" if name == "pyproject.toml" else text, encoding="utf-8")
    done = run(here, "check")

    assert (done.returncode, words in done.stderr) == (2, True)


def test_a_long_text_with_dots_is_no_long_name(here: Path) -> None:
    (here / "main.tf").write_text('resource "aws_kms_key" "a" {}\n', encoding="utf-8")
    (here / "wa-iac.toml").write_text(
        f'# {"." * 500} {"a b. " * 500}\nexclude = ["{"../" * 150}", "{"a." * 50}"]\n', encoding="utf-8"
    )

    assert run(here, "check", "--fail-on", "critical").returncode == 0
