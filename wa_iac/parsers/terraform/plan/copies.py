"""Copies in a plan: a resource shows old values of parts that other resources set.

In a plan for existing resources, an optional and computed argument contains the value read from AWS. If the configuration does
not write it, and a resource of the plan sets it, that resource decides: a narrowed rule, a removed policy. Content that no
resource of the plan has set is from elsewhere, and stays.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final, NamedTuple

from wa_iac.core.budget import EACH, current
from wa_iac.core.reasons import Said
from wa_iac.core.value import Absent, Known, Tree, Unknown

from .document import PlanDocument, Planned, inner, raw
from .expressions import PlanConfiguration
from .parts import PARTS, Part

_NAMES: Final = ("id", "arn", "name", "url", "bucket", "domain_name", "key_id", "identifier", "cluster_identifier", "zone_id",
                 "allocation_id", "primary_network_interface_id")  # fmt: skip
"""The attributes of an owner by which its parts name it."""
_LEFT: Final = frozenset({"forget"})
"""The actions after which a resource stays in AWS, outside of Terraform; it is then from elsewhere."""
_PROTOCOLS: Final = {"-1": "-1", "all": "-1", "6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6"}
_SOURCES: Final = {
    "cidr_blocks": "cidr_ipv4",
    "ipv6_cidr_blocks": "cidr_ipv6",
    "prefix_list_ids": "prefix_list_id",
    "security_groups": "referenced_security_group_id",
}
"""The sources in a group's inline rule, and in a separate rule."""

_ITSELF: Final = ("self", "")
Source = tuple[str, str]
"""A list in a group's rule, and one of its elements."""


class CopiedPiece(NamedTuple):
    """One resource that sets a part of another: its old values, and whether it will exist."""

    part: Part
    before: dict[str, Any] | None
    stays: bool


class Copies:
    """Corrects the copies in a plan's resources: `of` returns the attributes of one with the remaining content."""

    def __init__(self, document: PlanDocument, configuration: PlanConfiguration, planned: Iterable[Planned]) -> None:
        self._changes = document.changes()
        self._configuration = configuration
        self._parts: dict[tuple[str, str], list[CopiedPiece]] = defaultdict(list)
        managed = [each for each in planned if each.mode == "managed"]
        present = [each for each in self._changes.values() if _kind(each) in PARTS and each.get("mode") != "data"]
        present += [_unchanged(each) for each in managed if each.type in PARTS and each.address not in self._changes]
        if present:
            self._gather(present, managed)

    def _gather(self, present: list[dict[str, Any]], planned: list[Planned]) -> None:
        wanted = {kind for each in present for part in PARTS[each["type"]] for kind in part.owners}
        owners = [each for each in planned if each.type in wanted]
        by_name: dict[tuple[str, str], list[str]] = defaultdict(list)
        for owner in owners:
            content = owner.values.content if owner.values is not None and isinstance(owner.values.content, dict) else {}
            names = {text for name in _NAMES if name in content and isinstance(text := content[name].node.content, str)}
            for text in names:
                by_name[owner.type, text].append(owner.address)
        kinds = {owner.address: owner.type for owner in owners}
        instances = {each.address: each for each in planned if each.type in PARTS}
        for each in present:
            change = inner(each, "change")
            actions = change.get("actions")
            if isinstance(actions, list) and _LEFT.issuperset(map(str, actions)):
                continue
            before = inner(change, "before") or None
            stays = not (isinstance(actions, list) and actions == ["delete"])
            for part in PARTS[each["type"]]:
                for address in self._owners(part, change, by_name, kinds, instances.get(each["address"])):
                    for attribute in _attributes(part, before, change):
                        self._parts[address, attribute].append(CopiedPiece(part, before, stays))

    def _owners(
        self,
        part: Part,
        change: dict[str, Any],
        by_name: dict[tuple[str, str], list[str]],
        kinds: dict[str, str],
        one: Planned | None,
    ) -> Iterator[str]:
        """The addresses of the resources that this one is or was a part of."""
        found: dict[str, None] = {}
        for state in ("before", "after"):
            named = inner(change, state).get(part.by)
            for text in named if isinstance(named, list) else [named]:
                if isinstance(text, str) and text:
                    for kind in part.owners:
                        found.update(dict.fromkeys(by_name.get((kind, text), ())))
        if one is not None and inner(change, "after_unknown").get(part.by):
            block = self._configuration.resource(one)
            expression = inner(inner(block, "expressions"), part.by)
            resolved = self._configuration.resolve(expression, one.modules, one.key, block)
            found.update(dict.fromkeys(each.address for each in resolved.references if kinds.get(each.address) in part.owners))
        yield from found

    def of(self, one: Planned, body: Known[dict[str, Tree]]) -> dict[str, Tree]:
        """The attributes of a resource that its parts set and the configuration does not, each with the values from
        elsewhere."""
        found: dict[str, Tree] = {}
        if not self._parts or one.mode != "managed":
            return found
        block = self._configuration.resource(one)
        for name, value in body.value.items():
            parts = self._parts.get((one.address, name))
            if parts is None or isinstance(value, Absent):
                continue
            if self._is_written(one, block, name, parts):
                continue
            found[name] = _left(value, parts, one, name)
        return found

    def _is_written(self, one: Planned, block: dict[str, Any], name: str, pieces: list[CopiedPiece]) -> bool:
        expression = inner(block, "expressions").get(name)
        if expression is not None and not self._may_be_null(expression, one, pieces):
            return True
        # A value that changes, or is known for a new resource, was not read from AWS: a `dynamic` block writes it.
        change = inner(self._changes.get(one.address), "change")
        if not change:
            return False
        before, after, actions = change.get("before"), inner(change, "after").get(name), change.get("actions")
        if not isinstance(before, dict) or (isinstance(actions, list) and "create" in actions):
            return True
        return not _same(before.get(name), after)

    def _may_be_null(self, expression: object, one: Planned, pieces: list[CopiedPiece]) -> bool:
        """Whether an argument is null, or an expression that is null if another resource sets the same, such as
        `var.policy_beside ? null : var.policy`. If both set it, each plan would undo the other."""
        if not isinstance(expression, dict):
            return False
        if self._configuration.is_null(expression, one.modules):
            return True
        return bool(expression.get("references")) and all(each.stays and each.before is not None for each in pieces)


