"""The count of work tells proportion from the square, and is the same each time."""

from __future__ import annotations

import pytest

from helpers.counting import growth, lines


def one_after_another(number: int) -> None:
    assert sum(each for each in range(number)) == number * (number - 1) // 2


def each_with_each(number: int) -> None:
    assert len([(one, other) for one in range(number) for other in range(number)]) == number**2


def at_once(number: int) -> None:
    assert sorted(range(number))[0] == 0


def test_proportion_is_one_the_square_is_the_factor_and_a_constant_is_less() -> None:
    assert growth(one_after_another, 200) == pytest.approx(1, abs=0.02)
    assert growth(each_with_each, 200) == pytest.approx(4, abs=0.05)
    assert growth(at_once, 200) == pytest.approx(1 / 4)


def test_a_count_is_the_same_each_time_and_is_not_changed_by_another_one_within() -> None:
    alone = lines(lambda: one_after_another(100))

    assert lines(lambda: one_after_another(100)) == alone
    assert lines(lambda: lines(lambda: one_after_another(100))) < alone
    assert lines(lambda: one_after_another(100)) == alone
