"""The other elements of a list of which one is at fault: a remedy that is for this element alone keeps them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from wa_iac.core.declared import Declared
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span
from wa_iac.core.value import Known, Tree

from .code_place import nodes_at
from .module_code import body_of
from .snippets import Code
from .written import text_at

if TYPE_CHECKING:
    from wa_iac.parsers.terraform.text.nodes import Body, Expr

_ELEMENT: Final = late(r'(?P<before>\[ *|^ *(?:- )?)(?P<element>"?<[^<>\n]+>"?)(?P<after>,?)', re.MULTILINE)
"""The one element of a list in the code of a remedy: a placeholder, on a line with its list or on one of its own."""


class _List(NamedTuple):
    """The places of the elements of a list as it is written, and whether an expression makes the value of its argument out of it."""

    elements: list[Span]
    in_expression: bool = False


_NO_LIST: Final = _List([])


class Kept(NamedTuple):
    """The code of a remedy with the elements that stay; and whether the flagged element is all that has to change, since an expression
    makes the value from its list."""

    code: Code
    element_only: bool = False


def keeping(code: Code, declared: Declared, span: Span, sources: Mapping[str, bytes]) -> Kept:
    """The code of a remedy with the elements that are written beside the one at fault, in its place."""
    body = body_of(span.path, sources)
    found = _evaluated(declared.body, span, sources) if body is None else _in_code(body, span)
    if found.in_expression:
        return Kept(code, element_only=declared.extent.holds(span))
    own = text_at(span, sources)
    others = [text for each in found.elements if (text := text_at(each, sources)) not in ("", own)]
    if not others or any("\n" in each for each in others) or len(_ELEMENT.findall(code.text)) != 1:
        return Kept(code)
    return Kept(code._replace(text=_ELEMENT.sub(lambda found: _written(found, others), code.text)))


def _written(found: re.Match[str], others: list[str]) -> str:
    before = found["before"]
    if "[" in before:
        return f"{before}{', '.join(others)}{found['after']}"
    between = ",\n" if found["element"].startswith('"') else "\n"
    return between.join(f"{before}{each}" for each in others) + found["after"]


def _evaluated(body: Tree, span: Span, sources: Mapping[str, bytes]) -> _List:
    """For a format whose lists are as they are written: YAML and JSON."""
    nodes = nodes_at(body, span)
    around = nodes[-2] if len(nodes) > 1 else None
    if not isinstance(around, Known) or not isinstance(around.value, list) or nodes[-1].origin.chain:
        return _NO_LIST
    found = [each.origin.span for each in around.value]
    return _List(found) if all(around.origin.span.holds(each) for each in found) else _NO_LIST


def _in_code(body: Body, span: Span) -> _List:
    """The innermost list in HCL that has an element at a place."""
    block = next((each for each in body.blocks if each.extent.holds(span)), None)
    if block is not None:
        return _in_code(block.body, span)
    argument = next((each for each in body.attributes.values() if each.span.holds(span)), None)
    return _NO_LIST if argument is None else _in_value(argument.value, span)


def _in_value(expression: Expr, span: Span) -> _List:
    from wa_iac.parsers.terraform.text import nodes

    computed = False
    while True:
        inside: tuple[Expr, ...]
        match expression:
            case nodes.TupleExpr(items=inside):
                own = next((each for each in inside if each.span == span), None)
                if own is not None:
                    return _List([each.span for each in inside], computed) if isinstance(own, nodes.Literal) else _NO_LIST
            case nodes.ObjectExpr(items=pairs):
                inside = tuple(each.value for each in pairs)
            case nodes.Call(arguments=inside):
                computed = True
            case nodes.Conditional(then=then, otherwise=otherwise):
                computed, inside = True, (then, otherwise)
            case _:
                return _NO_LIST
        found = next((each for each in inside if each.span.holds(span)), None)
        if found is None:
            return _NO_LIST
        expression = found
