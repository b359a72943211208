"""Expressions that are made at random mean what HashiCorp's own library says; and the smallest of each kind that once did not."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path
from typing import Final

import pygohcl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.generated_hcl import VARIABLE, Rejected, Writer, evaluated
from wa_iac.core.budget import Budget, entered
from wa_iac.core.paths import Scan
from wa_iac.core.value import Absent, Known, Origin, Tree
from wa_iac.parsers.terraform.evaluation.expressions import evaluate
from wa_iac.parsers.terraform.evaluation.functions.base import tree
from wa_iac.parsers.terraform.evaluation.scope import Scope
from wa_iac.parsers.terraform.evaluation.unit import Failure, Run
from wa_iac.parsers.terraform.text.numbers import digits_of
from wa_iac.parsers.terraform.text.syntax import read_body

_PRECISION: Final = Decimal("1e-100")
"""We count in tens, HashiCorp's library in twos: the last digits differ."""


def _content(value: Tree) -> object:
    """A value as JSON has it, numbers as decimals."""
    match value:
        case Absent():
            return None
        case Known(list() as items):
            return [_content(each) for each in items]
        case Known(dict() as entries):
            return {key: _content(each) for key, each in entries.items()}
        case Known(bool() | str() as content):
            return content
        case Known(int() | float() as content):
            return digits_of(content)
        case _:
            raise AssertionError(f"everything is known, but this: {value}")


def ours(expression: str) -> object:
    """What we make of an expression. Raises Failure where it is an error when it is evaluated."""
    with entered(Budget()):
        body, errors = read_body("main.tf", f"x = {expression}\ny = 1\n".encode())
        assert errors == []
        assert set(body.attributes) == {"x", "y"}
        scope = Scope(Run(Scan(Path()), Path(), {}), None, {"var": Known({"x": tree(VARIABLE, Origin())})})
        return _content(evaluate(body.attributes["x"].value, scope))


def same(one: object, other: object) -> bool:
    """Whether two contents are equal, types and all."""
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return abs(one - other) <= abs(other) * _PRECISION
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return type(one) is type(other) and one == other


@pytest.mark.parametrize(
    "expression",
    [
        # white space that is written as an escape is white space, and so is what Unicode calls so
        r'"%{ for v in var.x.l ~}\n${v}\n%{ endfor ~}\n"',
        r'"${1 ~}\n\n\t\r \u00a0 x"',
        r'"x\n ${~ 1}"',
        r'"%{ if true ~} \n a \n %{~ else ~} \n b \n %{~ endif ~} \n c"',
        '"${1 ~}\u00a0\u2003x"',
        # and what is trimmed of a text leaves a text
        r'"\n${~ true}"',
        r'"${var.x.n ~} "',
        # a heredoc is trimmed to the end of the line only
        "(<<E\na ${1 ~}\n  b\nE\n)",
        "(<<-E\n    a\n  %{ if true ~}\n    b\n  %{ endif ~}\n  E\n)",
        "(<<E\n  ${1 ~}\n\n\n\n${~ 2}\n\nE\n)",
        # lines end in a newline, and in nothing else
        "(<<-E\n  a\u2028b\n   c\x85\n  E\n)",
        # the last two of any number of marks are the escape
        '"$$${1}"',
        '"$$$$${1}"',
        '"%%%{ if }"',
        "(<<E\n$$${a}%%%%{b}\nE\n)",
        # a line that begins like the last one of its heredoc
        "(<<E\nE ${1}\nE\n)",
        "(<<-E\n  E%{ if true }a%{ endif }\n  E\n)",
        "(<<E\nE $${1}\n E x\nE\n)",
        # a marker of other letters
        "(<<é1\né1 ${1}\n  é1\n)",
        # a letter with its accent
        r'["e\u0301", "e\u0301" == "\u00e9", { "e\u0301" = 1 }]',
        "(<<E\ne\u0301\nE\n)",
        # what belongs to a splat
        "var.x.o[*].n[*]",
        "var.x.o[*].n[0]",
        "var.x.o[*].n.0",
        "var.x.o.*.n.0",
        "var.x.o.*.n[0]",
        "var.x.o.*.n[0][*]",
        '"a"[*][*]',
        "[[1], [2]][*][0]",
        # numbers with exponents and signs, and what follows them
        "[1e1, -1e1, - 2E+1, 1.5e2, 1e-1, 0.1e1, 10e-01, -1e1 + 1e1]",
        "{ a = -1e1, b = 2e0, c-1e1 = 3 }",
        "var.x.n-1e0",
        "2-1e0",
    ],
)
def test_the_smallest_of_each_kind(expression: str) -> None:
    try:
        wanted = evaluated(expression)
    except Rejected:
        with pytest.raises(Failure):
            ours(expression)
    else:
        assert same(ours(expression), wanted), (ours(expression), wanted)


@pytest.mark.parametrize("label", [r"a\nb", r"\"", "$$", "é", r"\u00e9", "$${a}"])
def test_a_label_has_escapes(label: str) -> None:
    (header,) = pygohcl.loads(f'b "{label}" {{}}\n')["b"]
    body, errors = read_body("main.tf", f'b "{label}" {{}}\n'.encode())
    assert errors == []
    assert [each.labels for each in body.blocks] == [(header,)]


_MEANING: Final = ("&&", "||", "/ 0", "% 0", "/0", "%0")
"""Where an expression is an error for us, and not for the library: newer ones do not look at the other side where one decides, and
what is divided by nothing is endless."""


@st.composite
def _expressions(draw: st.DrawFn) -> str:
    return Writer(lambda choices: draw(st.sampled_from(choices))).expression(draw(st.integers(0, 3)))


@settings(
    max_examples=int(os.environ.get("WA_IAC_FUZZ", "250")),
    derandomize="WA_IAC_FUZZ" not in os.environ,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(_expressions())
def test_expressions_made_at_random(expression: str) -> None:
    try:
        wanted = evaluated(expression)
    except Rejected as rejected:
        if rejected.parsed:
            with entered(Budget()):
                assert read_body("main.tf", f"x = {expression}\ny = 1\n".encode())[1] == []
        return
    try:
        found = ours(expression)
    except Failure:
        assert any(each in expression for each in _MEANING)
    else:
        assert same(found, wanted), (found, wanted)
