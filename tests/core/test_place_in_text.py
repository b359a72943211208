"""The place of an error in a text: never behind its last line, whatever a reader says of the end of a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.cli import run
from wa_iac.core.span import within


@pytest.mark.parametrize(
    ("text", "place", "found"),
    [
        ("", (1, 1), (1, 1)),
        ("\n", (2, 1), (1, 1)),
        ("a {\n", (3, 1), (1, 4)),
        ("a {\r\n", (2, 1), (1, 4)),
        ("a {\nbc", (2, 3), (2, 3)),
        ("a {\nbc", (3, 1), (2, 3)),
    ],
)
def test_a_place_behind_the_last_line_is_its_end(text: str, place: tuple[int, int], found: tuple[int, int]) -> None:
    assert within(text, *place) == found


@pytest.mark.parametrize(
    ("name", "source", "place"),
    [
        ("a.tf", 'resource "r" "r" {\n  x = [\n', "2:8"),
        ("a.tf.json", '{"resource": {\n', "1:15"),
        ("a.yaml", "Resources:\n  A: [\n", "2:7"),
        ("b.yaml", 'Resources:\n  A: "x\n', "2:8"),
        ("a.json", '{"Resources": {"A":\n\n', "2:1"),
    ],
)
def test_an_error_at_the_end_of_a_file_is_in_the_file(name: str, source: str, place: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(source, encoding="utf-8")

    assert f"{name}:{place}  error" in run(tmp_path, "check", name).stdout
