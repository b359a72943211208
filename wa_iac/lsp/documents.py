"""The editor's open documents: their places and their current texts.

A document may be large and may change often, and an address may be anything. So this module reads a text as seldom as possible,
and never raises for an editor's message.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

from lsprotocol import types
from pygls import uris

from .plain import UTF16
from .targets import VARIABLES, UnitTarget, absolute, target_of
from .texts import EditedText


def path_of(uri: str) -> Path | None:
    """The resolved file at an address; None for an unnamed buffer, another machine's file, or an invalid file name."""
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


class OpenDocument:
    """One open document. `path` is None if it is not a file."""

    def __init__(self, uri: str, text: str, version: int | None) -> None:
        self.uri = uri
        self.version = version
        self.path = path_of(uri)
        self._text: str | EditedText = text
        """The text in pieces, once a part of it has changed."""
        self._data: bytes | None = None
        self._target: tuple[bytes, UnitTarget | None] | None = None

    @property
    def data(self) -> bytes:
        """The text in UTF-8, encoded once for each version."""
        if self._data is None:
            self._data = str(self._text).encode("utf-8", "replace")
        return self._data

    @property
    def target(self) -> UnitTarget | None:
        """The unit that begins here."""
        if self.path is None:
            return None
        if self._target is None or self._target[0] is not self.data or self.path.name.endswith(VARIABLES):
            self._target = self.data, target_of(self.path, self.data)
        return self._target[1]

    @property
    def target_before(self) -> UnitTarget | None:
        """The version of the last request."""
        return self._target[1] if self._target is not None else None

    def change(self, changes: Sequence[types.TextDocumentContentChangeEvent], version: int, encoding: str) -> None:
        """Apply the editor's changes."""
        self.version = version
        self._data = None
        for each in changes:
            if isinstance(each, types.TextDocumentContentChangePartial):
                if isinstance(self._text, str):
                    self._text = EditedText(self._text, encoding)
                self._text.change(each.range, each.text)
            else:
                self._text = each.text


class Documents:
    """All open documents. Different spellings of an address mean the same document."""

    def __init__(self) -> None:
        self._found: dict[str, OpenDocument] = {}
        self.encoding = UTF16

    def __iter__(self) -> Iterator[OpenDocument]:
        return iter(list(self._found.values()))

    def get(self, uri: str) -> OpenDocument | None:
        return self._found.get(_key(uri))

    def open(self, item: types.TextDocumentItem) -> OpenDocument:
        document = self._found[_key(item.uri)] = OpenDocument(item.uri, item.text, item.version)
        return document

    def close(self, uri: str) -> OpenDocument | None:
        return self._found.pop(_key(uri), None)

    def by_path(self) -> dict[Path, OpenDocument]:
        """The open files, by resolved path."""
        return {each.path: each for each in self if each.path is not None}


def _key(uri: str) -> str:
    return _name(uri) or uri
