"""URIs relative to the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from wa_iac.report.paths import Uris, repository_root


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repo"
    (root / ".git").mkdir(parents=True)
    (root / "infra").mkdir()
    return root


def test_the_root_is_that_of_the_working_directory_else_of_the_path(repository: Path, tmp_path: Path) -> None:
    inner = repository / "infra"
    outside = tmp_path / "elsewhere"
    outside.mkdir()

    assert repository_root([inner / "a.tf"], inner) == repository
    assert repository_root([repository], outside) == repository
    assert repository_root([inner, outside], inner) is None
    assert repository_root([outside], outside) is None


def test_uris_are_relative_to_the_root_and_encoded(repository: Path) -> None:
    uris = Uris(repository, repository / "infra")

    assert uris.of("a b.tf") == ("infra/a%20b.tf", True)
    assert uris.of("../é:#.tf") == ("%C3%A9%3A%23.tf", True)
    assert uris.of(os.fsdecode(b"\xff.tf")) == ("infra/%FF.tf", True)
    assert uris.of(str(repository / "x.yaml")) == ("x.yaml", True)
    assert uris.of("../../x.yaml") == ((repository.parent / "x.yaml").as_uri(), False)


def test_without_a_repository_they_are_relative_to_the_working_directory(tmp_path: Path) -> None:
    assert Uris(None, tmp_path).of("a.tf") == ("a.tf", True)


def test_symbolic_links_are_resolved(repository: Path) -> None:
    (repository / "infra" / "a.tf").touch()
    (repository / "link").symlink_to(repository / "infra", target_is_directory=True)

    assert Uris(repository, repository).of("link/a.tf") == ("infra/a.tf", True)


def test_a_link_that_leads_out_of_the_repository_is_named_itself(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").touch()
    (repository / "infra" / "link.tf").symlink_to(tmp_path / "secret")

    assert Uris(repository, repository).of("infra/link.tf") == ("infra/link.tf", True)


def test_plain_paths_start_at_the_root_too(repository: Path) -> None:
    uris = Uris(repository, repository / "infra")

    assert uris.path("a b.tf") == "infra/a b.tf"
    assert uris.path("./../é:#.tf") == "é:#.tf"
    assert uris.path("../../x.yaml") == str(repository.parent / "x.yaml")


def test_what_no_file_is_called_has_a_place_all_the_same(repository: Path) -> None:
    """A path in a report need not be one that was opened: a template may name anything."""
    (repository / "circle").symlink_to(repository / "circle")
    uris = Uris(repository, repository)

    assert uris.of("a\0b\ud800.tf") == ("a%EF%BF%BDb%EF%BF%BD.tf", True)
    assert uris.of("circle/a.tf") == ("circle/a.tf", True)
    assert uris.of("x" * 5_000) == ("x" * 5_000, True)


def test_a_link_that_leads_nowhere_is_itself_what_is_meant(tmp_path: Path) -> None:
    (tmp_path / "dangling.tf").symlink_to("nowhere.tf")

    assert Uris(tmp_path, tmp_path).of("dangling.tf") == ("dangling.tf", True)
