"""`provider` blocks: the region and the default tags they give to resources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wa_iac.core.algebra import moved
from wa_iac.core.declared import Declared
from wa_iac.core.value import Absent, Known, Origin, Step, Tree, Unknown

from .body import attribute_value, contents
from .nodes import Block, Body, ObjectExpr, written
from .scope import Scope

if TYPE_CHECKING:
    from .module import Module


class Provider:
    """One provider configuration, in the module that writes it. `key` is `aws`, or `aws.west` for an alias."""

    def __init__(self, module: Module, key: str, block: Block) -> None:
        self.key = key
        self.block = block
        self._module = module
        self._body: dict[str, Tree] | None = None

    @property
    def body(self) -> dict[str, Tree]:
        """Its arguments."""
        if self._body is None:
            self._body = contents(self.block.body, Scope(self._module.run, self._module, {}), ("alias",))
        return self._body

    @property
    def region(self) -> Tree:
        """The region it works in; absent where it comes from the environment."""
        value = self.body.get("region", Absent())
        step = Step(value.origin.span, f'provider "{self.key}"')
        return value if isinstance(value, Absent) else moved(value, value.origin.via(step))

    @property
    def default_tags(self) -> Tree:
        """The tags it gives to every resource that can have tags; absent where there are none."""
        match self.body.get("default_tags", Absent()):
            case Known([Known(dict() as block), *_]):
                tags: Tree = block.get("tags", Absent())
                return tags
            case Unknown() as unknown:
                return unknown
            case _:
                return Absent()

    def declared(self, prefix: str, calls: tuple[Step, ...]) -> Declared:
        """The block as the engine takes it."""
        return Declared(
            kind="settings",
            dialect="terraform",
            type=f"provider.{self.key.split('.')[0]}",
            address=f"{prefix}provider.{self.key}",
            name=self.key.split(".")[-1],
            body=Known(self.body, Origin(self.block.header)),
            span=self.block.header,
            extent=self.block.extent,
            calls=calls,
        )


def passed_providers(body: Body) -> dict[str, str]:
    """The `providers` argument of a module call: the child's names for them, and the caller's."""
    attribute = body.attributes.get("providers")
    if attribute is None or not isinstance(attribute.value, ObjectExpr):
        return {}
    return {written(item.key): written(item.value) for item in attribute.value.items}


def merged_settings(blocks: list[Block], scope: Scope) -> dict[str, Tree]:
    """The bodies of all `terraform` blocks of a module as one. What `required_providers` names are no values."""
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


def _required(block: Block, scope: Scope) -> Tree:
    entries: dict[str, Tree] = {}
    for name, attribute in block.body.attributes.items():
        expression = attribute.value
        if isinstance(expression, ObjectExpr):
            plain = tuple(item for item in expression.items if written(item.key) != "configuration_aliases")
            expression = ObjectExpr(expression.span, plain)
        entries[name] = attribute_value(type(attribute)(name, attribute.span, expression), scope)
    return Known(entries, Origin(block.header))
