"""A module instance: the scope of its variables, locals, resources and outputs, each evaluated once, when needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from wa_iac.core import secrets
from wa_iac.core.algebra import moved
from wa_iac.core.declared import Declared, InstanceKey, SwitchedOff
from wa_iac.core.reasons import Reason, Said
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Origin, Step, Tree, Unknown
from wa_iac.parsers.terraform.evaluation.expressions import settled
from wa_iac.parsers.terraform.evaluation.lifting import Note, referred
from wa_iac.parsers.terraform.evaluation.operators import both
from wa_iac.parsers.terraform.evaluation.scope import Scope
from wa_iac.parsers.terraform.evaluation.type_constraints import converted
from wa_iac.parsers.terraform.evaluation.unit import Evaluation, Exhausted, Failure
from wa_iac.parsers.terraform.text.nodes import Attr, Attribute, Expr, HclBlock, PathStep

from .block_settings import is_false, is_secret
from .calls import META, ModuleCall
from .configuration import Configuration
from .instances import BlockInstance
from .loader import Loader
from .providers import ProviderBlock, merged_settings, passed_providers, reference
from .resources import ResourceBlock
from .validations import limited, may_stand, unset


class Module:
    """One instance of a module.

    Attributes:
        prefix: the prefix of the addresses in it: `module.db[0].`; empty for a root module.
        calls: the calls it was reached through, outermost first.
        keys: its keys among several instances, from the calls with instances.
        representative: the reason if it represents an unknown number of instances.
        condition: the unknown boolean that decides whether it exists, if it exists only in some outcomes.
        exists_by: the default without which it would not exist, if there is one.
    """

    def __init__(
        self,
        run: Evaluation,
        loader: Loader,
        configuration: Configuration,
        *,
        given: Mapping[str, tuple[Tree, str]] | None = None,
        caller: ModuleCall | None = None,
        instance: BlockInstance | None = None,
    ) -> None:
        self.run = run
        self.loader = loader
        self.configuration = configuration
        self.caller = caller
        self.prefix = ""
        self.calls: tuple[Step, ...] = ()
        self.keys: tuple[InstanceKey, ...] = ()
        self.representative: Reason | None = None
        self.condition: Unknown | None = None
        self.exists_by: Step | None = None
        self._given = given or {}
        self._arguments: dict[str, Attribute] = {}
        self._argument_scope = Scope(run, None, {})
        self._passed: dict[str, Expr] = {}
        if caller is not None and instance is not None:
            parent = caller.module
            run.count_instance(caller.block.header)
            self.prefix = f"{caller.address}{instance.suffix}."
            self.calls = (*parent.calls, caller.step)
            self.keys = (*parent.keys, *instance.keys)
            self.representative = instance.representative or parent.representative
            self.condition = parent.under(instance.condition)
            self.exists_by = instance.exists_by or parent.exists_by
            self._arguments = {name: each for name, each in caller.block.body.attributes.items() if name not in META}
            self._argument_scope = caller.scope(instance)
            self._passed = passed_providers(caller.block.body)
        self._values: dict[tuple[str, str], tuple[Tree, Note]] = {}
        self._resources: dict[tuple[str, str, str], ResourceBlock] = {}
        self._calls: dict[str, ModuleCall] = {}
        self._providers: dict[str, ProviderBlock] = {}
        run.enter(configuration.path, sum(map(len, configuration.sources.values())), configuration.written)
        run.take(configuration.shown, configuration.errors)

    def ancestors(self) -> list[Path]:
        """The directories of the modules around this one, outermost first, its own last."""
        above = self.caller.module.ancestors() if self.caller else []
        return [*above, self.configuration.path]

    def child(self, call: ModuleCall, directory: Path, instance: BlockInstance) -> Module:
        """The module that a call in this one leads to."""
        return Module(self.run, self.loader, self.loader.load(directory), caller=call, instance=instance)

    def under(self, condition: Unknown | None) -> Unknown | None:
        """A condition in this module, combined with the module's own."""
        if condition is None:
            return self.condition
        if self.condition is None:
            return condition
        result = both(self.run, self.condition, condition, condition.origin)
        return result if isinstance(result, Unknown) else condition

    def resolve(self, name: str, steps: Sequence[PathStep], span: Span) -> tuple[Tree, int]:
        """The value of a name in an expression, and the number of following steps used. Raises Failure for an unknown name."""
        first = _attribute(steps, 0)
        match name:
            case "var":
                value, note = self._named("var", first, span)
                return referred(value, span, note), 1
            case "local":
                value, note = self._named("local", first, span)
                return referred(value, span, note), 1
            case "module":
                return self._call(first).value(), 1
            case "data":
                return self.resource("data", first, _attribute(steps, 1)).value(), 2
            case "ephemeral":
                return self._ephemeral(first, _attribute(steps, 1), span), 2
            case "path":
                return self._path(first, span), 1
            case "terraform" | "tofu" if first == "applying":
                reason = Said("it is true while changes are made, and false while they are planned")
                return Unknown(reason, ("applying",), Origin(span)), 1
            case "terraform" | "tofu" if first == "workspace":
                if self.run.workspace:
                    return Known(self.run.workspace, Origin(span, "given")), 1
                # It is selected when Terraform runs: "default" would be a guess, and wrong in the important cases.
                reason = Said("the workspace is selected when Terraform runs", "set --workspace")
                return Unknown(reason, ("workspace",), Origin(span)), 1
            case "each" | "count" | "self" | "terraform" | "tofu":
                raise Failure(f'"{name}" has no meaning here')
            case _:
                return self.resource("resource", name, first).value(), 1

    def _ephemeral(self, kind: str, name: str, span: Span) -> Tree:
        if (kind, name) not in self.configuration.ephemeral:
            raise Failure(f"there is no ephemeral {kind}.{name}")
        address = f"{self.prefix}ephemeral.{kind}.{name}"
        return Unknown(
            Said(f"{address} exists only while Terraform runs"), ("ephemeral", address), Origin(span, sensitive=True)
        )

    def _path(self, name: str, span: Span) -> Tree:
        if name == "module":
            # As in Terraform, which runs in the root module's directory.
            return Known(self.run.from_here(self.configuration.path), Origin(span, "computed"))
        if name in ("root", "cwd"):
            return Known(".", Origin(span, "computed"))
        raise Failure(f'there is no "path.{name}"')

    def _named(self, kind: str, name: str, span: Span) -> tuple[Tree, Note]:
        """A variable or local, and the name of the place where it is written."""
        found = self._values.get((kind, name))
        if found is None:
            note: list[Note] = []

            def evaluate() -> Tree:
                value, said = self._variable(name) if kind == "var" else self._local(name)
                note.append(said)
                return value

            value = self.run.once((self.prefix, kind, name), f"{self.prefix}{kind}.{name}", span, evaluate)
            found = (value, note[0] if note else Note(name))
            if note:
                self._values[(kind, name)] = found
        return found

    def _local(self, name: str) -> tuple[Tree, Note]:
        attribute = self.configuration.locals.get(name)
        if attribute is None:
            raise Failure(f'there is no "local.{name}"')
        return settled(attribute.value, Scope(self.run, self, {}), attribute.span), Note(f"local.{name}", local=True)

    def _variable(self, name: str) -> tuple[Tree, Note]:
        block = self.configuration.variables.get(name)
        if block is None:
            raise Failure(f'there is no variable "{name}"')
        value, note = self._argument(name, block)
        constraint = block.body.attributes.get("type")
        if constraint is not None:
            value = converted(
                value, constraint.value, lambda default: settled(default, Scope(self.run, None, {}), default.span)
            )
        if is_secret(block):
            value = secrets.note(moved(value, value.origin._replace(sensitive=True)))
        return value, note

    def _argument(self, name: str, block: HclBlock) -> tuple[Tree, Note]:
        value: Tree | None = None
        note = Note("")
        argument = self._arguments.get(name)
        if argument is not None:
            value = settled(argument.value, self._argument_scope, argument.span)
            note = Note(f'module argument "{name}"', argument=name)
        elif name in self._given:
            value, text = self._given[name]
            note = Note(text)
            value = moved(value, value.origin.as_how("given"))
        if value is not None and not (isinstance(value, Absent) and is_false(block, "nullable")):
            return limited(self.run, self.prefix, block, value), note
        if value is None and self.caller is not None and not self.caller.block.body.whole:
            call = self.caller.block.header
            why = f'module "{self.caller.block.labels[0]}" has a syntax error: its arguments are not known'
            return Unknown(Said(why, "fix the error"), ("var", self.prefix, name), Origin(call)), Note("module call")
        default = block.body.attributes.get("default")
        if default is None:
            return unset(self.run, self.prefix, block, of_root=self.caller is None), Note(f'variable "{name}"')
        value = settled(default.value, Scope(self.run, None, {}), default.span)
        if isinstance(value, Known) and isinstance(value.value, str) and (limits := may_stand(self.run, block)) is not None:
            self.run.instead_of_default[default.span] = limits
        return moved(value, value.origin.as_how("default")), Note(f'default of variable "{name}"', f'variable "{name}"')

    def output(self, name: str) -> Tree:
        """An output. Raises Failure if there is none of that name."""
        block = self.configuration.outputs.get(name)
        attribute = block.body.attributes.get("value") if block else None
        if block is None or attribute is None:
            raise Failure(f'the module has no output "{name}"')
        found = self._values.get(("output", name))
        if found is None:
            address = f"{self.prefix}{name}"
            value = self.run.once(
                (self.prefix, "output", name), address, attribute.span,
                lambda: settled(attribute.value, Scope(self.run, self, {}), attribute.span),
            )  # fmt: skip
            if is_secret(block):
                # The keys of an output of passwords are the names of their users.
                value = secrets.note(moved(value, value.origin._replace(sensitive=True)), keys=False)
            found = self._values[("output", name)] = (value, Note(name))
        return found[0]

    def resource(self, mode: str, kind: str, name: str) -> ResourceBlock:
        """A resource or data source. Raises Failure if there is none of that name."""
        found = self._resources.get((mode, kind, name))
        if found is None:
            table = self.configuration.data if mode == "data" else self.configuration.resources
            block = table.get((kind, name))
            if block is None:
                raise Failure(f"there is no {'data source' if mode == 'data' else 'resource'} {kind}.{name}")
            found = ResourceBlock(self, block, "data" if mode == "data" else "resource")
            self._resources[(mode, kind, name)] = found
        return found

    def _call(self, name: str) -> ModuleCall:
        found = self._calls.get(name)
        if found is None:
            block = self.configuration.modules.get(name)
            if block is None:
                raise Failure(f'there is no module "{name}"')
            found = self._calls[name] = ModuleCall(self, block)
        return found

    def provider(self, key: str) -> ProviderBlock | None:
        """The provider configuration of a key in this module: its own, or one passed or inherited from its caller."""
        found = self._providers.get(key)
        if found is not None:
            return found
        block = self.configuration.providers.get(key)
        if block is not None:
            found = self._providers[key] = ProviderBlock(self, key, block)
            return found
        if self.caller is None:
            return None
        passed = self._passed.get(key)
        if passed is not None:
            return self.caller.module.referenced(passed, self._argument_scope)
        return None if "." in key else self.caller.module.provider(key)

    def referenced(self, expression: Expr, scope: Scope) -> ProviderBlock | None:
        """The provider configuration that an expression such as `aws.west` names."""
        key, index = reference(expression)
        provider = self.provider(key) if key else None
        if provider is None or index is None:
            return provider
        return provider.selected(settled(index, scope, index.span))

    def declared(self) -> Iterator[Declared]:
        """All blocks that the module and its child modules declare."""
        configuration = self.configuration
        if configuration.settings:
            yield from self._contained(configuration.settings[0].header, self._settings)
        for key, block in configuration.providers.items():
            try:
                yield from ProviderBlock(self, key, block).declared(self.prefix, self.calls)
            except Exception as error:
                self.run.failed(error, block.header)
        for mode, table in (("data", configuration.data), ("resource", configuration.resources)):
            for kind, name in table:
                yield from self._instances(self.resource(mode, kind, name))
        for name, block in configuration.modules.items():
            try:
                yield from self._call(name).declared()
            except Exception as error:
                self.run.failed(error, block.header)
        for name, block in configuration.outputs.items():
            yield from self._contained(block.header, partial(self._output, name, block))

    def let_go(self) -> None:
        """Forget what was evaluated. Blocks and their instances know each other, so they would stay until the collector runs."""
        for resource in self._resources.values():
            resource.let_go()
        for call in self._calls.values():
            call.let_go()
        self._resources.clear()
        self._calls.clear()

    def _contained(self, span: Span, make: Callable[[], Declared | None]) -> Iterator[Declared]:
        """The declarations of one block; nothing, and an error, if it cannot be read."""
        try:
            made = make()
        except Exception as error:
            self.run.failed(error, span)
            made = None
        if made is not None:
            yield made

    def _instances(self, resource: ResourceBlock) -> Iterator[Declared]:
        """The instances of a resource or data source. Parts that could not be read are unknown, not absent."""
        header = resource.block.header
        try:
            instances = resource.expansion.instances
        except Exception as error:
            yield resource.unread(self.run.failed(error, header))
            return
        if not instances:
            self._note_switch(resource)
        for position, instance in enumerate(instances):
            try:
                made = resource.instance(position).declared()
            except Exhausted as exhausted:
                if self.run.is_full:
                    return
                yield resource.unread(self.run.failed(exhausted, header))
                return
            except Exception as error:
                made = resource.unread(self.run.failed(error, header), instance.suffix)
            yield made

    def _note_switch(self, resource: ResourceBlock) -> None:
        """Note a resource without instances, if a default is the reason."""
        value = resource.expansion.value if resource.expansion.enabled is None else resource.expansion.enabled
        switch = value.origin.default_step if value is not None and resource.mode == "resource" else None
        if switch is not None:
            self.run.switched_off.append(SwitchedOff(resource.type, switch, resource.switched_on))

    def _output(self, name: str, block: HclBlock) -> Declared | None:
        """An output, as a source of references to resources; None if it has no value."""
        try:
            value = self.output(name)
        except (Failure, Exhausted):
            return None
        return Declared(
            kind="context",
            dialect="terraform",
            type="output",
            address=f"{self.prefix}output.{name}",
            name=name,
            body=Known({"value": value}, Origin(block.header)),
            span=block.header,
            extent=block.extent,
            calls=self.calls,
        )

    def _settings(self) -> Declared:
        blocks = self.configuration.settings
        header = blocks[0].header
        return Declared(
            kind="context",
            dialect="terraform",
            type="terraform",
            address=f"{self.prefix}terraform",
            name="terraform",
            body=Known(merged_settings(blocks, Scope(self.run, self, {})), Origin(header)),
            span=header,
            extent=blocks[0].extent,
            calls=self.calls,
        )


def _attribute(steps: Sequence[PathStep], position: int) -> str:
    step = steps[position] if position < len(steps) else None
    if not isinstance(step, Attr):
        raise Failure("the name is not complete")
    return step.name
