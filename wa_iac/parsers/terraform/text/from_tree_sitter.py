"""From tree-sitter's nodes to ours: one method for each construct of the expression language. Strings are in `template_nodes`."""

from __future__ import annotations

from collections.abc import Sequence

from tree_sitter import Node

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
    Traversal,
    TupleExpr,
    Unary,
    content,
)
from .numbers import literal
from .template_nodes import LABEL_LENGTH, MAX_NESTING, TemplateConverter
from .templates import unescape
from .traversals import Step, grouped


class Converter(TemplateConverter):
    """Converts the expressions of one file."""

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
                start, end = node.start_byte, node.end_byte
                return Name(self._bytes(start, end), self._source[start:end].decode("utf-8", "replace"))
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
        start, end = node.start_byte, node.end_byte
        span = self._bytes(start, end)
        origin = Origin(span)
        match inner.type:
            case "string_lit":
                return Literal(span, Known(unescape(self._source[start + 1 : end - 1].decode("utf-8", "replace")), origin))
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
                label = " ".join(self._cut(nodes[1].start_byte, node.end_byte).split())[:LABEL_LENGTH]
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
