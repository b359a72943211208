"""The map of packages in `docs/architecture.md`. Generated from the packages' docstrings; a test says when it is stale."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import wa_iac

from .generated_parts import GeneratedPart

ROOT: Final = Path(wa_iac.__path__[0])
PLACE: Final = GeneratedPart(
    Path("docs/architecture.md"),
    "<!-- The map of packages: written by `python -m wa_iac.maintenance docs` -->",
    "<!-- The end of the map -->",
)
_UNLISTED: Final = frozenset({"security", "reliability", "operations", "performance", "cost", "sustainability", "aws"})
"""Packages with a module for each rule or service: their modules are not listed."""


def package_map() -> str:
    """The table in Markdown: each package, what it holds, and its modules."""
    rows = [f"| {name} | {holds} | {', '.join(modules)} |" for name, holds, modules in _packages(ROOT)]
    return "\n".join(["| Package | Holds | Modules |", "| --- | --- | --- |", *rows]) + "\n"


def _packages(folder: Path) -> Iterator[tuple[str, str, list[str]]]:
    for each in sorted(folder.rglob("__init__.py")):
        package = each.parent
        if package == ROOT:
            continue
        modules = sorted(path.stem for path in package.glob("*.py") if not path.stem.startswith("_"))
        listed = [] if package.name in _UNLISTED else [f"`{name}`" for name in modules]
        yield (
            f"`{'.'.join(package.relative_to(ROOT).parts)}`",
            _first_line(each),
            listed or ["one for each rule or service" if package.name in _UNLISTED else ""],
        )


def _first_line(path: Path) -> str:
    """The first paragraph of a module's docstring, in one line. Raises `ValueError` where it has none."""
    text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    if not text:
        raise ValueError(f"{path} has no docstring")
    return " ".join(text.split("\n\n")[0].split()).replace("|", "\\|")
