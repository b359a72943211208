"""JSON with places: the few sections of a plan that findings point into. The rest is read without, many times faster."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from json import JSONDecoder
from json.decoder import scanstring  # type: ignore[attr-defined] # there since Python 2.6, only the stubs leave it out
from typing import Final, NamedTuple

from wa_iac.core.errors import BoundError
from wa_iac.core.value import Span
from wa_iac.parsers.cloudformation.located import byte_offsets

MAX_DEPTH: Final = 120
"""Levels of nesting in a plan. Real ones stay below 40."""
MAX_VALUES: Final = 3_000_000
"""Values with a place in one plan."""

_SPACE: Final = re.compile(r"[ \t\r\n]*")
_COMMA: Final = re.compile(r"[ \t\r\n]*,?[ \t\r\n]*")
_COLON: Final = re.compile(r"[ \t\r\n]*:[ \t\r\n]*")


class Node(NamedTuple):
    """A value and where it stands, as indices of the text. `content` of an object is `{name: Member}`, of an array a list of nodes."""

    start: int
    end: int
    content: object


class Member(NamedTuple):
    """One member of an object: the index where its key begins, and its value."""

    key: int
    node: Node


class Text:
    """The text of one plan, known to be JSON."""

    def __init__(self, text: str, path: str, skipped: int = 0) -> None:
        self.path = path
        self._text = text
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._byte = byte_offsets(text, skipped)
        self._decode = JSONDecoder().raw_decode
        self._count = 0

    def span(self, start: int, end: int) -> Span:
        """The span between two indices."""
        return Span(self.path, *self._place(start), *self._place(end), self._byte(start), self._byte(end))

    def _place(self, index: int) -> tuple[int, int]:
        line = bisect_right(self._lines, index)
        return line, index - self._lines[line - 1] + 1

    def start(self) -> int:
        """Where the whole value begins."""
        return self._space(0)

    def members(self, at: int) -> Iterator[tuple[str, int, int]]:
        """The members of the object at an index: name, index of the key, index of the value. None for anything else."""
        if self._text[at] != "{":
            return
        at = self._space(at + 1)
        while self._text[at] == '"':
            key = at
            name, at = scanstring(self._text, at + 1, True)
            value = self._after(_COLON, at)
            yield name, key, value
            at = self._after(_COMMA, self._decode(self._text, value)[1])

    def node(self, at: int, depth: int = 1) -> Node:
        """The value at an index with the places of everything in it. Raises BoundError beyond the bounds."""
        self._count += 1
        if depth > MAX_DEPTH or self._count > MAX_VALUES:
            what = f"{MAX_DEPTH} levels of nesting" if depth > MAX_DEPTH else f"{MAX_VALUES:,} values"
            line, column = self._place(at)
            raise BoundError(f"more than {what} in one plan", path=self.path, line=line, column=column)
        text = self._text
        first = text[at]
        if first == '"':
            content, end = scanstring(text, at + 1, True)
            return Node(at, end, content)
        if first == "{":
            members: dict[str, Member] = {}
            end = self._space(at + 1)
            while text[end] == '"':
                key = end
                name, end = scanstring(text, end + 1, True)
                value = self.node(self._after(_COLON, end), depth + 1)
                members[name] = Member(key, value)
                end = self._after(_COMMA, value.end)
            return Node(at, end + 1, members)
        if first == "[":
            items: list[Node] = []
            end = self._space(at + 1)
            while text[end] != "]":
                items.append(self.node(end, depth + 1))
                end = self._after(_COMMA, items[-1].end)
            return Node(at, end + 1, items)
        content, end = self._decode(text, at)
        return Node(at, end, content)

    def _space(self, at: int) -> int:
        return self._after(_SPACE, at)

    def _after(self, pattern: re.Pattern[str], at: int) -> int:
        # As Terraform prints a plan, there is no space anywhere.
        if pattern is not _SPACE and self._text[at + 1 : at + 2] > " " and self._text[at] in ",:":
            return at + 1
        match = pattern.match(self._text, at)
        return match.end() if match else at


def members(node: Node | None) -> dict[str, Member]:
    """The members of an object; none for anything else."""
    if node is not None and isinstance(node.content, dict):
        return node.content
    return {}


def items(node: Node | None) -> list[Node]:
    """The elements of an array; none for anything else."""
    if node is not None and isinstance(node.content, list):
        return node.content
    return []


def member(node: Node | None, name: str) -> Node | None:
    """A member's value."""
    found = members(node).get(name)
    return found.node if found is not None else None
