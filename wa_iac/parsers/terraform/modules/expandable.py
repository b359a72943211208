"""A block that may have several instances, and the value of its name."""

from __future__ import annotations

from abc import ABC, abstractmethod

from wa_iac.core.reasons import Reason
from wa_iac.core.value import Absent, Tree
from wa_iac.parsers.terraform.evaluation.scope import Scope
from wa_iac.parsers.terraform.evaluation.unit import Failure
from wa_iac.parsers.terraform.text.nodes import HclBlock

from .instances import Instances, expanded
from .protocols import Enclosing


class Expandable(ABC):
    """A `resource`, `data` or `module` block in one module instance. `address` has no index."""

    def __init__(self, module: Enclosing, block: HclBlock, address: str) -> None:
        self.module = module
        self.block = block
        self.address = address
        self._expansion: Instances | None = None
        self._value: Tree | None = None

    @property
    def expansion(self) -> Instances:
        """Its instances. Raises Failure if they depend on themselves."""
        if self._expansion is None:
            scope = Scope(self.module.run, self.module, {})
            found: list[Instances] = []

            def expand() -> Tree:
                found.append(expanded(self.module.run, self.block.body, scope))
                return Absent()

            self.module.run.once((self.address, "instances"), self.address, self.block.header, expand)
            if not found:
                raise Failure(f"{self.address} refers to itself")
            self._expansion = found[0]
        return self._expansion

    def value(self) -> Tree:
        """The value of the block's name: an object, a list or a map of them, or an unknown number of them."""
        if self._value is None:
            self._value = self.expansion.gathered(self.module.run, self.block.header, self._object, self._collection)
        return self._value

    @abstractmethod
    def _object(self, position: int) -> Tree:
        """The instance at a position in the expansion."""

    @abstractmethod
    def _collection(self, reason: Reason, position: int) -> Tree:
        """An unknown number of instances, represented by the one at that position."""
