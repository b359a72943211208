"""The files of this package: scripts, style sheets and templates."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from wa_iac.core.late_pattern import late

DRAWING: Final = ("text.js", "words.js", "symbols.js", "scene.js", "layout.js", "draw.js", "marks.js")
"""The scripts that draw, in the order in which they are loaded; after ELK."""


_DARK: Final = late(
    r'@media (?P<screen>screen and )?\(prefers-color-scheme: dark\) \{\s*:root:not\(\[data-theme="light"\]\) \{(?P<colors>[^}]*)\}\s*\}'
)


def themed(style: str) -> str:
    """A style sheet whose dark colors also hold if a page's reader chose them (`data-theme`), whatever the system prefers. They are written
    once, for the system's choice."""
    found = _DARK.search(style)
    if found is None:
        return style
    chosen = f':root[data-theme="light"] {{ color-scheme: light; }}\n:root[data-theme="dark"] {{{found["colors"]}}}'
    return f"{style[: found.end()]}\n{f'@media screen {{ {chosen} }}' if found['screen'] else chosen}{style[found.end() :]}"


def text(name: str) -> str:
    """One of the files, by its path in the package."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
