"""Reads the JSON that is not YAML: surrogate pairs, control characters and keys of over a thousand characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from json import JSONDecodeError
from json.decoder import scanstring  # type: ignore[attr-defined] # there since Python 2.6, only the stubs leave it out
from typing import Final

from wa_iac.core.errors import BoundError, SourceError, UserError
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span, within

from .located import (
    MAX_DEPTH,
    MAX_NODES,
    Entry,
    ListNode,
    LocatedDocument,
    MapNode,
    Node,
    ScalarNode,
    byte_offsets,
    entries_of,
    typed,
)

_SPACE: Final = late(r"[ \t\r\n]*")
_WORD: Final = late(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null")


def read_json(text: str, shown: str, skipped: int = 0) -> LocatedDocument:
    """The value of `text`.

    `skipped` is the number of bytes before the text, of a byte-order mark. Raises SourceError for what is not strict JSON and
    BoundError beyond the limits on levels and nodes.
    """
    reader = _Reader(text, shown, skipped)
    try:
        node = reader.document()
    except JSONDecodeError as error:
        line, column = within(text, error.lineno, error.colno)
        raise SourceError(f"not JSON: {error.msg}", path=shown, line=line, column=column) from None
    return LocatedDocument(node, reader.errors)


class _Reader:
    """A recursive descent over the text; `_at` is the index of the next character."""

    def __init__(self, text: str, shown: str, skipped: int) -> None:
        self.errors: list[UserError] = []
        self._text = text
        self._shown = shown
        self._byte = byte_offsets(text, skipped)
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._nodes = 0
        self._at = 0

    def document(self) -> Node:
        """The whole text's value."""
        node = self._value(1)
        if self._next():
            raise JSONDecodeError("Extra data", self._text, self._at)
        return node

    def _value(self, depth: int) -> Node:
        self._bound(depth)
        first = self._next()
        start = self._at
        if first == '"':
            content = self._string()
            return ScalarNode(content, content, self._span(start))
        if first == "{":
            return self._object(depth)
        if first == "[":
            return self._array(depth)
        word = _WORD.match(self._text, start)
        if word is None:
            raise JSONDecodeError("Expecting value", self._text, start)
        self._at = word.end()
        return ScalarNode(typed(word[0]), word[0], self._span(start))

    def _object(self, depth: int) -> Node:
        start = self._at
        pairs: list[tuple[str, Entry]] = []
        while self._more(start, "}"):
            if self._next() != '"':
                raise JSONDecodeError("Expecting property name enclosed in double quotes", self._text, self._at)
            at = self._at
            key = self._string()
            where = self._span(at)
            self._take(":")
            pairs.append((key, Entry(where, self._value(depth + 1))))
        return MapNode(entries_of(pairs, self.errors), self._span(start))

    def _array(self, depth: int) -> Node:
        start = self._at
        items: list[Node] = []
        while self._more(start, "]"):
            items.append(self._value(depth + 1))
        return ListNode(items, self._span(start))

    def _more(self, start: int, closing: str) -> bool:
        """Whether another member follows in the collection that opened at `start`; skips the text before it."""
        if self._at == start:
            self._at += 1
            if self._next() != closing:
                return True
        elif self._next() != closing:
            self._take(",")
            return True
        self._at += 1
        return False

    def _take(self, character: str) -> None:
        if self._next() != character:
            raise JSONDecodeError(f"Expecting '{character}' delimiter", self._text, self._at)
        self._at += 1

    def _next(self) -> str:
        """The next character that is not white space; empty at the end."""
        space = _SPACE.match(self._text, self._at)
        self._at = space.end() if space else self._at
        return self._text[self._at : self._at + 1]

    def _string(self) -> str:
        content: str
        content, self._at = scanstring(self._text, self._at + 1, True)
        return content

    def _bound(self, depth: int) -> None:
        self._nodes += 1
        if depth > MAX_DEPTH or self._nodes > MAX_NODES:
            what = f"{MAX_DEPTH} levels of nesting" if depth > MAX_DEPTH else f"{MAX_NODES} nodes"
            line, column = self._place(self._at)
            raise BoundError(f"more than {what} in one file (wa-iac's safety limit)",
                             path=self._shown, line=line, column=column)  # fmt: skip

    def _place(self, index: int) -> tuple[int, int]:
        line = bisect_right(self._lines, index)
        return line, index - self._lines[line - 1] + 1

    def _span(self, start: int) -> Span:
        """From `start` to here."""
        return Span(self._shown, *self._place(start), *self._place(self._at), self._byte(start), self._byte(self._at))
