"""The titles of the framework's best practices."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from wa_iac.core.scales import Pillar

FRAMEWORK: Final = Path(__file__).parent.parent / "pillars" / "best_practices.json"
_PILLARS: Final[dict[str, Pillar]] = {
    "OPS": "operations",
    "SEC": "security",
    "REL": "reliability",
    "PERF": "performance",
    "COST": "cost",
    "SUS": "sustainability",
}
"""The pillars by the letters that the framework's ids begin with."""


class Practice(NamedTuple):
    """A best practice: `url` is its page in the framework's documentation. Title and URL are empty if the list lacks it."""

    id: str
    title: str = ""
    url: str = ""

    def __str__(self) -> str:
        return f"{self.id} {self.title}".rstrip()


@cache
def practices() -> dict[str, Practice]:
    """The framework's best practices by id."""
    framework = json.loads(FRAMEWORK.read_text(encoding="utf-8"))
    return {
        each["id"]: Practice(each["id"], each["title"], each["url"])
        for question in framework["questions"]
        for each in question["best_practices"]
    }


def practice(identifier: str) -> Practice:
    """The best practice called `REL09-BP01`."""
    return practices().get(identifier, Practice(identifier))


def pillar_of(identifier: str) -> Pillar | None:
    """The pillar of a best practice: `reliability` for `REL09-BP01`; None if it is not of the framework."""
    return _PILLARS.get(identifier.rstrip("-BP0123456789"))
