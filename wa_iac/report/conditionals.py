"""Conditional expressions of Terraform, as written: for remedies that name what switches them."""

from __future__ import annotations

import json
from typing import Final, NamedTuple

from wa_iac.core.late_pattern import late

_CONDITION: Final = late(r"(?P<not>!?)\s*(?P<name>(?:var|each)\.[\w-]+(?:\.[\w-]+)*)\s*\?(?P<rest>.+)")
_OPENING: Final = "([{"
_CLOSING: Final = ")]}"


class Choice(NamedTuple):
    """`condition ? then : otherwise`, where the condition is one reference, or its negation."""

    condition: str
    negated: bool
    then: str
    otherwise: str


class Literal(NamedTuple):
    """What a literal stands for; `null` is None."""

    value: object


def choice_of(text: str) -> Choice | None:
    """The choice between two values that an expression makes by one reference; None for any other expression."""
    found = _CONDITION.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    colon = _outer_colon(found["rest"])
    if colon is None:
        return None
    return Choice(found["name"], bool(found["not"]), found["rest"][:colon].strip(), found["rest"][colon + 1 :].strip())


def _outer_colon(text: str) -> int | None:
    """The place of the colon outside of brackets and quotes; None unless there is one, and no further choice."""
    depth, quoted, found = 0, False, None
    for index, each in enumerate(text):
        if each == '"' and text[index - 1 : index] != "\\":
            quoted = not quoted
        elif quoted:
            continue
        elif each in _OPENING:
            depth += 1
        elif each in _CLOSING:
            depth -= 1
        elif depth == 0 and each == "?":
            return None
        elif depth == 0 and each == ":":
            if found is not None:
                return None
            found = index
    return found


def literal(text: str) -> Literal | None:
    """What a literal of Terraform stands for: a text without templates, a number, true, false, null, an empty list or object."""
    if "${" in text or "%{" in text:
        return None
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return Literal(value) if not isinstance(value, (list, dict)) or not value else None
