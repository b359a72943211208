"""`provider` blocks: the Region and the default tags of their resources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Protocol

from wa_iac.core.algebra import moved
from wa_iac.core.declared import Declared
from wa_iac.core.late_pattern import late
from wa_iac.core.reasons import CannotEvaluate
from wa_iac.core.value import Absent, Known, Origin, Step, Tree, Unknown
from wa_iac.parsers.terraform.evaluation.body import attribute_value, contents
from wa_iac.parsers.terraform.evaluation.expressions import settled
from wa_iac.parsers.terraform.evaluation.lifting import SetItems, member
from wa_iac.parsers.terraform.evaluation.scope import Scope
from wa_iac.parsers.terraform.evaluation.unit import Failure, reason_of
from wa_iac.parsers.terraform.text.nodes import (
    Attr,
    Body,
    Expr,
    HclBlock,
    IndexStep,
    Literal,
    Name,
    ObjectExpr,
    Traversal,
    written,
)
from wa_iac.parsers.terraform.text.syntax import read_body

from .instances import BlockInstance, expanded
from .protocols import Enclosing

_EMULATOR: Final = late(
    r"https?://(?:localhost|127\.|0\.0\.0\.0|\[::1\]|host\.docker\.internal|[\w.-]*localstack)", re.IGNORECASE
)


class ProviderBlock:
    """One provider configuration, in the module that writes it. `key` is `aws`, or `aws.west` for an alias.

    If OpenTofu makes several from one block (`for_each`), `instance` is the key of one:
    https://opentofu.org/docs/language/providers/configuration/
    """

    def __init__(self, module: Enclosing, key: str, block: HclBlock, instance: BlockInstance | None = None) -> None:
        self.key = key
        self.block = block
        self._instance = instance or BlockInstance()
        self._module = module
        self._body: dict[str, Tree] | None = None
        self._is_emulator: bool | None = None

    @property
    def body(self) -> dict[str, Tree]:
        """Its arguments."""
        if self._body is None:
            scope = Scope(self._module.run, self._module, self._instance.names)
            self._body = contents(self.block.body, scope, ("alias", "for_each"))
        return self._body

    def selected(self, index: Tree) -> ProviderBlock:
        """The instance with a key, which may be unknown: an argument that contains the key is known if the key is."""
        attribute = self.block.body.attributes.get("for_each")
        if attribute is None:
            return self
        module, span = self._module, attribute.span
        collection = settled(attribute.value, Scope(module.run, module, {}), span)
        try:
            is_set = isinstance(collection, Known) and isinstance(collection.value, SetItems)
            value = index if is_set else member(module.run, collection, index, span)
        except Failure as failure:
            value = Unknown(CannotEvaluate("it", reason_of(failure)), ("failed", span, "each.value"), Origin(span))
        names: dict[str, Tree] = {"each": Known({"key": index, "value": value}, Origin(span, "computed"))}
        return ProviderBlock(module, self.key, self.block, BlockInstance(suffix(index), names))

    @property
    def region(self) -> Tree:
        """Its region; absent if it comes from the environment."""
        value = self.body.get("region", Absent())
        step = Step(value.origin.span, f'provider "{self.key}"')
        return value if isinstance(value, Absent) else moved(value, value.origin.via(step))

    @property
    def is_emulator(self) -> bool:
        """Whether it talks to an emulator of AWS: it leaves out the check of its credentials, and all of its endpoints are on the
        machine itself (AWS provider, "Custom Service Endpoint Configuration")."""
        if self._is_emulator is None:
            known = [each for each in self._endpoints() if isinstance(each, Known)]
            skips = Known(True) in (
                self.body.get(name) for name in ("skip_credentials_validation", "skip_requesting_account_id")
            )
            self._is_emulator = skips and bool(known) and all(_EMULATOR.match(str(each.value)) for each in known)
        return self._is_emulator

    def _endpoints(self) -> Iterator[Tree]:
        match self.body.get("endpoints"):
            case Known(list() as blocks):
                for block in blocks:
                    if isinstance(block, Known) and isinstance(block.value, dict):
                        yield from block.value.values()
            case _:
                return

    @property
    def default_tags(self) -> Tree:
        """The tags it adds to every resource that can have tags; absent if there are none."""
        match self.body.get("default_tags", Absent()):
            case Known([Known(dict() as block), *_]):
                tags: Tree = block.get("tags", Absent())
                return tags
            case Unknown() as unknown:
                return unknown
            case _:
                return Absent()

    def declared(self, prefix: str, calls: tuple[Step, ...]) -> Iterator[Declared]:
        """The declarations of the block: one for each of its instances."""
        module = self._module
        for instance in expanded(module.run, self.block.body, Scope(module.run, module, {})).instances:
            yield Declared(
                kind="context",
                dialect="terraform",
                type=f"provider.{self.key.split('.')[0]}",
                address=f"{prefix}provider.{self.key}{instance.suffix}",
                name=self.key.split(".")[-1],
                body=Known(ProviderBlock(module, self.key, self.block, instance).body, Origin(self.block.header)),
                span=self.block.header,
                extent=self.block.extent,
                calls=calls,
                keys=(*module.keys, *instance.keys) if instance.keys else (),
            )


class Providing(Enclosing, Protocol):
    """A module instance, as its resources see it: with their providers."""

    def provider(self, key: str) -> ProviderBlock | None:
        """The provider configuration of a key in this module: its own, or one passed or inherited from its caller."""
        ...

    def referenced(self, expression: Expr, scope: Scope) -> ProviderBlock | None:
        """The provider configuration that an expression such as `aws.west` names."""
        ...


def suffix(index: Tree) -> str:
    """A key as the end of an address."""
    return f'["{index.value}"]' if isinstance(index, Known) else "[*]"


def reference(expression: Expr) -> tuple[str, Expr | None]:
    """The key in `provider = aws.west`, and the instance key in OpenTofu's `aws.by_region[each.key]`."""
    match expression:
        case Traversal(root=Name(name=name), steps=(Attr(name=alias), IndexStep(key=key))):
            return f"{name}.{alias}", key
        case Literal(value=Known(str() as text)) if "[" in text:
            # In JSON, the expression is in a text.
            found = read_body("", f"x = {text}\n".encode())[0].attributes.get("x")
            return reference(found.value) if found is not None and not isinstance(found.value, Literal) else (text, None)
        case _:
            return written(expression), None


