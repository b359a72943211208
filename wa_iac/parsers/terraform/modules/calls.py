"""Module calls: the child modules of each instance, or an answer if a call cannot be followed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, Protocol

from wa_iac.core.declared import Declared
from wa_iac.core.errors import BoundError, SourceError, UnavailableError
from wa_iac.core.reasons import Reason, Said
from wa_iac.core.value import Known, Origin, Reference, Step, Tree, Unknown
from wa_iac.parsers.terraform.evaluation.body import contents
from wa_iac.parsers.terraform.evaluation.expressions import settled
from wa_iac.parsers.terraform.evaluation.scope import Scope
from wa_iac.parsers.terraform.evaluation.unit import MAX_MODULES, Failure, Lazy
from wa_iac.parsers.terraform.text.nodes import Attribute, HclBlock

from .configuration import Configuration
from .expandable import Expandable
from .instances import BlockInstance
from .loader import Loader, NotInstalled, Outside
from .providers import Providing

META: Final = frozenset({"source", "version", "providers", "count", "for_each", "depends_on", "lifecycle"})
_NOT_INSTALLED: Final = "modules are not installed, and their resources are not checked"


class Called(Protocol):
    """The module instance that a call leads to."""

    def output(self, name: str) -> Tree:
        """An output. Raises Failure if there is none of that name."""
        ...

    def declared(self) -> Iterator[Declared]:
        """All blocks that the module and its child modules declare."""
        ...

    def let_go(self) -> None:
        """Forget what was evaluated."""
        ...


class Caller(Providing, Protocol):
    """A module instance, as its calls see it."""

    loader: Loader
    configuration: Configuration

    def ancestors(self) -> list[Path]:
        """The directories of the modules around this one, outermost first, its own last."""
        ...

    def child(self, call: ModuleCall, directory: Path, instance: BlockInstance) -> Called:
        """The module that a call in this one leads to."""
        ...


class ModuleCall(Expandable):
    """A `module` block in one module instance."""

    module: Caller

    def __init__(self, module: Caller, block: HclBlock) -> None:
        self.name = block.labels[0]
        super().__init__(module, block, f"{module.prefix}module.{self.name}")
        self._reason: Reason | None = None
        self._directory: Path | None = self._found()
        self._children: dict[int, Called] = {}

    def _found(self) -> Path | None:
        module, span = self.module, self.block.header
        try:
            directory = module.loader.called(module.configuration, self.block, self._early)
        except NotInstalled as missing:
            self._reason = missing.reason
            said = (
                f"the module {missing.reason.source} is not installed here, so its resources are not checked: "
                '"terraform init" installs it'
                if self.block.body.text("source")
                else f"{missing}: the module's resources are not checked"
            )
            module.run.report(UnavailableError.at(span, said, _NOT_INSTALLED))
            return None
        except Outside as outside:
            self._reason = Said(str(outside))
            module.run.report(SourceError.at(span, self._reason.why))
            return None
        ancestors = module.ancestors()
        if directory in ancestors:
            names = [module.loader.scan.shown(path) for path in (*ancestors[ancestors.index(directory) :], directory)]
            self._reason = Said(f"modules call each other: {' → '.join(names)}")
            module.run.report(SourceError.at(span, self._reason.why))
            return None
        if len(ancestors) >= MAX_MODULES:
            self._reason = Said(f"modules are nested deeper than {MAX_MODULES} levels")
            module.run.report(BoundError.at(span, self._reason.why))
            return None
        return directory

    def _early(self, attribute: Attribute) -> Tree:
        """The value of a source that is not a literal, before anything in the module is read."""
        run = self.module.run
        return run.once(
            (self.address, "source"), f"{self.address}.source", attribute.span,
            lambda: settled(attribute.value, Scope(run, self.module, {}), attribute.span),
        )  # fmt: skip

    def let_go(self) -> None:
        """Forget the child modules, and what they evaluated."""
        for each in self._children.values():
            each.let_go()
        self._children.clear()
        self._value = None

    def child(self, position: int) -> Called | None:
        """The module instance at a position in the expansion; None if the call is not followed."""
        if self._directory is None:
            return None
        child = self._children.get(position)
        if child is None:
            instance = self.expansion.instances[position]
            child = self._children[position] = self.module.child(self, self._directory, instance)
        return child

    def scope(self, instance: BlockInstance) -> Scope:
        """The scope of the arguments of one instance."""
        return Scope(self.module.run, self.module, instance.names)

    def _object(self, position: int) -> Tree:
        instance = self.expansion.instances[position]
        address = f"{self.address}{instance.suffix}"
        child = self.child(position)
        origin = Origin(self.block.header, "computed", references=(Reference(address, ""),))
        reason = self._reason or Said(f"{address} is a module")

        def read(key: str | int) -> Tree:
            if isinstance(key, int):
                raise Failure(f"{address} has no instances to choose from")
            if child is not None:
                return child.output(key)
            where = Origin(self.block.header, "computed", references=(Reference(address, key),))
            return Unknown(reason, ("module", address, key), where)

        return Lazy(reason, ("module", address), origin, read)

    def _collection(self, reason: Reason, position: int) -> Tree:
        origin = Origin(self.block.header, "computed", references=(Reference(self.address, ""),))
        return Lazy(reason, ("module", self.address), origin, lambda key: self._object(position),
                    anyone=lambda: self._object(position))  # fmt: skip

    def declared(self) -> Iterator[Declared]:
        """All blocks of the called modules; the call itself if it is not followed. Raises Failure and Exhausted."""
        for position, instance in enumerate(self.expansion.instances):
            child = self.child(position)
            if child is not None:
                yield from child.declared()
            else:
                yield self._unfollowed(instance)

    def _unfollowed(self, instance: BlockInstance) -> Declared:
        module = self.module
        scope = self.scope(instance)
        values = contents(self.block.body, scope, META - {"source", "version"})
        return Declared(
            kind="module",
            dialect="terraform",
            type="module",
            address=f"{self.address}{instance.suffix}",
            name=self.name,
            body=Known(values, Origin(self.block.header)),
            span=self.block.header,
            extent=self.block.extent,
            calls=module.calls,
            representative=instance.representative or module.representative,
            condition=module.under(instance.condition),
        )

    @property
    def step(self) -> Step:
        """The call as a place that values and resources pass through."""
        return Step(self.block.header, f'module "{self.name}"')
