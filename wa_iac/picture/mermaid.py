"""A picture as a flowchart of Mermaid: subgraphs for groups, classes by category."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from wa_iac.core.late_pattern import late
from wa_iac.knowledge.architecture.categories import service_name

from .model import Category, Edge, EdgeKind, Group, Node, Picture

_ARROWS: Final[dict[EdgeKind, tuple[str, str]]] = {
    "network": ("==>", "-.->"),
    "data": ("-->", "-.->"),
    "identity": ("-->", "-.->"),
    "uses": ("-.->", "-.->"),
}
"""The arrow of each kind of edge, and the one of an inferred edge."""
_COLORS: Final[dict[Category, tuple[str, str]]] = {
    "compute": ("#fdeee0", "#b85c00"),
    "containers": ("#fdeee0", "#b85c00"),
    "storage": ("#e9f5e1", "#3f7a1e"),
    "database": ("#f2e9fb", "#6a3fb0"),
    "network": ("#ece6fb", "#5b3fb0"),
    "integration": ("#fde7f1", "#b0236b"),
    "analytics": ("#e6f0fb", "#2a5fa8"),
    "security": ("#fde8e8", "#b02323"),
    "management": ("#fde7f1", "#8a1f57"),
    "other": ("#f2f2f2", "#555555"),
}
"""Fill and border of each category, those of "AWS Architecture Icons" in lighter shades."""


_PLAIN: Final = frozenset(" .,:/()-_[]'=+")
_NO_ID: Final = late(r"[^A-Za-z0-9]+")


def as_mermaid(pictures: Sequence[Picture]) -> str:
    """A document of Mermaid. Several pictures are several flowcharts, each in a fence of Markdown below a heading, since Mermaid knows no
    document with several diagrams."""
    if len(pictures) == 1:
        return _chart(pictures[0])
    return "\n".join(f"## {_heading(each)}\n\n```mermaid\n{_chart(each)}```\n" for each in pictures)


def ids(prefix: str, names: Iterable[str]) -> dict[str, str]:
    """An id of letters, digits and underscores for each name. It stays the same if other names come or go, unless two names differ in
    other characters only. The prefix keeps it from being a word of the language."""
    found: dict[str, str] = {}
    taken: Counter[str] = Counter()
    for name in names:
        base = f"{prefix}_{_NO_ID.sub('_', name).strip('_')}"
        taken[base] += 1
        found[name] = base if taken[base] == 1 else f"{base}__{taken[base]}"
    return found


def _heading(picture: Picture) -> str:
    title = picture.unit + (f" ({picture.environment})" if picture.environment else "")
    return _text(title)


def _chart(picture: Picture) -> str:
    """One flowchart."""
    nodes = ids("n", [each.address for each in picture.nodes])
    groups = ids("g", [each.id for each in picture.groups])
    inside: dict[str, list[Group | Node]] = defaultdict(list)
    for node in picture.nodes:
        inside[node.group].append(node)
    for group in picture.groups:
        inside[group.parent].append(group)
    lines = ["flowchart LR"]
    waiting: list[Group | Node | str] = list(reversed(inside[""]))
    depth = 1
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            depth -= 1
            lines.append(f"{'  ' * depth}end")
        elif isinstance(each, Node):
            lines.append(f'{"  " * depth}{nodes[each.address]}["{_node_text(each)}"]:::{each.category}')
        elif inside[each.id]:
            lines.append(f'{"  " * depth}subgraph {groups[each.id]}["{_group_text(each, picture)}"]')
            depth += 1
            waiting += ["end", *reversed(inside[each.id])]
        else:
            lines.append(f'{"  " * depth}{groups[each.id]}["{_group_text(each, picture)}"]:::empty')
    lines += [_edge(each, nodes) for each in picture.edges]
    used = dict.fromkeys(each.category for each in picture.nodes)
    lines += [f"  classDef {name} fill:{_COLORS[name][0]},stroke:{_COLORS[name][1]},color:#222222" for name in used]
    if any(not inside[each.id] for each in picture.groups):
        lines.append("  classDef empty fill:#ffffff,stroke:#999999,stroke-dasharray:4")
    return "\n".join(lines) + "\n"


def _edge(edge: Edge, nodes: dict[str, str]) -> str:
    arrow = _ARROWS[edge.kind][edge.inferred]
    return f'  {nodes[edge.source]} {arrow}|"{_text(edge.label)}"| {nodes[edge.target]}'


def _node_text(node: Node) -> str:
    lines = [node.label, service_name(node.type)]
    if node.badges:
        lines.append(f"{len(node.badges)} {'finding' if len(node.badges) == 1 else 'findings'}")
    if node.doubt:
        lines.append(f"({node.doubt})")
    return "<br/>".join(map(_text, lines))


def _group_text(group: Group, picture: Picture) -> str:
    found = picture.badges.get(group.id, ())
    public = {True: "public ", False: "private ", None: ""}[group.public]
    kind = {"vpc": "VPC ", "subnet": f"{public}subnet "}.get(group.kind, "")
    label = group.label if group.label.startswith(kind.strip()) and kind else kind + group.label
    badges = [f"{len(found)} {'finding' if len(found) == 1 else 'findings'}"] if found else []
    return "<br/>".join(map(_text, [label, *badges]))


def _text(text: str) -> str:
    """A text within quotation marks of Mermaid: everything that its parser, Markdown or HTML may read as something else is a character
    code ("Entity codes to escape characters", Mermaid's documentation of flowcharts)."""
    return "".join(each if each.isalnum() or each in _PLAIN else f"#{ord(each)};" for each in " ".join(text.split()))
