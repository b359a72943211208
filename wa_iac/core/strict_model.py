"""The base of the tables that people write in settings and rules: they are strict, and spell names with dashes."""

from __future__ import annotations

from typing import Final

from pydantic import ConfigDict


def kebab(name: str) -> str:
    """The spelling of a field's name in settings: `minimum-days`."""
    return name.replace("_", "-")


STRICT: Final = ConfigDict(extra="forbid", alias_generator=kebab, frozen=True, defer_build=True)
"""Models are built when they are first used, since most runs need none."""


_WORDS: Final = {
    "a valid boolean": "true or false",
    "a valid dictionary": "a table",
    "a valid integer": "a whole number",
    "a valid list": "a list",
    "a valid number": "a number",
    "a valid string": "a text",
    "a valid tuple": "a list",
}


def wanted(message: str) -> str:
    """The expected value, taken from pydantic's message, in the words of our own messages."""
    said = (
        message.removeprefix("Input should be ")
        .removeprefix("Value error, ")
        .partition(", unable to")[0]
        .partition(" or instance of ")[0]
    )
    return _WORDS.get(said, said)
