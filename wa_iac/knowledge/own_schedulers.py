"""Workloads that give out their work themselves: they do not scale with the load of a processor."""

from __future__ import annotations

import re
from typing import Final

from wa_iac.core.coerce import Tags
from wa_iac.core.resource import Resource
from wa_iac.core.value import Absent, Value

from .called import called

_NAMES: Final = re.compile(
    r"\b(?:agents?|runners?|builders?|jenkins|team ?city|buildkite|circle ?ci|nomad|consul|vault|etcd|zookeeper)\b"
)
"""Agents of build servers, whose jobs end with their machine, and members of clusters that vote."""


def schedules_itself(resource: Resource, tags: Value[Tags] | None = None) -> str:
    """The word in a resource's names that says so; empty if there is none."""
    found = (_NAMES.search(name) for name in called(resource, Absent() if tags is None else tags))
    return next((each[0] for each in found if each is not None), "")
