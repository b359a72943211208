"""Resources and data sources: their instances, and the values that expressions read from them."""

from __future__ import annotations

from typing import Final, Literal

from wa_iac.core.algebra import moved
from wa_iac.core.declared import Declared
from wa_iac.core.partial import Entries
from wa_iac.core.reasons import AfterApply, Reason, Said
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Origin, Reference, Step, Tree, Unknown
from wa_iac.parsers.terraform.evaluation.body import attribute_value, blocks_by_kind, blocks_value, contents, with_listed
from wa_iac.parsers.terraform.evaluation.expressions import settled
from wa_iac.parsers.terraform.evaluation.functions.alike import unique
from wa_iac.parsers.terraform.evaluation.lifting import lifted_partly
from wa_iac.parsers.terraform.evaluation.scope import Scope
from wa_iac.parsers.terraform.evaluation.unit import Evaluation, Failure, Lazy
from wa_iac.parsers.terraform.text.nodes import Body, Expr, HclBlock, TupleExpr, written

from .data_sources import read_data
from .expandable import Expandable
from .instances import BlockInstance, imagined
from .providers import ProviderBlock, Providing, reference, suffix

META: Final = frozenset({"count", "for_each", "provider", "depends_on", "lifecycle"})
_WITH_SELF: Final = frozenset({"connection", "provisioner"})
"""The blocks whose expressions may say `self`, besides those of META. https://developer.hashicorp.com/terraform/language/expressions/references"""
BROKEN: Final = Said("its block has a syntax error", "fix the error")


class ResourceBlock(Expandable):
    """A `resource` or `data` block in one module instance."""

    module: Providing

    def __init__(self, module: Providing, block: HclBlock, mode: Literal["resource", "data"]) -> None:
        self.mode = mode
        self.type, self.name = block.labels
        super().__init__(module, block, f"{module.prefix}{'data.' if mode == 'data' else ''}{self.type}.{self.name}")
        self._instances: dict[int, ResourceInstance] = {}

    def instance(self, position: int) -> ResourceInstance:
        """The instance at a position in the expansion."""
        instance = self._instances.get(position)
        if instance is None:
            instance = self._instances[position] = ResourceInstance(self, self.expansion.instances[position])
        return instance

    def let_go(self) -> None:
        """Forget the instances."""
        self._instances.clear()
        self._value = None

    def _object(self, position: int) -> Tree:
        return self.instance(position).value()

    def _collection(self, reason: Reason, position: int) -> Tree:
        def anyone() -> Tree:
            return self.instance(position).value()

        origin = Origin(self.block.header, "computed", references=(Reference(self.address, ""),))
        return Lazy(reason, ("resource", self.address), origin, lambda key: anyone(), anyone=anyone)

    def unread(self, reason: Reason, suffix: str = "") -> Declared:
        """An instance that could not be read, or the block if its instances are not known: all of it is unknown."""
        header = self.block.header
        return Declared(
            kind=self.mode,
            dialect="terraform",
            type=self.type,
            address=f"{self.address}{suffix}",
            name=self.name,
            body=Known({}, Origin(header)),
            span=header,
            extent=self.block.extent,
            calls=self.module.calls,
            representative=self.module.representative,
            condition=self.module.condition,
            incomplete=reason,
        )

    def switched_on(self) -> Declared | None:
        """An instance as there would be if `count` or `for_each` made one; None if it cannot be read."""
        try:
            return ResourceInstance(self, imagined(self.block.body)).declared()
        except Exception:
            return None

    def sibling(self) -> Tree:
        """An instance with an unknown index: its attributes are those of any instance."""
        origin = Origin(self.block.header, "computed", references=(Reference(self.address, ""),))
        return Lazy(
            AfterApply(self.address, ""), ("resource", self.address), origin, lambda key: later(self.address, str(key), origin)
        )


def later(address: str, attribute: str, origin: Origin) -> Unknown:
    """An attribute that is only known after deployment."""
    where = Origin(origin.span, "computed", references=(Reference(address, attribute),))
    return Unknown(AfterApply(address, attribute), ("attr", address, attribute), where, itself=True)


