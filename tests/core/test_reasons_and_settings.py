"""A reason ends a check by itself; settings of which any will do, and values that are compared, keep what is not known."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from wa_iac.core.logic import equal, is_set
from wa_iac.core.reasons import Said
from wa_iac.core.rule import Flag, exempt_for, flag
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Origin, Unknown, Value
from wa_iac.core.verdicts import flags_of

HERE = Origin(Span("main.tf", 3, 1, 3, 20))
UNKNOWN = Unknown(Said("var.size has no default"), "size", HERE)
OTHER = Unknown(Said("var.most has no default"), "most", HERE)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("ECS scales it", ("not-applicable", "ECS scales it")),
        ("", ("fail", "too small")),
        (Known("ECS scales it"), ("not-applicable", "ECS scales it")),
        (Absent(), ("fail", "too small")),
        (UNKNOWN, ("unknown", "var.size has no default")),
    ],
    ids=repr,
)
def test_a_reason_ends_a_check_as_not_applicable(reason: Value[str] | str, said: tuple[str, str]) -> None:
    def check() -> Iterator[Flag]:
        exempt_for(reason)
        yield flag(Absent(), "too small")

    assert [(each.verdict, each.message) for each in flags_of(check())] == [said]


def test_anything_that_is_written_is_set() -> None:
    assert [is_set(each) for each in (Known(0), Known(""), Absent(), UNKNOWN)] == [
        Known(True),
        Known(True),
        Known(False),
        UNKNOWN,
    ]


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        (Known(2), Known(2), Known(True)),
        (Known(2), Known(3), Known(False)),
        (Known(2), Absent(), Known(False)),
        (UNKNOWN, UNKNOWN, Known(True)),
        (Known(2), UNKNOWN, UNKNOWN),
        (UNKNOWN, Known(2), UNKNOWN),
        (UNKNOWN, OTHER, UNKNOWN),
    ],
    ids=repr,
)
def test_two_values_are_equal_different_or_not_known_to_be(one: Value[int], other: Value[int], answer: Value[bool]) -> None:
    assert equal(one, other) == answer
