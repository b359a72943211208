"""Links within the documents lead to files that exist, and to headings that stand in them."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import cast

import cmarkgfm
import pytest

ROOT = Path(__file__).parent.parent
PATTERNS = ("*.md", "docs/**/*.md", "editors/**/*.md", "findings/*.md")
DOCUMENTS = sorted(
    {each for pattern in PATTERNS for each in ROOT.glob(pattern) if "node_modules" not in each.relative_to(ROOT).parts}
)


class Document(HTMLParser):
    """The links of a document, and the names by which GitHub finds its headings."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self._heading: str | None = None
        self._seen: Counter[str] = Counter()
        self.feed(cast("str", cmarkgfm.github_flavored_markdown_to_html(text)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")
        if re.fullmatch(r"h[1-6]", tag):
            self._heading = ""

    def handle_data(self, data: str) -> None:
        if self._heading is not None:
            self._heading += data

    def handle_endtag(self, tag: str) -> None:
        if self._heading is not None and re.fullmatch(r"h[1-6]", tag):
            name = re.sub(r"[^\w -]", "", self._heading.lower()).replace(" ", "-")
            self.anchors.add(f"{name}-{self._seen[name]}" if self._seen[name] else name)
            self._seen[name] += 1
            self._heading = None


@cache
def document(path: Path) -> Document:
    return Document(path.read_text(encoding="utf-8"))


def leads_nowhere(source: Path, link: str) -> bool:
    """Whether a link is one to a file that does not exist, or to a heading that does not stand in it."""
    if re.match(r"[a-z]+:", link):
        return False
    name, _, anchor = link.partition("#")
    target = (source.parent / name).resolve() if name else source
    return not target.exists() or bool(anchor and target.suffix == ".md" and anchor not in document(target).anchors)


@pytest.mark.parametrize("source", DOCUMENTS, ids=lambda each: str(each.relative_to(ROOT)))
def test_every_link_leads_somewhere(source: Path) -> None:
    assert [each for each in document(source).links if leads_nowhere(source, each)] == []


def test_headings_have_the_names_that_github_gives_them() -> None:
    made = Document("# The `--fix` option, twice\n\n## Twice\n\n## Twice\n\n[here](#twice-1) and `[not](here.md)`\n")
    assert (made.links, made.anchors) == (["#twice-1"], {"the---fix-option-twice", "twice", "twice-1"})
