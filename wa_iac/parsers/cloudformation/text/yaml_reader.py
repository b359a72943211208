"""Reads YAML, and with it nearly all JSON, by PyYAML's C parser."""

from __future__ import annotations

from collections.abc import Callable
from sys import intern
from typing import Any, Final

import yaml
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
    StreamStartEvent,
)

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
    repeated,
    typed,
)

_SHORT: Final = 40
"""Characters of a text below which it is kept once for all places that have it, as types and names mostly are."""
_LEVELS: Final = f"{MAX_DEPTH} levels of nesting"
_TAG: Final = late(r"!\w+")
_TAG_BEFORE: Final = late(r"!(\w+)[ \t]+\Z")
_STANDARD_TEXT: Final = "tag:yaml.org,2002:str"


def read_yaml(text: str, shown: str, skipped: int = 0) -> LocatedDocument | None:
    """The first document of `text`; None if there is none.

    `skipped` is the number of bytes before the text, of a byte-order mark. Raises SourceError for a text that is not YAML and
    BoundError beyond the limits on levels and nodes.
    """
    try:
        reader = _Reader(text, shown, skipped)
        node = reader.document()
        if node is None:
            return None
        if (second := reader.following_document()) is not None:
            reader.errors.append(
                SourceError("only the first YAML document of this file is read", path=shown, line=second.line + 1, column=1)
            )
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        column = error.position - text.rfind("\n", 0, error.position)
        raise SourceError(f"not YAML: {error.reason}", path=shown, line=line, column=column) from None
    except yaml.MarkedYAMLError as error:
        # libyaml has its own limit since 0.2.6, and its scanner, which reads ahead, may reach it before our reader reaches ours.
        if "maximum nesting depth" in (error.problem or ""):
            raise _beyond(_LEVELS, shown, error.context_mark or error.problem_mark) from None
        raise _in_words(error, text, shown) from None
    return LocatedDocument(node, reader.errors)


def _beyond(what: str, shown: str, mark: yaml.Mark | None) -> BoundError:
    return BoundError(
        f"more than {what} in one file (wa-iac's safety limit)",
        path=shown,
        line=mark.line + 1 if mark else 1,
        column=mark.column + 1 if mark else 1,
    )


def _in_words(error: yaml.MarkedYAMLError, text: str, shown: str) -> SourceError:
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return SourceError(f"not YAML: {error.problem}", path=shown)
    problem = error.problem or "cannot be read"
    if text[mark.index : mark.index + 1] == "\t":
        problem = "there is a tab where YAML allows only spaces"
    elif (second := _TAG.match(text, mark.index)) and (first := _TAG_BEFORE.search(text, max(0, mark.index - 80), mark.index)):
        problem = f"one value has two short forms, !{first[1]} and {second[0]}: write the first in full (Fn::{first[1]}:)"
    elif error.context and error.context_mark:
        problem = f"{error.context} (from line {within(text, error.context_mark.line + 1, 1)[0]}): {problem}"
    line, column = within(text, mark.line + 1, mark.column + 1)
    return SourceError(f"not YAML: {problem}", path=shown, line=line, column=column)


