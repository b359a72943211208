"""Values of a plan, in the same shapes as from the source's parser: unknowns have their references."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha1
from typing import Any, Final

from wa_iac.core import secrets
from wa_iac.core.algebra import moved
from wa_iac.core.late_pattern import late
from wa_iac.core.reasons import PLAN_AGAIN, AfterApply, Said
from wa_iac.core.value import Absent, Known, Origin, Reference, Tree, Unknown
from wa_iac.parsers.terraform.text.located_json import JsonNode, TooLarge
from wa_iac.parsers.terraform.text.numbers import TOO_LARGE

from .answers import Answers
from .document import PlanDocument, Planned, inner
from .expressions import PlanConfiguration, Resolved

WRITE_ONLY: Final = "_wo"
"""The ending of arguments that a plan never shows."""
_DIGESTED: Final = "user_data"
"""An argument of which provider versions before 6.0 keep only the SHA-1 (hashicorp/terraform-provider-aws, issue 7625)."""
_DIGEST: Final = late(r"[0-9a-f]{40}")
_REDACTED: Final = late(r"REDACTED|[<(\[]+(?:REDACTED|redacted|sensitive(?: value)?|masked|hidden)[>)\]]+|\*{3,}")
"""What people and programs write over the secrets of a plan before they keep it."""
_MASK_BEGINS: Final = ("R", "<", "(", "[", "*")
_RESOURCES: Final = late(r"\.(?:not_)?resources\[\d+\]$")
"""The subject of a policy document's statement."""
_SETTLE: Final = "check the plan together with its source"
_UNSEEN: Final = object()
"""The parts that a plan's configuration does not show: the content of `dynamic` blocks."""


class PlanNames:
    """Finds the resource that a known string names, by the ids, ARNs and names of existing resources."""

    def __init__(self, planned: list[Planned]) -> None:
        self._by_address: dict[str, dict[str, str]] = {}
        for each in planned:
            values = each.values.content if each.values is not None else None
            if isinstance(values, dict):
                texts = {name: value.node.content for name, value in values.items()}
                self._by_address[each.address] = {
                    text: name for name, text in reversed(texts.items()) if isinstance(text, str) and text
                }

    def named(self, text: object, among: tuple[Reference, ...]) -> Reference | None:
        """The reference whose attribute is this known string, among those given."""
        for each in among:
            attribute = self._by_address.get(each.address, {}).get(text) if isinstance(text, str) else None
            if attribute is not None:
                return Reference(each.address, attribute)
        return None


