"""What a comment for TFLint says: that its author knows of something, and has decided so."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from wa_iac.core import files
from wa_iac.core.span import Span

_IGNORED: Final = re.compile(r"(?:#|//|/\*)\s*tflint-ignore(?P<file>-file)?:\s*(?P<rules>[\w, ]+)")


def is_ignored(span: Span, rules: frozenset[str]) -> bool:
    """Whether one of TFLint's rules is ignored at a place: in its line, in the line above, or, in the first line of the file, for all of it
    ("Annotations", TFLint's user guide)."""
    path = Path(span.path)
    try:
        lines = files.read(path, within=path.parent.resolve()).decode("utf-8", "replace").split("\n")
    except OSError:
        return False
    wanted = rules | {"all"}
    for number, of_file in ((1, True), (span.start_line, False), (span.start_line - 1, False)):
        found = _IGNORED.search(lines[number - 1]) if 0 < number <= len(lines) else None
        if found is not None and bool(found["file"]) is of_file and wanted & set(re.split(r"[, ]+", found["rules"])):
            return True
    return False
