"""What needs an extra says which one, and the documents say it in the same words."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

from helpers.cli import run
from helpers.paths import PROJECT

EXTRAS = sorted(
    tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"].keys()
    - {"test"}
)


@pytest.mark.parametrize(
    ("command", "package", "message"),
    [
        ("fleet list.txt --out results", "pyarrow", "wa-iac fleet needs the extra fleet: pip install 'wa-iac[fleet]'"),
        ("fleet report results", "duckdb", "wa-iac fleet needs the extra fleet: pip install 'wa-iac[fleet]'"),
        ("lsp", "pygls", "wa-iac lsp needs the extra lsp: pip install 'wa-iac[lsp]'"),
        ("check --watch", "watchfiles", "--watch needs the extra watch: pip install 'wa-iac[watch]'"),
        ("graph --format svg", "py_mini_racer", "SVG needs the extra picture: pip install 'wa-iac[picture]'"),
    ],
)
def test_a_command_names_the_extra_that_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, package: str, message: str
) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_sqs_queue" "it" {}\n', encoding="utf-8")
    (tmp_path / "list.txt").write_text(".\n", encoding="utf-8")
    (tmp_path / "results").mkdir()
    monkeypatch.setitem(sys.modules, package, None)

    done = run(tmp_path, *command.split())

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"wa-iac: {message}, or '.[")


@pytest.mark.parametrize("extra", EXTRAS)
def test_a_document_says_how_an_extra_is_installed(extra: str) -> None:
    documents = (path.read_text(encoding="utf-8") for path in PROJECT.glob("docs/*.md"))
    assert any(f"pip install 'wa-iac[{extra}]'" in text for text in documents)