class _Reader:
    """Makes our nodes from the events of PyYAML's C parser.

    PyYAML's own composer would make a tree of its nodes first, and call Python three times for each: that takes a quarter longer. A
    collection with an anchor is made once and shared by its aliases.
    """

    def __init__(self, text: str, shown: str, skipped: int) -> None:
        self.errors: list[UserError] = []
        self._text = text
        self._shown = shown
        self._byte = byte_offsets(text, skipped)
        self._is_plain = not skipped and text.isascii()
        """Whether the index of each character is that of its byte, as in most files: then nothing is called for it."""
        self._next: Callable[[], Any] = CParser(text).get_event
        self._depth = 0
        self._nodes = 0
        self._anchors: dict[str, tuple[Any, Node | None]] = {}
        """The last node with each anchor (YAML lets a later one take the name), and the event that begins it; None until it is complete."""
        self._merged = 0

    def document(self) -> Node | None:
        """The node of the first document; None if there is none."""
        event = self._next()
        if type(event) is StreamStartEvent:
            event = self._next()
        if type(event) is StreamEndEvent:
            return None
        return self._node(self._next())

    def following_document(self) -> yaml.Mark | None:
        """The place where another document begins; None if there is none."""
        self._next()  # the end of the first
        event = self._next()
        return None if type(event) is StreamEndEvent else event.start_mark

    def _node(self, event: Any) -> Node:
        """The node that begins with an event."""
        kind = type(event)
        if kind is ScalarEvent:
            return self._scalar(event)
        if kind is AliasEvent:
            return self._alias(event)
        self._depth += 1
        if self._depth >= MAX_DEPTH or self._nodes > MAX_NODES:
            what = _LEVELS if self._depth >= MAX_DEPTH else f"{MAX_NODES} nodes"
            raise _beyond(what, self._shown, event.start_mark)
        if event.anchor is not None:
            self._anchors[event.anchor] = event, None
        node = self._map(event) if kind is MappingStartEvent else self._list(event)
        if (tag := event.tag) is not None and tag[0] == "!":
            node = self._call(tag[1:], node)
        if event.anchor is not None:
            self._anchors[event.anchor] = event, node
        self._depth -= 1
        return node

    def _alias(self, event: Any) -> Node:
        if event.anchor not in self._anchors:
            raise yaml.composer.ComposerError(None, None, "found undefined alias", event.start_mark)
        named, node = self._anchors[event.anchor]
        if node is None:
            raise self._error("an alias is inside the node that it refers to", self._span(named.start_mark, named.end_mark))
        return node

    def _scalar(self, event: Any) -> Node:
        text: str = event.value
        if len(text) < _SHORT:
            text = intern(text)
        tag = event.tag
        span = self._block(event) if event.style in ("|", ">") else self._span(event.start_mark, event.end_mark)
        if tag is None:
            node: Node = ScalarNode(typed(text) if event.implicit[0] else text, text, span)
        elif tag[0] == "!":
            node = self._call(tag[1:], ScalarNode(text, text, span))
        else:
            node = ScalarNode(text if tag == _STANDARD_TEXT else typed(text), text, span)
        if event.anchor is not None:
            self._anchors[event.anchor] = event, node
        return node

    def _list(self, start: Any) -> Node:
        items: list[Node] = []
        following = self._next
        while type(event := following()) is not SequenceEndEvent:
            items.append(self._scalar(event) if type(event) is ScalarEvent else self._node(event))
            self._nodes += 1
        return ListNode(items, self._collection_span(start, event, items[-1].span if items else None))

    def _map(self, start: Any) -> Node:
        entries: dict[str, Entry] = {}
        following, span = self._next, self._span
        last = None
        while type(event := following()) is not MappingEndEvent:
            self._nodes += 2
            name = ""
            if type(event) is ScalarEvent:
                # A few hundred names make most of the keys: each is kept once.
                name, key = intern(event.value), span(event.start_mark, event.end_mark)
                if event.anchor is not None:
                    self._anchors[event.anchor] = event, ScalarNode(name, name, key)
            elif type(written := self._node(event)) is ScalarNode:
                name, key = intern(written.text), written.span
            else:
                self.errors.append(self._error("the key of an object must be a plain word", written.span))
                self._node(following())
                continue
            # Half of all nodes are scalars, so the way to them is short.
            event = following()
            value = self._scalar(event) if type(event) is ScalarEvent else self._node(event)
            if name in entries:
                self.errors.append(repeated(name, key, entries[name].key))
            entries[name] = last = tuple.__new__(Entry, (key, value))
        extent = None
        if last is not None:
            extent = last.value.span if last.value.span.start_byte >= last.key.start_byte else last.key
        place = self._collection_span(start, event, extent)
        return MapNode(self._merge(entries) if "<<" in entries else entries, place)

    def _merge(self, entries: dict[str, Entry]) -> dict[str, Entry]:
        """The members that `<<: *anchor` adds: those of other mappings that are not given here."""
        merged = entries.pop("<<")
        sources = merged.value.items if isinstance(merged.value, ListNode) else [merged.value]
        for source in sources:
            if not isinstance(source, MapNode):
                self.errors.append(self._error("<< needs a mapping or a list of mappings", merged.key))
                continue
            self._merged += len(source.entries)
            if self._merged > MAX_NODES:
                raise BoundError(f"more than {MAX_NODES} members merged with << (wa-iac's safety limit)", path=self._shown)
            entries = {**source.entries, **entries}
        return entries

    def _call(self, tag: str, argument: Node) -> Node:
        """The long form of `!Sub x`."""
        if not tag:
            return argument
        name = tag if tag in ("Ref", "Condition") else f"Fn::{tag}"
        call = MapNode({name: Entry(argument.span, argument)}, argument.span)
        call.call = name
        return call

    def _span(self, start: Any, end: Any) -> Span:
        """From one of PyYAML's marks to another."""
        first, last = start.line, end.line
        line = first + 1
        begin, stop = start.index, end.index
        if not self._is_plain:
            begin, stop = self._byte(begin), self._byte(stop)
        # Each node has a span, and this takes half the time of the constructor.
        return tuple.__new__(
            Span,
            (
                self._shown,
                line,
                start.column + 1,
                line if first == last else last + 1,
                end.column + 1,
                begin,
                stop,
            ),
        )

    def _collection_span(self, start: Any, end: Any, last: Span | None) -> Span:
        """The span of a list or an object.

        In block style its own end is the start of the next node, after comments. So the end of its `last` member is used,
        unless that is an alias, whose value is elsewhere.
        """
        mark = start.start_mark
        begin = mark.index if self._is_plain else self._byte(mark.index)
        if last is None or start.flow_style or last.start_byte < begin:
            return self._span(mark, end.end_mark)
        _, _, _, line, column, _, byte = last
        return tuple.__new__(Span, (self._shown, mark.line + 1, mark.column + 1, line, column, begin, byte))

    def _block(self, event: Any) -> Span:
        """The span of a block scalar, without the blank lines that follow it."""
        start, end = event.start_mark, event.end_mark
        written = self._text[start.index : end.index].rstrip()
        lines = written.count("\n")
        column = len(written) - written.rfind("\n") if lines else start.column + len(written) + 1
        first, last = self._byte(start.index), self._byte(start.index + len(written))
        return Span(self._shown, start.line + 1, start.column + 1, start.line + 1 + lines, column, first, last)

    def _error(self, message: str, where: Span) -> SourceError:
        return SourceError.at(where, message)
