"""The JSON form of the language: `main.tf.json`, `main.tofu.json`. PyYAML's C composer reads it, since it keeps the places."""

from __future__ import annotations

import json
from typing import Final

import yaml

from wa_iac.core.errors import SourceError, WaIacError
from wa_iac.core.value import Absent, Known, Origin, Span

from .exact import literal
from .nodes import Attribute, Block, Body, Expr, Item, Literal, ObjectExpr, Template, TemplateFor, TemplateIf, TupleExpr
from .syntax import read_body, read_template

_LABELS: Final = {"resource": 2, "data": 2, "ephemeral": 2, "variable": 1, "output": 1, "module": 1, "provider": 1, "check": 1,
                  "locals": 0, "terraform": 0}  # fmt: skip
_LABELLED: Final = frozenset({"dynamic", "provisioner", "backend"})
_META: Final = frozenset({"lifecycle", "connection", "content", "timeouts", "precondition",
                          "postcondition", "validation", "required_providers", "cloud", "default_tags",
                          "assume_role", "statement", "filter", "ingress", "egress"})  # fmt: skip
"""Where JSON has an object it does not say whether a block or a map is meant; these are blocks. A list of objects reads the same as
either."""


def read_json(path: str, source: bytes) -> tuple[Body, list[WaIacError]]:
    """The blocks of a file in JSON, and what is wrong with it."""
    body, errors = Body(), list[WaIacError]()
    reader = _Reader(path)
    for key, value in _pairs(_composed(path, source, errors)):
        if key.value in _LABELS:
            reader.blocks(body, key.value, key, value, _LABELS[key.value])
    return body, errors


def read_json_values(path: str, source: bytes) -> tuple[Body, list[WaIacError]]:
    """The attributes of a `.tfvars.json` file, its texts taken as they are, and what is wrong with it."""
    body, errors = Body(), list[WaIacError]()
    reader = _Reader(path)
    for key, value in _pairs(_composed(path, source, errors)):
        body.attributes[key.value] = reader.attribute(key, value, plain=True)
    return body, errors


def _composed(path: str, source: bytes, errors: list[WaIacError]) -> yaml.Node | None:
    text = source.decode("utf-8", "replace")
    try:
        json.loads(text)
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except json.JSONDecodeError as error:
        errors.append(SourceError(f"it is not JSON: {error.msg}", path=path, line=error.lineno, column=error.colno))
    except (yaml.YAMLError, RecursionError):
        errors.append(SourceError("it is not JSON that can be read", path=path))
    return None


def _pairs(node: yaml.Node | None) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    """The entries of an object, or of each object of a list."""
    if isinstance(node, yaml.SequenceNode):
        return [pair for item in node.value for pair in _pairs(item)]
    return [pair for pair in node.value if pair[0].value != "//"] if isinstance(node, yaml.MappingNode) else []


class _Reader:
    def __init__(self, path: str) -> None:
        self._path = path

    def blocks(
        self, body: Body, kind: str, header: yaml.Node, node: yaml.Node, labels: int, above: tuple[str, ...] = ()
    ) -> None:
        """The blocks of one type: below their labels, one object or a list of them for each."""
        if labels:
            for key, value in _pairs(node):
                self.blocks(body, kind, key, value, labels - 1, (*above, key.value))
            return
        for each in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            span = self._span(header, header)
            body.blocks.append(Block(kind, above, span, self._span(header, each), self._body(each, kind)))

    def _body(self, node: yaml.Node, kind: str) -> Body:
        body = Body()
        for key, value in _pairs(node):
            name = key.value
            if name in _LABELLED:
                self.blocks(body, name, key, value, 1)
            elif name in _META and not isinstance(value, yaml.ScalarNode):
                self.blocks(body, name, key, value, 0)
            elif kind == "variable" and name == "type":
                constraint = read_body(self._path, b"x = " + value.value.encode())[0].attributes.get("x")
                if constraint is not None:
                    body.attributes[name] = Attribute(name, self._span(key, value), constraint.value)
            else:
                body.attributes.setdefault(name, self.attribute(key, value, plain=kind == "variable"))
        return body

    def attribute(self, key: yaml.ScalarNode, value: yaml.Node, *, plain: bool) -> Attribute:
        """One member of an object; where `plain`, its texts are no templates."""
        return Attribute(key.value, self._span(key, value), self._expression(value, plain=plain))

    def _span(self, first: yaml.Node, last: yaml.Node) -> Span:
        start, end = first.start_mark, last.end_mark
        return Span(self._path, start.line + 1, start.column + 1, end.line + 1, end.column + 1, start.index, end.index)

    def _expression(self, node: yaml.Node, *, plain: bool) -> Expr:
        span = self._span(node, node)
        if isinstance(node, yaml.SequenceNode):
            return TupleExpr(span, tuple(self._expression(item, plain=plain) for item in node.value))
        if isinstance(node, yaml.MappingNode):
            return ObjectExpr(span, tuple(self._item(key, value, plain=plain) for key, value in node.value))
        return self._scalar(node, span, plain=plain)

    def _item(self, key: yaml.Node, value: yaml.Node, *, plain: bool) -> Item:
        return Item(self._span(key, value), self._expression(key, plain=plain), self._expression(value, plain=plain))

    def _scalar(self, node: yaml.Node, span: Span, *, plain: bool) -> Expr:
        content: str = node.value
        if isinstance(node, yaml.ScalarNode) and node.style == '"':
            if plain or not any(mark in content for mark in ("${", "%{")):
                return Literal(span, Known(content, Origin(span)))
            template = read_template(self._path, content, line=span.start_line)
            # "${x}" alone is x itself, whatever its type.
            if (
                isinstance(template, Template)
                and len(template.parts) == 1
                and not isinstance(template.parts[0], str | TemplateIf | TemplateFor)
            ):
                return template.parts[0]
            return template
        match content:
            case "null":
                return Literal(span, Absent(Origin(span)))
            case "true" | "false":
                return Literal(span, Known(content == "true", Origin(span)))
            case _:
                return Literal(span, Known(literal(content), Origin(span)))
