"""What is open in the editor: where each document is, and its text, as the changes leave it.

A document may be large and may change often, and an address may be anything: nothing here goes over a text more often than it must,
and nothing raises for what an editor says.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from lsprotocol import types
from pygls import uris

from .plain import UTF8, UTF16, UTF32
from .targets import VARIABLES, Target, absolute, target_of


def path_of(uri: str) -> Path | None:
    """The file at an address, resolved; None for what is no file: an unnamed buffer, another machine's, a name that no file can have."""
    name = _name(uri)
    return absolute(name) if name is not None else None


def _name(uri: str) -> str | None:
    try:
        parts = urlsplit(uri)
        if parts.scheme.lower() != "file":
            return None
        if sys.platform == "win32":
            name = uris.to_fs_path(uri) or ""
        elif parts.netloc in ("", "localhost"):
            # A name need not be UTF-8.
            name = os.fsdecode(unquote_to_bytes(parts.path.encode("utf-8")))
        else:
            return None
        os.fsencode(name)  # may raise
    except ValueError:
        return None
    return name if os.path.isabs(name) and "\0" not in name else None


class Document:
    """One open document. `path` is None where it is no file."""

    def __init__(self, uri: str, text: str, version: int | None) -> None:
        self.uri = uri
        self.version = version
        self.path = path_of(uri)
        self._text: str | None = text
        self._lines: list[str] | None = None
        self._data: bytes | None = None
        self._target: tuple[bytes, Target | None] | None = None

    @property
    def data(self) -> bytes:
        """The text in UTF-8, made once for each version."""
        if self._data is None:
            self._data = self._whole().encode("utf-8", "replace")
        return self._data

    @property
    def target(self) -> Target | None:
        """The unit that begins here."""
        if self.path is None:
            return None
        if self._target is None or self._target[0] is not self.data or self.path.name.endswith(VARIABLES):
            self._target = self.data, target_of(self.path, self.data)
        return self._target[1]

    @property
    def target_before(self) -> Target | None:
        """The same as it was when somebody asked for it last."""
        return self._target[1] if self._target is not None else None

    def change(self, changes: Sequence[types.TextDocumentContentChangeEvent], version: int, encoding: str) -> None:
        """Take over what the editor has changed."""
        self.version = version
        self._data = None
        for each in changes:
            if isinstance(each, types.TextDocumentContentChangePartial):
                self._splice(each.range, each.text, encoding)
            else:
                self._text, self._lines = each.text, None

    def _whole(self) -> str:
        if self._text is None:
            self._text = "".join(self._lines or ())
        return self._text

    def _splice(self, place: types.Range, text: str, encoding: str) -> None:
        if self._lines is None:
            self._lines = _split(self._whole())
        lines = self._lines
        self._text = None
        first, before = _at(lines, place.start, encoding)
        last, behind = _at(lines, place.end, encoding)
        last, behind = max((last, behind), (first, before))
        start = lines[first][:before] if first < len(lines) else ""
        end = lines[last][behind:] if last < len(lines) else ""
        # Half a line end may stand on either side.
        while first > 0 and (before == 0 or not start) and lines[first - 1].endswith("\r"):
            first, start, before = first - 1, lines[first - 1] + start, 1
        changed = start + text + end
        while last + 1 < len(lines) and not changed.endswith("\n"):
            last += 1
            changed += lines[last]
        lines[first : last + 1] = _split(changed)


def _split(text: str) -> list[str]:
    """The lines of a text with their ends. To an editor these are line feeds, carriage returns and both together, and no others."""
    return list(io.StringIO(text, newline=""))


def _at(lines: Sequence[str], position: types.Position, encoding: str) -> tuple[int, int]:
    """A line and a character in it: where there is none, the end of the line or of the text."""
    if position.line >= len(lines):
        last = lines[-1] if lines else "\n"
        return (len(lines), 0) if last.endswith(("\r", "\n")) else (len(lines) - 1, len(last))
    line = lines[position.line].rstrip("\r\n")
    return position.line, _characters(line, position.character, encoding)


def _characters(line: str, units: int, encoding: str) -> int:
    """How many characters an editor's units come to, at most all of a line's."""
    if encoding == UTF32 or line.isascii():
        return min(units, len(line))
    codec, width = ("utf-8", 1) if encoding == UTF8 else ("utf-16-le", 2)
    before = line.encode(codec, "surrogatepass")[: units * width]
    return len(before.decode(codec, "ignore" if encoding == UTF8 else "surrogatepass"))


class Documents:
    """All that is open. A document that is spoken of under another spelling of its address is the same."""

    def __init__(self) -> None:
        self._found: dict[str, Document] = {}
        self.encoding = UTF16

    def __iter__(self) -> Iterator[Document]:
        return iter(list(self._found.values()))

    def get(self, uri: str) -> Document | None:
        return self._found.get(_key(uri))

    def open(self, item: types.TextDocumentItem) -> Document:
        document = self._found[_key(item.uri)] = Document(item.uri, item.text, item.version)
        return document

    def close(self, uri: str) -> Document | None:
        return self._found.pop(_key(uri), None)

    def by_path(self) -> dict[Path, Document]:
        """The open files, by resolved path."""
        return {each.path: each for each in self if each.path is not None}


def _key(uri: str) -> str:
    return _name(uri) or uri
