"""Dynamic references, `{{resolve:secretsmanager:...}}`: text in the template, another value at deployment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from wa_iac.core.algebra import joined
from wa_iac.core.budget import EACH, current
from wa_iac.core.late_pattern import late
from wa_iac.core.reasons import DynamicReference
from wa_iac.core.value import Known, Origin, Tree, Unknown

MARK: Final = "{{resolve:"
_TOKEN: Final = late(r"(\{\{resolve:|\}\})")


def concatenated(pieces: Iterable[str | Tree], origin: Origin) -> Tree:
    """The string made of `pieces`, in which a dynamic reference is one unknown, even where it spans several pieces."""
    made = joined(pieces, origin)
    if isinstance(made, Unknown):
        current().compare(EACH * len(made.parts))
    return without_dynamic_references(made)


def without_dynamic_references(value: Tree) -> Tree:
    """`value`, with each dynamic reference in it as an unknown."""
    match value:
        case Known(str() as text) if MARK in text:
            parts: tuple[str | Unknown, ...] = (text,)
        case Unknown(parts=parts) if any(isinstance(part, str) and MARK in part for part in parts):
            pass
        case _:
            return value
    # The references of the parts are collected again while they are joined.
    return joined(_folded(parts), value.origin._replace(references=()))


def _folded(parts: Iterable[str | Unknown]) -> list[str | Unknown]:
    folded: list[str | Unknown] = []
    opened: list[str | Unknown] = []
    for part in parts:
        for piece in _TOKEN.split(part) if isinstance(part, str) else [part]:
            if piece == MARK or opened:
                opened.append(piece)
            elif piece != "":
                folded.append(piece)
            if piece == "}}" and opened:
                folded.append(_reference(opened))
                opened = []
    return [*folded, *(piece for piece in opened if piece != "")]


def _reference(pieces: list[str | Unknown]) -> Unknown:
    unknown = [piece for piece in pieces if isinstance(piece, Unknown)]
    text = "".join(piece if isinstance(piece, str) else "${...}" for piece in pieces)
    return Unknown(
        DynamicReference(text),
        ("dynamic", tuple(piece if isinstance(piece, str) else piece.identity for piece in pieces if piece != "")),
        Origin(how="computed", references=tuple(reference for piece in unknown for reference in piece.origin.references)),
        itself=True,
    )
