"""Instance types of managed services: `m4.large.search`, `kafka.m5.large`, `db.r5.large`, `ml.p3.2xlarge`, `m5.xlarge`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from wa_iac.core.late_pattern import late

from .dated import facts

_TYPE: Final = late(
    r"(?P<prefix>(?:kafka|db|dms|ml)\.)?(?P<family>[a-z]+[0-9]+[a-z]*)\.(?P<size>[a-z0-9]+)(?P<suffix>\.(?:elastic)?search)?"
)
_GENERATIONS: Final = facts("service_generations")


class InstanceType(NamedTuple):
    """The parts of an instance type."""

    prefix: str
    family: str
    size: str
    suffix: str

    def of(self, family: str) -> str:
        """The type of the same size in another family."""
        return f"{self.prefix}{family}.{self.size}{self.suffix}"


def parsed(text: str) -> InstanceType | None:
    """The parts of an instance type; None if it is no such name."""
    found = _TYPE.fullmatch(text)
    return None if found is None else InstanceType(found["prefix"] or "", found["family"], found["size"], found["suffix"] or "")


def successor(text: str, service: str) -> str:
    """What takes the place of a type of a previous generation: a type of the same size, or a family if that has no such size. Empty
    for any other type."""
    found = parsed(text)
    family = "" if found is None else _GENERATIONS["previous"][service].get(found.family, "")
    if found is None or not family:
        return ""
    return found.of(family) if found.size in _GENERATIONS["sizes"][family] else str(family)


def graviton(text: str, service: str) -> str:
    """The Graviton type of the same size; empty if there is none, or if it is one already."""
    found = parsed(text)
    siblings: Mapping[str, Any] = _GENERATIONS["graviton"][service]
    if found is None or found.family not in siblings or found.size not in _GENERATIONS["graviton_sizes"]:
        return ""
    return found.of(siblings[found.family])
