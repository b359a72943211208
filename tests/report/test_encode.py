"""A long document is written piece by piece, and is the same as if it were written at once."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from wa_iac.report.encode import PRETTY_LIMIT, dumps

MANY = PRETTY_LIMIT + 1


@pytest.mark.parametrize("items", [1, MANY])
def test_a_generator_is_written_like_its_list(items: int) -> None:
    elements = [{"n": number, "text": "é \x7f ##vso[x]"} for number in range(items)]

    written = dumps({"before": 1, "elements": (each for each in elements), "after": [2]}, items=items)

    assert written == dumps({"before": 1, "elements": elements, "after": [2]}, items=items)
    assert json.loads(written)["elements"] == elements


def test_of_a_long_document_one_element_is_made_at_a_time() -> None:
    alive: list[int] = []

    class Element(dict[str, int]):
        def __init__(self, number: int) -> None:
            super().__init__(n=number)
            alive.append(number)

        def __del__(self) -> None:
            alive.remove(self["n"])

    most = 0

    def elements() -> Iterator[Element]:
        nonlocal most
        for number in range(MANY):
            most = max(most, len(alive))
            yield Element(number)

    dumps({"elements": elements()}, items=MANY)

    assert most <= 1
