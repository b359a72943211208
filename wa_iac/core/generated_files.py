"""Files that a program writes, by their first lines: a change by hand is lost when it writes them again."""

from __future__ import annotations

from typing import Final

from .declared import Declared
from .late_pattern import late
from .value import Known

_LONGEST: Final = 2_000
"""Bytes of a file in which such lines stand."""
_COMMENT: Final = ("#", "//", "/*", "*", ";", "---")
_GENERATED: Final = late(
    r"(?i)\b(?:do not|don't|must not|should not|never)(?: be)?(?: manually)? (?:edit|change|modify|amend|touch)(?:ed|d)?"
    r"(?: (?:this file|it|directly|manually|by hand))*\s*(?:[^\w\s]|$)"
    r"|(?:^\W*|\b(?:file|template|code|module)(?: (?:is|was|has been))? )auto(?:matically)?[- ]?generated\b(?!-)"
    r"|\bfile is (?:managed|maintained|owned|synced|copied) (?:by|in|from)\b(?! (?:terraform|cloudformation|us\b|the (?:team|author)))"
    r"|\bcode generated (?:by|in)\b|\b(?:changes|edits|modifications)\b.{0,60}\b(?:overwritten|lost|overridden)\b"
)
"""Of a file, not of an argument ("don't change the name") nor of what AWS makes ("the auto-generated role")."""


def is_generated(data: bytes) -> bool:
    """Whether the comment at the top of a file says that a program writes it, that it is from elsewhere, or that nobody may edit it."""
    for line in data[:_LONGEST].decode("utf-8", "replace").splitlines():
        text = line.strip().lstrip("\ufeff")
        if text and not text.startswith(_COMMENT):
            return False
        if _GENERATED.search(text) is not None:
            return True
    return False


def is_synthesised(declared: Declared) -> bool:
    """Whether the CDK has written a resource of a template: it leaves the path of the construct in its metadata."""
    metadata = declared.attributes.get("Metadata")
    return isinstance(metadata, Known) and isinstance(metadata.value, dict) and "aws:cdk:path" in metadata.value
