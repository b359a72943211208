"""The meaning of names in a scope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from wa_iac.core.span import Span
from wa_iac.core.value import Tree
from wa_iac.parsers.terraform.text.nodes import PathStep

from .unit import Evaluation


class NamesInScope(Protocol):
    """A module, as far as expressions need it."""

    def resolve(self, name: str, steps: Sequence[PathStep], span: Span) -> tuple[Tree, int]:
        """The value of `name.step.step`, and the number of steps used. Raises Failure for an unknown name."""
        ...


class Scope:
    """The names that an expression can use: local ones first (`each`, `count`, `self`, a `for`'s variables), then the
    module's."""

    __slots__ = ("module", "names", "run")

    def __init__(self, run: Evaluation, module: NamesInScope | None, names: Mapping[str, Tree]) -> None:
        self.run = run
        self.module = module
        self.names = names

    def bind(self, names: Mapping[str, Tree]) -> Scope:
        """The same scope with more names."""
        return Scope(self.run, self.module, {**self.names, **names})
