"""What newer versions of Terraform's AWS provider brought: an older one that a configuration is bound to refuses it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from wa_iac.core.graph import Graph

from .dated import facts
from .provider_versions import CURRENT, newest_major


class Addition(NamedTuple):
    """A type or an argument that the provider of a configuration does not know: its name, the first major version that does, and the newest
    one that the configuration allows."""

    name: str
    since: int
    allowed: int


def too_new(graph: Graph, type_: str, arguments: Iterable[str]) -> Addition | None:
    """The first of a type and its arguments that no provider of a configuration knows; None if all may be known."""
    allowed = graph.once(newest_major)
    if allowed >= CURRENT:
        return None
    added = facts("provider_additions")
    named = [(type_, added["types"].get(type_, 0))]
    named += [(f"{type_}.{each}", added["arguments"].get(type_, {}).get(each, 0)) for each in arguments]
    return next((Addition(name, since, allowed) for name, since in named if since > allowed), None)
