"""From bytes to blocks: tree-sitter reads a file, and rejected text is explained."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Final

import tree_sitter_hcl
from tree_sitter import Language, Node, Parser, Tree

from wa_iac.core.budget import current
from wa_iac.core.errors import BoundError, SourceError, WaIacError
from wa_iac.core.files import runs_again
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span

from .excess import MOST_PIECES, excess, parsed_in_time
from .explain import explained
from .from_tree_sitter import Converter
from .masks import plain
from .nodes import (
    Attribute,
    Body,
    Expr,
    HclBlock,
    Invalid,
    Literal,
    TemplateExpr,
    TemplateFor,
    TemplateIf,
    TupleExpr,
    content,
    objects,
)
from .reparse import Blocks, edited, keep, latest
from .source_text import SourceText
from .template_nodes import MAX_NESTING
from .templates import unescape


@cache
def _parser() -> Parser:
    return Parser(Language(tree_sitter_hcl.language()))


def tree_of(source: bytes) -> Tree:
    """Tree-sitter's own tree of a source. Raises `BoundError` if it needs too long."""
    return parsed_in_time(_parser(), plain(source))


def comments_of(source: bytes) -> list[tuple[int, int]]:
    """The starts and ends of comments, in bytes, in order."""
    found: list[tuple[int, int]] = []
    try:
        cursor = tree_of(source).walk()
    except BoundError:
        return found  # its reader reports it
    while True:
        node = cursor.node
        if node is not None and node.type == "comment":
            found.append((node.start_byte, node.end_byte))
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return found


_BEGINNING: Final = late(rb'^[a-z_]+(?:[ \t]+(?:"[^"\n]*"|[\w-]+))*[ \t]*\{', re.MULTILINE)
_MOST_BROKEN: Final = 20
_WRAPPING: Final = (b"x = <<WA_IAC_TEMPLATE\n", b"\nWA_IAC_TEMPLATE\n")


_PARTS: Final = 3
"""Tree-sitter's nodes that count as one step. They are charged less for time than for the memory of what is made from them."""


def _unread(text: SourceText, why: str, errors: list[WaIacError]) -> Body:
    errors.append(BoundError(why, path=text.path, line=1, column=1))
    return Body()


