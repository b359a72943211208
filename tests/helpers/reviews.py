"""Reviews as JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

Reviewed: TypeAlias = Callable[..., dict[str, Any]]
"""From a module, and further arguments of the command, to its review."""


def practices(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The practices of a review by id."""
    return {
        each["id"]: each
        for pillar in document["pillars"]
        for question in pillar["questions"]
        for each in question["best_practices"]
    }