class ResourceInstance:
    """One instance. Its attributes are evaluated once, when needed."""

    def __init__(self, resource: ResourceBlock, instance: BlockInstance) -> None:
        self.resource = resource
        self.instance = instance
        self.address = f"{resource.address}{instance.suffix}"
        self.body: Body = resource.block.body
        self._blocks = blocks_by_kind(self.body) if self.body.blocks else {}
        run = resource.module.run
        run.count_instance(resource.block.header)
        run.budget.step(1 + len(self.body.attributes) + len(self.body.blocks))
        self.scope = Scope(run, resource.module, instance.names)
        if not self._blocks.keys().isdisjoint(_WITH_SELF):
            self.scope = self.scope.bind({"self": self.value()})
        self._values: dict[str, Tree] = {}
        self._provider: tuple[ProviderBlock | None] | None = None

    @property
    def type(self) -> str:
        return self.resource.type

    @property
    def run(self) -> Evaluation:
        return self.scope.run

    @property
    def header(self) -> Span:
        return self.resource.block.header

    def value(self) -> Tree:
        """The instance as an object."""
        origin = Origin(self.resource.block.header, "computed", references=(Reference(self.address, ""),))
        return Lazy(
            AfterApply(self.address, ""), ("resource", self.address), origin, self.read, sibling=self.resource.sibling if self.instance.suffix else None
        )  # fmt: skip

    def read(self, key: str | int) -> Tree:
        """The value of `address.key`: the configured value, with a reference to here; else a value known after apply."""
        if isinstance(key, int):
            raise Failure(f"{self.address} has no instances to choose from")
        # "The terraform_data resource" (Terraform): `output` is always equal to `input` after an apply.
        name = "input" if (self.resource.type, key) == ("terraform_data", "output") else key
        value = self.written(name)
        if isinstance(value, Absent) and name in self._blocks and name not in self.body.attributes:
            value = Known([], value.origin)
        if isinstance(value, Absent):
            special = read_data(self, key) if self.resource.mode == "data" else None
            return special if special is not None else later(self.address, key, Origin(self.resource.block.header))
        reference = Reference(self.address, key)
        if name not in self.body.attributes:
            value = self._readable(key, value)
        return moved(value, value.origin._replace(references=(*value.origin.references, reference)))

    def _readable(self, kind: str, value: Tree) -> Tree:
        """Nested blocks as an expression reads them: attributes that are not set are known after apply, not an error."""
        if not isinstance(value, Known) or not isinstance(value.value, list):
            return value
        return Known([self._readable_block(f"{kind}[{index}]", each) for index, each in enumerate(value.value)], value.origin)

    def _readable_block(self, path: str, block: Tree) -> Tree:
        if not isinstance(block, Known) or not isinstance(block.value, dict):
            return block
        content: dict[str, Tree] = block.value

        def read(key: str | int) -> Tree:
            entry = content.get(str(key), Absent())
            return later(self.address, f"{path}.{key}", block.origin) if isinstance(entry, Absent) else entry

        origin = block.origin._replace(references=(Reference(self.address, path),))
        return Lazy(AfterApply(self.address, path), ("attr", self.address, path), origin, read, itself=True)

    def written(self, name: str) -> Tree:
        """The configured value of an attribute or of the nested blocks of one type; absent if there is none."""
        value = self._values.get(name)
        if value is None:
            run = self.resource.module.run
            key = (self.address, name)
            value = run.once(key, f"{self.address}.{name}", self.resource.block.header, lambda: self._evaluate(name))
            self._values[name] = value
        return value

    def _evaluate(self, name: str) -> Tree:
        attribute = self.body.attributes.get(name)
        if attribute is not None and name not in META:
            listed = attribute_value(attribute, self.scope)
            blocks = self._blocks.get(name)
            return with_listed(listed, blocks_value(blocks, name, self.scope), name, self.scope) if blocks else listed
        if name not in META and name in self._blocks:
            return blocks_value(self._blocks[name], name, self.scope)
        return Absent(Origin(self.resource.block.header))

    def declared(self) -> Declared:
        """The declaration of the instance, with its whole body evaluated."""
        resource, module = self.resource, self.resource.module
        names = [name for name in (*self.body.attributes, *self._blocks) if name not in META]
        values = {name: self.written(name) for name in dict.fromkeys(names)}
        provider = self.provider
        if provider is not None and resource.mode == "resource" and resource.type.startswith("aws_"):
            self._add_default_tags(values, provider.default_tags)
        return Declared(
            kind=resource.mode,
            dialect="terraform",
            type=resource.type,
            address=self.address,
            name=resource.name,
            body=Known(values, Origin(resource.block.header)),
            span=resource.block.header,
            extent=resource.block.extent,
            attributes=self._attributes(),
            calls=module.calls,
            keys=(*module.keys, *self.instance.keys),
            representative=self.instance.representative or module.representative,
            condition=module.under(self.instance.condition),
            exists_by=self.instance.exists_by or module.exists_by,
            region=self.region(),
            emulated=self.provider is not None and self.provider.is_emulator,
            incomplete=None if self.body.whole else BROKEN,
        )

    def region(self) -> Tree:
        """Its region: its own argument, else its provider's; absent if unknown."""
        if not self.resource.type.startswith(("aws_", "awscc_")):
            return Absent()
        own = self.written("region")
        if not isinstance(own, Absent):
            return own
        provider = self.provider
        return provider.region if provider is not None else Absent()

    @property
    def provider(self) -> ProviderBlock | None:
        """Its provider configuration."""
        if self._provider is None:
            module = self.resource.module
            attribute = self.body.attributes.get("provider")
            if attribute is None:
                self._provider = (module.provider(self.resource.type.split("_", 1)[0]),)
            else:
                self._provider = (module.referenced(attribute.value, self.scope),)
        return self._provider[0]

    def provider_key(self) -> str:
        """The name of its provider in its module: `aws`, `aws.west`, or `aws.by_region["eu-west-1"]`."""
        attribute = self.body.attributes.get("provider")
        if attribute is None:
            return self.resource.type.split("_", 1)[0]
        key, index = reference(attribute.value)
        return key if index is None else f"{key}{suffix(settled(index, self.scope, index.span))}"

    def _add_default_tags(self, values: dict[str, Tree], defaults: Tree) -> None:
        """`tags_all`: the provider's tags, then the resource's own."""
        if isinstance(defaults, Absent):
            return
        own = values.get("tags", Absent(Origin(self.resource.block.header)))
        origin = own.origin._replace(how="computed", chain=(Step(defaults.origin.span, "default_tags"), *own.origin.chain))

        def merged(given: Tree, tags: Tree) -> Tree:
            result = Entries()
            for each in (given, tags):
                if isinstance(each, Unknown) or (isinstance(each, Known) and isinstance(each.value, dict)):
                    result.put_all(each)
            return result.result(origin)

        values["tags_all"] = lifted_partly(self.scope.run, "tags_all", merged, defaults, own, origin=origin)

    def _attributes(self) -> dict[str, Tree]:
        result: dict[str, Tree] = {}
        depends = self.body.attributes.get("depends_on")
        if depends is not None and isinstance(depends.value, TupleExpr):
            items = [self._dependency(each) for each in depends.value.items]
            result["depends_on"] = Known(items, Origin(depends.span))
        provider = self.body.attributes.get("provider")
        if provider is not None:
            result["provider"] = Known(self.provider_key(), Origin(provider.span))
        lifecycle = self.body.named("lifecycle")
        if lifecycle:
            result["lifecycle"] = self._lifecycle(lifecycle[0])
        return result

    def _dependency(self, expression: Expr) -> Tree:
        text = written(expression)
        address = f"{self.resource.module.prefix}{text}"
        return Known(text, Origin(expression.span, references=(Reference(address, ""),)))

    def _lifecycle(self, block: HclBlock) -> Tree:
        """The `lifecycle` block as an object. Its lists contain names, not values."""
        values: dict[str, Tree] = {}
        for name, attribute in block.body.attributes.items():
            if name not in ("ignore_changes", "replace_triggered_by"):
                values[name] = settled(attribute.value, self.scope, attribute.span)
            elif isinstance(attribute.value, TupleExpr):
                names: list[Tree] = [Known(written(each), Origin(each.span)) for each in attribute.value.items]
                values[name] = Known(unique(names), Origin(attribute.span))
            else:
                values[name] = Known(written(attribute.value), Origin(attribute.span))
        nested = Body({}, [each for each in block.body.blocks if each.type in ("precondition", "postcondition")])
        values.update(contents(nested, self.scope))
        return Known(values, Origin(block.header))