def _kind(change: dict[str, Any]) -> str:
    found = change.get("type")
    return found if isinstance(found, str) else ""


def _unchanged(one: Planned) -> dict[str, Any]:
    """The change of a resource without a listed change, as in a plan that only refreshes the state."""
    values = raw(one.values)
    return {"address": one.address, "type": one.type, "change": {"actions": ["no-op"], "before": values, "after": values}}


def _attributes(part: Part, before: dict[str, Any] | None, change: dict[str, Any]) -> tuple[str, ...]:
    """The attributes of the owner that a resource sets; one of them if an argument selects it."""
    if part.direction is None:
        return part.attributes
    name, values = part.direction
    said = [state.get(name) for state in (before, inner(change, "after")) if state]
    return tuple(attribute for attribute, value in zip(part.attributes, values, strict=True) if value in said)


def _left(value: Tree, pieces: list[CopiedPiece], one: Planned, name: str) -> Tree:
    """The rest of a copy without the parts. If the copy lacks a part, it is older than that part, and its rest is unknown."""
    nothing = Absent(value.origin)
    if any(part.element is None and not part.rules for part, _, _ in pieces) or not isinstance(value, Known):
        return nothing
    if not isinstance(value.value, list):
        return nothing
    items: list[Tree] = list(value.value)
    is_old = False
    for part, before, _ in pieces:
        if before is not None:
            current().compare(EACH * len(value.value))
            is_old = is_old or not _without(value.value, part, before, one)[1]
            items, _ = _without(items, part, before, one)
    if not items:
        return nothing
    if is_old:
        why = f"the plan shows {name} of {one.address} from before other resources of the plan set it"
        return Unknown(
            Said(why, "create the plan without -refresh=false"),
            ("old", one.address, name),
            value.origin,
        )
    read = (Known(each.value, each.origin.as_how("read")) if isinstance(each, Known) else each for each in items)
    return Known([*read], value.origin.as_how("read"))


