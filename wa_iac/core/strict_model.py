"""The base of the tables that people write in settings and rules: they are strict, and spell names with dashes."""

from __future__ import annotations

from typing import Final

from pydantic import ConfigDict


def kebab(name: str) -> str:
    """The spelling of a field's name in settings: `minimum-days`."""
    return name.replace("_", "-")


STRICT: Final = ConfigDict(extra="forbid", alias_generator=kebab, frozen=True, defer_build=True)
"""Models are built when they are first used, since most runs need none."""


def wanted(message: str) -> str:
    """The expected value, taken from pydantic's message."""
    return message.removeprefix("Input should be ").removeprefix("Value error, ")
