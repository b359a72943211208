"""What the `validation` blocks of a variable without a value leave to choose from, and null among it."""

from __future__ import annotations

import pytest

from helpers.terraform import ReadOne, block
from wa_iac.core.value import Known, Tree, Unknown, plain

DECLARED = 'variable "v" {{\n{kind}  validation {{\n    condition = {condition}\n    error_message = "Another one."\n  }}\n}}\n'


def values(unit: ReadOne, kind: str, condition: str) -> list[object] | None:
    """The values that are left, None if they are not listed."""
    source = DECLARED.format(kind=f"  type = {kind}\n" if kind else "", condition=condition)
    return contents(block(unit({"main.tf": source + 'resource "r" "r" {\n  x = var.v\n}\n'}), "r.r").body.value["x"])


def contents(value: Tree) -> list[object] | None:
    match value:
        case Known(content):
            return [content]
        case Unknown(alternatives=several) if several:
            return [plain(each.value) for each in several]
        case _:
            return None


@pytest.mark.parametrize(
    ("kind", "condition", "expected"),
    [
        ("number", "var.v >= 7 && var.v < 10", [7, 8, 9]),
        ("number", "3 > var.v && 0 < var.v", [1, 2]),
        ("number", "var.v >= 0 && var.v <= 1", None),  # a share
        ("number", "var.v >= 1 && var.v <= 65535", None),
        ("number", "var.v > 6", None),
        ("number", "try(contains([7, 14], var.v), false)", [7, 14]),
        ("string", 'length(regexall("^(a|b)$", var.v)) > 0', ["a", "b"]),
        ("string", 'var.v == null ? false : contains(["a", "b"], var.v)', ["a", "b"]),
        ("", 'contains(["a", "b"], var.v)', ["a", "b"]),
        ("list(string)", 'contains(["a", "b"], var.v[0])', None),
    ],
)
def test_conditions_list_what_they_allow(unit: ReadOne, kind: str, condition: str, expected: list[object] | None) -> None:
    assert values(unit, kind, condition) == expected


@pytest.mark.parametrize(
    ("kind", "condition", "expected"),
    [
        ("bool", "var.v", [True]),  # a condition that is null is an error
        ("bool", "!var.v", [False]),
        ("bool", "var.v == null ? true : var.v", [None, True]),
        ("string", 'var.v == null || contains(["a"], var.v)', [None, "a"]),
        (
            "string",
            'var.v == null || contains(["a"], var.v)\n  }\n  nullable = false\n  validation {\n    condition = true',
            ["a"],
        ),
    ],
)
def test_null_is_left_only_if_the_conditions_and_the_variable_allow_it(
    unit: ReadOne, kind: str, condition: str, expected: list[object]
) -> None:
    assert values(unit, kind, condition) == expected


INNER = DECLARED.format(kind="  type = string\n", condition='contains(["a", "b"], var.v)')


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("var.w", ["a", "b"]),
        ("data.aws_ssm_parameter.p.value", None),  # a reference stays one
        ('"a"', ["a"]),
    ],
)
def test_what_a_call_passes_is_what_the_module_allows(unit: ReadOne, given: str, expected: list[object] | None) -> None:
    files: dict[str, str | bytes] = {
        "main.tf": f'variable "w" {{}}\ndata "aws_ssm_parameter" "p" {{\n  name = "p"\n}}\nmodule "m" {{\n  source = "./m"\n  v = {given}\n}}\n',
        "m/main.tf": INNER + 'resource "r" "r" {\n  x = var.v\n}\n',
    }
    assert contents(block(unit(files), "module.m.r.r").body.value["x"]) == expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('contains(["c", "b", "a"], var.v)', [True]),
        ('contains(["c"], var.v)', [False]),
        ('var.v == "a" || var.v == "b"', [True]),
        ('var.v == "a" && var.v == "b"', [False]),
        ('anytrue([for each in ["a", "b"] : each == var.v])', [True]),
        ('alltrue([var.v != "a", var.v != "b"])', [False]),
        ('contains(["a"], var.v)', [True, False]),
    ],
)
def test_a_condition_that_holds_for_every_value_that_is_left_is_decided(
    unit: ReadOne, condition: str, expected: list[object]
) -> None:
    found = unit(INNER + f'resource "r" "r" {{\n  x = {condition}\n}}\n')
    value = block(found, "r.r").body.value["x"]
    assert contents(value) == expected
