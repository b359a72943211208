"""Generated nodes: plain data around the template's nodes, with places in the template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from wa_iac.core.algebra import text_of
from wa_iac.core.span import Span
from wa_iac.parsers.cloudformation.text.located import Entry, ListNode, MapNode, Node, ScalarNode, renewed

Made: TypeAlias = "Node | Entry | Mapping[str, Made] | list[Made] | str | int | float | None"
"""Plain data with nodes in it. An entry keeps the place of its key. A member that is None is left out."""

NO_VALUE: Final[dict[str, Made]] = {"Ref": "AWS::NoValue"}


def build(made: Made, at: Span) -> Node:
    """The node of some data, whose generated parts have the place `at`."""
    match made:
        case Entry(value=node):
            return node
        case ScalarNode() | ListNode() | MapNode():
            return made
        case Mapping():
            return MapNode(members(made, at), at)
        case list():
            return ListNode([build(item, at) for item in made if item is not None], at)
        case None:
            return ScalarNode(None, "", at)
        case _:
            return ScalarNode(made, text_of(made), at)


def members(made: Mapping[str, Made], at: Span) -> dict[str, Entry]:
    """The members of a generated object at `at`."""
    return {
        key: value if isinstance(value, Entry) else Entry(at, build(value, at))
        for key, value in made.items()
        if value is not None
    }


def ref(name: str) -> dict[str, Made]:
    return {"Ref": name}


def get_att(name: str, attribute: str) -> dict[str, Made]:
    return {"Fn::GetAtt": [name, attribute]}


def sub(text: str, **variables: Made) -> dict[str, Made]:
    """`Fn::Sub`, with variables if the text has others than the predefined ones."""
    return {"Fn::Sub": [text, variables]} if variables else {"Fn::Sub": text}


def when(condition: str, made: Made) -> Made:
    """`made` if the condition of that name is true, else nothing; `made` itself without a condition."""
    return {"Fn::If": [condition, made, NO_VALUE]} if condition else made


def entries(node: Node | Entry | None) -> dict[str, Entry]:
    """The members of an object; none if it is anything else, such as a function."""
    if isinstance(node, Entry):
        node = node.value
    return node.entries if isinstance(node, MapNode) and not node.call else {}


def listed(node: Node | Entry | None) -> list[Node]:
    """The items of a list. A single item counts as a list of one."""
    if isinstance(node, Entry):
        node = node.value
    if node is None or is_no_value(node):
        return []
    return node.items if isinstance(node, ListNode) else [node]


def is_empty(entry: Entry) -> bool:
    """Whether it is an object or a list without members, which SAM ignores."""
    return (isinstance(entry.value, MapNode) and not entry.value.entries) or (
        isinstance(entry.value, ListNode) and not entry.value.items
    )


def is_no_value(node: Node) -> bool:
    """Whether it is `AWS::NoValue`, or nothing at all."""
    return (isinstance(node, ScalarNode) and node.value is None) or referred(node) == "AWS::NoValue"


def referred(node: Node | Entry | None) -> str:
    """The name that a `Ref` or an `Fn::GetAtt` refers to; empty for any other node."""
    if isinstance(node, Entry):
        node = node.value
    if isinstance(node, MapNode) and node.call in ("Ref", "Fn::GetAtt"):
        match node.entries[node.call].value:
            case ScalarNode(text=text) | ListNode(items=[ScalarNode(text=text), *_]):
                return text if node.call == "Ref" else text.partition(".")[0]
            case _:
                return ""
    return ""


def entry_at(entry: Entry, made: Made) -> Entry:
    """A node at an entry's place."""
    return Entry(entry.key, build(made, entry.value.span))


def pairs(tags: Entry | None, *first: str) -> Made:
    """Tags as CloudFormation's list of keys and values, with SAM's own tag under the key `first`; None if there are none."""
    if tags is not None and isinstance(tags.value, MapNode) and tags.value.call:
        return tags
    made: list[Made] = [{"Key": key, "Value": "SAM"} for key in first]
    made += [build({"Key": key, "Value": entry}, entry.key) for key, entry in entries(tags).items()]
    if tags is None:
        return made or None
    return Entry(tags.key, build(made, tags.key)) if made else None


def with_members(node: MapNode, added: Mapping[str, Entry]) -> MapNode:
    """The same object with members added or replaced."""
    made = renewed(node, {**node.entries, **added})
    assert isinstance(made, MapNode)  # noqa: S101 - `renewed` gives back the kind it was given
    return made


def text(node: Node | Entry | None) -> str:
    """The text of a scalar; empty for any other node."""
    if isinstance(node, Entry):
        node = node.value
    return node.text if isinstance(node, ScalarNode) and node.value is not None else ""


def is_true(written: str) -> bool:
    """Whether a text means true, like YAML's booleans and their texts."""
    return written.lower() == "true"


def pick(mapping: Mapping[str, Entry], names: Iterable[str]) -> dict[str, Made]:
    """The existing members with these names, as written."""
    return {name: mapping[name] for name in names if name in mapping}


def condition_of(names: list[str], name: str, conditions: dict[str, Entry], at: Span) -> str:
    """The condition of something that several SAM resources need, each under its own condition of `names`.

    Empty if one of them has none. Several become a condition called `name`, which is true if one of them is.
    """
    if not names or "" in names:
        return ""
    distinct = sorted(set(names))
    if len(distinct) == 1:
        return distinct[0]
    made: Made = {"Condition": distinct[-1]}
    for each in reversed(distinct[:-1]):
        made = {"Fn::Or": [{"Condition": each}, made]}
    conditions[name] = Entry(at, build(made, at))
    return name
