"""`Fn::ForEach` of AWS::LanguageExtensions: loops are written out before anything else looks at the template."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from wa_iac.core.algebra import text_of
from wa_iac.core.budget import size
from wa_iac.core.value import Known, Tree, Unknown

from .located import LOOP, Entry, ListNode, MapNode, Node, ScalarNode, renewed
from .scope import Scope

MAX_ITEMS: Final = 1_000
"""Rounds of one loop. CloudFormation itself takes no more than 500 resources in a template."""

_PLACE: Final = re.compile(r"[$&]\{([A-Za-z0-9]+)\}")
_NOT_ALPHANUMERIC: Final = re.compile(r"[^A-Za-z0-9]")


def expand_loops(scope: Scope, node: Node) -> Node:
    """`node` with every loop in it written out; what a loop makes keeps the places of the loop's body."""
    scope.step(node.span)
    match node:
        case ListNode(items=items):
            return renewed(node, [expand_loops(scope, item) for item in items])
        case MapNode(entries=entries):
            made: dict[str, Entry] = {}
            for key, entry in _written_out(scope, entries):
                if key in made:
                    scope.error(f'the loop makes "{key}" a second time: only the last one counts', entry.key)
                made[key] = Entry(entry.key, expand_loops(scope, entry.value))
            return renewed(node, made)
        case _:
            return node


def _written_out(scope: Scope, entries: Mapping[str, Entry], within: str = "") -> Iterator[tuple[str, Entry]]:
    """The members of an object, each loop among them replaced by what it makes. `within` says why their number is unknown."""
    for key, entry in entries.items():
        if key.startswith(LOOP):
            yield from _rounds(scope, key, entry, within)
            continue
        if within:
            scope.representatives[key] = within
        yield key, entry


def _rounds(scope: Scope, key: str, entry: Entry, within: str) -> Iterator[tuple[str, Entry]]:
    match entry.value:
        case ListNode(items=[ScalarNode(text=identifier), collection, MapNode(entries=body)]):
            pass
        case _:
            scope.error(f"{key} takes a list of an identifier, a collection and an object", entry.key)
            return
    items = _items(scope, scope.evaluate(collection, collection.span))
    if items is None:
        scope.error(f"the collection of {key} must be a list of texts", collection.span)
        return
    if len(items) > MAX_ITEMS:
        scope.bound(f"more than {MAX_ITEMS} rounds in one loop", entry.key)
    for item in items:
        if isinstance(item, Unknown):
            # One round stands for all that are not known: the identifier is then a name that means the unknown item.
            scope.parameters[identifier] = item
            why = within or f"how often {key} is repeated is known only at deployment: {item.why}"
            yield from _written_out(scope, body, why)
        else:
            round_ = _Round(scope, identifier, item)
            yield from _written_out(scope, round_.entries(body), within)


def _items(scope: Scope, collection: Tree) -> list[str | Unknown] | None:
    """The items of a collection; a list within the list counts as its items. None where it is no list."""
    match collection:
        case Unknown():
            return [collection.member("*")]
        case Known(list() as members):
            found: list[str | Unknown] = []
            for member in members:
                match member:
                    case Unknown():
                        found.append(member)
                    case Known(list()):
                        within = _items(scope, member)
                        if within is None:
                            return None
                        found += within
                    case Known(str() | int() | float() as content):
                        found.append(text_of(content))
                    case _:
                        return None
            return found
        case _:
            return None


class _Round:
    """One round of a loop: the identifier's places filled with the item, in keys, in texts and for `Ref`."""

    def __init__(self, scope: Scope, identifier: str, item: str) -> None:
        self._scope = scope
        self._identifier = identifier
        self._item = item

    def entries(self, entries: Mapping[str, Entry]) -> dict[str, Entry]:
        return {self._text(key): Entry(entry.key, self._node(entry.value)) for key, entry in entries.items()}

    def _node(self, node: Node) -> Node:
        self._scope.step(node.span)
        match node:
            case ListNode(items=items):
                return renewed(node, [self._node(item) for item in items])
            case MapNode(call="Ref", entries={"Ref": Entry(value=ScalarNode(text=name))}) if name == self._identifier:
                return ScalarNode(self._item, self._item, node.span)
            case MapNode(entries=entries):
                return renewed(node, self.entries(entries))
            case ScalarNode(value=str(), text=text):
                filled = self._text(text)
                return node if filled == text else ScalarNode(filled, filled, node.span)
            case _:
                return node

    def _text(self, text: str) -> str:
        if "{" not in text:
            return text
        filled = _PLACE.sub(self._filled, text)
        self._scope.budget.make(size(filled))
        return filled

    def _filled(self, place: re.Match[str]) -> str:
        if place[1] != self._identifier:
            return place[0]
        return self._item if place[0][0] == "$" else _NOT_ALPHANUMERIC.sub("", self._item)
