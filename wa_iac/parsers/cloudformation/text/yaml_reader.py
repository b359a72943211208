"""Reads YAML, and with it nearly all JSON, by PyYAML's C composer."""

from __future__ import annotations

from sys import intern
from typing import Final

import yaml
from yaml._yaml import CParser

from wa_iac.core.errors import BoundError, SourceError, UserError
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span

from .located import (
    MAX_DEPTH,
    MAX_NODES,
    Entry,
    ListNode,
    LocatedDocument,
    MapNode,
    Node,
    ScalarNode,
    between,
    byte_offsets,
    repeated,
    typed,
)

_SHORT: Final = 40
"""Characters of a text below which it is kept once for all places that have it, as types and names mostly are."""
_PLAIN: Final = "plain"
_TEXT: Final = "text"
_LEVELS: Final = f"{MAX_DEPTH} levels of nesting"
_TAG: Final = late(r"!\w+")
_TAG_BEFORE: Final = late(r"!(\w+)[ \t]+\Z")
_STANDARD_TEXT: Final = "tag:yaml.org,2002:str"


class _Composer(CParser):
    """PyYAML's composer with a resolver that leaves the typing of scalars to `typed`, and counts levels and nodes.

    The composer is compiled code that recurses without checking Python's recursion limit, so the limit on levels must be
    checked while it runs, not after.
    """

    def __init__(self, text: str, shown: str) -> None:
        super().__init__(text)
        self._shown = shown
        self._depth = 0
        self._nodes = 0

    def resolve(self, kind: object, value: object, implicit: object) -> str:
        """The tag of a node that has none: it records whether a scalar is written without quotes."""
        return _PLAIN if type(implicit) is tuple and implicit[0] else _TEXT

    def descend_resolver(self, node: yaml.Node | None, index: object) -> None:
        """Called before each node, with its collection."""
        self._depth += 1
        self._nodes += 1
        if self._depth > MAX_DEPTH or self._nodes > MAX_NODES:
            what = _LEVELS if self._depth > MAX_DEPTH else f"{MAX_NODES} nodes"
            raise _beyond(what, self._shown, node.start_mark if node is not None else None)

    def ascend_resolver(self) -> None:
        """Called after each node."""
        self._depth -= 1


def read_yaml(text: str, shown: str, skipped: int = 0) -> LocatedDocument | None:
    """The first document of `text`; None if there is none.

    `skipped` is the number of bytes before the text, of a byte-order mark. Raises SourceError for a text that is not YAML and
    BoundError beyond the limits on levels and nodes.
    """
    try:
        composer = _Composer(text, shown)
        root = composer.get_node() if composer.check_node() else None
        if root is None:
            return None
        more = composer.check_node()
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        column = error.position - text.rfind("\n", 0, error.position)
        raise SourceError(f"not YAML: {error.reason}", path=shown, line=line, column=column) from None
    except yaml.MarkedYAMLError as error:
        # libyaml has its own limit since 0.2.6, and its scanner, which reads ahead, may reach it before our composer reaches
        # ours.
        if "maximum nesting depth" in (error.problem or ""):
            raise _beyond(_LEVELS, shown, error.context_mark or error.problem_mark) from None
        raise _in_words(error, text, shown) from None
    converter = _Converter(text, shown, skipped)
    node = converter.convert(root)
    if more:
        line = root.end_mark.line + 1
        converter.errors.append(
            SourceError("only the first YAML document of this file is read", path=shown, line=line, column=1)
        )
    return LocatedDocument(node, converter.errors)


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
        problem = f"{error.context} (from line {error.context_mark.line + 1}): {problem}"
    return SourceError(f"not YAML: {problem}", path=shown, line=mark.line + 1, column=mark.column + 1)


