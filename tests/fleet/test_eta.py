"""The progress of a run, in one line."""

from __future__ import annotations

import pytest

from wa_iac.fleet.eta import Estimate, in_words
from wa_iac.fleet.judge import Done
from wa_iac.fleet.run import Outcome


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 second"), (40, "40 seconds"), (89, "89 seconds"), (150, "2 minutes"), (7000, "2 hours")],
)
def test_a_time_is_in_the_largest_unit_that_says_enough(seconds: float, words: str) -> None:
    assert in_words(seconds) == words


def test_an_estimate_follows_from_the_part_that_is_done() -> None:
    outcome = Outcome(1200, {"shop": Done("shop", "done", 1), "bank": Done("bank", "killed", 2)})
    estimate = Estimate()

    assert estimate.line(outcome, 0.001) == "2 of 1,200 entries, 1 not read or read in part"
    assert estimate.line(outcome, 0.5) == "2 of 1,200 entries, 1 not read or read in part, about 1 second left"
