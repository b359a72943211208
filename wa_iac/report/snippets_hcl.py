"""Remedies in HCL: written from content, and read as data. Apart from the other languages, since a run on CloudFormation needs no HCL."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from wa_iac.core.fix import Content, FixPlace, Satellite, Wanted, anew, place
from wa_iac.core.value import Known
from wa_iac.parsers.terraform.text.edit import Expression, body_lines
from wa_iac.parsers.terraform.text.nodes import Body, Expr, ObjectExpr, TemplateExpr, TupleExpr
from wa_iac.parsers.terraform.text.nodes import Literal as HclLiteral
from wa_iac.parsers.terraform.text.nodes import written as reference
from wa_iac.parsers.terraform.text.syntax import read_body

from .hcl_data import PLACEHOLDER

_STAND_IN: Final = re.compile(r"placeholder__(\d+)__")


def arguments(content: Content) -> str:
    """The arguments and nested blocks of a body."""
    return "\n".join(body_lines(dict(anew(content)), "", "  "))


def satellite_block(added: Satellite, name: str, this: str) -> str:
    """A resource of the given name, which refers to the one of the name `this`."""
    owner: dict[FixPlace, Wanted] = {place(added.by): Expression(f"{this}.id")}
    lines = body_lines({**owner, **dict(anew(added.body))}, "  ", "  ")
    return "\n".join([f'resource "{added.type}" "{name}" {{', *lines, "}"])


def hcl_as_data(text: str) -> Any:
    """A remedy in HCL as data of Terraform's JSON syntax; None if it is only a part of something."""
    names: list[str] = []

    def stand_in(found: re.Match[str]) -> str:
        names.append(found[0])
        return f"placeholder__{len(names) - 1}__"

    source = PLACEHOLDER.sub(stand_in, text).encode()
    body, errors = read_body("remedy.tf", f"{source.decode()}\n".encode())
    if errors:
        return None
    shown = json.dumps(_hcl_data(body, source), ensure_ascii=False)
    return json.loads(_STAND_IN.sub(lambda found: json.dumps(names[int(found[1])], ensure_ascii=False)[1:-1], shown))


def _hcl_data(body: Body, source: bytes) -> dict[str, Any]:
    data: dict[str, Any] = {name: _hcl_value(each.value, source) for name, each in body.attributes.items()}
    for block in body.blocks:
        value: Any = _hcl_data(block.body, source)
        here = data
        for label in (block.type, *block.labels)[:-1]:
            here = here.setdefault(label, {})
        last = (block.type, *block.labels)[-1]
        if last in here:
            value = [*(here[last] if isinstance(here[last], list) else [here[last]]), value]
        here[last] = value
    return data


def _hcl_value(expression: Expr, source: bytes) -> Any:
    written = source[expression.span.start_byte : expression.span.end_byte].decode()
    match expression:
        case HclLiteral(value=Known(value)):
            return value
        case TupleExpr(items=items):
            return [_hcl_value(item, source) for item in items]
        case ObjectExpr(items=items):
            return {reference(item.key): _hcl_value(item.value, source) for item in items}
        case TemplateExpr() if written.startswith('"'):
            return written[1:-1]
        case _:
            return f"${{{written}}}"
