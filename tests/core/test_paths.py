"""Paths as reports show them."""

from __future__ import annotations

from pathlib import Path

import pytest

from wa_iac.core.paths import Scan, SourcePath, shown


@pytest.mark.parametrize(
    ("path", "relative", "expected"),
    [
        ("/home/shop/infra/main.tf", False, "infra/main.tf"),
        ("/home/shop/infra/../main.tf", False, "main.tf"),
        ("/home/other/main.tf", False, "/home/other/main.tf"),
        ("/home/other/main.tf", True, "../other/main.tf"),
        ("/home/shopping/main.tf", False, "/home/shopping/main.tf"),
        ("./infra/main.tf", False, "infra/main.tf"),
        ("../other/main.tf", False, "../other/main.tf"),
    ],
)
def test_below_the_working_directory_and_where_relative_paths_lead_paths_are_relative(
    path: str, relative: bool, expected: str
) -> None:
    scan = Scan(Path("/home"), here="/home/shop", relative=relative)

    assert scan.shown(Path(path)) == expected
    assert scan.at(Path(path)) == SourcePath(Path(path), expected)


def test_a_path_that_is_named_is_seen_from_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert shown(tmp_path / "infra") == Scan(tmp_path).shown(tmp_path / "infra") == "infra"
    assert shown(Path("infra/..")) == "."
