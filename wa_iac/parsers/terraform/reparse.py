"""A file that an editor changes is parsed anew where it changed: tree-sitter's own tree is edited, and blocks that stand where they
stood, and say what they said, are taken over. A plain run has nothing to take over and keeps nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from tree_sitter import Node, Point, Tree

from wa_iac.core import files

T = TypeVar("T")

Place = tuple[int, int, bytes]
"""A block by its line, its first byte and its text."""


@dataclass(slots=True)
class Blocks(Generic[T]):
    """What the blocks and attributes at the top of a file became, by their places."""

    before: dict[Place, T] = field(default_factory=dict)
    now: dict[Place, T] = field(default_factory=dict)

    def once(self, node: Node, source: bytes, make: Callable[[], T], *, keeps: Callable[[], bool]) -> T:
        """What `node` becomes. It is kept where it begins a line and where, once made, `keeps` says that nothing is wrong with it."""
        if node.start_point.column:
            return make()
        place = (node.start_point.row, node.start_byte, source[node.start_byte : node.end_byte])
        if place in self.before:
            made = self.before[place]
        else:
            made = make()
            if not keeps():
                return made
        self.now[place] = made
        return made


@dataclass(slots=True)
class Parsed(Generic[T]):
    """A file's last tree without errors, its source, and its blocks."""

    source: bytes
    tree: Tree
    blocks: dict[Place, T]


def latest(path: str) -> Parsed[T] | None:
    """What the run before made of a file, whatever its text was."""
    return files.latest(path, Parsed)


def keep(path: str, source: bytes, tree: Tree, blocks: Blocks[T]) -> None:
    """Keep it for the next run, where there is one."""
    files.keep(path, lambda: Parsed(source, tree, blocks.now))


def edited(before: Parsed[T], source: bytes) -> Tree:
    """A copy of the tree that says where `source` differs: what tree-sitter wants as the old tree."""
    old = before.source
    start = _common(old, source)
    tail = _common(old[start:][::-1], source[start:][::-1])
    tree = before.tree.copy()
    ends = len(old) - tail, len(source) - tail
    tree.edit(start, *ends, _point(old, start), _point(old, ends[0]), _point(source, ends[1]))
    return tree


def _common(one: bytes, other: bytes) -> int:
    """The length of what both begin with."""
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
