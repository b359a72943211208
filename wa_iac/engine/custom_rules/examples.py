"""The examples on a rule's page: its blocks of code under "Non-compliant" and "Compliant"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from wa_iac.core.declared import Dialect


class Example(NamedTuple):
    """A block of a rule's page: `line` is that of its first line in the page, from 1."""

    dialect: Dialect
    compliant: bool
    source: str
    line: int


_SECTION: Final = re.compile(r"^## (?P<name>.+)$")
_FENCE: Final = re.compile(r"^```(?P<language>\w*)\s*$")
_LANGUAGES: Final[Mapping[str, Dialect]] = {"yaml": "cloudformation", "json": "cloudformation", "hcl": "terraform"}


def examples(page: str) -> list[Example]:
    """The examples of a page, in order. Raises `ValueError` for a block in another language under the two sections."""
    found: list[Example] = []
    section = ""
    lines = page.splitlines()
    at = 0
    while at < len(lines):
        if heading := _SECTION.match(lines[at]):
            section = heading["name"].strip().lower()
        elif (fence := _FENCE.match(lines[at])) and section in ("non-compliant", "compliant"):
            end = next(i for i in range(at + 1, len(lines)) if lines[i].strip() == "```")
            if fence["language"] not in _LANGUAGES:
                raise ValueError(f"an example is yaml, json or hcl, not {fence['language']!r}")
            source = "\n".join(lines[at + 1 : end]) + "\n"
            found.append(Example(_LANGUAGES[fence["language"]], section == "compliant", source, at + 2))
            at = end
        at += 1
    return found
