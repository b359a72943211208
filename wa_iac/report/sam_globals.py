"""The section `Globals` of a SAM template, which a remedy adds to if it is there: a second one would take the place of the first."""

from __future__ import annotations

import re
from typing import Final

from wa_iac.core.finding import Subject
from wa_iac.core.late_pattern import late

_ASKED: Final = late(r'\s*"?Globals"?:\s*\{?\s*"?(\w+)"?:')
_SECTION: Final = late(r'(?m)^(?:"?Globals"?:|\s*"Globals"\s*:)')
_NEXT: Final = late(r"(?m)^[A-Za-z]")


def exists_already(code: str, subject: Subject) -> str:
    """A sentence on the section, or on the part of it that the code is about. Empty if the code is about something else, or the template
    has no such section."""
    asked = _ASKED.match(code)
    path = "" if subject.declared is None else subject.declared.extent.path
    text = subject.sources.get(path, b"").decode("utf-8", "replace")
    section = _SECTION.search(text) if asked is not None else None
    if asked is None or section is None:
        return ""
    start, what = section.start(), "`Globals`"
    within = _NEXT.split(text[section.end() :])[0]
    part = re.search(rf'(?m)^[ \t]+"?{asked[1]}"?[ \t]*:', within)
    if part is not None:
        start, what = section.end() + part.start(), f"`Globals.{asked[1]}`"
    return f"{what} ({path}:{text.count(chr(10), 0, start) + 1}) exists already: add this to it, and keep its other parts."