def read_body(path: str, source: bytes) -> tuple[Body, list[WaIacError]]:
    """The top-level blocks and attributes of a file, and its syntax errors. The readable parts around an error are kept."""
    text = SourceText(path, source)
    errors: list[WaIacError] = []
    if (why := excess(source)) is not None:
        return _unread(text, why, errors), errors
    before = latest(path)
    masked = plain(source)
    try:
        tree = parsed_in_time(_parser(), masked, None if before is None else edited(before, masked))
    except BoundError as error:
        return _unread(text, error.message, errors), errors
    current().step(tree.root_node.descendant_count // _PARTS)
    if not tree.root_node.has_error:
        if not runs_again():
            return _Reader(text, errors).file(tree), errors
        blocks = Blocks(before.blocks if before is not None else {})
        body = _Reader(text, errors, blocks).file(tree)
        keep(path, masked, tree, blocks)
        return body, errors
    return _salvaged(text, tree, errors), errors


def _salvaged(text: SourceText, tree: Tree, errors: list[WaIacError]) -> Body:
    """The readable part of a broken file: each block is read alone, so that a broken one does not affect others.

    Blocks begin at lines that look like the beginning of one; everything else is blanked out. What a
    broken block seems to leave out may be lost in the error: it is marked as not whole.
    """
    if tree.root_node.descendant_count > MOST_PIECES:
        # Nodes of a broken tree are far more expensive than its text.
        line, column = text.position(_first_error(tree.root_node).start_byte)
        message = f"the file is broken, and in more than {MOST_PIECES:,} pieces: not read"
        errors.append(BoundError(message, path=text.path, line=line, column=column))
        return Body()
    starts = [match.start() for match in _BEGINNING.finditer(text.source)] or [0]
    starts[0] = 0
    whole = bytearray(text.source)
    broken: list[tuple[int, int]] = []
    for start, end in pairwise([*starts, len(text.source)]):
        if tree_of(text.source[start:end]).root_node.has_error:
            broken.append((start, end))
            whole[start:end] = _blank(text.source[start:end])
    body = _Reader(text, errors).file(tree_of(bytes(whole)))
    if not broken:
        _explain(text, text.source, tree, errors)
    for start, end in broken[:_MOST_BROKEN]:
        alone = _blank(text.source[:start]) + text.source[start:end]
        tree = tree_of(alone)
        valid = _explain(text, alone, tree, errors)
        part = _Reader(text, errors).file(tree)
        if valid and not part.blocks and not part.attributes:
            line, column = text.position(start)
            errors.append(
                BoundError("what begins here is nested too deeply: not read", path=text.path, line=line, column=column)
            )
        for block in part.blocks:
            block.body.whole = valid
        body.blocks += part.blocks
        for name, attribute in part.attributes.items():
            body.attributes.setdefault(name, attribute)
    return body


def _explain(text: SourceText, source: bytes, tree: Tree, errors: list[WaIacError]) -> bool:
    """Add the errors of `source`, which has the same length as the text. Returns whether python-hcl2 finds it valid."""
    first = _first_error(tree.root_node)
    error: SourceError | None = explained(text.path, source, first, text.position)
    if error is None and _is_in_a_template(source):
        line, column = text.position(first.start_byte)
        error = SourceError("syntax error in a template", path=text.path, line=line, column=column)
    if error is not None:
        errors.append(error)
    return error is None


_OPENING: Final = late(rb"[$%](?=\{)")


def _is_in_a_template(source: bytes) -> bool:
    """Whether tree-sitter rejects the content of templates, since python-hcl2 does not look into all of them."""
    bare = _OPENING.sub(b"_", source)
    return bare != source and not tree_of(bare).root_node.has_error


def _blank(source: bytes) -> bytes:
    """The same lines, empty, so that the text after them keeps its place."""
    return re.sub(rb"[^\n]", b" ", source)


def read_template(path: str, source: str, line: int = 1) -> Expr:
    """The text of a template as an expression, for `templatefile`. `line` is where it begins in the file."""
    template, errors = template_of(path, source, line)
    return Invalid(Span(path, 1, 1, 1, 1), f"{path} is not a valid template") if errors else template


def template_of(path: str, source: str, line: int = 1) -> tuple[Expr, list[WaIacError]]:
    """A template, and its errors."""
    errors: list[WaIacError] = []
    text = SourceText(path, _WRAPPING[0] + source.encode("utf-8", "replace") + _WRAPPING[1], line - 2)
    try:
        if (why := excess(text.source)) is not None:
            raise BoundError(why)
        tree = tree_of(text.source)
        body = _salvaged(text, tree, errors) if tree.root_node.has_error else _Reader(text, errors).file(tree)
    except BoundError as error:
        body = _unread(text, error.message, errors)
    attribute = body.attributes.get("x")
    if attribute is None and not errors:
        errors.append(SourceError("it is not a valid template", path=path, line=line, column=1))
    if errors or attribute is None:
        return Invalid(Span(path, line, 1, line, 1), "it is not a valid template"), errors
    value = attribute.value
    if isinstance(value, (TemplateExpr, Literal)):
        value.span = _extent(path, source, line)
    if isinstance(value, TemplateExpr) and value.parts:
        *parts, last = value.parts
        if isinstance(last, str):
            last = last.removesuffix("\n")
        if last:
            parts.append(last)
        is_alone = len(parts) == 1 and source.startswith("${") and source.endswith("}")
        if is_alone and not isinstance(parts[0], (str, TemplateIf, TemplateFor)):
            return parts[0], errors  # "${x}" alone is x itself, whatever its type
        return TemplateExpr(value.span, tuple(parts)), errors
    return value, errors


def _extent(path: str, source: str, line: int) -> Span:
    """All lines of a template that begins at a line of its file."""
    lines = source.removesuffix("\n").split("\n")
    return Span(path, line, 1, line + len(lines) - 1, len(lines[-1]) + 1)


def _first_error(root: Node) -> Node:
    """The first innermost node that tree-sitter could not place, or had to add."""
    node = root
    while True:
        wrong = _wrong_child(node)
        if wrong is None:
            return node
        node = wrong
        if wrong.is_missing or wrong.type == "ERROR":
            return wrong


def _wrong_child(node: Node) -> Node | None:
    """The first child that contains an error. Children are visited one by one, since there may be a million."""
    cursor = node.walk()
    found = cursor.goto_first_child()
    while found:
        child = cursor.node
        if child is not None and (child.is_missing or child.type == "ERROR" or child.has_error):
            return child
        found = cursor.goto_next_sibling()
    return None


class _Reader:
    """Reads blocks and attributes. The converter reads expressions."""

    def __init__(self, text: SourceText, errors: list[WaIacError], blocks: Blocks | None = None) -> None:
        self._blocks = blocks
        self._text = text
        self._errors = errors
        self._depth = 0
        self._repeated = 0
        self._converter = Converter(text.path, text.source, text.span, errors)

    def file(self, tree: Tree) -> Body:
        body = Body()
        for child in tree.root_node.children:
            if child.type in ("body", "ERROR"):
                self._fill(body, child)
        return body

    def _fill(self, body: Body, node: Node) -> None:
        for child in node.children:
            kind = child.type
            if kind == "attribute":
                attribute = self._attribute(child)
                if attribute is not None and body.attributes.setdefault(attribute.name, attribute) is not attribute:
                    self._again(attribute, body, node)
            elif kind == "block":
                block = self._top(child) if self._depth == 0 else self._block(child)
                if block is not None:
                    body.blocks.append(block)
            elif kind in ("ERROR", "body"):
                self._fill(body, child)

    def _again(self, attribute: Attribute, body: Body, node: Node) -> None:
        """Add objects to those of the same argument, as Terraform 0.11 reads them: as blocks. Report any other argument that its body sets
        already, which Terraform refuses. Where the syntax is broken, that is reported instead."""
        first = body.attributes[attribute.name]
        before, more = objects(first.value), objects(attribute.value)
        if before and more:
            body.attributes[attribute.name] = Attribute(first.name, first.span, TupleExpr(first.span, (*before, *more)))
            return
        self._repeated += not node.has_error
        if not node.has_error and self._repeated <= _MOST_BROKEN:
            self._errors.append(
                SourceError.at(attribute.span, f'the argument "{attribute.name}" is set twice: only the first counts')
            )

    def _attribute(self, node: Node) -> Attribute | None:
        children = node.children
        name = children[0]
        if name.type != "identifier":
            return None
        value = children[-1]
        span = self._text.span(name.start_byte, value.end_byte)
        if node.has_error and (value.type != "expression" or value.has_error or any(c.type == "ERROR" for c in children)):
            return Attribute(self._cut(name), span, Invalid(span, "the value has a syntax error"))
        return Attribute(self._cut(name), span, content(self._converter.expression(value), span))

    def _top(self, node: Node) -> HclBlock | None:
        """A top-level block, which may be reused from the run before."""
        if self._blocks is None:
            return self._block(node)
        errors = len(self._errors)
        source = self._text.source
        return self._blocks.once(node, source, lambda: self._block(node), whole=lambda: len(self._errors) == errors)

    def _block(self, node: Node) -> HclBlock | None:
        self._depth += 1
        try:
            if self._depth <= MAX_NESTING:
                return self._nested(node)
            self._too_deep(node)
            return None
        finally:
            self._depth -= 1

    def _too_deep(self, node: Node) -> None:
        line, column = self._text.position(node.start_byte)
        message = f"blocks are nested deeper than {MAX_NESTING} levels"
        self._errors.append(BoundError(message, path=self._text.path, line=line, column=column))

    def _nested(self, node: Node) -> HclBlock | None:
        labels: list[str] = []
        body = Body()
        kind = ""
        end = node.start_byte
        for child in node.children:
            match child.type:
                case "identifier" if not kind:
                    kind = self._cut(child)
                    end = child.end_byte
                case "identifier":
                    labels.append(self._cut(child))
                    end = child.end_byte
                case "string_lit":
                    labels.append(unescape(self._cut(child)[1:-1]))
                    end = child.end_byte
                case "body":
                    self._fill(body, child)
                case _:
                    pass
        if not kind:
            return None
        header = self._text.span(node.start_byte, end)
        return HclBlock(kind, tuple(labels), header, self._text.span(node.start_byte, node.end_byte), body)

    def _cut(self, node: Node) -> str:
        return self._text.source[node.start_byte : node.end_byte].decode("utf-8", "replace")
