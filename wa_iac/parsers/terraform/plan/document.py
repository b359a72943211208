"""One plan's JSON, validated and split: planned resources, their changes, and the configuration."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from wa_iac.core.declared import INDEX
from wa_iac.core.errors import BoundError, SourceError, WaIacError
from wa_iac.core.late_pattern import late
from wa_iac.core.reasons import Reason, Said
from wa_iac.core.span import Span, within
from wa_iac.parsers.terraform.text.located_json import (
    MAX_DEPTH,
    JsonNode,
    JsonText,
    items,
    member,
    members,
    parsed,
    whole_characters,
)

MAX_PLAN: Final = 100_000_000
"""Maximum size of a plan in bytes."""

_NAME: Final = late(r"[^.\[]+")
_TAIL: Final = late(INDEX.pattern + "$")
_GONE: Final = frozenset({"delete", "forget"})
PASSING: Final = ("ephemeral", "list", "action")
"""Kinds of blocks that create nothing permanent."""
_BOM: Final = b"\xef\xbb\xbf"

Steps = tuple[tuple[str, str], ...]
"""The module calls that lead to an instance of a module: `(("db", "[0]"), ("inner", ""))`."""


@dataclass(slots=True)
class Planned:
    """One resource or data source as it will be after the plan is applied.

    Attributes:
        key: its key among other instances: `[0]`, `["a"]`, or empty.
        node: the whole entry. values: its attributes, without what is not known yet.
        representative: the reason if it represents an unknown number of instances.
        unknown, sensitive: which of them are only known after apply, and which are secret: `true`, or the values' own shape.
    """

    address: str
    mode: str
    type: str
    name: str
    key: str
    modules: Steps
    node: JsonNode
    values: JsonNode | None
    unknown: Any = False
    sensitive: list[Any] = field(default_factory=list)
    representative: Reason | None = None


class PlanDocument:
    """A parsed plan. `errors` collects values of the wrong type; the readable parts are kept. Raises SourceError and
    BoundError."""

    def __init__(self, data: bytes, path: str) -> None:
        if len(data) > MAX_PLAN:
            raise BoundError(f"the plan is larger than {MAX_PLAN // 1_000_000} MB: not read", path=path)
        skipped = len(_BOM) if data.startswith(_BOM) else 0
        try:
            decoded = whole_characters(data[skipped:].decode())
            self.content: Any = parsed(decoded)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise SourceError("the plan is not UTF-8", path=path, line=line, column=1) from None
        except json.JSONDecodeError as error:
            line, column = within(error.doc, error.lineno, error.colno)
            raise SourceError(f"the plan is broken or cut off: {error.msg}", path=path, line=line, column=column) from None
        except ValueError as error:
            raise SourceError(f"the plan is broken: {error}", path=path) from None
        except RecursionError:
            raise BoundError(f"more than {MAX_DEPTH} levels of nesting in one plan", path=path) from None
        self.path = path
        self.text = JsonText(decoded, path, skipped)
        self.errors: list[WaIacError] = []
        self.only_refreshes = False
        """Whether it only changes the state, as with -refresh-only: existing resources stay. Known after `planned` was read."""
        start = self.text.start()
        self._at = {name: (key, value) for name, key, value in self.text.members(start)}
        self.span = self.text.span(start, start + 1)

    @property
    def is_plan(self) -> bool:
        """Whether it really is a plan."""
        content = self.content
        return (
            isinstance(content, dict)
            and isinstance(content.get("format_version"), str)
            and ("planned_values" in content or "resource_changes" in content)
        )

    def check_version(self) -> None:
        """Raises SourceError for an unknown format; records an error if Terraform could not finish the plan."""
        version = self.content["format_version"]
        if version.split(".")[0] not in ("0", "1"):
            raise self._error(f"the plan's format_version is {version}: only 0.x and 1.x are known", "format_version")
        if self.content.get("errored") is True:
            self.errors.append(self._error("Terraform met errors in this plan and did not finish it", "errored"))

    def is_partial(self) -> bool:
        """Whether it omits something that is configured."""
        content = self.content
        return (
            content.get("complete") is False or content.get("errored") is True or self.only_refreshes or bool(self._deferred())
        )

    def not_complete(self) -> str:
        """Why the plan is not complete, if Terraform left something out on purpose; empty if it did not, or failed."""
        if self.content.get("errored") is True:
            return ""
        deferred = len(self._deferred())
        if deferred:
            return f"Terraform defers {deferred} {'change' if deferred == 1 else 'changes'} of this plan to a later one"
        return "the plan is not complete, as with -target" if self.content.get("complete") is False else ""

    def place_of_what_is_missing(self) -> Span:
        """The place of the plan's mark that it is not complete."""
        name = "complete" if self.content.get("complete") is False else "deferred_changes"
        return self.text.span(*self._at[name]) if name in self._at else self.span

    def _deferred(self) -> list[dict[str, Any]]:
        return [each for each in self.section("deferred_changes", list) if isinstance(each, dict)]

    def gone(self) -> frozenset[str]:
        """The addresses of resources that the plan destroys or no longer manages."""
        return frozenset(address for address, each in self.changes().items() if _is_gone(inner(each, "change")))

    def _error(self, message: str, name: str) -> SourceError:
        span = self.text.span(self._at[name][0], self._at[name][1])
        return SourceError.at(span, message)

    def section(self, name: str, wanted: type[Any] = dict) -> Any:
        """A top-level section. If it has another type: empty, and an error."""
        found = self.content.get(name)
        if found is None or isinstance(found, wanted):
            return wanted() if found is None else found
        error = self._error(f"{name} is not {'an object' if wanted is dict else 'a list'}: wa-iac cannot read this plan", name)
        if error.where not in {each.where for each in self.errors}:
            self.errors.append(error)
        return wanted()

    def node(self, name: str) -> JsonNode | None:
        """A top-level section with places; None where there is none."""
        return self.text.node(self._at[name][1]) if name in self._at else None

    def spot(self, node: JsonNode) -> Span:
        """The place of an object: its `address` if it has one, else its opening brace."""
        address = members(node).get("address")
        if address is not None:
            return self.text.span(address.key, address.node.end)
        return self.text.span(node.start, node.start + 1)

    def changes(self) -> dict[str, dict[str, Any]]:
        """The changes by the resource's address, without old objects that a replacement left behind (`deposed`)."""
        return {
            each["address"]: each
            for each in self.section("resource_changes", list)
            if isinstance(each, dict) and isinstance(each.get("address"), str) and "deposed" not in each
        }

    def planned(self) -> list[Planned]:
        """The future resources: everything planned, and the data sources that are already read."""
        changes = self.changes()
        found: dict[str, Planned] = {}
        if self.section("planned_values"):
            self.content["planned_values"] = {}  # It is read once more, with its places: one of the two is enough to keep.
        for each in self._resources(member(self.node("planned_values"), "root_module"), ()):
            found[each.address] = each
        if not found:
            found = {each.address: each for each in self._from_changes()}
        self.only_refreshes = not found and not changes and not self._deferred() and self._state_has("managed")
        if self.only_refreshes or self._state_has("data"):
            prior = member(member(self.node("prior_state"), "values"), "root_module")
            for each in self._resources(prior, ()):
                if each.mode == "data" or self.only_refreshes:
                    found.setdefault(each.address, each)
        changes |= self._add_deferred(found)
        kept: list[Planned] = []
        for address, each in found.items():
            change = inner(changes.get(address), "change")
            if _is_gone(change):
                continue
            each.unknown = change.get("after_unknown", each.unknown)
            each.sensitive.append(change.get("after_sensitive"))
            kept.append(each)
        return kept

    def _state_has(self, mode: str) -> bool:
        """Whether the state has a resource of this mode. Only then are its places worth the cost."""
        waiting = [inner(inner(self.content.get("prior_state"), "values"), "root_module")]
        while waiting:
            module = waiting.pop()
            if any(each.get("mode") == mode for each in objects(module, "resources")):
                return True
            waiting += objects(module, "child_modules")
        return False

    def _add_deferred(self, found: dict[str, Planned]) -> dict[str, dict[str, Any]]:
        """The resources of a later plan, as far as this one knows; its changes, by address."""
        changes: dict[str, dict[str, Any]] = {}
        for content, node in zip(self._deferred(), items(self.node("deferred_changes")), strict=False):
            entry = member(node, "resource_change")
            one = self._changed(entry) if entry is not None else None
            if one is None or one.address in found:
                continue
            changes[one.address] = inner(content, "resource_change")
            if content.get("reason") == "instance_count_unknown" or "[*]" in one.address:
                one.representative = Said("Terraform defers how many there are to a later plan")
            found[one.address] = one
        return changes

    def _resources(self, module: JsonNode | None, steps: Steps) -> Iterator[Planned]:
        if module is not None and not isinstance(module.content, dict):
            self._odd(module, "a module of the plan is not an object")
        for node in self._listed(module, "resources"):
            one = self._planned(node, self._values(node), steps, [raw(member(node, "sensitive_values"))])
            if one is not None:
                yield one
        for child in self._listed(module, "child_modules"):
            address = raw(member(child, "address"))
            yield from self._resources(child, module_steps(address) if isinstance(address, str) else steps)

    def _odd(self, node: JsonNode, message: str) -> None:
        """Report a value that has another type than in a valid plan. Its content is not read."""
        span = self.text.span(node.start, node.end)
        self.errors.append(SourceError.at(span, f"{message}: not read"))

    def _listed(self, node: JsonNode | None, name: str) -> list[JsonNode]:
        """The objects in a member that is a list."""
        found = member(node, name)
        if found is None or found.content is None:
            return []
        if not isinstance(found.content, list):
            self._odd(found, f"{name} of a module is not a list")
        return items(found)

    def _values(self, node: JsonNode) -> JsonNode | None:
        found = member(node, "values")
        if found is not None and not isinstance(found.content, dict | None):
            self._odd(found, "the values of a resource are not an object")
        return found

    def _from_changes(self) -> Iterator[Planned]:
        """The same from `resource_changes`, for a plan without `planned_values`."""
        for node in items(self.node("resource_changes")):
            if members(member(member(node, "change"), "after")):
                one = self._changed(node)
                if one is not None:
                    yield one

    def _changed(self, node: JsonNode) -> Planned | None:
        """The resource after a change."""
        address = raw(member(node, "module_address"))
        after = member(member(node, "change"), "after")
        return self._planned(node, after, module_steps(address) if isinstance(address, str) else (), [])

    def _planned(self, node: JsonNode, values: JsonNode | None, steps: Steps, sensitive: list[Any]) -> Planned | None:
        address, mode, kind, name = (raw(member(node, each)) for each in ("address", "mode", "type", "name"))
        if not (isinstance(address, str) and isinstance(kind, str) and isinstance(name, str)):
            self.errors.append(SourceError.at(self.spot(node), "a resource of the plan has no address, type or name"))
            return None
        if mode in PASSING:
            return None
        mode = "data" if mode == "data" else "managed"
        tail = _TAIL.search(address)
        key = tail[0] if tail is not None else ""
        return Planned(address, mode, kind, name, key, steps, node, values, False, sensitive)


