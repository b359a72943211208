"""What the parts of a module need to know of each other."""

from __future__ import annotations

from typing import Protocol

from wa_iac.core.declared import InstanceKey
from wa_iac.core.reasons import Reason
from wa_iac.core.span import Span
from wa_iac.core.value import Step, Tree, Unknown
from wa_iac.parsers.terraform.evaluation.scope import NamesInScope
from wa_iac.parsers.terraform.evaluation.unit import Evaluation


class Enclosing(NamesInScope, Protocol):
    """A module instance, as the blocks in it see it. `Module` says what each of these is."""

    run: Evaluation
    prefix: str
    calls: tuple[Step, ...]
    keys: tuple[InstanceKey, ...]
    representative: Reason | None
    condition: Unknown | None

    def under(self, condition: Unknown | None) -> Unknown | None:
        """A condition in this module, combined with the module's own."""
        ...


class DataSource(Protocol):
    """An instance of a data source, as far as its results depend on it."""

    address: str

    @property
    def type(self) -> str: ...

    @property
    def run(self) -> Evaluation: ...

    @property
    def header(self) -> Span:
        """Where its block begins."""
        ...

    def written(self, name: str) -> Tree:
        """The configured value of an attribute or of the nested blocks of one type; absent where there is none."""
        ...

    def region(self) -> Tree:
        """The region it is in; absent where nothing says."""
        ...

    def provider_key(self) -> str:
        """The name of its provider in its module."""
        ...