def _without(items: list[Tree], part: Part, before: dict[str, Any], one: Planned) -> tuple[list[Tree], bool]:
    """The elements of a copy that are not this part, and whether the whole part is among them."""
    if part.rules:
        return _without_rule(items, before, one)
    argument, key = part.element or ("", "")
    content = before.get(argument)
    if content is None or content == "":
        return items, True
    left = [each for each in items if _text(_member(each, key) if key else each) != str(content)]
    return left, len(left) < len(items)


def _without_rule(items: list[Tree], before: dict[str, Any], one: Planned) -> tuple[list[Tree], bool]:
    """The same for a group's rules and one separate rule."""
    ports = _ports(before.get("protocol", before.get("ip_protocol")), before.get("from_port"), before.get("to_port"))
    wanted = _sources(before, _identity(one))
    left: list[Tree] = []
    for each in items:
        here = _ports(*(_text(_member(each, name)) for name in ("protocol", "from_port", "to_port")))
        if here != ports or not isinstance(each, Known) or not isinstance(each.value, dict):
            left.append(each)
            continue
        found: set[Source] = set()
        entries: dict[str, Tree] = dict(each.value)
        for name in _SOURCES:
            listed = entries.get(name)
            if isinstance(listed, Known) and isinstance(listed.value, list):
                found |= {(name, _text(item).lower()) for item in listed.value}
                kept = [item for item in listed.value if (name, _text(item).lower()) not in wanted]
                entries[name] = Known(kept, listed.origin)
        if _member(each, "self") == Known(True):
            found.add(_ITSELF)
            if _ITSELF in wanted:
                entries["self"] = Known(False, _member(each, "self").origin)
        wanted -= found
        if _lets_something_through(entries):
            left.append(Known(entries, each.origin))
    return left, not wanted


def _sources(before: dict[str, Any], group: str) -> set[Source]:
    """The traffic of a separate rule, in the form of its group's list."""
    found: set[Source] = set()
    for name, other in _SOURCES.items():
        listed = before.get(name)
        for text in [*(listed if isinstance(listed, list) else ()), before.get(other)]:
            if _is_text(text):
                found.add((name, (text.rsplit("/", 1)[-1] if name == "security_groups" else text).lower()))
    if _is_text(before.get("source_security_group_id")):
        found.add(("security_groups", before["source_security_group_id"].rsplit("/", 1)[-1]))
    if ("security_groups", group) in found or before.get("self") is True:
        found = {*(found - {("security_groups", group)}), _ITSELF}
    return found


def _lets_something_through(entries: dict[str, Tree]) -> bool:
    listed = [entries[name] for name in _SOURCES if name in entries]
    return any(isinstance(each, Known) and each.value for each in listed) or entries.get("self") == Known(True)


def _ports(protocol: object, first: object, last: object) -> tuple[str, ...]:
    """A protocol and its ports in a comparable form. For all protocols, the ports do not matter. (A plan may omit zeros.)"""
    name = str(protocol or "").lower()
    name = _PROTOCOLS.get(name, name)
    return (name,) if name == "-1" else (name, str(first or 0), str(last or 0))


def _identity(one: Planned) -> str:
    content = one.values.content if one.values is not None and isinstance(one.values.content, dict) else {}
    found = content["id"].node.content if "id" in content else ""
    return found if isinstance(found, str) else ""


def _member(tree: Tree, name: str) -> Tree:
    found: Tree | None = tree.value.get(name) if isinstance(tree, Known) and isinstance(tree.value, dict) else None
    return Absent(tree.origin) if found is None else found


def _text(tree: Tree) -> str:
    return str(tree.value) if isinstance(tree, Known) and isinstance(tree.value, (str, int, float)) else ""


def _is_text(content: object) -> bool:
    return isinstance(content, str) and bool(content)


def _same(one: object, other: object) -> bool:
    """Whether two contents of a plan are equal; JSON texts are compared regardless of layout."""
    if one == other:
        return True
    try:
        return isinstance(one, str) and isinstance(other, str) and bool(json.loads(one) == json.loads(other))
    except (ValueError, RecursionError):
        return False
