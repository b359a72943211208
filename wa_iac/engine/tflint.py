"""What a comment for TFLint says: that its author knows of something, and has decided so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span

_RULES: Final = {
    "terraform-versions-pinned": frozenset(
        {"terraform_module_pinned_source", "terraform_module_version", "terraform_required_providers", "all"}
    )
}
"""The rules of TFLint that are about the same as ours, by our slugs."""
_IGNORED: Final = late(r"(?:#|//|/\*)\s*tflint-ignore(?P<file>-file)?:\s*(?P<rules>[\w, ]+)")


def is_ignored(slug: str, span: Span, sources: Mapping[str, bytes]) -> bool:
    """Whether TFLint's rule for the same is ignored at a place: in its line, in the line above, or, in the first line of the file, for all of
    it ("Annotations", TFLint's user guide)."""
    wanted = _RULES.get(slug)
    text = sources.get(span.path, b"")
    if wanted is None or b"tflint-ignore" not in text:
        return False
    lines = text.decode("utf-8", "replace").split("\n")
    for number, of_file in ((1, True), (span.start_line, False), (span.start_line - 1, False)):
        found = _IGNORED.search(lines[number - 1]) if 0 < number <= len(lines) else None
        if found is not None and bool(found["file"]) is of_file and wanted & set(re.split(r"[, ]+", found["rules"])):
            return True
    return False
