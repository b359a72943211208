"""`AWS::Include`: inserts snippets from other files into the template."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from wa_iac.core.budget import current
from wa_iac.core.errors import BoundError
from wa_iac.parsers.cloudformation.text.located import MACRO, Entry, ListNode, MapNode, Node, ScalarNode, renewed

NAME: Final = "AWS::Include"
MAX_LEVELS: Final = 10
"""Levels of nested includes. CloudFormation itself allows one."""

Include: TypeAlias = Callable[[str], Node | None]
"""The content of the file that a location names; None if it is not available."""


def expand_includes(node: Node, include: Include, level: int = 0) -> Node:
    """The same tree with every available include carried out; the others stay as they are.

    Raises `BoundError` for too many levels of includes, and if the unit's budget is spent.
    """
    budget = current()
    if isinstance(node, ListNode):
        budget.step(len(node.items), node.span)
        return renewed(node, [expand_includes(item, include, level) for item in node.items])
    if not isinstance(node, MapNode):
        return node
    budget.step(len(node.entries), node.span)
    entries = {key: Entry(entry.key, expand_includes(entry.value, include, level)) for key, entry in node.entries.items()}
    for name in (MACRO, "Transform"):
        location = _location(entries[name].value) if name in entries else ""
        if location and level >= MAX_LEVELS:
            message = f"snippets include each other more than {MAX_LEVELS} levels deep (wa-iac's safety limit)"
            raise BoundError.at(entries[name].key, message)
        content = include(location) if location else None
        if content is None:
            continue
        content = expand_includes(content, include, level + 1)
        if not isinstance(content, MapNode):
            return content if len(entries) == 1 else node
        others = {key: entry for key, entry in entries.items() if key != name}
        return MapNode({**content.entries, **others}, node.span)
    return renewed(node, entries)


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
