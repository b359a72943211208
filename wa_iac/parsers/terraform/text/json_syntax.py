"""The JSON form of the language: `main.tf.json`, `main.tofu.json`."""

from __future__ import annotations

import json
from typing import Final

from wa_iac.core.budget import current
from wa_iac.core.errors import BoundError, SourceError, WaIacError
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span, within
from wa_iac.core.value import Absent, Known, Origin

from .block_types import LABELS, OTHERS
from .explain import MisreadError
from .located_json import JsonNode, JsonText, Member, Members, parsed, whole_characters
from .nodes import (
    Attribute,
    Body,
    Expr,
    HclBlock,
    Invalid,
    Item,
    Literal,
    ObjectExpr,
    TupleExpr,
)
from .numbers import literal
from .syntax import read_body, template_of
from .template_nodes import MAX_NESTING

_LABELLED: Final = frozenset({"dynamic", "provisioner", "backend"})
_META: Final = frozenset({"lifecycle", "connection", "content", "timeouts", "precondition",
                          "postcondition", "validation", "required_providers", "cloud", "default_tags",
                          "assume_role", "statement", "filter", "ingress", "egress"})  # fmt: skip
"""JSON does not distinguish blocks from maps; these are blocks. A list of objects reads the same as
either."""


_TEMPLATE: Final = 5
"""Steps that reading a text with an expression costs, plus one for each `_LETTERS` letters."""
_LETTERS: Final = 10
_BROKEN: Final = 200
"""Steps that explaining a broken text costs, plus one for each letter."""
_MOST_WRONG: Final = 100
"""Errors that are reported for one file."""
_SHOWN: Final = 40


def read_json(path: str, source: bytes) -> tuple[Body, list[WaIacError]]:
    """The blocks of a JSON file, and its errors."""
    body, errors = Body(), list[WaIacError]()
    text = _checked(path, source, errors)
    if text is not None:
        reader = _Reader(path, text, errors)
        for key, name, value in reader.pairs(text.node(text.start()), "a module", is_whole=True):
            if name in LABELS:
                reader.blocks(body, name, key, value, LABELS[name])
            elif name not in OTHERS and not errors:
                reader.unknown(key, name)
    return body, errors


def read_json_values(path: str, source: bytes) -> tuple[Body, list[WaIacError]]:
    """The attributes of a `.tfvars.json` file, and its errors. Texts are not evaluated."""
    body, errors = Body(), list[WaIacError]()
    text = _checked(path, source, errors)
    if text is not None:
        reader = _Reader(path, text, errors)
        for key, name, value in reader.pairs(text.node(text.start()), "a file of variables", is_whole=True):
            body.attributes[name] = reader.attribute(key, name, value, plain=True)
    return body, errors


def _checked(path: str, source: bytes, errors: list[WaIacError]) -> JsonText | None:
    """The text of a file, if it is JSON."""
    text = whole_characters(source.decode("utf-8", "replace"))
    try:
        parsed(text)
    except json.JSONDecodeError as error:
        line, column = within(text, error.lineno, error.colno)
        errors.append(SourceError(f"it is not JSON: {error.msg}", path=path, line=line, column=column))
    except ValueError as error:
        errors.append(SourceError(f"it is not JSON: {error}", path=path, line=_line_of_no_number(text), column=1))
    except RecursionError:
        errors.append(BoundError(f"more than {MAX_NESTING} levels of nesting in one file", path=path, line=1, column=1))
    else:
        return JsonText(text, path, what="file", depth=MAX_NESTING, repeats=True)
    return None


_NO_NUMBER: Final = late(r"(?<=[\s:,\[-])(?:NaN|Infinity)(?=[\s,\]}]|$)|^(?:NaN|-?Infinity)")


def _line_of_no_number(text: str) -> int:
    """The line of a number that Python accepts but JSON does not."""
    found = _NO_NUMBER.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 1


