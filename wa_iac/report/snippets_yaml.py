"""Remedies in YAML: written from content, and read as data. Apart from the other languages, since a run on Terraform needs no YAML."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from wa_iac.core.errors import WaIacError
from wa_iac.core.fix import FixPlace, Wanted
from wa_iac.parsers.cloudformation.text.documents import read_text
from wa_iac.parsers.cloudformation.text.located import ListNode, MapNode, Node, ScalarNode
from wa_iac.parsers.cloudformation.text.rendering import Style, rendered

_STYLE: Final = Style(newline="\n", quoted=False, json_lines=False, colon=": ", comma=" ", pad=" ", step="  ", flat_lists=False)


def yaml_lines(members: Mapping[FixPlace, Wanted]) -> str:
    """The members of an object, each on lines of its own."""
    return rendered(_STYLE, members, "", block=True)


@lru_cache(256)
def yaml_as_data(text: str) -> Any:
    """A remedy in YAML as data, which nobody may change: findings with the same remedy share it. None if it is only a part of something."""
    try:
        document = read_text(text.encode(), "remedy.yaml")
    except WaIacError:
        return None
    return None if document is None or document.errors else _data(document.root)


def _data(node: Node) -> Any:
    match node:
        case MapNode(entries=entries):
            data = {key: _data(entry.value) for key, entry in entries.items()}
            attribute = data.get("Fn::GetAtt")
            return {"Fn::GetAtt": attribute.rsplit(".", 1)} if isinstance(attribute, str) else data
        case ListNode(items=items):
            return [_data(item) for item in items]
        case ScalarNode():
            return node.value
