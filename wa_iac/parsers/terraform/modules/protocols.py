"""The interfaces between the parts of a module."""

from __future__ import annotations

from typing import Protocol

from wa_iac.core.declared import InstanceKey
from wa_iac.core.reasons import Reason
from wa_iac.core.span import Span
from wa_iac.core.value import Step, Tree, Unknown
from wa_iac.parsers.terraform.evaluation.scope import NamesInScope
from wa_iac.parsers.terraform.evaluation.unit import Evaluation


class Enclosing(NamesInScope, Protocol):
    """A module instance, from the view of its blocks. `Module` documents the members."""

    run: Evaluation
    prefix: str
    calls: tuple[Step, ...]
    keys: tuple[InstanceKey, ...]
    representative: Reason | None
    condition: Unknown | None
    exists_by: Step | None

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
        """The start of its block."""
        ...

    def written(self, name: str) -> Tree:
        """The configured value of an attribute or of the nested blocks of one type; absent if there is none."""
        ...

    def region(self) -> Tree:
        """Its region; absent if unknown."""
        ...

    def provider_key(self) -> str:
        """The name of its provider in its module."""
        ...
