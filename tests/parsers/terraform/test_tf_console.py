"""Expressions, against what a real Terraform made of them (`record_console.py` asks it again)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from parsers.terraform.record_console import RECORDED, Case

from wa_iac.core.value import Known, Tree, Unknown
from wa_iac.parsers.terraform.evaluate import settled
from wa_iac.parsers.terraform.run import Run
from wa_iac.parsers.terraform.scope import Scope
from wa_iac.parsers.terraform.syntax import read_body

LATER = {
    "alltrue([])": "",
}
"""Expressions that Terraform has changed its mind about since the version that was asked, with what it says now."""


def evaluated(expression: str) -> Tree:
    body, errors = read_body("main.tf", f"x = {expression}\n".encode())
    run = Run(Path(__file__).parent, Path(__file__).parent)
    attribute = body.attributes.get("x")
    if errors or attribute is None:
        return Unknown(str(errors), "syntax")
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


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["expression"])
def test_as_terraform(case: Case) -> None:
    tree = evaluated(case["expression"])
    if "error" in case:
        assert isinstance(tree, Unknown), content(tree)
    else:
        assert json.dumps(content(tree), sort_keys=True) == json.dumps(case["value"], sort_keys=True)
