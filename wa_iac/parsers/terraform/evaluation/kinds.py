"""The types of what empty lists, sets and maps hold: Terraform never takes an empty list of strings for `tolist([])`, which holds any."""

from __future__ import annotations

from typing import Any

from wa_iac.core.value import Known


def typed(value: Known[Any], of: str) -> Known[Any]:
    """A list, a set or a map that was just made; an empty one has elements of this type."""
    if not value.value:
        value.value.of = of
    return value


def type_within(value: Known[Any]) -> str:
    """The type of the elements that an empty collection has: of an empty tuple or object, any."""
    return str(getattr(value.value, "of", "any"))
