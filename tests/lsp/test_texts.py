"""A text that changes: in small pieces it comes to the same, and a change touches few of them."""

from __future__ import annotations

import random

import pytest
from lsprotocol.types import Position, Range

from wa_iac.lsp import texts
from wa_iac.lsp.texts import EditedText


def part(start: tuple[int, int], end: tuple[int, int]) -> Range:
    return Range(Position(*start), Position(*end))


def places(text: str) -> list[tuple[int, int]]:
    """The line and the column of each character and of the end, where an editor may have its cursor."""
    found, line, column = [], 0, 0
    for at, each in enumerate(text):
        found.append((line, column))
        column += 1
        if each == "\n" or (each == "\r" and text[at + 1 : at + 2] != "\n"):
            line, column = line + 1, 0
    return [*found, (line, column)]


@pytest.mark.parametrize("size", [1, 2, 5])
def test_it_comes_to_the_same_whatever_the_pieces_are(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(texts, "PIECE", size)
    chance = random.Random(size)
    for _ in range(300):
        text = "".join(chance.choices("aé\r\n", k=chance.randrange(20)))
        changed = EditedText(text, "utf-16")
        for _ in range(6):
            # Nobody's cursor stands within a line end.
            here = [at for at in range(len(text) + 1) if text[max(at - 1, 0) : at + 1] != "\r\n"]
            start, end = sorted(chance.choices(here, k=2))
            new = "".join(chance.choices("xy\r\n", k=chance.randrange(5)))
            changed.change(part(places(text)[start], places(text)[end]), new)
            text = text[:start] + new + text[end:]
            assert str(changed) == text


@pytest.mark.parametrize(
    ("text", "place", "at"),
    [
        ("a" * 2**21, (0, 2**20), 2**20),
        ("é" * 2**21, (0, 2**20), 2**20),
        ("a\r" * 2**20, (2**19, 1), 2**20 + 1),
        ("\n" * 2**21, (2**20, 0), 2**20),
    ],
    ids=["one line", "one wide line", "carriage returns", "empty lines"],
)
def test_a_change_touches_what_is_near_it(text: str, place: tuple[int, int], at: int) -> None:
    changed = EditedText(text, "utf-16")
    before = list(changed.pieces)

    changed.change(part(place, place), "!")

    assert str(changed) == f"{text[:at]}!{text[at:]}"
    assert len(before) > 8
    assert len([each for each in changed.pieces if each not in before]) <= 2


def test_what_is_typed_at_the_end_makes_no_piece_for_each_key() -> None:
    changed = EditedText("", "utf-16")
    for column in range(500):
        changed.change(part((0, column), (0, column)), "a")

    assert (str(changed), len(changed.pieces)) == ("a" * 500, 1)
