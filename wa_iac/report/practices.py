"""The titles of the framework's best practices."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

FRAMEWORK: Final = Path(__file__).parent.parent / "pillars" / "best_practices.json"


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
