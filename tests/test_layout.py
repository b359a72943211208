"""No module imports itself by way of others: each can be read, and tested, after those that it imports."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest


def circle(package: str) -> list[str]:
    """The modules of a circle of imports in a package, the first one also last; none where there is no circle.

    Imports inside functions count, and those for type checking.
    """
    graph = grimp.build_graph(package, cache_dir=None)
    try:
        TopologicalSorter({each: graph.find_modules_directly_imported_by(each) for each in graph.modules}).prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found
    return []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circle("wa_iac") == []


@pytest.mark.parametrize(
    ("name", "back"),
    [
        ("plain", "from . import first"),
        ("lazy", "def ask():\n    from .first import answer\n    return answer"),
        ("typed", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .first import answer"),
    ],
)
def test_a_circle_is_found_however_it_closes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, back: str) -> None:
    package = tmp_path / f"circle_{name}"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "first.py").write_text("from . import second\nanswer = 1\n")
    (package / "second.py").write_text("from . import third\n")
    (package / "third.py").write_text(f"{back}\n")
    (package / "fourth.py").write_text("from . import first\n")
    monkeypatch.syspath_prepend(tmp_path)

    assert {each.rpartition(".")[2] for each in circle(package.name)} == {"first", "second", "third"}
