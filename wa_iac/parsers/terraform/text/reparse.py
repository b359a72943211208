"""Incremental parsing of a file that an editor changes: tree-sitter's tree is edited, and unchanged blocks are reused at their
new place. A plain run has nothing to reuse and keeps nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Final

from tree_sitter import Node, Point, Tree

from wa_iac.core import files
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known

from . import nodes
from .nodes import Attribute, Body, HclBlock

Place = tuple[int, int]
"""The start of a block: the number of its line, from 0, and its first byte."""


@dataclass(slots=True)
class Blocks:
    """The parsed top-level blocks of a file, by their text, with their places."""

    before: dict[bytes, tuple[Place, HclBlock]] = field(default_factory=dict)
    now: dict[bytes, tuple[Place, HclBlock]] = field(default_factory=dict)

    def once(
        self, node: Node, source: bytes, make: Callable[[], HclBlock | None], *, whole: Callable[[], bool]
    ) -> HclBlock | None:
        """The block of `node`, from the cache or from `make`. It is kept if it begins a line and if, after `make`, `whole` says
        that it has no errors."""
        start = node.start_point
        if start.column:
            return make()
        place = (start.row, node.start_byte)
        text = source[node.start_byte : node.end_byte]
        known = self.before.get(text)
        if known is not None:
            (row, byte), block = known
            made = block if known[0] == place else Shift(place[0] - row, place[1] - byte).block(block)
        else:
            block_or_none = make()
            if block_or_none is None or not whole():
                return block_or_none
            made = block_or_none
        self.now[text] = place, made
        return made


class Shift:
    """Copies nodes to another place: a number of lines and bytes further down."""

    def __init__(self, lines: int, offset: int) -> None:
        self._lines = lines
        self._offset = offset

    def block(self, block: HclBlock) -> HclBlock:
        body = Body(
            {
                name: Attribute(name, self._span(each.span), self._moved(each.value))
                for name, each in block.body.attributes.items()
            },
            [self.block(each) for each in block.body.blocks],
            block.body.whole,
        )
        return HclBlock(block.type, block.labels, self._span(block.header), self._span(block.extent), body)

    def _span(self, span: Span) -> Span:
        path, line, column, end_line, end_column, start, end = span
        lines, offset = self._lines, self._offset
        return Span(path, line + lines, column, end_line + lines, end_column, start + offset, end + offset)

    def _moved(self, thing: Any) -> Any:
        """A copy of an expression, or of anything that one contains."""
        kind = type(thing)
        if kind is Span:
            return self._span(thing)
        if kind is tuple:
            return tuple([self._moved(each) for each in thing])
        if kind is Known:
            return Known(thing.value, thing.origin.at(self._span(thing.origin.span), thing.origin.chain))
        if kind is Absent:
            return Absent(thing.origin.at(self._span(thing.origin.span), thing.origin.chain))
        names = _FIELDS.get(kind)
        return thing if names is None else kind(*[self._moved(getattr(thing, name)) for name in names])


_FIELDS: Final = {
    each: tuple(field.name for field in fields(each))
    for each in vars(nodes).values()
    if isinstance(each, type) and is_dataclass(each)
}
"""The fields of each node, in the order of its constructor's arguments."""


@dataclass(slots=True)
class Parsed:
    """A file's last tree without errors, its source, and its blocks."""

    source: bytes
    tree: Tree
    blocks: dict[bytes, tuple[Place, HclBlock]]


def latest(path: str) -> Parsed | None:
    """The previous run's result for a file, regardless of its text."""
    return files.latest(path, Parsed)


def keep(path: str, source: bytes, tree: Tree, blocks: Blocks) -> None:
    """Keep it for the next run, if there is one."""
    files.keep(path, lambda: Parsed(source, tree, blocks.now))


def edited(before: Parsed, source: bytes) -> Tree:
    """A copy of the tree with marks where `source` differs, as tree-sitter needs it."""
    old = before.source
    start = _common(old, source)
    tail = _common(old[start:][::-1], source[start:][::-1])
    tree = before.tree.copy()
    ends = len(old) - tail, len(source) - tail
    tree.edit(start, *ends, _point(old, start), _point(old, ends[0]), _point(source, ends[1]))
    return tree


def _common(one: bytes, other: bytes) -> int:
    """The length of the common beginning."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _point(source: bytes, byte: int) -> Point:
    return Point(source.count(b"\n", 0, byte), byte - (source.rfind(b"\n", 0, byte) + 1))
