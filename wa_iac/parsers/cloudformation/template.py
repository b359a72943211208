"""From a template's tree to what it declares: its sections are read in the order in which they depend on each other."""

from __future__ import annotations

from typing import Final

from wa_iac.core.declared import Declared, Unit
from wa_iac.core.errors import BoundError
from wa_iac.core.value import Absent, Known, Origin, Span, Tree, Unknown

from .conditions import decide_all
from .conditions import named as condition
from .intrinsics import FUNCTIONS
from .located import Entry, MapNode, Node, ScalarNode
from .parameters import read_parameters
from .scope import Scope

ATTRIBUTES: Final = ("DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy", "CreationPolicy", "DependsOn", "Metadata")

_MACRO: Final = "Fn::Transform"
_LOOP: Final = "Fn::ForEach::"


def declare(unit: Unit, root: Node) -> None:
    """Puts the parameters and resources of a template into the unit, and what is wrong with it into the unit's errors."""
    scope = Scope(unit.path, FUNCTIONS)
    scope.errors = unit.errors
    sections = root.entries if isinstance(root, MapNode) else {}
    if "Resources" not in sections and _MACRO not in sections:
        scope.error("the template has no Resources", root.span)
    scope.is_open = "Transform" in sections
    _expandable(scope, sections, "what it adds to the template is not judged")
    parameters, mappings, conditions, resources = (
        _section(scope, sections, name) for name in ("Parameters", "Mappings", "Conditions", "Resources")
    )
    scope.mappings, scope.conditions, scope.resources = mappings, conditions, frozenset(resources)
    try:
        unit.declared += read_parameters(scope, parameters)
        decide_all(scope)
        for name, entry in resources.items():
            declared = _resource(scope, name, entry)
            if declared is not None:
                unit.declared.append(declared)
    except BoundError as error:
        unit.errors.append(error)


def _section(scope: Scope, sections: dict[str, Entry], name: str) -> dict[str, Entry]:
    """The members of a section of the template, without those that something else has to make first."""
    entry = sections.get(name)
    if entry is None:
        return {}
    node = entry.value
    if not isinstance(node, MapNode):
        if name == "Resources" or not (isinstance(node, ScalarNode) and node.value is None):
            scope.error(f"{name} must be an object", entry.key)
        return {}
    return _expandable(scope, node.entries, f"what it adds to {name} is not judged")


def _expandable(scope: Scope, entries: dict[str, Entry], consequence: str) -> dict[str, Entry]:
    """The entries that are as they will be deployed. What a macro or a loop adds is not read, and that is said."""
    for key, entry in entries.items():
        if key == _MACRO:
            scope.error(f"Fn::Transform is not expanded: {consequence}", entry.key)
        elif key.startswith(_LOOP):
            scope.error(f"Fn::ForEach is not expanded: {consequence}", entry.key)
        else:
            continue
        scope.is_open = True
    return {key: entry for key, entry in entries.items() if key != _MACRO and not key.startswith(_LOOP)}


def _resource(scope: Scope, name: str, entry: Entry) -> Declared | None:
    """One resource; None where its condition is false, and where it is none at all, which is an error."""
    if not isinstance(entry.value, MapNode):
        scope.error(f'the resource "{name}" must be an object', entry.key)
        return None
    members = _expandable(scope, entry.value.entries, f'what it adds to "{name}" is not judged')
    kind = members.get("Type")
    if kind is None or not isinstance(kind.value, ScalarNode) or not isinstance(kind.value.value, str):
        scope.error(f'the resource "{name}" needs a Type, as text', entry.key if kind is None else kind.key)
        return None
    existence = _existence(scope, members.get("Condition"))
    if isinstance(existence, Known) and existence.value is False:
        return None
    return Declared(
        kind="resource",
        dialect="cloudformation",
        type=kind.value.value,
        address=name,
        name=name,
        body=_body(scope, name, entry.key, members.get("Properties")),
        span=entry.key,
        extent=entry.extent,
        attributes={key: scope.evaluate(each.value, each.where) for key, each in members.items() if key in ATTRIBUTES},
        condition=existence if isinstance(existence, Unknown) else None,
    )


def _existence(scope: Scope, entry: Entry | None) -> Tree:
    if entry is None:
        return Absent()
    if not isinstance(entry.value, ScalarNode):
        return scope.fail("Condition takes the name of a condition", entry.key, entry.value.span)
    return condition(scope, entry.value.text, entry.value.span)


def _body(scope: Scope, name: str, key: Span, entry: Entry | None) -> Known[dict[str, Tree]]:
    node: Node | None = entry.value if entry is not None else None
    if entry is None or node is None or (isinstance(node, ScalarNode) and node.value is None):
        return Known({}, Origin(key))
    if not isinstance(node, MapNode) or (node.call and node.call != _MACRO):
        scope.error(f'the Properties of "{name}" must be an object', entry.key)
        return Known({}, Origin(key))
    members = _expandable(scope, node.entries, f'the properties that it adds to "{name}" are not judged')
    return Known({each: scope.evaluate(member.value, member.where) for each, member in members.items()}, Origin(key))
