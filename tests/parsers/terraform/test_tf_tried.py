"""`try` and `can` are undecided where what they try may be an error after the apply."""

from __future__ import annotations

import pytest

from helpers.terraform import Evaluate, alternatives
from wa_iac.core.value import Known, Tree, Unknown

_GIVEN = 'variable "s" {}\ndata "aws_ssm_parameter" "s" { name = "s" }\nresource "aws_kms_key" "k" { count = 2 }\n'


@pytest.mark.parametrize(
    "expression",
    [
        "can(tobool(data.aws_ssm_parameter.s.value))",
        'can(regex("a", data.aws_ssm_parameter.s.value))',
        "can(data.aws_ssm_parameter.s.value + 1)",
        "can({ a = 1 }[var.s])",
        "can({ a = 1 }[data.aws_ssm_parameter.s.value])",
        'can(["a"][tonumber(var.s)])',
        "can(tomap({ a = 1 })[var.s])",
        "can(lookup({ a = 1 }, var.s))",
        "can(try({ a = 1 }[var.s]))",
        "can(aws_kms_key.k[var.s].arn)",
        "try({ a = true }[var.s], false)",
        "try([true][tonumber(var.s)], false)",
        "try(element([true, true], var.s).x, [true][var.s], false)",
        "try({ a = true, b = true }[data.aws_ssm_parameter.s.value], false)",
        "try({ a = true, b = true }[var.s], false)",
        "try({ x = { r = true } }[data.aws_ssm_parameter.s.value].r, false)",
        'try([for one in split(",", "a,b") : { a = 1, b = 1 }[var.s]], [])',
    ],
)
def test_what_may_be_an_error_is_undecided(value: Evaluate, expression: str) -> None:
    assert isinstance(value(expression, _GIVEN), Unknown)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("can(data.aws_ssm_parameter.s.value)", True),
        ("can(aws_kms_key.k[0].arn)", True),
        ('can("${data.aws_ssm_parameter.s.value}-a")', True),
        ("can(length(aws_kms_key.k))", True),
        ('can(join(",", aws_kms_key.k[*].arn))', True),
        ("try({ a = true }[var.s], true)", True),
        ("try([true, true, {}[var.s]][0], {}.a, 2)", 2),
        ("try({ a = true }[var.s])", True),
        ("{ a = true, b = true }[data.aws_ssm_parameter.s.value]", True),
    ],
)
def test_what_works_or_leads_to_the_same_is_known(value: Evaluate, expression: str, expected: object) -> None:
    assert value(expression, _GIVEN) == Known(expected)


def test_both_outcomes_are_told_apart(value: Evaluate) -> None:
    def contents(found: Tree) -> list[object]:
        return [content for _, content in alternatives(found)]

    assert contents(value("try({ a = 1 }[var.s], 2)", _GIVEN)) == [1, 2]
    assert contents(value("[for v in [try({ a = 1 }[var.s], 2)] : v == 1][0]", _GIVEN)) == [True, False]


def test_an_attribute_that_may_not_work_still_refers_to_its_resource(value: Evaluate) -> None:
    found = value("try(aws_kms_key.k[var.s].arn, null)", _GIVEN)
    assert [each.address for each in found.origin.references] == ["aws_kms_key.k"]
