"""The limits on a unit's work grow with what was written, so that a large configuration is judged and a small one cannot explode."""

import pytest

from wa_iac.core.budget import FOR_A_BYTE, FREE, MOST, Budget, SpentError


def test_a_small_unit_has_the_plain_limits() -> None:
    assert Budget(FREE).steps == MOST["steps"]


def test_each_byte_beyond_a_megabyte_allows_for_more_work() -> None:
    budget = Budget()
    for _ in range(3):
        budget.read(FREE)
    assert budget.steps == MOST["steps"] + 2 * FREE * FOR_A_BYTE["steps"]
    assert budget.comparisons == MOST["comparisons"] + 2 * FREE * FOR_A_BYTE["comparisons"]


def test_the_message_names_the_limit_that_the_size_gives() -> None:
    budget = Budget(2 * FREE)
    with pytest.raises(SpentError, match="more than 4,000,000 steps"):
        budget.step(4_000_001)
