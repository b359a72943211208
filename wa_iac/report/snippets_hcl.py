"""Remedies in HCL: written from content, and read as data. Apart from the other languages, since a run on CloudFormation needs no HCL."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from wa_iac.core.fix import Content, FixPlace, Satellite, Wanted, anew, place
from wa_iac.core.late_pattern import late
from wa_iac.core.value import Known
from wa_iac.parsers.terraform.text.edit import Expression, body_lines
from wa_iac.parsers.terraform.text.nodes import Body, Expr, Name, ObjectExpr, TemplateExpr, TupleExpr
from wa_iac.parsers.terraform.text.nodes import Literal as HclLiteral
from wa_iac.parsers.terraform.text.nodes import written as reference
from wa_iac.parsers.terraform.text.syntax import read_body

from .hcl_data import PLACEHOLDER

_STAND_IN: Final = late(r"placeholder__(\d+)__")
_NAMES: Final = frozenset({"provider", "depends_on", "ignore_changes"})
"""Arguments with names of things. In Terraform 0.11 they are plain strings."""


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
    found = _read(text)
    if found is None:
        return None
    body, source, names = found
    shown = json.dumps(_hcl_data(body, source), ensure_ascii=False)
    return json.loads(_STAND_IN.sub(lambda found: json.dumps(names[int(found[1])], ensure_ascii=False)[1:-1], shown))


def with_interpolations(text: str) -> str:
    """A remedy in HCL with its references in strings, for files of Terraform 0.11. What is only a part of something stays."""
    found = _read(text)
    if found is None:
        return text
    body, source, names = found
    for start, end, prefix, suffix in sorted(_marks(body, source), reverse=True):
        source = source[:start] + prefix + source[start:end] + suffix + source[end:]
    return _STAND_IN.sub(lambda found: names[int(found[1])], source.decode())


def _read(text: str) -> tuple[Body, bytes, list[str]] | None:
    """A remedy in HCL with names for its placeholders: its body, the source of that, and the placeholders by number. None if it is
    only a part of something."""
    names: list[str] = []

    def stand_in(found: re.Match[str]) -> str:
        names.append(found[0])
        return f"placeholder__{len(names) - 1}__"

    source = PLACEHOLDER.sub(stand_in, text).encode()
    body, errors = read_body("remedy.tf", source + b"\n")
    return None if errors else (body, source, names)


def _marks(body: Body, source: bytes) -> Iterator[tuple[int, int, bytes, bytes]]:
    """The places of the references of a body, and what to write before and after each."""
    for name, each in body.attributes.items():
        yield from _marks_of(each.value, source, (b'"', b'"') if name in _NAMES else (b'"${', b'}"'))
    for block in body.blocks:
        yield from _marks(block.body, source)


def _marks_of(expression: Expr, source: bytes, marks: tuple[bytes, bytes]) -> Iterator[tuple[int, int, bytes, bytes]]:
    span = expression.span
    match expression:
        case HclLiteral() | TemplateExpr():
            return
        case TupleExpr(items=items):
            for item in items:
                yield from _marks_of(item, source, marks)
        case ObjectExpr(items=members):
            for member in members:
                yield from _marks_of(member.value, source, marks)
        case Name(name=name) if _STAND_IN.fullmatch(name):
            return
        case _ if b"\n" not in source[span.start_byte : span.end_byte]:
            yield (span.start_byte, span.end_byte, *marks)


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