def module_steps(address: str) -> Steps:
    """The module calls in a module's address."""
    steps: list[tuple[str, str]] = []
    at = 0
    while address.startswith("module.", at):
        at += len("module.")
        found = _NAME.match(address, at)
        if found is None:
            break
        at = found.end()
        index = INDEX.match(address, at)
        at = index.end() if index else at
        steps.append((found[0], index[0] if index else ""))
        at += 1
    return tuple(steps)


def prefix_of(steps: Steps) -> str:
    """The prefix of addresses in a module: `module.db[0].`; empty for the root."""
    return "".join(f"module.{name}{key}." for name, key in steps)


def _is_gone(change: dict[str, Any]) -> bool:
    """Whether a resource does not exist, or is not managed by Terraform, after this change."""
    actions = change.get("actions")
    return isinstance(actions, list) and bool(actions) and all(isinstance(each, str) and each in _GONE for each in actions)


def inner(container: Any, name: str) -> dict[str, Any]:
    """A member that is an object; empty if there is none, or if it is something else."""
    found = container.get(name) if isinstance(container, dict) else None
    return found if isinstance(found, dict) else {}


def objects(container: Any, name: str) -> list[dict[str, Any]]:
    """The objects in a member that is a list."""
    found = container.get(name) if isinstance(container, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def raw(node: JsonNode | None) -> Any:
    """A node's content without places."""
    if node is None:
        return None
    if isinstance(node.content, dict):
        return {name: raw(each.node) for name, each in node.content.items()}
    if isinstance(node.content, list):
        return [raw(each) for each in node.content]
    return node.content
