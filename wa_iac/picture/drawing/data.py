"""Pictures as JSON, for the JavaScript that draws them."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from wa_iac.core.span import Span
from wa_iac.picture.model import Badge, Edge, Group, Node, Part, Picture


def anchor(unit: str, environment: str, address: str) -> str:
    """The id of a resource's element in a page or a drawing: `node-` and 12 hexadecimal digits, the same in each run."""
    whole = "\0".join((unit, environment, address))
    return f"node-{sha256(whole.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def as_data(picture: Picture) -> dict[str, Any]:
    """All of a picture, by the model's names; places are `path`, `line` and `end` (the last line), from 1.

    `name` is for people, `anchor` of nodes, and of groups that are resources, is the id of their element.
    """
    return {
        "name": name(picture),
        "unit": picture.unit,
        "environment": picture.environment,
        "dialect": picture.dialect,
        "notes": list(picture.notes),
        "groups": [_group(picture, each) for each in picture.groups],
        "nodes": [_node(picture, each) for each in picture.nodes],
        "edges": [_edge(each) for each in picture.edges],
        **({"story": picture.story} if picture.story else {}),
    }


def name(picture: Picture) -> str:
    """A picture's name for people: its unit, its environment if it has one, and what its marks are about. "Architecture" stands for the
    working directory."""
    return unit_name(picture).replace(".", "Architecture", 1) if picture.unit == "." else unit_name(picture)


def unit_name(picture: Picture) -> str:
    """The unit, the environment if there are several, and what the marks are about: what tells the pictures of a page apart."""
    unit = f"{picture.unit} ({picture.environment})" if picture.environment else picture.unit
    return f"{unit}, {picture.story}" if picture.story else unit


def _anchor(picture: Picture, address: str) -> str:
    """The anchor of a resource in a picture. A page may show several failures of one unit."""
    return anchor(picture.unit, f"{picture.environment}{picture.story}", address)


def _group(picture: Picture, group: Group) -> dict[str, Any]:
    return {
        **group._asdict(),
        "anchor": _anchor(picture, group.address) if group.address else "",
        "parts": _parts(group.parts),
        "badges": _badges(picture.badges.get(group.id, ())),
        **({"fails": True} if group.id in picture.failing else {}),
    }


def _node(picture: Picture, node: Node) -> dict[str, Any]:
    return {
        "anchor": _anchor(picture, node.address),
        "address": node.address,
        "label": node.label,
        "type": node.type,
        "service": node.service,
        "category": node.category,
        "group": node.group,
        "also_in": list(node.also_in),
        "parts": _parts(node.parts),
        "badges": _badges(node.badges),
        "doubt": node.doubt,
        **({} if node.mark is None else {"mark": node.mark._asdict()}),
        **_place(node.extent),
    }


def _parts(parts: Iterable[Part]) -> list[dict[str, Any]]:
    return [{"address": each.address, "type": each.type, **_place(each.extent)} for each in parts]


def _badges(badges: Iterable[Badge]) -> list[dict[str, str]]:
    return [{"fault": each.fault, "rule": each.rule, "severity": each.severity.value} for each in badges]


def _edge(edge: Edge) -> dict[str, Any]:
    return edge._asdict()


def _place(span: Span) -> dict[str, Any]:
    return {"path": span.path, "line": span.start_line, "end": span.end_line}
