"""Markdown as GitHub's own parser makes it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import cast

import cmarkgfm


class Reader(HTMLParser):
    """What a reader of the page sees: its elements, and the text of each cell and item."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.cells: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)
        if tag in ("td", "li"):
            self.cells.append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "li"):
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.cells[-1] += data


def written(text: str) -> str:
    """As it is written to a file."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def read(text: str) -> Reader:
    """The page as GitHub's parser makes it; what HTML is in the Markdown stays, since GitHub takes `<details>`."""
    html = cmarkgfm.github_flavored_markdown_to_html(written(text), options=cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE)
    reader = Reader()
    reader.feed(cast("str", html))
    return reader
