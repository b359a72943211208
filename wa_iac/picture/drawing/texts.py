"""The files of this package: scripts, style sheets and templates."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

DRAWING: Final = ("text.js", "words.js", "symbols.js", "scene.js", "layout.js", "draw.js", "marks.js")
"""The scripts that draw, in the order in which they are loaded; after ELK."""


def text(name: str) -> str:
    """One of the files, by its path in the package."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
