"""The text of a document after its changes, and where it is."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest
from lsprotocol import types

from wa_iac.lsp.documents import OpenDocument, path_of


def part(start: tuple[int, int], end: tuple[int, int], text: str) -> types.TextDocumentContentChangePartial:
    return types.TextDocumentContentChangePartial(types.Range(types.Position(*start), types.Position(*end)), text)


def changed(text: str, *changes: types.TextDocumentContentChangeEvent, encoding: str = "utf-16") -> str:
    document = OpenDocument("untitled:a", text, 1)
    document.change(changes, 2, encoding)
    return document.data.decode()


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        ("a\nb\n", part((0, 1), (1, 0), ""), "ab\n"),
        ("a\nb", part((1, 1), (1, 1), "\nc"), "a\nb\nc"),
        ("", part((0, 0), (0, 0), "a"), "a"),
        ("a\n", part((1, 0), (1, 0), "b"), "a\nb"),
        ("a", part((9, 9), (9, 9), "b"), "ab"),
        ("a\nb\n", part((0, 99), (0, 99), "!"), "a!\nb\n"),
        ("a\r\nb", part((0, 9), (0, 9), "!"), "a!\r\nb"),
        ("abc", part((0, 2), (0, 1), "!"), "ab!c"),
        ("a\u2028b\x0cc\nd", part((1, 0), (1, 1), "e"), "a\u2028b\x0cc\ne"),
    ],
    ids=["two lines", "the end", "nothing", "a new line", "beyond", "beyond a line", "CRLF", "backwards", "no line ends"],
)
def test_a_change_is_made_where_the_editor_made_it(
    before: str, change: types.TextDocumentContentChangePartial, after: str
) -> None:
    assert changed(before, change) == after


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 5), ("utf-16", 3), ("utf-32", 2)])
def test_columns_are_counted_as_the_editor_counts(encoding: str, column: int) -> None:
    assert changed("x🪣y", part((0, column), (0, column), "!"), encoding=encoding) == "x🪣!y"


def test_many_changes_come_to_what_they_come_to_on_the_whole_text() -> None:
    chance = random.Random(7)
    for _ in range(300):
        text = "".join(chance.choices("ab\r\n", k=chance.randrange(12)))
        document = OpenDocument("untitled:a", text, 1)
        for version in range(2, 10):
            lines = _lines(text)
            first, last = sorted((chance.randrange(len(lines) + 1), chance.randrange(len(lines) + 1)))
            new = "".join(chance.choices("xy\r\n", k=chance.randrange(4)))
            start, end = (sum(map(len, lines[:each])) for each in (first, last))
            document.change([part((first, 0), (last, 0), new)], version, "utf-16")
            text = text[:start] + new + text[end:]
            assert document.data.decode() == text


def _lines(text: str) -> list[str]:
    """A text's lines with their ends, as the protocol has them."""
    found, line = [], ""
    for at, each in enumerate(text):
        line += each
        if each == "\n" or (each == "\r" and text[at + 1 : at + 2] != "\n"):
            found.append(line)
            line = ""
    return [*found, line] if line else found


def test_a_text_is_made_once_for_each_version() -> None:
    document = OpenDocument("untitled:a", "a", 1)

    assert document.data is document.data


@pytest.mark.skipif(sys.platform == "win32", reason="names are other there")
def test_where_a_file_is(tmp_path: Path) -> None:
    assert path_of((tmp_path / "é b.yaml").as_uri()) == tmp_path / "é b.yaml"
    assert path_of("file://localhost/a.yaml") == Path("/a.yaml")
    assert path_of("file:///a%FF.yaml") == Path(os.fsdecode(b"/a\xff.yaml"))


@pytest.mark.parametrize(
    "uri", ["file:///a%00b", "file://host/a", "file://[a", "file:a", "untitled:a", "git:/a", "file:///\ud800", "", "://"]
)
def test_what_is_no_file(uri: str) -> None:
    assert path_of(uri) is None
