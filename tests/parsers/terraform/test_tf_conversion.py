"""`convert`, whose second argument is a type, and the functions that say beforehand what a value will be."""

from __future__ import annotations

import pytest

from helpers.terraform import Evaluate, known, unknown
from wa_iac.core.value import Reference

CONVERTED = {
    'convert("true", bool)': True,
    '[convert("1", bool), convert("0", bool), "1" ? 1 : 2, !"0"]': [True, False, 1, True],
    "convert(12, string)": "12",
    'convert("1.50", number)': 1.5,
    "convert(null, string) == null": True,
    'convert(["b", "a", "b"], set(string)) == toset(["a", "b"])': True,
    'convert(["1", true], list(string))': ["1", "true"],
    'convert({ a = 1 }, map(string))["a"]': "1",
    'convert({}, object({ name = optional(string, "OpenTofu") })).name': "OpenTofu",
    "convert({ a = 1, b = 2 }, object({ a = number }))": {"a": 1},
    'convert(["1", "2"], tuple([number, string]))': [1, "2"],
    "convert([1], any)": [1],
    'core::convert("false", bool)': False,
}


@pytest.mark.parametrize(("expression", "result"), CONVERTED.items())
def test_a_value_is_converted(value: Evaluate, expression: str, result: object) -> None:
    assert known(value(expression)) == result


@pytest.mark.parametrize(
    "expression",
    [
        'convert("yes", bool)',
        'convert("a", number)',
        "convert([], string)",
        'convert("a", list(string))',
        'convert(["a"], list(number))',
        "convert([1], map(number))",
        "convert({}, object({ a = string }))",
        "convert([1], tuple([number, number]))",
        'convert("a", "string")',
        'convert("a", text)',
        'convert("a", optional(string))',
        'convert("a")',
    ],
)
def test_what_cannot_be_converted_is_an_error_that_try_catches(value: Evaluate, expression: str) -> None:
    assert known(value(f"can({expression})")) is False


def test_what_is_not_known_stays_so(value: Evaluate) -> None:
    more = 'variable "u" {}\n'
    assert unknown(value("convert(var.u, string)", more)).why == "var.u has no default"
    assert known(value("convert([var.u, 1], list(string))[1]", more)) == "1"


@pytest.mark.parametrize(
    ("expression", "result"),
    {
        'assumenotnull("a")': "a",
        'assumestringprefix("vpc-1", "vpc-")': "vpc-1",
        "assumelistlength([1, 2], 1, 2)": [1, 2],
        "assumemaplengthmin({ a = 1 }, 1)": {"a": 1},
        "length(assumesetlengthmax(toset([1, 2]), 2))": 2,
        "can(assumenotnull(null))": False,
        'can(assumestringprefix("subnet-1", "vpc-"))': False,
        "can(assumelistlengthmin([1], 2))": False,
        "can(assumelistlength([1, 2, 3], 1, 2))": False,
        'can(assumeequal("a", "b"))': False,
    }.items(),
)
def test_what_is_assumed_of_a_known_value_is_checked(value: Evaluate, expression: str, result: object) -> None:
    assert known(value(expression)) == result


def test_a_value_that_is_assumed_is_known_and_keeps_what_it_refers_to(value: Evaluate) -> None:
    found = value('assumeequal(aws_x.x.arn, "arn:aws:iam::1:role/r")', 'resource "aws_x" "x" {}\n')
    assert known(found) == "arn:aws:iam::1:role/r"
    assert found.origin.references == (Reference("aws_x.x", "arn"),)
