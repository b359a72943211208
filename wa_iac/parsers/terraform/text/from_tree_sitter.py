"""From tree-sitter's nodes to ours: one method for each construct of the expression language."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

from tree_sitter import Node

from wa_iac.core.errors import BoundError, WaIacError
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Origin

from .nodes import (
    Attr,
    Binary,
    Call,
    Conditional,
    Expr,
    ForExpr,
    IndexStep,
    Invalid,
    Item,
    Literal,
    Name,
    ObjectExpr,
    Splat,
    TemplateExpr,
    TemplateFor,
    TemplateIf,
    TemplatePart,
    Traversal,
    TupleExpr,
    Unary,
    content,
)
from .numbers import literal
from .templates import SPACE, TemplatePiece, dedent, lines, markers, unescape, unescape_heredoc
from .traversals import Step, grouped

MAX_NESTING: Final = 200
_LABEL_LENGTH: Final = 80


class Converter:
    """Converts the expressions of one file. Errors (too much nesting) are added to `errors`."""

    def __init__(self, path: str, source: bytes, span: Callable[[int, int], Span], errors: list[WaIacError]) -> None:
        self._path = path
        self._source = source
        self._bytes = span
        self._errors = errors
        self._depth = 0

    def expression(self, node: Node) -> Expr:
        """The expression of an `expression` node, which is nested at most `MAX_NESTING` deep."""
        self._depth += 1
        try:
            if self._depth > MAX_NESTING:
                return self._too_deep(node)
            children = self._children(node)
            return self._primary(children[0]) if len(children) == 1 else self._term(children, 0)[0]
        finally:
            self._depth -= 1

    def _too_deep(self, node: Node) -> Expr:
        span = self._span(node)
        message = f"an expression is nested deeper than {MAX_NESTING} levels"
        if not any(error.message == message for error in self._errors):
            self._errors.append(BoundError.at(span, message))
        return Invalid(span, message)

    def _span(self, node: Node) -> Span:
        return self._bytes(node.start_byte, node.end_byte)

    def _cut(self, start: int, end: int) -> str:
        return self._source[start:end].decode("utf-8", "replace")

    def _text(self, node: Node) -> str:
        return self._cut(node.start_byte, node.end_byte)

    def _label(self, node: Node) -> str:
        text = " ".join(self._text(node).split())
        return text if len(text) <= _LABEL_LENGTH else text[: _LABEL_LENGTH - 1] + "…"

    def _children(self, node: Node) -> list[Node]:
        children = node.children
        return children if len(children) == 1 else [child for child in children if child.type != "comment"]

    def _term(self, nodes: Sequence[Node], start: int) -> tuple[Expr, int]:
        """The operand that begins at `nodes[start]`, with the steps that follow it, and the index after it."""
        if start >= len(nodes):
            raise AssertionError("a term without nodes")
        first = nodes[start]
        index = start + 1
        if first.type == "(":
            expression = self.expression(nodes[start + 1])
            index = start + 3
        else:
            expression = self._primary(first)
        found: list[Step] = []
        end = first.end_byte
        plain = True
        for node in nodes[index:]:
            kind = node.type
            if kind not in ("get_attr", "index", "splat"):
                break
            if kind == "get_attr":
                found.append((Attr(self._text(node.children[-1])), "dotted"))
            else:
                plain = plain and kind != "splat"
                self._steps(node, found)
            end = node.end_byte
            index += 1
        if not found:
            return expression, index
        if plain:
            steps = [step for step, _ in found]
        elif sum(isinstance(step, Splat) for step, _ in found) > MAX_NESTING:
            return self._too_deep(first), index
        else:
            steps = grouped(found)
        return Traversal(self._bytes(first.start_byte, end), expression, tuple(steps)), index

    def _steps(self, node: Node, found: list[Step]) -> None:
        """Add the steps of a node, in order."""
        if node.type == "get_attr":
            found.append((Attr(self._text(node.children[-1])), "dotted"))
            return
        inner = node.children[0]
        match inner.type:
            case "new_index":
                index = IndexStep(self.expression(next(child for child in inner.children if child.type == "expression")))
                found.append((index, "bracketed"))
            case "legacy_index":
                span = self._span(inner)
                found.append((IndexStep(Literal(span, literal(self._text(inner)[1:].strip(), Origin(span)))), "dotted"))
            case _:
                found.append((Splat(()), "dotted" if inner.type == "attr_splat" else "bracketed"))
                for child in inner.children:
                    if child.type in ("get_attr", "index"):
                        self._steps(child, found)

    def _primary(self, node: Node) -> Expr:
        match node.type:
            case "variable_expr" | "identifier":
                return Name(self._span(node), self._text(node))
            case "literal_value":
                return self._literal(node)
            case "template_expr":
                return self._template_expression(node)
            case "function_call":
                return self._call(node)
            case "collection_value":
                return self._collection(self._children(node)[0])
            case "operation":
                return self._operation(self._children(node)[0])
            case "conditional":
                return self._conditional(node)
            case "for_expr":
                return self._for(self._children(node)[0])
            case "expression":
                return self.expression(node)
            case _:
                return Invalid(self._span(node), "the value has a syntax error")

    def _conditional(self, node: Node) -> Expr:
        """`a ? b : c ? d : e` groups from the right. Tree-sitter groups it from the left, so its chain is reversed."""
        conditions: list[Node] = []
        outcomes: list[Node] = []
        end = node.end_byte
        current: Node | None = node
        otherwise: Node | None = None
        while current is not None:
            condition, then, last = (child for child in current.children if child.type == "expression")
            if otherwise is None:
                otherwise = last
            else:
                conditions.append(last)
            outcomes.append(then)
            inner = self._children(condition)
            current = inner[0] if len(inner) == 1 and inner[0].type == "conditional" else None
            if current is None:
                conditions.append(condition)
        assert otherwise is not None  # noqa: S101 - the first round has set it
        result = self.expression(otherwise)
        for condition, then in zip(conditions, outcomes, strict=True):
            span = self._bytes(condition.start_byte, end)
            result = Conditional(span, self.expression(condition), self.expression(then), result, self._label(condition))
        return result

    def _literal(self, node: Node) -> Expr:
        inner = node.children[0]
        span = self._span(node)
        origin = Origin(span)
        match inner.type:
            case "string_lit":
                return Literal(span, Known(unescape(self._text(inner)[1:-1]), origin))
            case "numeric_lit":
                return Literal(span, literal(self._text(inner), origin))
            case "bool_lit":
                return Literal(span, Known(self._text(inner) == "true", origin))
            case "null_lit":
                return Literal(span, Absent(origin))
            case _:
                return Invalid(span, "the value has a syntax error")

    def _call(self, node: Node) -> Expr:
        name = self._text(node.children[0])
        arguments: tuple[Expr, ...] = ()
        spread = False
        for child in node.children:
            if child.type == "function_arguments":
                arguments = tuple(self.expression(each) for each in child.children if each.type == "expression")
                spread = any(each.type == "ellipsis" for each in child.children)
        return Call(self._span(node), name, arguments, spread)

    def _collection(self, node: Node) -> Expr:
        span = self._span(node)
        if node.type == "tuple":
            return TupleExpr(span, tuple(self.expression(child) for child in node.children if child.type == "expression"))
        return ObjectExpr(span, tuple(self._item(child) for child in node.children if child.type == "object_elem"))

    def _item(self, node: Node) -> Item:
        key, value = (child for child in node.children if child.type == "expression")
        children = self._children(key)
        name: Expr
        if len(children) == 1 and (children[0].type == "variable_expr" or self._text(key) == "null"):
            span = self._span(key)
            name = Literal(span, Known(self._text(key), Origin(span)))
        else:
            name = self.expression(key)
        span = self._span(node)
        return Item(span, name, content(self.expression(value), span))

    def _operation(self, node: Node) -> Expr:
        self._depth += 1
        try:
            if self._depth > MAX_NESTING:
                return self._too_deep(node)
            nodes = self._children(node)
            if node.type == "unary_operation":
                operand, _ = self._term(nodes, 1)
                label = " ".join(self._cut(nodes[1].start_byte, node.end_byte).split())[:_LABEL_LENGTH]
                return Unary(self._span(node), self._text(nodes[0]), operand, label)
            left, index = self._term(nodes, 0)
            right, _ = self._term(nodes, index + 1)
            return Binary(self._span(node), self._text(nodes[index]), left, right)
        finally:
            self._depth -= 1

    def _for(self, node: Node) -> Expr:
        intro = next(child for child in node.children if child.type == "for_intro")
        names = [self._text(child) for child in intro.children if child.type == "identifier"]
        collection = next(child for child in intro.children if child.type == "expression")
        results = [child for child in node.children if child.type == "expression"]
        condition = next((child for child in node.children if child.type == "for_cond"), None)
        return ForExpr(
            self._span(node),
            names[0] if len(names) == 2 else "",
            names[-1],
            self.expression(collection),
            self.expression(results[0]) if len(results) == 2 else None,
            self.expression(results[-1]),
            any(child.type == "ellipsis" for child in node.children),
            self.expression(next(child for child in condition.children if child.type == "expression")) if condition else None,
        )

    def _template_expression(self, node: Node) -> Expr:
        inner = node.children[0]
        return self._quoted(inner) if inner.type == "quoted_template" else self._heredoc(inner)

    def _quoted(self, node: Node) -> Expr:
        start = node.children[0].end_byte
        end = node.children[-1].start_byte
        parts = self._parts(node.children[1:-1], start, end, deque(maxlen=0), unescape)
        if len(parts) == 1 and not isinstance(parts[0], (TemplatePiece, _Directive)):
            return parts[0]  # "${x}" alone is x itself, whatever its type
        return TemplateExpr(self._span(node), _finished(parts))

    def _heredoc(self, node: Node) -> Expr:
        opening, marker, *_ = node.children
        start = self._source.find(b"\n", marker.end_byte) + 1
        end = node.children[-1].start_byte
        line_start = self._source.rfind(b"\n", 0, end) + 1
        flat: _Flat = deque(maxlen=None if self._text(opening) == "<<-" else 0)
        parts = self._parts(node.children[2:-1], start, max(start, line_start), flat, unescape_heredoc)
        dedent(flat)
        return TemplateExpr(self._span(node), _finished(parts))

    def _parts(self, nodes: Sequence[Node], start: int, end: int, flat: _Flat, clean: _Clean) -> list[_Part]:
        """The pieces between two bytes. Literal text is the text between the nodes: tree-sitter trims its own text nodes."""
        parts: list[_Part] = []
        position = start
        trim_next = False

        def literal(until: int) -> None:
            nonlocal trim_next
            for line in lines(self._cut(position, until), joined=flat.maxlen == 0):
                text = clean(line)
                piece = TemplatePiece(text.lstrip(SPACE) if trim_next else text)
                trim_next = False
                parts.append(piece)
                flat.append(piece)

        for node in nodes:
            if node.type not in ("template_interpolation", "template_directive"):
                continue
            literal(node.start_byte)
            position = node.end_byte
            before, trim_next = markers(node)
            if before and parts and isinstance(parts[-1], TemplatePiece):
                parts[-1].text = parts[-1].text.rstrip(SPACE)
            if node.type == "template_interpolation":
                inner = next((child for child in node.children if child.type == "expression"), None)
                flat.append(None)
                parts.append(self.expression(inner) if inner else Invalid(self._span(node), "the template has a syntax error"))
            else:
                flat.append(None)
                parts.append(self._directive(node.children[0], flat, clean))
        literal(end)
        return parts

    def _directive(self, node: Node, flat: _Flat, clean: _Clean) -> _Part:
        """`%{ if }` or `%{ for }`, with everything up to its end."""
        if self._depth > MAX_NESTING:
            return self._too_deep(node)
        sections: list[tuple[Node, list[Node]]] = []
        for child in node.children:
            if child.type in _SECTIONS:
                sections.append((child, []))
            elif sections:
                sections[-1][1].append(child)
        bodies: list[tuple[Node, list[_Part]]] = []
        self._depth += 1
        for (head, inner), (following, _) in pairwise(sections):
            parts = self._parts(inner, head.end_byte, following.start_byte, flat, clean)
            if parts and isinstance(parts[0], TemplatePiece) and markers(head)[1]:
                parts[0].text = parts[0].text.lstrip(SPACE)
            if parts and isinstance(parts[-1], TemplatePiece) and markers(following)[0]:
                parts[-1].text = parts[-1].text.rstrip(SPACE)
            bodies.append((head, parts))
            flat.append(None)
        self._depth -= 1
        return _Directive(node, bodies, self)

    def finished(self, directive: _Directive) -> TemplateIf | TemplateFor | Invalid:
        """A directive as a node, after its text was stripped and dedented."""
        node = directive.node
        span = self._span(node)
        head = node.children[0]
        condition = next((child for child in head.children if child.type == "expression"), None)
        bodies = [TemplateExpr(span, _finished(parts)) for _, parts in directive.bodies]
        if condition is None or not bodies:
            return Invalid(span, "the template has a syntax error")
        if node.type == "template_if":
            otherwise = bodies[1] if len(bodies) > 1 else TemplateExpr(span, ())
            return TemplateIf(self.expression(condition), bodies[0], otherwise, self._label(condition))
        names = [self._text(child) for child in head.children if child.type == "identifier"]
        return TemplateFor(names[0] if len(names) == 2 else "", names[-1], self.expression(condition), bodies[0])


class _Directive:
    """An unfinished directive: its texts may still lose whitespace when the heredoc around it is dedented."""

    def __init__(self, node: Node, bodies: list[tuple[Node, list[_Part]]], converter: Converter) -> None:
        self.node = node
        self.bodies = bodies
        self.converter = converter


_Part = TemplatePiece | Expr | _Directive
_Flat: TypeAlias = deque[TemplatePiece | None]
"""The pieces of a heredoc in order, from which indentation is removed. None are kept for other strings."""
_Clean: TypeAlias = Callable[[str], str]
"""The function that resolves the escapes of a text."""
_SECTIONS: Final = frozenset(
    {"template_if_intro", "template_else_intro", "template_if_end", "template_for_start", "template_for_end"}
)


def _finished(parts: Sequence[_Part]) -> tuple[TemplatePart, ...]:
    """Parts with adjacent texts joined."""
    result: list[TemplatePart] = []
    pending: list[str] = []

    def flush() -> None:
        text = "".join(pending)
        pending.clear()
        if text:
            result.append(text)

    for part in parts:
        if isinstance(part, TemplatePiece):
            pending.append(part.text)
            continue
        flush()
        result.append(part.converter.finished(part) if isinstance(part, _Directive) else part)
    flush()
    return tuple(result)
