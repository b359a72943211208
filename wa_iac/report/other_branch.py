"""The branch of a condition of a template that is not taken: whether it would be better than the one at fault."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from wa_iac.core.declared import Declared
from wa_iac.core.finding import Finding, Subject
from wa_iac.core.late_pattern import late
from wa_iac.core.value import Step

from .allowed import accepts
from .code_place import Path
from .template_code import resource_at

if TYPE_CHECKING:
    from wa_iac.parsers.cloudformation.text.located import Node

_NOTHING: Final = "AWS::NoValue"
_OF_SECRETS: Final = late(r"secrets|plaintext")
"""The names of rules about secrets in plain text."""


def is_no_better(finding: Finding, subject: Subject, declared: Declared, path: Path, chosen: Step) -> bool:
    """Whether the other branch of the condition at `chosen` is certainly no remedy for the value at a path: the rule does not accept the literal
    there, or that nothing is there."""
    from wa_iac.parsers.cloudformation.text.located import MapNode, ScalarNode

    found = _other(declared, subject.sources, path, chosen)
    if found is None:
        return False
    node = _at(found[0], found[1])
    if node is None or (isinstance(node, MapNode) and node.call == "Ref" and _text(node, "Ref") == _NOTHING):
        return not accepts(finding, subject, declared, path, None)
    if isinstance(node, MapNode) and node.call == "Ref" and _OF_SECRETS.search(finding.rule.slug):
        return True  # A secret that a parameter gives is in plain text there too.
    if isinstance(node, ScalarNode) and isinstance(node.value, (str, bool, int)):
        return not accepts(finding, subject, declared, path, node.value)
    return False


def _other(declared: Declared, sources: Mapping[str, bytes], path: Path, chosen: Step) -> tuple[Node, Path] | None:
    """The branch that the condition does not choose on the way to a path of a resource, and the rest of the path; None if it is not found."""
    from wa_iac.parsers.cloudformation.text.located import ListNode, MapNode, ScalarNode

    entry = resource_at(declared.span.path, declared.span.start_byte, sources).get("Properties")
    node = None if entry is None else entry.value
    for index in range(len(path) + 1):
        if isinstance(node, MapNode) and node.call == "Fn::If":
            arguments = node.entries["Fn::If"].value
            if not isinstance(arguments, ListNode) or len(arguments.items) != 3:
                return None
            name, then, otherwise = arguments.items
            if not isinstance(name, ScalarNode) or chosen.chooses is None or chosen.chooses[0] != name.text:
                return None
            return (otherwise if chosen.chooses[1] else then), path[index:]
        if node is None or index == len(path):
            return None
        node = _at(node, path[index : index + 1])
    return None


def _at(node: Node, path: Path) -> Node | None:
    """What is written at a path; None if nothing is."""
    from wa_iac.parsers.cloudformation.text.located import ListNode, MapNode

    found: Node | None = node
    for step in path:
        if isinstance(found, MapNode) and isinstance(step, str) and step in found.entries:
            found = found.entries[step].value
        elif isinstance(found, ListNode) and isinstance(step, int) and step < len(found.items):
            found = found.items[step]
        else:
            return None
    return found


def _text(node: Node, key: str) -> str:
    """The text of a member of an object."""
    from wa_iac.parsers.cloudformation.text.located import MapNode, ScalarNode

    value = node.entries[key].value if isinstance(node, MapNode) else None
    return value.text if isinstance(value, ScalarNode) else ""
