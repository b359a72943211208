"""Terraform's `lifecycle.ignore_changes`: arguments that something else sets after the resource is made."""

from __future__ import annotations

from typing import Final

from .declared import Declared
from .value import Known

ALL: Final = frozenset({"all"})
"""For a resource of which Terraform ignores all changes."""


def ignored_changes(declared: Declared) -> frozenset[str]:
    """The names of the arguments whose changes Terraform ignores, or `ALL`."""
    lifecycle = declared.attributes.get("lifecycle")
    listed = (
        lifecycle.value.get("ignore_changes") if isinstance(lifecycle, Known) and isinstance(lifecycle.value, dict) else None
    )
    match listed:
        case Known("all"):
            return ALL
        case Known(list() as names):
            return frozenset(each.value for each in names if isinstance(each, Known) and isinstance(each.value, str))
        case _:
            return frozenset()
