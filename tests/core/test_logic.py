"""Three-valued logic: what is certain comes before what is not known, in whatever order answers are given."""

from __future__ import annotations

from itertools import permutations

import pytest

from wa_iac.core.logic import all_of, any_of, first_unknown, holds, holds_for_all, negate
from wa_iac.core.reasons import Said
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Origin, Unknown, Value

YES, NO, NOTHING = Known(True), Known(False), Absent()
MAYBE = Unknown(Said("a is not known"), "a")
PERHAPS = Unknown(Said("b is not known"), "b")


@pytest.mark.parametrize("order", list(permutations([YES, NO, MAYBE, NOTHING])))
def test_one_certain_yes_decides_any_and_one_certain_no_decides_all(order: tuple[Value[bool], ...]) -> None:
    assert any_of(order) == YES
    assert all_of(order) == NO


@pytest.mark.parametrize("order", list(permutations([NO, MAYBE, NO])))
def test_any_is_not_known_where_none_is_true_and_one_is_not_known(order: tuple[Value[bool], ...]) -> None:
    assert any_of(order) == MAYBE


@pytest.mark.parametrize("order", list(permutations([YES, MAYBE, YES])))
def test_all_are_not_known_where_none_is_false_and_one_is_not_known(order: tuple[Value[bool], ...]) -> None:
    assert all_of(order) == MAYBE


def test_of_several_that_are_not_known_the_first_is_named() -> None:
    assert any_of([MAYBE, PERHAPS]) == MAYBE
    assert all_of([PERHAPS, MAYBE]) == PERHAPS
    assert first_unknown(None, YES, PERHAPS, MAYBE) == PERHAPS
    assert first_unknown(None, NOTHING) is None


def test_none_at_all_is_absent_for_any_or_false_at_a_place_and_true_for_all() -> None:
    here = Origin(Span("main.tf", 3, 1, 3, 20))

    assert any_of([]) == NOTHING
    assert any_of([], here) == NO
    assert any_of([], here).origin == here
    assert all_of([]) == YES


def test_what_is_not_written_is_as_good_as_false() -> None:
    assert negate(NOTHING) == YES
    assert all_of([YES, NOTHING]) == NO
    assert (negate(YES), negate(NO), negate(MAYBE)) == (NO, YES, MAYBE)


def test_a_value_holds_where_it_is_known_and_passes() -> None:
    assert holds(Known(5), lambda number: number > 3) == YES
    assert holds(Known(2), lambda number: number > 3) == NO
    assert holds(Absent(), lambda number: number > 3) == NO
    assert holds(MAYBE, lambda number: number > 3) == MAYBE


def test_a_setting_holds_for_all_where_one_is_in_force_and_not_narrowed() -> None:
    assert holds_for_all([(YES, YES), (YES, NOTHING)]) == YES
    assert holds_for_all([(YES, YES), (NO, NOTHING)]) == NO
    assert holds_for_all([(YES, MAYBE)]) == MAYBE