class Values:
    """Reads the attributes of one resource."""

    def __init__(
        self, document: PlanDocument, configuration: PlanConfiguration, names: PlanNames, answers: Answers, one: Planned
    ) -> None:
        self._document = document
        self._configuration = configuration
        self._names = names
        self._answers = answers
        self._one = one
        self.block = configuration.resource(one)
        self._resolved: dict[int, tuple[Any, Resolved]] = {}

    def body(self) -> Known[dict[str, Tree]]:
        """All attributes and nested blocks that are set or known."""
        origin = Origin(self._document.spot(self._one.node))
        written = inner(self.block, "expressions")
        sensitive = [each for each in self._one.sensitive if each]
        values = self._entries(self._one.values, self._one.unknown, sensitive, written, "", origin)
        return Known(values, origin)

    def _entries(
        self, node: JsonNode | None, unknown: Any, sensitive: list[Any], written: Mapping[str, Any], path: str, origin: Origin
    ) -> dict[str, Tree]:
        """The members of an object or a block. `written` has the expressions of the block."""
        content = node.content if node is not None and isinstance(node.content, dict) else {}
        later = unknown if isinstance(unknown, dict) else {}
        found: dict[str, Tree] = {}
        for name in dict.fromkeys((*content, *later)):
            member = content.get(name)
            at = self._document.text.span(member.key, member.node.end) if member is not None else origin.span
            if member is not None and isinstance(member.node.content, (dict, list)):
                at = self._document.text.span(member.key, member.node.start)
            where = Origin(at, "computed", sensitive=origin.sensitive)
            found[name] = self._value(
                member.node if member is not None else None, later.get(name, False), _inside(sensitive, name),
                written.get(name), f"{path}{name}", where,
            )  # fmt: skip
        return found

    def _value(
        self,
        node: JsonNode | None,
        unknown: Any,
        sensitive: list[Any],
        written: Any,
        path: str,
        origin: Origin,
        *,
        item: bool = False,
    ) -> Tree:
        """One value. `written` is the configuration here: an expression, a block's expressions or a list of them, or None if
        nothing is set. `item` says that it is an element of a list."""
        if any(each is True for each in sensitive):
            origin = origin._replace(sensitive=True)
        unwritten = written is None and self._configuration.present and bool(self.block) and not item
        if unknown is True:
            if unwritten and self._one.mode == "data":
                return _attribute(Reference(self._one.address, path), origin)
            # An unwritten value is chosen by AWS or the provider: absent, as in the source, and the bindings know the default.
            return Absent(origin) if unwritten else self._later(written, path, origin)
        content = node.content if node is not None else None
        if isinstance(content, list) or (content is None and isinstance(unknown, list) and unknown):
            return self._list(content or [], unknown, sensitive, written, path, origin)
        if isinstance(content, dict) or (content is None and isinstance(unknown, dict) and unknown):
            values = self._entries(node, unknown, sensitive, _members(written), f"{path}.", origin)
            return Known(values, self._explained(origin, written)) if values or written is not None else Absent(origin)
        if content is None and _is_expression(written) and path.endswith(WRITE_ONLY):
            return self._hidden(written, path, origin._replace(sensitive=True), "a plan does not show write-only arguments")
        if path == _DIGESTED and isinstance(content, str) and _DIGEST.fullmatch(content):
            why = "a plan holds only a digest of the user data"
            return self._hidden(written, path, origin, why, digest=content)
        # Providers keep "" and 0 for values that were never set.
        zero = content == "" and not item and not _is_expression(written)
        zero = zero or (unwritten and content == 0 and content is not False)
        if content is None or zero:
            return Absent(origin)
        if isinstance(content, str) and content.startswith(_MASK_BEGINS) and _REDACTED.fullmatch(content):
            words = f"somebody has replaced {path} of {self._one.address} by {content} in this plan"
            masked = Said(words, "judge the plan as Terraform writes it")
            return Unknown(masked, ("masked", self._one.address, path), self._explained(origin, written))
        if isinstance(content, TooLarge):
            return too_large(self._explained(origin, written))
        found = Known(content, self._explained(origin, written, content, item=item))
        return secrets.note(found) if origin.sensitive else found

    def _list(self, nodes: list[JsonNode], unknown: Any, sensitive: list[Any], written: Any, path: str, origin: Origin) -> Tree:
        later = unknown if isinstance(unknown, list) else []
        if not nodes and not later:
            return Known([], self._explained(origin, written)) if _is_expression(written) else Absent(origin)
        open_ends = [index for index, each in enumerate(later) if each is True]
        paired = dict(zip(open_ends, self._pairs(written, len(open_ends)), strict=False))
        result: list[Tree] = []
        for index in range(max(len(nodes), len(later))):
            node = nodes[index] if index < len(nodes) else None
            each_later = later[index] if index < len(later) else False
            where = origin
            if node is not None and each_later is not True:
                nested = isinstance(node.content, (dict, list))
                where = origin._replace(span=self._document.text.span(node.start, node.start + 1 if nested else node.end))
            inside = _inside(sensitive, index)
            if index in paired:
                hidden = where.sensitive or any(each is True for each in inside)
                result.append(self._answer(paired[index], where._replace(sensitive=hidden), f"{path}[{index}]"))
            else:
                inner = _matching(written, node)
                result.append(self._value(node, each_later, inside, inner, f"{path}[{index}]", where, item=True))
        return Known(result, self._explained(origin, written))

    def _pairs(self, written: Any, number: int) -> tuple[Reference, ...]:
        """The reference for each unknown element of a list, if there are as many references."""
        resolved = self._resolve(written)
        return resolved.references if resolved.complete and len(resolved.references) == number else ()

    def _resolve(self, written: Any) -> Resolved:
        if not _is_expression(written):
            return Resolved(complete=False)
        known = self._resolved.get(id(written))
        if known is None:
            found = self._configuration.resolve(written, self._one.modules, self._one.key, self.block)
            # The expression is kept with its result: an id is unique only while its object exists.
            known = self._resolved[id(written)] = (written, found)
        return known[1]

    def _later(self, written: Any, path: str, origin: Origin) -> Tree:
        """A value known only after apply: the attribute it refers to, else this resource's own."""
        resolved = self._resolve(written)
        references = resolved.references if resolved.complete else ()
        # `length(x) > 0 ? x[0].json : null` refers to the whole and to the attribute.
        attributes = [each for each in references if each.attribute] or references
        if len(attributes) == 1 and len({each.address for each in references}) == 1:
            return self._answer(attributes[0], origin, path)
        reason = AfterApply(self._one.address, path, PLAN_AGAIN if references else _SETTLE)
        return Unknown(reason, ("attr", self._one.address, path), origin._replace(references=references), itself=True)

    def _hidden(self, written: Any, path: str, origin: Origin, why: str, *, digest: str = "") -> Tree:
        """An argument that no plan shows: the value in the configuration, if it is there and matches the digest that is
        shown."""
        found = self._configuration.content(written, self._one.modules) if _is_expression(written) else None
        if found is not None and found[0] is None and not digest:
            return Absent(origin)
        if digest and found is not None and sha1(str(found[0]).encode(), usedforsecurity=False).hexdigest() != digest:
            found = None
        if found is not None and isinstance(found[0], (str, int, float)):
            value = Known(found[0], origin._replace(how=found[1]))
            return secrets.note(value) if origin.sensitive else value
        references = self._resolve(written).references
        return Unknown(Said(why, _SETTLE), ("hidden", self._one.address, path), origin._replace(references=references))

    def _answer(self, reference: Reference, origin: Origin, path: str) -> Tree:
        """The value of an expression that is an attribute of another resource."""
        answer = self._answers.of(reference)
        if answer is None and self._one.mode == "data" and _RESOURCES.search(path) and reference.attribute == "arn":
            # `"${x.arn}/*"` or `x.arn`: a plan shows the references in a policy's text, not the text around them.
            whole = origin._replace(references=(Reference(reference.address, ""),))
            reason = AfterApply(self._one.address, path, _SETTLE)
            return Unknown(reason, ("attr", self._one.address, path), whole, itself=True)
        if answer is None:
            return _attribute(reference, origin)
        found = answer.origin._replace(span=origin.span, sensitive=origin.sensitive or answer.origin.sensitive)
        return moved(answer, found)

    def _explained(self, origin: Origin, written: Any, content: object = None, *, item: bool = False) -> Origin:
        """An origin with the way its value came about and its references."""
        if not self._configuration.present:
            return origin._replace(how="given")
        if not _is_expression(written):
            return origin
        if "constant_value" in written or not written.get("references"):
            return origin._replace(how="explicit")
        resolved = self._resolve(written)
        named = self._names.named(content, resolved.references)
        references: tuple[Reference, ...] = ()
        if named is not None:
            references = (named,)
        elif resolved.complete and not item and isinstance(content, str):
            references = resolved.references
        return origin._replace(how=resolved.how, references=references)


