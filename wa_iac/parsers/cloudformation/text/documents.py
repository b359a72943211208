"""From the bytes of a file to a located tree: YAML, or JSON where that is not YAML."""

from __future__ import annotations

import codecs
from typing import Final

from wa_iac.core.errors import BoundError, SourceError
from wa_iac.core.files import is_utf16, once, unmarked_utf16

from .json_reader import read_json
from .located import LocatedDocument
from .yaml_reader import read_yaml

MAX_BYTES: Final = 20_000_000
"""The limit of a file's size. CloudFormation itself accepts templates of up to 1 MB."""


def parsed(data: bytes, shown: str) -> LocatedDocument | None:
    """A file's text as located nodes; None if it is empty. Raises `SourceError` and `BoundError`."""
    if len(data) > MAX_BYTES:
        raise BoundError(f"larger than {MAX_BYTES // 1_000_000} MB (wa-iac's safety limit)", path=shown)
    return once("document", shown, data, lambda: read_text(data, shown))


def read_text(data: bytes, shown: str) -> LocatedDocument | None:
    """The same, anew each time and whatever its size."""
    text, skipped = _decoded(data, shown)
    try:
        return read_yaml(text, shown, skipped)
    except SourceError:
        # Some JSON is not YAML, and an error in JSON is best reported in JSON's own terms.
        if text.lstrip()[:1] == "{" and text.lstrip("{ \t\r\n")[:1] in ('"', "}"):
            return read_json(text, shown, skipped)
        raise


def _decoded(data: bytes, shown: str) -> tuple[str, int]:
    """The text of a file, and the length of its byte-order mark in bytes."""
    if is_utf16(data):
        encoding, skipped = "utf-16", 2
    elif unmarked_utf16(data):
        raise SourceError("the file is in UTF-16 without a byte-order mark: save it in UTF-8", path=shown, line=1, column=1)
    else:
        encoding, skipped = "utf-8", 3 if data.startswith(codecs.BOM_UTF8) else 0
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode(encoding, "replace")) + 1
        raise SourceError("the file is not text in UTF-8", path=shown, line=line, column=column) from None
    return text.removeprefix("\ufeff"), skipped
