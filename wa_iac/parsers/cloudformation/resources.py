"""From the entries of a template to declared resources: one resource at a time, with its condition, its properties and its attributes."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from functools import partial
from typing import Final

from wa_iac.core.declared import Declared, InstanceKey, SwitchedOff, Unit
from wa_iac.core.late_pattern import late
from wa_iac.core.reasons import PROCESSED, Reason, Said
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Origin, Step, Tree, Unknown
from wa_iac.parsers.cloudformation.functions.choices import members_of
from wa_iac.parsers.cloudformation.functions.conditions import both
from wa_iac.parsers.cloudformation.sections.entries import existence, expandable
from wa_iac.parsers.cloudformation.text.located import MACRO, Entry, MapNode, Node, ScalarNode

from .scope import MadeFrom, TemplateScope

ATTRIBUTES: Final = ("DeletionPolicy", "UpdateReplacePolicy", "UpdatePolicy", "CreationPolicy", "DependsOn", "Metadata")
_KEYS: Final = frozenset({*ATTRIBUTES, "Condition", "Connectors", "Description", "IgnoreGlobals", "Properties", "Type"})
"""All that CloudFormation and SAM accept in a resource, beside the macros' keys. `Description` is in no document of CloudFormation's, but
CodeStar writes it, and the CDK reads it."""
_CUSTOM: Final = ("AWS::CloudFormation::CustomResource", "Custom::")
"""The types of custom resources, which may have a `Version`."""
MODULE: Final = "::MODULE"
"""The end of the type of a module, which is in a registry."""
RESOURCE: Final = 100
"""Steps that one resource costs, since every rule about it runs."""
_PUBLIC: Final = ("AWS::", "Alexa::", "Custom::")
"""The prefixes of public types. All others, including modules, are in a registry."""
_ERROR: Final = Said("its template has an error here", "fix the error")
_MISSPELLED: Final = late(r"AWS:(?!:)|AWS::\w+:(?!:)")
"""The beginning of no type: a colon is missing."""


class Resources:
    """Evaluates the resources of one template.

    Attributes:
        made_by: the loop iterations that have made resources, by logical id.
        made_from: the resources of SAM that others are made from, by the logical id of these.
    """

    def __init__(
        self,
        unit: Unit,
        scope: TemplateScope,
        calls: tuple[Step, ...],
        keys: tuple[InstanceKey, ...],
        condition: Unknown | None,
    ) -> None:
        """`calls`, `keys` and `condition` are those of the template's own stack."""
        self._unit = unit
        self._scope = scope
        self._calls = calls
        self._keys = keys
        self._condition = condition
        self.made_by: dict[str, tuple[InstanceKey, ...]] = {}
        self.made_from: Mapping[str, MadeFrom] = {}

    def evaluated(self, name: str, entry: Entry) -> Declared | None:
        """One resource; None if its condition is false, or if it is not a resource, which is an error."""
        scope = self._scope
        if not isinstance(entry.value, MapNode):
            scope.error(f'the resource "{name}" must be an object', entry.key)
            return None
        members = expandable(scope, entry.value.entries, f'what it adds to "{name}" is not checked')
        kind = members.get("Type")
        if kind is None and MACRO in entry.value.entries:
            return None
        if kind is None or not isinstance(kind.value, ScalarNode) or not isinstance(kind.value.value, str):
            scope.error(f'the resource "{name}" needs a Type, a string', entry.key if kind is None else kind.key)
            return None
        exists = existence(scope, members.get("Condition"))
        if isinstance(exists, Known) and exists.value is False:
            if exists.origin.default_step is not None:
                switched_on = partial(self._switched_on, name, entry, members, kind.value.value)
                self._unit.switched_off.append(SwitchedOff(kind.value.value, exists.origin.default_step, switched_on))
            return None
        scope.budget.step(RESOURCE, entry.key)
        if _MISSPELLED.match(kind.value.value):
            scope.error(f'"{kind.value.value}" is not the name of a type: its parts need two colons between them', kind.key)
            return None
        if not kind.value.value.startswith(_PUBLIC) or kind.value.value.endswith(MODULE):
            scope.unavailable(
                f"the type {kind.value.value} is from an account's private registry: its resources are not checked",
                kind.key,
                "types are from an account's private registry, and their resources are not checked",
            )
        return self._declared(name, entry, members, kind.value.value, exists)

    def _switched_on(self, name: str, entry: Entry, members: dict[str, Entry], type_name: str) -> Declared | None:
        """A resource as there would be if its condition held; None if it cannot be read."""
        before = len(self._unit.errors)
        try:
            return self._declared(name, entry, members, type_name, Absent())
        except Exception:
            return None
        finally:
            del self._unit.errors[before:]

    def _declared(self, name: str, entry: Entry, members: dict[str, Entry], type_name: str, exists: Tree) -> Declared:
        scope = self._scope
        made_from = self.made_from.get(name)
        with scope.supposing() if isinstance(exists, Unknown) or name in scope.representatives else nullcontext():
            body, missing = self._body(name, entry.key, members.get("Properties"))
            if self._has_strangers(name, entry, members, type_name) and "Properties" not in members:
                missing = _ERROR
            attributes = {key: scope.evaluate(each.value, each.where) for key, each in members.items() if key in ATTRIBUTES}
        return Declared(
            kind="resource",
            dialect="cloudformation",
            type=type_name,
            address=scope.prefix + name,
            name=name,
            body=body,
            span=entry.key,
            extent=entry.extent if made_from is None else made_from.extent,
            made_from="" if made_from is None else made_from.type,
            incomplete=missing
            if self._is_whole(made_from, entry.value.entries if isinstance(entry.value, MapNode) else members)
            else Said("a macro adds properties to it at deployment", PROCESSED),
            attributes=attributes,
            calls=self._calls,
            keys=(*self._keys, *self.made_by.get(name, ())),
            representative=scope.representatives.get(name),
            condition=both(exists, self._condition),
            exists_by=exists.origin.default_step if isinstance(exists, Known) else None,
            rewritten=scope.rewritten,
        )

    def _has_strangers(self, name: str, entry: Entry, members: Mapping[str, Entry], type_name: str) -> bool:
        """Whether a resource has keys that CloudFormation refuses, which are errors: a setting beside the Properties, or a misspelt
        key. A macro may take them away."""
        if _KEYS.issuperset(members) or self._scope.rewritten:
            return False
        if isinstance(entry.value, MapNode) and MACRO in entry.value.entries:
            return False
        accepted = _KEYS | {"Version"} if type_name.startswith(_CUSTOM) else _KEYS
        strangers = [key for key in members if key not in accepted]
        for key in strangers:
            message = f'"{key}" is not an attribute of a resource, so CloudFormation refuses "{name}"'
            self._scope.error(f"{message}; its settings belong in Properties", members[key].key)
        return bool(strangers)

    @staticmethod
    def _is_whole(made_from: MadeFrom | None, members: Mapping[str, Entry]) -> bool:
        """Whether no macro will add properties to a resource, or to its source resource."""
        properties = members.get("Properties")
        written = properties.value.entries if properties is not None and isinstance(properties.value, MapNode) else {}
        return MACRO not in written and MACRO not in members and (made_from is None or made_from.is_whole)

    def _body(self, name: str, key: Span, entry: Entry | None) -> tuple[Known[dict[str, Tree]], Reason | None]:
        """The properties of a resource, and the reason if it may have others."""
        node: Node | None = entry.value if entry is not None else None
        scope, origin = self._scope, Origin(key)
        if entry is None or node is None or (isinstance(node, ScalarNode) and node.value is None):
            return Known({}, origin), None
        if not isinstance(node, MapNode):
            scope.error(f'the Properties of "{name}" must be an object', entry.key)
            return Known({}, origin), _ERROR
        if node.call and node.call != MACRO:
            made = members_of(scope.evaluate(node, entry.key), origin)
            if made is None:
                scope.error(f'the Properties of "{name}" must be an object', entry.key)
                return Known({}, origin), _ERROR
            return made
        members = expandable(scope, node.entries, f'the properties that it adds to "{name}" are not checked')
        properties: dict[str, Tree] = {}
        missing: Reason | None = None
        for each, member in members.items():
            if "{" in each and each in scope.representatives:
                missing = scope.representatives[each]
            else:
                properties[each] = scope.evaluate(member.value, member.where)
        return Known(properties, origin), missing
