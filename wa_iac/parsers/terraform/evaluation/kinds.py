"""The element types of empty lists, sets and maps. Terraform distinguishes an empty list of strings from `tolist([])`, a list
of any type."""

from __future__ import annotations

from typing import Any

from wa_iac.core.value import Known


def typed(value: Known[Any], of: str) -> Known[Any]:
    """A list, set or map that was just made. If it is empty, it gets this element type."""
    if not value.value:
        value.value.of = of
    return value


def type_within(value: Known[Any]) -> str:
    """The element type of an empty collection; "any" for an empty tuple or object."""
    return str(getattr(value.value, "of", "any"))
