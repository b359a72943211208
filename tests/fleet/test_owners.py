"""CODEOWNERS, as GitHub reads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from wa_iac.fleet.owners import PLACES, Owners


@pytest.mark.parametrize(
    ("pattern", "owned", "others"),
    [
        ("*", ["a.tf", "x/y/a.tf"], []),
        ("*.tf", ["a.tf", "x/y/a.tf"], ["a.tf.json", "a.yaml"]),
        ("/*.tf", ["a.tf"], ["x/a.tf"]),
        ("/infra/", ["infra/a.tf", "infra/x/a.tf"], ["x/infra/a.tf", "infra"]),
        ("infra/", ["infra/a.tf", "x/infra/y/a.tf"], ["infra.tf"]),
        ("infra", ["infra", "infra/a.tf", "x/infra/a.tf"], ["infrastructure/a.tf"]),
        ("docs/*", ["docs/a.md"], ["docs/x/a.md", "x/docs/a.md"]),
        ("docs/**", ["docs/a.md", "docs/x/a.md"], ["x/docs/a.md"]),
        ("**/logs", ["logs", "x/logs", "x/y/logs/a"], ["xlogs"]),
        ("a/**/b.tf", ["a/b.tf", "a/x/y/b.tf"], ["b.tf"]),
        ("a?.tf", ["ab.tf"], ["a/.tf", "abc.tf"]),
        ("a\\ b.tf", ["a b.tf"], ["ab.tf"]),
        ("(a+)+$.tf", ["(a+)+$.tf"], ["aa.tf"]),
    ],
)
def test_a_pattern_names_files(pattern: str, owned: list[str], others: list[str]) -> None:
    owners = Owners(f"{pattern} @org/team")

    assert [each for each in (*owned, *others) if owners.of_file(each)] == owned


def test_the_last_line_that_matches_counts_also_if_it_names_nobody() -> None:
    owners = Owners("* @all # everything\n*.tf @org/infra a@example.com\n/free.tf\n")

    assert owners.of_file("a.txt") == ("@all",)
    assert owners.of_file("a.tf") == ("@org/infra", "a@example.com")
    assert owners.of_file("free.tf") == ()


@pytest.mark.parametrize("line", ["!a.tf @x", "[ab].tf @x", "a.tf x", "\\#a.tf @x", "# a.tf @x"])
def test_a_line_that_github_skips_is_skipped(line: str) -> None:
    owners = Owners(f"* @all\n{line}\n")

    assert {owners.of_file(each) for each in ("a.tf", "#a.tf")} == {("@all",)}


def test_the_first_of_three_places_counts_alone(tmp_path: Path) -> None:
    root = tmp_path.resolve()
    for number, place in reversed(list(enumerate(PLACES))):
        (root / place).parent.mkdir(exist_ok=True)
        (root / place).write_text(f"* @number{number}\n", encoding="utf-8")

        assert Owners.of(root).of_file("a.tf") == (f"@number{number}",)


def test_a_file_that_leads_out_of_the_repository_is_not_read(tmp_path: Path) -> None:
    root = (tmp_path / "repository").resolve()
    root.mkdir()
    (tmp_path / "theirs").write_text("* @x\n", encoding="utf-8")
    (root / "CODEOWNERS").symlink_to(tmp_path / "theirs")

    assert Owners.of(root).of_file("a.tf") == ()
