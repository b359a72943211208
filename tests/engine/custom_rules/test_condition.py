"""What a rule in YAML asks of a value, and the three answers."""

from __future__ import annotations

import pytest

from wa_iac.core.reasons import Said
from wa_iac.core.value import Absent, Known, Origin, Reference, Tree, Unknown
from wa_iac.engine.custom_rules.condition import absent, all_of, present, question

UNKNOWN = Unknown(Said("var.x has no default"), "x")
REFERENCE = Unknown(Said("known after apply"), "key", Origin(references=(Reference("aws_kms_key.a", "arn"),)))


def items(*values: object) -> Tree:
    return Known([each if isinstance(each, Unknown) else Known(each) for each in values])


@pytest.mark.parametrize(
    ("name", "wanted", "value", "answer"),
    [
        ("equals", "Enabled", Known("Enabled"), True),
        ("equals", "Enabled", Known("Suspended"), False),
        ("equals", "Enabled", Absent(), False),
        ("equals", "Enabled", UNKNOWN, UNKNOWN),
        ("equals", True, Known("true"), True),
        ("equals", 20, Known("20"), True),
        ("equals", "20", Known(20), True),
        ("equals", 20, Known(20.0), True),
        ("equals", "a", items("a"), False),
        ("not-equals", "a", Known("b"), True),
        ("not-equals", "a", Absent(), True),
        ("not-equals", "a", UNKNOWN, UNKNOWN),
        ("one-of", ["a", "b"], Known("b"), True),
        ("one-of", ["a", "b"], Known("c"), False),
        ("not-one-of", ["a", "b"], Known("c"), True),
        ("at-least", 7, Known(7), True),
        ("at-least", 7, Known("6"), False),
        ("at-least", 7, Known("many"), False),
        ("at-least", 7, Absent(), False),
        ("at-most", 7, Known(7.5), False),
        ("at-most", 7, Known("7"), True),
        ("matches", "^prod-", Known("prod-orders"), True),
        ("matches", "^prod-", Known("orders"), False),
        ("not-matches", "^prod-", Known("orders"), True),
        ("contains", "ssh", items("tls", "ssh"), True),
        ("contains", "ssh", items("tls"), False),
        ("contains", "ssh", items("tls", UNKNOWN), UNKNOWN),
        ("contains", "ssh", items("ssh", UNKNOWN), True),
        ("contains", "ssh", Known("openssh"), True),
        ("not-contains", "ssh", items("ssh"), False),
        ("not-contains", "ssh", Absent(), True),
    ],
)
def test_a_condition(name: str, wanted: object, value: Tree, answer: bool | Unknown) -> None:
    assert question(name, wanted)(value) == answer


@pytest.mark.parametrize(
    ("value", "answer"),
    [(Known(""), True), (Known(False), True), (Absent(), False), (UNKNOWN, UNKNOWN), (REFERENCE, True)],
    ids=["empty", "false", "absent", "unknown", "reference"],
)
def test_presence(value: Tree, answer: bool | Unknown) -> None:
    assert present(value) == answer
    assert absent(value) == (answer if isinstance(answer, Unknown) else not answer)


@pytest.mark.parametrize(
    ("bounds", "value", "answer"),
    [
        ((7, 30), Known(10), True),
        ((7, 30), Known(40), False),
        ((7, 30), UNKNOWN, UNKNOWN),
    ],
)
def test_of_several_all_must_hold(bounds: tuple[int, int], value: Tree, answer: bool | Unknown) -> None:
    asked = [question("at-least", bounds[0]), question("at-most", bounds[1])]
    assert all_of(asked, value) == answer


def test_what_is_false_is_false_whatever_else_is_unknown() -> None:
    assert all_of([lambda _: UNKNOWN, lambda _: False], Known(1)) is False