def too_large(origin: Origin) -> Unknown:
    """A number larger than the largest we keep."""
    return Unknown(Said(TOO_LARGE), ("number", origin.span), origin)


def _attribute(reference: Reference, origin: Origin) -> Unknown:
    """An attribute that is only known after deployment: the same value wherever it is read."""
    return Unknown(AfterApply(*reference), ("attr", *reference), origin._replace(references=(reference,)), itself=True)


def _is_expression(written: Any) -> bool:
    """Whether this is a plan's entry for an argument, and not for a block."""
    return isinstance(written, dict) and written.keys() <= {"constant_value", "references"}


def _members(written: Any) -> Mapping[str, Any]:
    """The configuration of each member of an object: a block's expressions, or the one expression for the whole object."""
    if written is None:
        return {}
    return written if isinstance(written, dict) and not _is_expression(written) else _Every(written)


class _Every(dict[str, Any]):
    """A mapping with the same value for every name."""

    def __init__(self, content: Any) -> None:
        super().__init__()
        self._content = content

    def get(self, key: str, default: Any = None) -> Any:
        return self._content


def _inside(sensitive: list[Any], key: str | int) -> list[Any]:
    """The marks of one member of a container."""
    found: list[Any] = []
    for each in sensitive:
        if each is True:
            found.append(True)
        elif isinstance(each, dict) and isinstance(key, str):
            found.append(each.get(key))
        elif isinstance(each, list) and isinstance(key, int) and key < len(each):
            found.append(each[key])
    return found


def _matching(written: Any, node: JsonNode | None) -> Any:
    """The configuration of a list's element: its block, or the expression for the whole list.

    The elements of a set are not in written order, so their constants identify them. If these are not enough, an element may be
    any of several, and refers to the targets of all of them.
    """
    if _is_expression(written):
        return written
    blocks = [each for each in written if isinstance(each, dict)] if isinstance(written, list) else []
    if not blocks:
        return _UNSEEN
    members = node.content if node is not None and isinstance(node.content, dict) else {}
    fitting = [
        block
        for block in blocks
        if all(
            name not in members or _raw_equal(members[name].node.content, each["constant_value"])
            for name, each in block.items()
            if isinstance(each, dict) and "constant_value" in each
        )
    ] or blocks
    return fitting[0] if len(fitting) == 1 else _merged(fitting)


def _raw_equal(content: object, constant: object) -> bool:
    return isinstance(content, (dict, list)) or content == constant


def _listed(expression: dict[str, Any]) -> list[Any]:
    found = expression.get("references")
    return found if isinstance(found, list) else []


def _merged(blocks: list[dict[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for block in blocks:
        for name, each in block.items():
            before = result.get(name)
            if before is None or before == each:
                result[name] = each
            elif _is_expression(before) and _is_expression(each):
                result[name] = {"references": [*_listed(before), *_listed(each)]}
            elif isinstance(before, list) and isinstance(each, list):
                result[name] = [*before, *each]
    return result
