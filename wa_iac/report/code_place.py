"""Where a remedy's code belongs in the body of its resource: which of its arguments is at fault, and which are right already."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple, TypeAlias

from wa_iac.core.declared import Declared
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Step, Tree, Unknown

from .code_parts import Part, parts_of

_PLACEHOLDER: Final = late(r'^"?<(?P<what>[^<>\n]+)>(?:\.\w+)?"?$')

_NAMES: Final = frozenset({"name", "Name", "key", "Key", "id", "Id"})
"""Arguments of which each block of a resource has one of its own."""

_IDENTIFIES: Final = _NAMES | {"type", "Type", "namespace", "Namespace", "OptionName"}
"""Arguments that say which element a block is: without them, what is printed would be no block that can be written."""

Path: TypeAlias = tuple[str | int, ...]


class CodePlace(NamedTuple):
    """The place of a remedy's code.

    Attributes:
        path: the path of the finding's place in the body; None if it is not in the body.
        name: the argument or block of the code that is at fault; empty if the code adds one that is not written.
        node: its value. None if it is not known where in the code it is.
        part: the part of the code for it.
        element: whether the place is an element of its list.
        right: the parts of the code that are written already with a value that need not change.
        computed: the parts that an expression, a variable or a dynamic block writes, with the place: it has to give the value.
        others: the other arguments of the code that are written, with their values.
        beside: the same as `others`, for a place that is no argument of the code.
        nulls: the other arguments of the code that are written, and yet absent, by an expression that gives null, with what they are.
    """

    path: Path | None
    name: str = ""
    node: Tree | None = None
    part: Part | None = None
    element: bool = False
    right: tuple[Part, ...] = ()
    computed: tuple[tuple[Part, Span], ...] = ()
    others: tuple[tuple[Part, Tree], ...] = ()
    nulls: tuple[tuple[Part, Absent], ...] = ()
    beside: tuple[tuple[Part, Tree], ...] = ()


def code_place(declared: Declared, span: Span, text: str, chain: tuple[Step, ...] = ()) -> CodePlace:
    """Finds the place of the code `text` for a finding at `span`, whose value has the history `chain`."""
    parts = parts_of(text)
    found = _path(declared.body, span, chain)
    if found is None:
        return CodePlace(None)
    path, nodes = found
    top = {each.name: each for each in parts}
    at = next((index for index in reversed(range(len(path))) if path[index] in top), None)
    if at is None:
        inside = next(node for node in reversed(nodes) if isinstance(node, Known) and isinstance(node.value, dict))
        missing = _missing(path, parts, inside)
        if path:
            return missing
        right, computed, beside = _written(parts, inside, (), missing.part)
        set_elsewhere = tuple((each, span) for each, span in computed if each.literal and "<" not in each.literal)
        return missing._replace(right=right, computed=set_elsewhere, beside=beside)
    part: Part | None = top[str(path[at])]
    depth = at + 1
    while part is not None and part.parts and depth < len(path):
        step = path[depth]
        depth += 1
        if isinstance(step, str):
            part = next((each for each in part.parts if each.name == step), None)
    if part is None:
        return CodePlace(path)  # The code adds something to a block that has this argument.
    if part.parts:
        held = next(_objects(nodes[-1]), None)
        missing = CodePlace(path) if held is None else _missing(path, part.parts, held)
        if missing.node is not None:
            return missing
    name = next(step for step in reversed(path) if isinstance(step, str))
    right, computed, others = _written(parts, nodes[at], path[at:], part)
    nulls = tuple(_nulls(parts, nodes[at - 1] if at else nodes[0], part))
    return CodePlace(path, name, nodes[-1], part, isinstance(path[-1], int), right, computed, others, nulls)


def nodes_at(body: Tree, span: Span) -> list[Tree]:
    """The deepest node that is written at a place, after those around it, the body first. Empty if there is none."""
    found = _path(body, span)
    return [] if found is None else found[1]


def written_around(body: Tree, path: Path, name: str) -> Tree | None:
    """The value with a name in the innermost object around a path that has one; None if there is none."""
    found: Tree | None = None
    node: Any = body
    for step in (*path, None):
        members = node.value if isinstance(node, Known) else None
        if isinstance(members, dict):
            found = members.get(name, found)
        if step is None or not isinstance(members, (dict, list, tuple)):
            break
        node = members[step]  # type: ignore[index]
    return found


def _missing(path: Path, parts: tuple[Part, ...], container: Known[dict[str, Tree]]) -> CodePlace:
    """For a place that is no argument of the code: the first one that is written and yet absent is at fault."""
    for each in parts:
        node = container.value.get(each.name)
        if isinstance(node, Absent) and node.origin.span.path and not each.parts:
            return CodePlace(path, each.name, node, each)
        held = next(_objects(node), None) if each.parts and node is not None else None
        found = CodePlace(path) if held is None else _missing(path, each.parts, held)
        if found.node is not None:
            return found
    return CodePlace(path)


def _objects(node: Tree) -> Iterator[Known[dict[str, Tree]]]:
    if isinstance(node, Known) and isinstance(node.value, dict):
        yield node
    elif isinstance(node, Known) and isinstance(node.value, list):
        for each in node.value:
            if isinstance(each, Known) and isinstance(each.value, dict):
                yield each


def _path(body: Tree, span: Span, chain: tuple[Step, ...] | None = None) -> tuple[Path, list[Tree]] | None:
    """The path of the deepest node that is written at a place, and the nodes on the way, the body first. A `dynamic` block writes several at
    one place: of these, it is the first one with a history."""
    found = list(_all_at(body, span))
    return max(reversed(found), key=lambda each: (len(each[0]), each[1][-1].origin.chain == chain), default=None)


def paths_at(body: Tree, span: Span) -> list[Path]:
    """The paths of all nodes that are written at a place: those of the blocks that a `dynamic` block makes."""
    return [path for path, _ in _all_at(body, span)]


def _all_at(body: Tree, span: Span) -> Iterator[tuple[Path, list[Tree]]]:
    start, line, path = span.start_byte, span.start_line, span.path
    stack: list[_Step] = [(None, None, body)]
    while stack:
        step = stack.pop()
        node = step[2]
        here = node.origin.span
        if here.start_byte == start and here.start_line == line and here.path == path:
            yield _way_to(step)
        if isinstance(node, Known):
            members: Any = node.value
            if isinstance(members, dict):
                stack.extend([(step, key, each) for key, each in members.items()])
            elif isinstance(members, (list, tuple)):
                stack.extend([(step, index, each) for index, each in enumerate(members)])


_Step: TypeAlias = tuple[Any, Any, Tree]
"""A node of a body: the step of what contains it (None for the body), its key or index there, and itself."""


def _way_to(step: _Step) -> tuple[Path, list[Tree]]:
    """The path of a node, and the nodes on the way. Few nodes of a body are asked for theirs."""
    path: list[str | int] = []
    nodes: list[Tree] = []
    at: _Step | None = step
    while at is not None:
        outer, key, node = at
        nodes.append(node)
        if outer is not None:
            path.append(key if isinstance(key, int) else str(key))
        at = outer
    return tuple(reversed(path)), nodes[::-1]


def _written(
    parts: tuple[Part, ...], container: Tree, path: Path, fault: Part | None
) -> tuple[tuple[Part, ...], tuple[tuple[Part, Span], ...], tuple[tuple[Part, Tree], ...]]:
    """The other arguments of the code that need not change, those that an expression sets, and the values of all of them."""
    right: list[Part] = []
    others: list[tuple[Part, Tree]] = []
    computed: list[tuple[Part, Span]] = []

    def look(parts: tuple[Part, ...], container: Tree, path: Path, depth: int = 0) -> None:
        while path and isinstance(path[0], int):
            index, path = path[0], path[1:]
            container = (
                container.value[index] if isinstance(container, Known) and isinstance(container.value, list) else container
            )
        inside = next(_objects(container), None)
        for each in parts:
            node = inside.value.get(each.name) if inside is not None else None
            if each is fault or node is None:
                continue
            if isinstance(node, Absent):
                if depth and each.parts and each.name not in _IDENTIFIES and node.origin.span.path:
                    computed.append((each, node.origin.span))  # A dynamic block that makes none.
                continue
            others.append((each, node))
            if each.name in _IDENTIFIES:
                continue
            if each.parts and not (path and path[0] == each.name) and _is_another(each, node):
                continue
            if each.parts:
                look(each.parts, node, path[1:] if path and path[0] == each.name else (), depth + 1)
            elif _is(node, each.value):
                right.append(each)
            elif isinstance(node, Unknown) or _PLACEHOLDER.fullmatch(each.value.rstrip(",")):
                computed.append((each, node.origin.span))
            elif node.origin.chain and each.literal and "<" not in each.literal and (setter := node.origin.chain[-1].span).path:
                computed.append((each, setter))

    look(parts, container, path)
    return tuple(right), tuple(computed), tuple(others)


def _is_another(part: Part, node: Tree) -> bool:
    """Whether a block of the code stands beside those that are written, of which each has another name."""
    named = [each for each in part.parts if each.name in _NAMES and each.literal and "<" not in each.literal]
    written = list(_objects(node))
    return bool(named and written) and not any(
        _is(block.value.get(each.name, Absent()), each.value) for block in written for each in named
    )


def _nulls(parts: tuple[Part, ...], container: Tree, fault: Part) -> Iterator[tuple[Part, Absent]]:
    """The other arguments of the code that are null where they are written."""
    inside = next(_objects(container), None)
    for each in parts:
        node = inside.value.get(each.name) if inside is not None else None
        if each is not fault and isinstance(node, Absent) and node.origin.span.path and not each.parts:
            yield each, node


def _is(node: Tree, value: str) -> bool:
    """Whether a written value is the code's."""
    value = value.rstrip(",")
    match node:
        case Known(bool() as held):
            return value.strip('"') == str(held).lower()
        case Known(int() | float() | str() as held):
            return value.strip('"') == str(held)
        case Known(list() as held) if value.startswith("[") and "\n" not in value:
            items = [each.strip() for each in value[1:-1].split(",")]
            return len(items) == len(held) and all(map(_is, held, items))
        case _:
            return False


def required(part: Part) -> str:
    """The value that an argument has to have, in words: a placeholder's, or the literal. Empty if it says nothing."""
    if part.parts:
        return f"write {' and '.join(f'{leaf.name} = {leaf.value}' for leaf in part.leaves())}"
    found = _PLACEHOLDER.fullmatch(part.value.rstrip(","))
    if found is not None:
        return f"be {found['what']}" if found["what"].count(" ") > 1 else ""
    return f"give {part.literal}" if part.literal and "<" not in part.literal else ""
