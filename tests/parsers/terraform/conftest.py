"""Fixtures that read source text as a tree of directories."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.scans import scan
from helpers.terraform import Evaluate, Read, ReadOne, Sources
from wa_iac.core.declared import Unit
from wa_iac.core.value import Tree
from wa_iac.parsers.terraform import read_modules
from wa_iac.parsers.terraform.modules.configuration import is_source


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """All units below a directory with these files; a lone text is `main.tf`."""

    def run(sources: Sources) -> list[Unit]:
        files = {"main.tf": sources} if isinstance(sources, str) else sources
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        directories = sorted({path.parent for path in tmp_path.rglob("*") if is_source(path)})
        return list(read_modules(directories, scan(tmp_path)))

    return run


@pytest.fixture
def unit(read: Read) -> ReadOne:
    """The one unit of these files."""

    def run(sources: Sources) -> Unit:
        (found,) = read(sources)
        return found

    return run


@pytest.fixture
def value(unit: ReadOne) -> Evaluate:
    """The value of an expression, with more source text around it."""

    def run(expression: str, more: str = "") -> Tree:
        found = unit(f'{more}\nresource "r" "r" {{\n  x = {expression}\n}}\n')
        assert found.errors == []
        resource = next(each for each in found.declared if each.address == "r.r")
        return resource.body.value["x"]

    return run