class _Converter:
    """Turns PyYAML's nodes into ours. A collection with an anchor is converted once and shared by its aliases."""

    def __init__(self, text: str, shown: str, skipped: int) -> None:
        self.errors: list[UserError] = []
        self._text = text
        self._shown = shown
        self._byte = byte_offsets(text, skipped)
        self._done: dict[int, Node | None] = {}
        self._merged = 0

    def convert(self, node: yaml.Node) -> Node:
        """Our node for one of PyYAML's."""
        if type(node) is yaml.ScalarNode:
            return self._scalar(node)
        key = id(node)
        if key in self._done:
            known = self._done[key]
            if known is None:
                raise self._error("an alias is inside the node that it refers to", self._span(node))
            return known
        self._done[key] = None
        converted = self._map(node) if isinstance(node, yaml.MappingNode) else self._list(node)
        self._done[key] = converted
        return converted

    def _scalar(self, node: yaml.ScalarNode) -> Node:
        text: str = node.value
        if len(text) < _SHORT:
            text = intern(text)
        tag = node.tag
        span = self._block(node) if node.style in ("|", ">") else self._span(node)
        if tag is _PLAIN:
            return ScalarNode(typed(text), text, span)
        if tag is _TEXT:
            return ScalarNode(text, text, span)
        if tag[0] == "!":
            return self._call(tag[1:], ScalarNode(text, text, span))
        return ScalarNode(text if tag == _STANDARD_TEXT else typed(text), text, span)

    def _list(self, node: yaml.Node) -> Node:
        items = list(map(self.convert, node.value))
        return self._tagged(node, ListNode(items, self._collection_span(node, items[-1].span if items else None)))

    def _map(self, node: yaml.MappingNode) -> Node:
        entries = self._entries(node)
        last = next(reversed(entries.values())).extent if entries else None
        span = self._collection_span(node, last)
        return self._tagged(node, MapNode(self._merge(entries) if "<<" in entries else entries, span))

    def _entries(self, node: yaml.MappingNode) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        for key, value in node.value:
            where = self._span(key)
            if type(key) is not yaml.ScalarNode:
                self.errors.append(self._error("the key of an object must be a plain word", where))
                continue
            # Half of all nodes are scalars, so the way to them is short.
            entry = Entry(where, self._scalar(value) if type(value) is yaml.ScalarNode else self.convert(value))
            # A few hundred names make most of the keys: each is kept once.
            name = intern(key.value)
            if name in entries:
                self.errors.append(repeated(name, where, entries[name].key))
            entries[name] = entry
        return entries

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

    def _tagged(self, node: yaml.Node, converted: Node) -> Node:
        return self._call(node.tag[1:], converted) if node.tag[0] == "!" else converted

    def _call(self, tag: str, argument: Node) -> Node:
        """The long form of `!Sub x`."""
        if not tag:
            return argument
        name = tag if tag in ("Ref", "Condition") else f"Fn::{tag}"
        call = MapNode({name: Entry(argument.span, argument)}, argument.span)
        call.call = name
        return call

    def _span(self, node: yaml.Node) -> Span:
        start, end = node.start_mark, node.end_mark
        first, last = start.line, end.line
        line = first + 1
        # Each node has a span, and this takes half the time of the constructor.
        return tuple.__new__(
            Span,
            (
                self._shown,
                line,
                start.column + 1,
                line if first == last else last + 1,
                end.column + 1,
                self._byte(start.index),
                self._byte(end.index),
            ),
        )

    def _collection_span(self, node: yaml.Node, last: Span | None) -> Span:
        """The span of a list or an object.

        In block style its own end is the start of the next node, after comments. So the end of its `last` member is used,
        unless that is an alias, whose value is elsewhere.
        """
        span = self._span(node)
        if last is None or node.flow_style or last.start_byte < span.start_byte:  # type: ignore[attr-defined] # of collections
            return span
        return between(span, last)

    def _block(self, node: yaml.Node) -> Span:
        """The span of a block scalar, without the blank lines that follow it."""
        start, end = node.start_mark, node.end_mark
        written = self._text[start.index : end.index].rstrip()
        lines = written.count("\n")
        column = len(written) - written.rfind("\n") if lines else start.column + len(written) + 1
        first, last = self._byte(start.index), self._byte(start.index + len(written))
        return Span(self._shown, start.line + 1, start.column + 1, start.line + 1 + lines, column, first, last)

    def _error(self, message: str, where: Span) -> SourceError:
        return SourceError.at(where, message)
