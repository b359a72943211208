"""`AWS::Include`: inserts snippets from other files into the template."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from wa_iac.core.budget import current
from wa_iac.core.errors import BoundError, UnavailableError, WaIacError
from wa_iac.parsers.cloudformation.text.located import MACRO, Entry, ListNode, MapNode, Node, ScalarNode, renewed

NAME: Final = "AWS::Include"
MAX_LEVELS: Final = 10
"""Levels of nested includes. CloudFormation itself allows one."""
_NAMED: Final = 5

Include: TypeAlias = Callable[[str], Node | None]
"""The content of the file that a location names; None if it is not available."""


def expand_includes(
    node: Node, include: Include, told: Callable[[WaIacError], None], level: int = 0, *, is_item: bool = False
) -> Node:
    """The same tree with every available include carried out; the others stay as they are.

    An element of a list (`is_item`) that is all from a snippet gets its place there. Other objects keep theirs, which begins at their key.
    What a snippet says of a name that its place has too is not read, which is `told`: AWS does not document which of the two counts.
    Raises `BoundError` for too many levels of includes, and if the unit's budget is spent.
    """
    budget = current()
    if isinstance(node, ListNode):
        budget.step(len(node.items), node.span)
        return renewed(node, [expand_includes(item, include, told, level, is_item=True) for item in node.items])
    if not isinstance(node, MapNode):
        return node
    budget.step(len(node.entries), node.span)
    entries = {key: Entry(entry.key, expand_includes(entry.value, include, told, level)) for key, entry in node.entries.items()}
    for name in (MACRO, "Transform"):
        location = _location(entries[name].value) if name in entries else ""
        if location and level >= MAX_LEVELS:
            message = f"snippets include each other more than {MAX_LEVELS} levels deep (wa-iac's safety limit)"
            raise BoundError.at(entries[name].key, message)
        content = include(location) if location else None
        if content is None:
            continue
        content = expand_includes(content, include, told, level + 1, is_item=is_item)
        if not isinstance(content, MapNode):
            return content if len(entries) == 1 else node
        others = {key: entry for key, entry in entries.items() if key != name}
        if twice := [key for key in content.entries if key in others and not _are_the_same(content.entries[key], others[key])]:
            names = ", ".join(f'"{key}"' for key in twice[:_NAMED])
            message = f"the place that includes this snippet has {names} too: what the snippet says of that is not checked"
            told(UnavailableError.at(content.entries[twice[0]].key, message))
        return MapNode({**content.entries, **others}, node.span if others or not is_item else content.span)
    return renewed(node, entries)


def _are_the_same(first: Entry, second: Entry) -> bool:
    return (
        isinstance(first.value, ScalarNode) and isinstance(second.value, ScalarNode) and first.value.text == second.value.text
    )


def _location(node: Node) -> str:
    """The location of an include's content; empty for any other macro."""
    match node:
        case MapNode(
            entries={
                "Name": Entry(value=ScalarNode(text="AWS::Include")),
                "Parameters": Entry(value=MapNode(entries={"Location": Entry(value=location)})),
            }
        ):
            return _written(location)
        case ListNode(items=[MapNode() as one]):
            return _location(one)
        case _:
            return ""


def _written(node: Node) -> str:
    """A location as text. If it contains variables, only the text after the last one is certain."""
    match node:
        case ScalarNode(text=text):
            return text
        case MapNode(call="Fn::Sub", entries={"Fn::Sub": Entry(value=ScalarNode(text=text))}):
            return f"s3://_{text.rpartition('}')[2]}" if "}" in text else text
        case _:
            return ""
