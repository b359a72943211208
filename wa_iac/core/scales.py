"""The pillars of the framework, and the scales of a finding. Apart from rules, since the command line starts without them."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Literal, TypeAlias

Pillar: TypeAlias = Literal["operations", "security", "reliability", "performance", "cost", "sustainability"]
PILLARS: Final[tuple[Pillar, ...]] = ("operations", "security", "reliability", "performance", "cost", "sustainability")


class Severity(StrEnum):
    """The severity of a fault. `rank` grows with it."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        return _SEVERITIES[self]


class Confidence(StrEnum):
    """How often a finding is right. SARIF's `precision` uses the same words."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very-high"

    @property
    def rank(self) -> int:
        return _CONFIDENCES[self]


_SEVERITIES: Final = {each: rank for rank, each in enumerate(Severity)}
_CONFIDENCES: Final = {each: rank for rank, each in enumerate(Confidence)}

_NEEDED: Final = {Severity.LOW: Confidence.HIGH, Severity.MEDIUM: Confidence.MEDIUM}
"""The confidence that a mild finding needs in the default profile. Graver ones need none."""


def is_advice(severity: Severity, confidence: Confidence) -> bool:
    """Whether a finding is left to the profile `all`: it is too mild for a confidence that low."""
    return confidence.rank < _NEEDED.get(severity, Confidence.LOW).rank
