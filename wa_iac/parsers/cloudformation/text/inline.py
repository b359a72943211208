"""A template as a string inside another one: `TemplateBody`. Findings in it have a place in the outer file."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final, TypeAlias, TypeVar

from wa_iac.core.budget import current
from wa_iac.core.errors import WaIacError
from wa_iac.core.span import Span
from wa_iac.core.value import Known

from .located import Entry, ListNode, LocatedDocument, MapNode, Node, ScalarNode

Read: TypeAlias = Callable[[bytes, str], LocatedDocument | None]
E = TypeVar("E", bound=WaIacError)
_BLOCK: Final = (b"|", b"|-", b"|+")
"""The beginning of a YAML block that keeps its lines."""


def inline(source: bytes, body: Known[str], read: Read) -> LocatedDocument | None:
    """The document in `body`, a string in the file `source`; None if it is not a template. Raises like `read`, with the line in
    the outer file."""
    span = body.origin.span
    written = source[span.start_byte : span.end_byte]
    first, newline, rest = written.partition(b"\n")
    if newline and first.rstrip().endswith(_BLOCK):
        # Places stay the same: the text around it becomes blanks.
        before = source[: span.start_byte] + first + b"\n"
        return read(bytes(each if each == 0x0A else 0x20 for each in before) + rest, span.path)
    places = _Places(span, written, body.value)
    try:
        document = read(body.value.encode("utf-8", "replace"), f"{span.path}#{span.start_byte}")
    except WaIacError as error:
        raise places.error(error) from error
    return (
        None
        if document is None
        else LocatedDocument(places.node(document.root), [places.error(each) for each in document.errors])
    )


class _Places:
    """Maps places in a string to those in the file that quotes it."""

    def __init__(self, span: Span, written: bytes, text: str) -> None:
        self._span = span
        self._columns = _columns(written, text)

    def node(self, node: Node) -> Node:
        """A copy of a tree with the places of the outer file. An alias is copied at each use, which costs budget."""
        current().step(1, self._span)
        span = self._at(node.span)
        match node:
            case ScalarNode():
                return ScalarNode(node.value, node.text, span)
            case ListNode():
                return ListNode([self.node(each) for each in node.items], span)
            case MapNode():
                entries = {name: Entry(self._at(each.key), self.node(each.value)) for name, each in node.entries.items()}
                made = MapNode(entries, span)
                made.call = node.call
                return made

    def error(self, error: E) -> E:
        """The error, at the line in the outer file."""
        return error.at(self._span, error.message)

    def _at(self, inner: Span) -> Span:
        outer = self._span
        if self._columns is None:
            return outer
        start, end = (self._columns[min(each, len(self._columns) - 1)] for each in (inner.start_byte, inner.end_byte))
        return outer._replace(
            end_line=outer.start_line,
            start_column=outer.start_column + start[1],
            end_column=outer.start_column + end[1],
            start_byte=outer.start_byte + start[0],
            end_byte=outer.start_byte + end[0],
        )


def _columns(written: bytes, text: str) -> list[tuple[int, int]] | None:
    """For each byte of `text`, and its end, its offset in `written` in bytes and characters; None if that is not a JSON string.

    YAML's double quotes are JSON's, but for some escapes and folded lines.
    """
    # A property is marked from its key on.
    value = written.partition(b":")[2].lstrip()
    try:
        if json.loads(value) != text:
            return None
    except (ValueError, RecursionError):
        return None
    found: list[tuple[int, int]] = []
    byte = len(written) - len(value) + 1
    column = len(written[:byte].decode("utf-8", "replace"))
    for char in text:
        size = len(char.encode("utf-8", "surrogatepass"))
        found += [(byte, column)] * size
        if written[byte] == ord("\\"):
            length = 2 if written[byte + 1] != ord("u") else 12 if ord(char) > 0xFFFF else 6
            byte, column = byte + length, column + length
        else:
            byte, column = byte + size, column + 1
    return [*found, (byte, column)]
