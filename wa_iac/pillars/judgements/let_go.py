"""Data that its author lets go with the stack."""

from __future__ import annotations

from typing import Final

from wa_iac.core.resource import Resource
from wa_iac.core.value import Known

MAY_GO: Final = "Its DeletionPolicy is Delete: the author lets its data go with the stack."


def may_go(store: Resource) -> bool:
    """Whether its author says that its data may go with it."""
    return store.declared.attributes.get("DeletionPolicy") == Known("Delete")
