"""`Fn::ForEach` of AWS::LanguageExtensions: loops are expanded before anything else reads the template."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

from wa_iac.core.algebra import text_of
from wa_iac.core.budget import size
from wa_iac.core.declared import InstanceKey
from wa_iac.core.late_pattern import late
from wa_iac.core.reasons import Follows, Reason
from wa_iac.core.span import Span
from wa_iac.core.value import Known, Tree, Unknown
from wa_iac.parsers.cloudformation.scope import TemplateScope
from wa_iac.parsers.cloudformation.text.located import LOOP, Entry, ListNode, MapNode, Node, ScalarNode, renewed

MAX_ITEMS: Final = 1_000
"""Iterations of one loop. CloudFormation itself accepts at most 500 resources in a template."""
MAX_ROUNDS: Final = 10_000
"""Iterations of all loops of a template, including nested loops."""

_PLACE: Final = late(r"[$&]\{([A-Za-z0-9]+)\}")
_ANY_PLACE: Final = late(r"[$&]\{[A-Za-z0-9:]+\}")
_NAMING: Final = frozenset({"Condition", "DependsOn", "Fn::GetAtt", "Ref"})
"""The members that accept logical ids: names that iterations share."""
_NOT_ALPHANUMERIC: Final = late(r"[^A-Za-z0-9]")


class _Item(NamedTuple):
    """The item of one iteration, and its place."""

    content: str | Unknown
    written: Span


def expand_loops(scope: TemplateScope, node: Node, made_by: dict[str, tuple[InstanceKey, ...]] | None = None) -> Node:
    """`node` with every loop in it expanded; the results keep the places of the loop's body.

    `made_by` receives, for each member of `node` that loops create, the iterations that create it.
    """
    scope.step(node.span)
    match node:
        case ListNode(items=items):
            return renewed(node, [expand_loops(scope, item) for item in items])
        case MapNode(entries=entries):
            made: dict[str, Entry] = {}
            for key, entry, keys in _written_out(scope, entries):
                if key in made:
                    scope.error(f'the loop creates "{key}" a second time: only the last one counts', entry.key)
                if made_by is not None and keys:
                    made_by[key] = keys
                made[key] = Entry(entry.key, expand_loops(scope, entry.value))
            return renewed(node, made)
        case _:
            return node


_Written: TypeAlias = Iterator[tuple[str, Entry, tuple[InstanceKey, ...]]]


def _written_out(
    scope: TemplateScope, entries: Mapping[str, Entry], within: Reason | None = None, keys: tuple[InstanceKey, ...] = ()
) -> _Written:
    """The members of an object, with each loop replaced by its result, and the iterations that create them, the outermost
    first.

    `within` is the reason why their number is unknown, `keys` are the loop iterations around the object.
    """
    for key, entry in entries.items():
        if key.startswith(LOOP):
            yield from _rounds(scope, key, entry, within, keys)
            continue
        if _is_empty(entry) and any(other.startswith(LOOP) for other in entries):
            continue  # AWS's own samples have a key without a value beside an inner loop: it makes nothing.
        if within is not None:
            scope.representatives[key] = within
            if "{" in key:
                scope.looped.append(re.compile("[A-Za-z0-9]+".join(map(re.escape, _ANY_PLACE.split(key)))))
        yield key, entry, keys


def _is_empty(entry: Entry) -> bool:
    return isinstance(entry.value, ScalarNode) and entry.value.value is None


def _rounds(scope: TemplateScope, key: str, entry: Entry, within: Reason | None, keys: tuple[InstanceKey, ...]) -> _Written:
    match entry.value:
        case ListNode(items=[ScalarNode(text=identifier), collection, MapNode(entries=body)]):
            pass
        case _:
            scope.error(f"{key} needs a list of an identifier, a collection and an object", entry.key)
            return
    items = _items(scope, scope.evaluate(collection, collection.span))
    if items is None:
        scope.error(f"the collection of {key} must be a list of strings", collection.span)
        return
    if len(items) > MAX_ITEMS:
        scope.raise_bound(f"more than {MAX_ITEMS} iterations of one loop", entry.key)
    unknown = 0
    for item in items:
        scope.rounds += 1
        if scope.rounds > MAX_ROUNDS:
            scope.raise_bound(f"more than {MAX_ROUNDS} iterations of all loops of one template", entry.key)
        if isinstance(item.content, Unknown):
            # One iteration represents all unknown ones: the identifier becomes a separate name, which means the unknown item.
            name = f"{LOOP}{identifier}.{scope.rounds}"
            scope.parameters[name] = item.content
            unknown += 1
            shown = identifier if unknown == 1 else f"{identifier}:{unknown}"
            why = within or Follows(f"the number of iterations of {key} is known only at deployment", item.content.reason)
            yield from _written_out(scope, _OpenRound(scope, identifier, name, shown).entries(body), why, keys)
        else:
            round_ = _Round(scope, identifier, item.content)
            told_apart = InstanceKey(item.content, item.written, collection.span)
            yield from _written_out(scope, round_.entries(body), within, (*keys, told_apart))


def _items(scope: TemplateScope, collection: Tree) -> list[_Item] | None:
    """The items of a collection; a list within the list counts as its items. None if it is not a list."""
    match collection:
        case Unknown():
            # The items may be one of several lists, so no list applies to every item.
            item = Unknown(collection.reason, ("member", "*", collection.identity), collection.origin)
            return [_Item(item, collection.origin.span)]
        case Known(list() as members):
            found: list[_Item] = []
            for member in members:
                match member:
                    case Unknown():
                        found.append(_Item(member, member.origin.span))
                    case Known(list()):
                        within = _items(scope, member)
                        if within is None:
                            return None
                        found += within
                    case Known(str() | int() | float() as content):
                        found.append(_Item(text_of(content), member.origin.span))
                    case _:
                        return None
            return found
        case _:
            return None


class _OpenRound:
    """One iteration for unknown items: the identifier's places mean the parameter of that `name`.

    Logical ids and references to them keep the places: `Bucket${Name}` is the bucket of the same iteration, and
    `Bucket${Name:2}` that of the second of several unknown items (`shown`).
    """

    def __init__(self, scope: TemplateScope, identifier: str, name: str, shown: str) -> None:
        self._scope = scope
        self._identifier = identifier
        self._name = name
        self._shown = shown

    def entries(self, entries: Mapping[str, Entry]) -> dict[str, Entry]:
        return {
            self._id(key): Entry(entry.key, self._node(entry.value, is_sub=key == "Fn::Sub", is_id=key in _NAMING))
            for key, entry in entries.items()
        }

    def _id(self, text: str) -> str:
        if self._shown == self._identifier or "{" not in text:
            return text
        return _PLACE.sub(lambda place: f"{place[0][:2]}{self._shown}}}" if place[1] == self._identifier else place[0], text)

    def _node(self, node: Node, *, is_sub: bool = False, is_id: bool = False) -> Node:
        self._scope.step(node.span)
        match node:
            case ScalarNode(text=text) if is_id:
                name = self._id(text)
                return node if name == text else ScalarNode(name, name, node.span)
            case ListNode(items=items) if is_id:
                return renewed(node, [self._node(item, is_id=True) for item in items])
            case ListNode(items=[ScalarNode() as text, *others]) if is_sub:
                return renewed(node, [self._in_sub(text), *map(self._node, others)])
            case ListNode(items=items):
                return renewed(node, [self._node(item) for item in items])
            case MapNode(call="Ref", entries={"Ref": Entry(value=ScalarNode(text=name))}) if name == self._identifier:
                return renewed(node, {"Ref": Entry(node.span, ScalarNode(self._name, self._name, node.span))})
            case MapNode(entries=entries):
                return renewed(node, self.entries(entries))
            case ScalarNode(value=str()) if is_sub:
                return self._in_sub(node)
            case ScalarNode(value=str(), text=text) if any(place[1] == self._identifier for place in _PLACE.finditer(text)):
                # Other text that looks like a variable is not one outside of Fn::Sub.
                escaped = _PLACE.sub(lambda place: place[0] if place[1] == self._identifier else f"${{!{place[1]}}}", text)
                return MapNode({"Fn::Sub": Entry(node.span, self._in_sub(ScalarNode(escaped, escaped, node.span)))}, node.span)
            case _:
                return node

    def _in_sub(self, node: ScalarNode) -> ScalarNode:
        text = _PLACE.sub(lambda place: f"${{{self._name}}}" if place[1] == self._identifier else place[0], node.text)
        self._scope.budget.make(size(text))
        return node if text == node.text else ScalarNode(text, text, node.span)


class _Round:
    """One iteration of a loop: the identifier's places filled with the item, in keys, in strings and for `Ref`."""

    def __init__(self, scope: TemplateScope, identifier: str, item: str) -> None:
        self._scope = scope
        self._identifier = identifier
        self._item = item
        self._size = size(item)

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
        self._scope.budget.make(self._size)
        return self._item if place[0][0] == "$" else _NOT_ALPHANUMERIC.sub("", self._item)
