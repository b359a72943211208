"""A short run of the fuzzer in each build. `python -m tests.fuzz` is the long one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from fuzz.campaign import ALL, EVERY, folder, outcome, run

KEPT = {"modules-json": (2,), "cloudformation-yaml": (8_000_911,), "hcl": (8_000_506,)}
"""Inputs that broke something once, by their numbers. What they showed is also a small test of its own."""
INPUTS = int(os.environ.get("WA_IAC_FUZZ", "10"))


@pytest.fixture(scope="module", autouse=True)
def _elsewhere() -> Iterator[Path]:
    with folder() as place:
        yield place


@pytest.mark.slow
@pytest.mark.parametrize("kind", ALL)
def test_hostile_input(kind: str) -> None:
    tally = run(
        [kind], iter(number * EVERY.get(kind, 1) for number in range(INPUTS // EVERY.get(kind, 1) + 1)), lambda _: False, None
    )
    for number in KEPT.get(kind, ()):
        outcome(kind, Random(f"{kind} {number}"), full=1)

    assert tally.failures == {}


@settings(
    max_examples=INPUTS,
    derandomize="WA_IAC_FUZZ" not in os.environ,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
@given(st.sampled_from(ALL[:-1]), st.randoms(use_true_random=False))
def test_hostile_input_that_hypothesis_makes_smaller(kind: str, random: Random) -> None:
    assert outcome(kind, random, full=1) in ("clean", "findings", "errors", "refused")
