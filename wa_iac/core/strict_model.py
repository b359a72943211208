"""What the tables have in common that people write, in settings and in rules: they are strict, and spell names with dashes."""

from __future__ import annotations

from typing import Final

from pydantic import ConfigDict


def kebab(name: str) -> str:
    """How people spell the name of a field: `minimum-days`."""
    return name.replace("_", "-")


STRICT: Final = ConfigDict(extra="forbid", alias_generator=kebab, frozen=True, defer_build=True)
"""They are built when they are first read: most runs read none."""


def wanted(message: str) -> str:
    """What should have been written, of pydantic's message on what was."""
    return message.removeprefix("Input should be ").removeprefix("Value error, ")
