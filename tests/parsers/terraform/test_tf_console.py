"""Expressions, against what a real Terraform made of them (`record_console.py` asks it again)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from parsers.terraform.record_console import RECORDED, Case

from wa_iac.core.paths import Scan
from wa_iac.core.reasons import Said
from wa_iac.core.value import Known, Tree, Unknown
from wa_iac.parsers.terraform.evaluation.expressions import settled
from wa_iac.parsers.terraform.evaluation.scope import Scope
from wa_iac.parsers.terraform.evaluation.unit import Evaluation
from wa_iac.parsers.terraform.text.syntax import read_body

_SINCE = "Terraform has changed its mind since the version that was asked"
_LENIENT = "we do not mind where Terraform does, or it gives what nobody means"
DIFFERENT = {
    **dict.fromkeys(
        ["one(null)", 'element(["a", "b", "c"], -1)', 'cidrsubnet("10.0.0.0/16", -1, 0)', 'cidrsubnet("10.0.0.0/16", 8, -1)',
         'cidrhost("::ffff:10.0.0.0/120", 1)'],
        _SINCE,
    ),
    **dict.fromkeys(
        ["[[1, 2], [3, 4]].1.0", "contains([null], null)", 'lookup(tomap({ a = 1 }), "c", "x")', 'yamldecode("a: .inf")',
         'lookup(tomap({ a = 1 }), "b", "x")', 'format("%v", null)', "can(local.nope)"],
        _LENIENT,
    ),
    **dict.fromkeys(["1 / 3 * 3", "tostring(1 / 3)", "jsonencode(1 / 3)"], "the last of 154 digits: we count in tens, it in twos"),
    'true ? tolist([1]) : tolist(["a"])': "the elements of both branches are not compared where neither is written out",
    'sensitive("x")': "the console cannot encode it",
    'base64gzip("hello")': "another compressor's bytes differ: unknown",
}  # fmt: skip
"""Where we differ, and why."""


def evaluated(expression: str) -> Tree:
    body, errors = read_body("main.tf", f"x = {expression}\n".encode())
    run = Evaluation(Scan(Path(__file__).parent), Path(__file__).parent)
    attribute = body.attributes.get("x")
    if errors or attribute is None:
        return Unknown(Said(str(errors)), "syntax")
    return settled(attribute.value, Scope(run, None, {}), attribute.span)


def content(tree: Tree) -> object:
    """A value as JSON has it, unknown parts and all."""
    match tree:
        case Known(list() as items):
            return [content(item) for item in items]
        case Known(dict() as entries):
            return {key: content(item) for key, item in entries.items()}
        case Known(scalar):
            return scalar
        case Unknown(why=why):
            return {"$unknown": why}
        case _:
            return None


def cases() -> list[Case]:
    recorded: dict[str, list[Case]] = json.loads(RECORDED.read_text())
    return [case for topic in recorded.values() for case in topic]


def agrees(case: Case) -> bool:
    tree = evaluated(case["expression"])
    if "error" in case:
        return isinstance(tree, Unknown)
    return json.dumps(content(tree), sort_keys=True) == json.dumps(case["value"], sort_keys=True)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["expression"])
def test_as_terraform(case: Case) -> None:
    assert agrees(case) is (case["expression"] not in DIFFERENT), content(evaluated(case["expression"]))
