"""A picture as a digraph of Graphviz: clusters for groups, colors by category."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from wa_iac.knowledge.architecture.categories import service_name

from .mermaid import ids
from .model import Edge, EdgeKind, Group, Node, Picture

_STYLES: Final[dict[EdgeKind, str]] = {
    "network": 'color="#5b3fb0", penwidth="1.6"',
    "data": 'color="#2a5fa8"',
    "identity": 'color="#b02323"',
    "uses": 'color="#999999"',
}
_FILLS: Final = {
    "compute": "#fdeee0",
    "containers": "#fdeee0",
    "storage": "#e9f5e1",
    "database": "#f2e9fb",
    "network": "#ece6fb",
    "integration": "#fde7f1",
    "analytics": "#e6f0fb",
    "security": "#fde8e8",
    "management": "#fde7f1",
    "other": "#f2f2f2",
}


def as_dot(pictures: Sequence[Picture]) -> str:
    """A document of DOT: one digraph for each picture, one after another. `dot -O` writes a file for each."""
    return "\n".join(map(_digraph, pictures))


def _digraph(picture: Picture) -> str:
    nodes = ids("n", [each.address for each in picture.nodes])
    groups = ids("cluster", [each.id for each in picture.groups])
    inside: dict[str, list[Group | Node]] = defaultdict(list)
    for node in picture.nodes:
        inside[node.group].append(node)
    for group in picture.groups:
        inside[group.parent].append(group)
    title = picture.unit + (f" ({picture.environment})" if picture.environment else "")
    lines = [
        f"digraph {quoted(title)} {{",
        '  graph [rankdir="LR", compound="true", fontname="Helvetica"];',
        '  node [shape="box", style="filled,rounded", fontname="Helvetica", fontsize="10"];',
        '  edge [fontname="Helvetica", fontsize="9"];',
    ]
    waiting: list[Group | Node | str] = list(reversed(inside[""]))
    depth = 1
    while waiting:
        each = waiting.pop()
        indent = "  " * depth
        if isinstance(each, str):
            depth -= 1
            lines.append(f"{'  ' * depth}}}")
        elif isinstance(each, Node):
            lines.append(
                f"{indent}{nodes[each.address]} [label={_node_text(each)}, tooltip={quoted(each.address)}, "
                f"fillcolor={quoted(_FILLS[each.category])}];"
            )
        else:
            lines.append(f"{indent}subgraph {groups[each.id]} {{")
            lines.append(f"{indent}  label={_group_text(each)};")
            if not inside[each.id]:
                lines.append(f'{indent}  {groups[each.id]}_empty [shape="point", style="invis"];')
            depth += 1
            waiting += ["end", *reversed(inside[each.id])]
    lines += [_edge(each, nodes) for each in picture.edges]
    return "\n".join([*lines, "}"]) + "\n"


def _edge(edge: Edge, nodes: dict[str, str]) -> str:
    dashed = ', style="dashed"' if edge.inferred or edge.kind == "uses" else ""
    return f"  {nodes[edge.source]} -> {nodes[edge.target]} [label={quoted(edge.label)}, {_STYLES[edge.kind]}{dashed}];"


def _node_text(node: Node) -> str:
    badges = f"{len(node.badges)} {'finding' if len(node.badges) == 1 else 'findings'}" if node.badges else ""
    return quoted(node.label, service_name(node.type), badges, f"({node.doubt})" if node.doubt else "")


def _group_text(group: Group) -> str:
    public = {True: "public ", False: "private ", None: ""}[group.public]
    kind = {"vpc": "VPC ", "subnet": f"{public}subnet "}.get(group.kind, "")
    label = group.label if group.label.startswith(kind.strip()) and kind else kind + group.label
    return quoted(label, group.note)


def quoted(*lines: str) -> str:
    """Texts as a quoted string of DOT, each on a line of its own; empty ones are left out. Backslashes are doubled, since `\\N` and others
    would be replaced; control characters are spaces."""
    clean = ("".join(each if each.isprintable() else " " for each in line) for line in lines if line)
    return '"' + "\\n".join(line.replace("\\", "\\\\").replace('"', '\\"') for line in clean) + '"'
