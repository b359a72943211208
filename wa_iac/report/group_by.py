"""The sections of a report. Apart from what makes them, since the command line starts without it."""

from __future__ import annotations

from enum import StrEnum


class GroupBy(StrEnum):
    """What the findings of a section have in common."""

    RULE = "rule"
    RESOURCE = "resource"
    FILE = "file"
    PILLAR = "pillar"
