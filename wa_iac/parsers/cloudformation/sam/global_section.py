"""`Globals`: settings for all resources of a type. Objects merge, lists are joined, everything else is replaced."""

from __future__ import annotations

from typing import Final

from wa_iac.parsers.cloudformation.scope import TemplateScope
from wa_iac.parsers.cloudformation.text.located import Entry, ListNode, MapNode, Node, ScalarNode, renewed

from .nodes import entries, text
from .shapes import known_properties, unknown_name

_PREFIX: Final = "AWS::Serverless::"
_SECTIONS: Final = frozenset({"Function", "Api", "HttpApi", "SimpleTable", "StateMachine", "LayerVersion"})
NOT_EXPANDED: Final = frozenset({"CapacityProvider", "MicrovmImage", "NetworkConnector", "WebFunction", "WebSocketApi"})
"""SAM's kinds of resources that we do not expand."""


class Globals:
    """The section `Globals`. `of` returns a resource's properties, including the global ones that it does not set itself."""

    def __init__(self, scope: TemplateScope, entry: Entry | None) -> None:
        self._sections: dict[str, MapNode] = {}
        if entry is None:
            return
        if not isinstance(entry.value, MapNode):
            if not (isinstance(entry.value, ScalarNode) and entry.value.value is None):
                scope.error("Globals must be an object", entry.key)
            return
        for name, section in entry.value.entries.items():
            if name in NOT_EXPANDED:
                continue
            if name not in _SECTIONS:
                unknown_name(scope, "Globals", "section", name, _SECTIONS, section)
            elif not isinstance(section.value, MapNode) or section.value.call:
                scope.error(f"{name} of Globals must be an object", section.key)
            else:
                self._sections[_PREFIX + name] = self._known(scope, name, section.value)

    @staticmethod
    def _known(scope: TemplateScope, section: str, node: MapNode) -> MapNode:
        known = known_properties(_PREFIX + section)
        for name, entry in node.entries.items():
            if name not in known:
                unknown_name(scope, f"{section} of Globals", "property", name, known, entry)
        kept = renewed(node, {name: entry for name, entry in node.entries.items() if name in known})
        return kept if isinstance(kept, MapNode) else node

    def of(self, kind: str, properties: dict[str, Entry], ignored: Entry | None) -> dict[str, Entry]:
        """The properties of a resource of that type, including those of `Globals`. `ignored` is its `IgnoreGlobals`."""
        section = self._sections.get(kind)
        if section is None or (ignored is not None and text(ignored) == "*"):
            return properties
        names = {text(item) for item in ignored.value.items} if ignored and isinstance(ignored.value, ListNode) else set()
        common = {name: entry for name, entry in section.entries.items() if name not in names}
        return _merged(common, properties)

    def section(self, kind: str) -> dict[str, Entry]:
        """The Globals of a type, which are all settings of an API that no resource declares."""
        return entries(self._sections.get(kind))


def _merged(common: dict[str, Entry], own: dict[str, Entry]) -> dict[str, Entry]:
    return {
        **{name: entry if name not in own else _both(entry, own[name]) for name, entry in common.items()},
        **{name: entry for name, entry in own.items() if name not in common},
    }


def _both(common: Entry, own: Entry) -> Entry:
    return Entry(own.key, _both_values(common.value, own.value))


def _both_values(common: Node, own: Node) -> Node:
    match common, own:
        case MapNode(call=""), MapNode(call=""):
            return renewed(own, _merged(common.entries, own.entries))
        case ListNode(), ListNode():
            return ListNode([*common.items, *own.items], own.span)
        case _:
            return own
