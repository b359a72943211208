"""One expansion of a template: the resources made so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from wa_iac.core.algebra import text_of
from wa_iac.core.span import Span
from wa_iac.core.value import Known
from wa_iac.parsers.cloudformation.scope import MadeFrom, TemplateScope
from wa_iac.parsers.cloudformation.text.located import Entry, MapNode, Node, ScalarNode

from .global_section import Globals
from .nodes import Made, build, entries, is_no_value, members, text


@dataclass(slots=True)
class Expansion:
    """The template while it is expanded.

    Attributes:
        resources: by logical id; resources that are not SAM's are here from the start.
        conditions: those of the template, and generated ones.
        renamed: names that SAM defines for a template (`MyFunction.Alias`), and their logical ids.
        made_from: the SAM resource of each generated one.
    """

    scope: TemplateScope
    globals_: Globals
    resources: dict[str, Entry]
    conditions: dict[str, Entry]
    renamed: dict[str, str] = field(default_factory=dict)
    made_from: dict[str, MadeFrom] = field(default_factory=dict)
    _told_before: int = field(init=False)

    def __post_init__(self) -> None:
        self._told_before = len(self.scope.errors)

    @property
    def is_open(self) -> bool:
        """Whether there were messages: a reference may then mean a resource that was not generated."""
        return len(self.scope.errors) > self._told_before

    def error(self, message: str, at: Span) -> None:
        self.scope.error(message, at)

    def text(self, node: Node | Entry | None) -> str:
        """The text of a value if it is known before deployment: a scalar, or a parameter with a default; else empty."""
        if isinstance(node, Entry):
            node = node.value
        if node is None or is_no_value(node):
            return ""
        if isinstance(node, ScalarNode):
            return node.text
        value = self.scope.evaluate(node, node.span)
        return text_of(value.value) if isinstance(value, Known) and isinstance(value.value, (str, int, float)) else ""

    def put(
        self, name: str, kind: str, at: Span, properties: Mapping[str, Made], beside: Mapping[str, Made], made_from: MadeFrom
    ) -> None:
        """Adds a resource at `at` that is made from a SAM resource, `made_from`."""
        body = {"Type": kind, **beside, "Properties": Entry(at, MapNode(members(properties, at), at))}
        self.resources[name] = Entry(at, build(body, at))
        self.made_from[name] = made_from

    def change(self, name: str, change: Callable[[MapNode], MapNode]) -> bool:
        """Replaces a resource of the template by the result of `change`; False if there is none of that name."""
        entry = self.resources.get(name)
        if entry is None or not isinstance(entry.value, MapNode):
            return False
        self.resources[name] = Entry(entry.key, change(entry.value))
        return True

    def kind(self, name: str) -> str:
        """The type of a resource of the template, or of a generated one; empty if there is none of that name."""
        return text(entries(self.resources.get(name)).get("Type"))