def passed_providers(body: Body) -> dict[str, Expr]:
    """The `providers` argument of a module call: the child's names for providers, and the caller's expressions."""
    attribute = body.attributes.get("providers")
    if attribute is None or not isinstance(attribute.value, ObjectExpr):
        return {}
    return {written(item.key): item.value for item in attribute.value.items}


def merged_settings(blocks: list[HclBlock], scope: Scope) -> dict[str, Tree]:
    """All `terraform` blocks of a module as one body. The entries of `required_providers` are not values."""
    result: dict[str, Tree] = {}
    for block in blocks:
        for name, attribute in block.body.attributes.items():
            result.setdefault(name, attribute_value(attribute, scope))
        for nested in block.body.blocks:
            value: Tree
            if nested.type == "required_providers":
                value = Known([_required(nested, scope)], Origin(nested.header))
            else:
                value = contents(Body({}, [nested]), scope)[nested.type] if nested.type != "dynamic" else Absent()
            earlier = result.get(nested.type)
            if isinstance(earlier, Known) and isinstance(value, Known):
                value = Known([*earlier.value, *value.value], earlier.origin)
            result[nested.type] = value
    return result


def _required(block: HclBlock, scope: Scope) -> Tree:
    entries: dict[str, Tree] = {}
    for name, attribute in block.body.attributes.items():
        expression = attribute.value
        if isinstance(expression, ObjectExpr):
            plain = tuple(item for item in expression.items if written(item.key) != "configuration_aliases")
            expression = ObjectExpr(expression.span, plain)
        entries[name] = attribute_value(type(attribute)(name, attribute.span, expression), scope)
    return Known(entries, Origin(block.header))
