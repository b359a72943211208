"""JSON as all machine-readable reports write it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from wa_iac.core.late_pattern import LatePattern

PRETTY_LIMIT: Final = 200
"""A person may read a file with up to so many items, so it is indented. Beyond that, the indenting encoder, which is pure
Python, would take six times as long as the compact one (2.0 s instead of 0.3 s for 25,000 SARIF results)."""

COMMAND: Final = LatePattern(r"##(?=[A-Za-z]*\[)")
"""The beginning of a build command inside a line of the log."""
_UNSAFE: Final = LatePattern("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def dumps(document: object, *, items: int, default: Callable[[Any], Any] | None = None) -> str:
    """`document` as JSON text ending in a line feed; indented if it has few `items`. `default` is that of `json.dumps`."""
    if items <= PRETTY_LIMIT:
        text = json.dumps(document, ensure_ascii=False, indent=2, default=default)
    else:
        text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=default)
    if "##" in text:
        text = COMMAND.sub(r"#\\u0023", text)
    if text.isascii() and "\x7f" not in text:
        return text + "\n"
    # Control characters, and those that turn the direction of writing, become escapes, since people also read such reports in
    # logs.
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"
