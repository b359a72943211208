"""From tree-sitter's nodes of quoted strings and heredocs to ours: their literal text, the expressions in it, `%{ if }` and `%{ for }`.

The expressions in a string may have strings in them again, so the class that converts expressions (`from_tree_sitter`) is made of this one.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

from tree_sitter import Node

from wa_iac.core.errors import BoundError, WaIacError
from wa_iac.core.span import Span

from .nodes import Expr, Invalid, TemplateExpr, TemplateFor, TemplateIf, TemplatePart
from .templates import SPACE, TemplatePiece, dedent, lines, markers, unescape, unescape_heredoc

MAX_NESTING: Final = 200
LABEL_LENGTH: Final = 80


class TemplateConverter(ABC):
    """Converts the strings of one file. Errors (too much nesting) are added to `errors`."""

    def __init__(self, path: str, source: bytes, span: Callable[[int, int], Span], errors: list[WaIacError]) -> None:
        self._path = path
        self._source = source
        self._bytes = span
        self._errors = errors
        self._depth = 0

    @abstractmethod
    def expression(self, node: Node) -> Expr:
        """The expression of an `expression` node, which is nested at most `MAX_NESTING` deep."""

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
        return self._source[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def _label(self, node: Node) -> str:
        text = " ".join(self._text(node).split())
        return text if len(text) <= LABEL_LENGTH else text[: LABEL_LENGTH - 1] + "…"

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

    def __init__(self, node: Node, bodies: list[tuple[Node, list[_Part]]], converter: TemplateConverter) -> None:
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
