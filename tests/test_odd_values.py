"""No rule breaks over a value that nobody expects where it stands: it says nothing, or that it cannot tell."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from helpers.odd_values import questions
from helpers.paths import PROJECT
from helpers.truth_of_values import truths

ONE_IN = 29
"""Of about 240,000 questions one in so many is asked here: no divisor of the number of values, so that each value comes everywhere."""


def test_no_rule_breaks_over_a_value_of_another_type_than_it_expects() -> None:
    broken = []
    for question in islice(questions(), 0, None, ONE_IN):
        try:
            question.ask()
        except Exception as error:
            broken.append(f"{question}: {type(error).__name__}: {error}")

    assert broken == []


@pytest.mark.slow
def test_nowhere_does_the_truth_of_a_three_valued_value_decide_anything() -> None:
    assert truths(PROJECT / "wa_iac", config=PROJECT / "pyproject.toml") == []


@pytest.mark.slow
def test_a_value_among_other_types_is_found_where_its_truth_decides(tmp_path: Path) -> None:
    module = tmp_path / "asking.py"
    module.write_text(
        "from wa_iac.core.value import Known, Unknown, Value\n"
        "def of_union(found: str | Unknown) -> str:\n"
        "    if found:\n"
        "        return 'yes'\n"
        "    return 'no'\n"
        "def of_parts(wide: bool, found: Unknown | None) -> bool:\n"
        "    return not (wide and not found)\n"
        "def of_each(values: list[Value[bool]]) -> bool:\n"
        "    return any(each for each in values)\n"
        "def rightly(found: Unknown | None, value: Value[bool]) -> bool:\n"
        "    return found is not None and isinstance(value, Known) and value.value\n",
        encoding="utf-8",
    )

    found = truths(module, config=PROJECT / "pyproject.toml")

    assert sorted(each.split(":")[1] for each in found) == ["3", "7", "9"]
