"""JSON as all machine-readable reports write it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from types import GeneratorType
from typing import Any, Final

from wa_iac.core.late_pattern import late

PRETTY_LIMIT: Final = 200
"""A person may read a file with up to so many items, so it is indented. Beyond that, the indenting encoder, which is pure
Python, would take six times as long as the compact one (2.0 s instead of 0.3 s for 25,000 SARIF results)."""

COMMAND: Final = late(r"##(?=[A-Za-z]*\[)")
"""The beginning of a build command inside a line of the log."""
_UNSAFE: Final = late("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def dumps(document: object, *, items: int, default: Callable[[Any], Any] | None = None) -> str:
    """`document` as JSON text ending in a line feed; indented if it has few `items`. `default` is that of `json.dumps`.

    The values of an object may be generators of list elements: of a long document, each is written before the next one is made.
    """
    pretty = items <= PRETTY_LIMIT
    if isinstance(document, dict) and any(isinstance(value, GeneratorType) for value in document.values()):
        if not pretty:
            return _safe(_in_pieces(document, partial(json.dumps, ensure_ascii=False, separators=(",", ":"), default=default)))
        document = {key: list(value) if isinstance(value, GeneratorType) else value for key, value in document.items()}
    if pretty:
        return _safe(json.dumps(document, ensure_ascii=False, indent=2, default=default))
    return _safe(json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=default))


def _in_pieces(document: dict[str, Any], encoded: Callable[[Any], str]) -> str:
    """An object as compact JSON. Its elements are more memory as objects than as text."""
    members = []
    for key, value in document.items():
        written = "[" + ",".join(map(encoded, value)) + "]" if isinstance(value, GeneratorType) else encoded(value)
        members.append(f"{encoded(key)}:{written}")
    return "{" + ",".join(members) + "}"


def _safe(text: str) -> str:
    """A text of JSON without what a build, a terminal or a reader would take for more than text."""
    if "##" in text:
        text = COMMAND.sub(r"#\\u0023", text)
    if text.isascii() and "\x7f" not in text:
        return text + "\n"
    # Control characters, and those that turn the direction of writing, become escapes, since people also read such reports in
    # logs.
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"
