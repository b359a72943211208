"""The words in which a check asks its questions: each ends it where its answer does, and says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from wa_iac.core.reasons import Said
from wa_iac.core.rule import (
    Confidence,
    Flag,
    Severity,
    accept,
    all_known,
    each_of,
    exempt,
    expect,
    flag,
    milder,
    refuse,
    require,
    settled,
)
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Origin, Unknown, Value
from wa_iac.core.verdicts import flags_of

HERE = Origin(Span("main.tf", 3, 1, 3, 20))
UNKNOWN = Unknown(Said("var.on has no default", "give --var on=..."), "on", HERE)


def verdicts(check: Iterator[Flag]) -> list[tuple[str, str]]:
    return [(each.verdict, each.message) for each in flags_of(check)]


def asking(value: Value[bool]) -> Iterator[Flag]:
    """A check that asks whether it is fine, and finds fault where it is not."""
    accept(value)
    yield flag(value, "off")


def sparing(value: Value[bool]) -> Iterator[Flag]:
    """A check that asks whether it concerns the resource, and finds fault where it does."""
    exempt(value, "it is a copy")
    yield flag(value, "off")


UNDECIDED = ("unknown", "var.on has no default; give --var on=...")


@pytest.mark.parametrize(
    ("value", "said"),
    [(Known(True), []), (Known(False), [("fail", "off")]), (Absent(), [("fail", "off")]), (UNKNOWN, [UNDECIDED])],
    ids=repr,
)
def test_what_is_accepted_ends_a_check_in_silence(value: Value[bool], said: list[tuple[str, str]]) -> None:
    assert verdicts(asking(value)) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(Known(True), [("not-applicable", "it is a copy")]), (Known(False), [("fail", "off")]), (UNKNOWN, [UNDECIDED])],
    ids=repr,
)
def test_what_is_exempt_is_not_applicable(value: Value[bool], said: list[tuple[str, str]]) -> None:
    assert verdicts(sparing(value)) == said


def test_a_plain_answer_will_do_where_there_is_nothing_that_may_be_unknown() -> None:
    def check(is_spare: bool) -> Iterator[Flag]:
        exempt(is_spare, "it is a spare")
        accept(not is_spare)
        yield flag(Absent(), "never")

    assert verdicts(check(True)) == [("not-applicable", "it is a spare")]
    assert verdicts(check(False)) == []


def test_a_settled_value_is_known_or_absent() -> None:
    assert settled(Known(3)) == Known(3)
    assert settled(Absent()) == Absent()
    assert verdicts(asking(UNKNOWN)) == [UNDECIDED]


def test_an_expected_value_that_is_another_or_absent_is_flagged_at_its_place() -> None:
    off = Known(False, HERE)

    assert [each.origin for each in flags_of(expect(off, True, "off"))] == [HERE]
    assert verdicts(expect(Absent(), True, "off")) == [("fail", "off")]
    assert verdicts(expect(Known(True), True, "off")) == []
    assert verdicts(expect(UNKNOWN, True, "off")) == [UNDECIDED]


def test_a_refused_value_is_flagged_only_where_it_is_written() -> None:
    assert verdicts(refuse(Known("NONE"), "NONE", "open")) == [("fail", "open")]
    assert verdicts(refuse(Known("IAM"), "NONE", "open")) == []
    assert verdicts(refuse(Absent(), "NONE", "open")) == []


def test_a_required_value_is_flagged_where_it_would_be_written_or_where_the_check_says() -> None:
    assert [each.origin for each in flags_of(require(Absent(HERE), "none"))] == [HERE]
    assert [each.origin for each in flags_of(require(Absent(), "none", at=Known(1, HERE)))] == [HERE]
    assert verdicts(require(Known("x"), "none")) == []


def test_a_block_that_may_not_be_there_makes_a_check_undecided() -> None:
    def check(unknown: Unknown | None) -> Iterator[Flag]:
        all_known(unknown)
        yield flag(Absent(), "there")

    assert verdicts(check(None)) == [("fail", "there")]
    assert verdicts(check(UNKNOWN)) == [UNDECIDED]


def test_an_answer_about_one_thing_says_nothing_of_the_next() -> None:
    values: list[Value[bool]] = [Known(False), UNKNOWN, Known(True), Known(False)]

    assert verdicts(each_of(values, asking)) == [("fail", "off"), UNDECIDED, ("fail", "off")]


def test_what_was_said_before_the_end_of_a_check_stays_said() -> None:
    def check() -> Iterator[Flag]:
        yield flag(Absent(), "first")
        accept(UNKNOWN)

    assert verdicts(check()) == [("fail", "first"), UNDECIDED]


def test_a_milder_check_has_faults_of_at_most_a_severity_and_leaves_the_rest() -> None:
    def check() -> Iterator[Flag]:
        yield flag(Absent(HERE), "Grave.", severity=Severity.HIGH)
        yield flag(Absent(HERE), "Small.", severity=Severity.LOW)
        yield from each_of([UNKNOWN], asking)

    found = list(milder(check(), severity=Severity.MEDIUM, confidence=Confidence.LOW, more="It is a copy."))
    assert [(each.message, each.severity, each.confidence) for each in found] == [
        ("Grave. It is a copy.", Severity.MEDIUM, Confidence.LOW),
        ("Small. It is a copy.", Severity.LOW, Confidence.LOW),
        (UNDECIDED[1], None, None),
    ]