class _Reader:
    def __init__(self, path: str, text: JsonText, errors: list[WaIacError]) -> None:
        self._path = path
        self._text = text
        self._errors = errors

    def pairs(self, node: JsonNode, what: str, *, is_whole: bool = False) -> list[tuple[int, str, JsonNode]]:
        """The entries of an object, or of each object of a list: the name's place, the name, the value.

        There are none in `null`, which a whole file must not be.
        """
        content = node.content
        if isinstance(content, Members):
            return [(member.key, name, member.node) for name, member in content.every if name != "//"]
        if isinstance(content, list):
            return [pair for item in content for pair in self.pairs(item, what, is_whole=is_whole)]
        if content is not None or is_whole:
            self._wrong(node, f"{what} must be an object in JSON, not {_called(content)}")
        return []

    def unknown(self, key: int, name: str) -> None:
        """Report that a name at the top of the file is not a block's."""
        shown = name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"
        self._say(self._text.span(key, self._end_of_name(key)), f'a module has no block "{shown}": not read')

    def _wrong(self, node: JsonNode, message: str) -> None:
        self._say(self._text.span(node.start, node.end), message)

    def _say(self, span: Span, message: str) -> None:
        if len(self._errors) < _MOST_WRONG:
            self._errors.append(SourceError.at(span, message))

    def blocks(self, body: Body, kind: str, header: int, node: JsonNode, labels: int, above: tuple[str, ...] = ()) -> None:
        """The blocks of one type: below their labels, one object or a list of them for each."""
        if labels:
            for key, name, value in self.pairs(node, f'the content of "{kind}"'):
                self.blocks(body, kind, key, value, labels - 1, (*above, name))
            return
        if node.content is None:
            return
        for each in node.content if isinstance(node.content, list) else [node]:
            span = self._text.span(header, self._end_of_name(header))
            body.blocks.append(HclBlock(kind, above, span, self._text.span(header, each.end), self._body(each, kind)))

    def _end_of_name(self, start: int) -> int:
        return self._text.end_of_text(start)

    def _body(self, node: JsonNode, kind: str) -> Body:
        body = Body()
        for key, name, value in self.pairs(node, f'a block "{kind}"'):
            if name in _LABELLED:
                self.blocks(body, name, key, value, 1)
            elif name in _META and isinstance(value.content, (dict, list)):
                self.blocks(body, name, key, value, 0)
            elif kind == "variable" and name == "type":
                self._constraint(body, key, value)
            else:
                body.attributes.setdefault(name, self.attribute(key, name, value, plain=kind == "variable"))
        return body

    def _constraint(self, body: Body, key: int, value: JsonNode) -> None:
        """Add the type of a variable, which is a text that contains an expression."""
        written = value.content
        found = read_body(self._path, f"x = {written}".encode())[0].attributes.get("x") if isinstance(written, str) else None
        if found is None or isinstance(found.value, Invalid):
            self._wrong(value, "the type of a variable must be a type expression in a string")
            return
        body.attributes["type"] = Attribute("type", self._text.span(key, value.end), found.value)

    def attribute(self, key: int, name: str, value: JsonNode, *, plain: bool) -> Attribute:
        """One member of an object; if `plain`, its strings are not templates."""
        return Attribute(name, self._text.span(key, value.end), self._expression(value, plain=plain))

    def _expression(self, node: JsonNode, *, plain: bool) -> Expr:
        span = self._text.span(node.start, node.end)
        match node.content:
            case Members() as members:
                return ObjectExpr(span, tuple(self._item(name, member, plain=plain) for name, member in members.every))
            case list() as items:
                return TupleExpr(span, tuple(self._expression(item, plain=plain) for item in items))
            case str() as content:
                return self._string(content, span, plain=plain)
            case None:
                return Literal(span, Absent(Origin(span)))
            case bool() as content:
                return Literal(span, Known(content, Origin(span)))
            case _:
                return Literal(span, literal(self._text.cut(node), Origin(span)))

    def _item(self, name: str, member: Member, *, plain: bool) -> Item:
        key = self._text.span(member.key, self._end_of_name(member.key))
        return Item(
            self._text.span(member.key, member.node.end),
            self._string(name, key, plain=plain),
            self._expression(member.node, plain=plain),
        )

    def _string(self, content: str, span: Span, *, plain: bool) -> Expr:
        if plain or not any(mark in content for mark in ("${", "%{")):
            return Literal(span, Known(content, Origin(span)))
        current().step(_TEMPLATE + len(content) // _LETTERS, span)
        template, errors = template_of(self._path, content, line=span.start_line)
        if errors:
            current().step(_BROKEN + len(content))
            said = errors[0].what if isinstance(errors[0], MisreadError) else errors[0].message
            self._say(span, f"syntax error in this string: {said}")
            return Invalid(span, "the string has a syntax error")
        return template


def _called(content: object) -> str:
    if content is None:
        return "null"
    return "a string" if isinstance(content, str) else "true or false" if isinstance(content, bool) else "a number"
