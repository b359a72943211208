"""A prose linter over pages and messages: `python tests/plain_english.py` reports sentences that are hard to read, and exits with 1.

proselint does the work, with some of its own checks and those in `plain_english.toml`. It reads plain text, so a Markdown parser
removes code first. (vale reads Markdown itself, but its package on PyPI downloads the program when it first runs.)
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token
from proselint.checks import __register__
from proselint.config import Config
from proselint.registry import CheckRegistry
from proselint.registry.checks import Check, CheckFlags
from proselint.registry.checks.engine import Fancy, Padding, RegexOptions
from proselint.registry.checks.types import ExistenceSimple, PreferredForms
from proselint.tools import LintFile

PROJECT: Final = Path(__file__).parent.parent
TABLE: Final = Path(__file__).with_suffix(".toml")
PAGES: Final = ("*.md", "docs/**/*.md", "findings/**/*.md", "benchmarks/**/*.md", "editors/*/*.md")

_OURS: Final = "plain_english"
_WORDS: Final = 2
"""Words of a string that is no sentence."""
_MARKUP: Final = re.compile(r"[<>#*_|\\]")
"""Markdown has a meaning for them, messages have none."""
_FLAGS: Final = CheckFlags(allow_quotes=True)


class Complaint(NamedTuple):
    """A sentence to rewrite."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


def pages() -> list[Path]:
    """The project's pages: for users, for those who work on it, and those of the rules."""
    return sorted({path for pattern in PAGES for path in PROJECT.glob(pattern) if "node_modules" not in path.parts})


def complaints(text: str, path: str = "") -> Iterator[Complaint]:
    """The sentences of a Markdown page that are hard to read."""
    prose = "\n".join(_prose(text))
    if prose.strip():
        file = LintFile(path, prose)
        for found in file.lint(_config()):
            # proselint puts a line feed before the text, and a match may begin with the end of the sentence before.
            at = file.content[found.check_result.span[0] :]
            start = len(file.content) - len(at.lstrip(".!? \n"))
            yield Complaint(path, file.content.count("\n", 0, start), " ".join(found.check_result.message.split()))


def messages(source: str, path: str = "") -> Iterator[Complaint]:
    """The sentences in a module's strings that are hard to read: help, errors, findings, remedies. Docstrings are not among them."""
    tree = ast.parse(source)
    aside = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            aside.update(map(id, node.values))
            text = "".join(str(each.value) if isinstance(each, ast.Constant) else "`code`" for each in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in aside:
            text = node.value
        else:
            continue
        if "\n" not in text and len(text.split()) > _WORDS:
            for found in complaints(_MARKUP.sub(" ", text)):
                yield Complaint(path, node.lineno, found.message)


def _prose(text: str) -> list[str]:
    """The lines of a page without code and addresses. Headings and cells are not sentences, so they begin with a mark."""
    lines = [""] * (text.count("\n") + 1)
    parent = ""
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type == "inline" and token.map is not None:
            first = token.map[0]
            for number, line in enumerate("".join(_words(token.children or ())).split("\n")):
                mark = "" if parent == "paragraph_open" else "| "
                lines[first + number] += f" {mark}{line}" if lines[first + number] or mark else line
        elif token.type.endswith("_open"):
            parent = token.type
    return lines


def _words(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        match token.type:
            case "text":
                yield token.content
            case "code_inline":
                yield "CODE"
            case "softbreak" | "hardbreak":
                yield "\n"
            case _:
                pass


@cache
def _config() -> Config:
    """The enabled checks, including ours. They are registered once, since proselint has one registry."""
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    replaced = {rf"\b{_spaced(pattern)}\b": instead for pattern, instead in table["replace"].items()}
    registry = CheckRegistry()
    registry.register_many(__register__)
    registry.register(
        Check(
            check_type=PreferredForms(replaced, padding=Padding.RAW),
            engine=Fancy(),
            path=f"{_OURS}.replace",
            message="'{1}': write '{0}'",
            flags=_FLAGS,
        )
    )
    for number, (pattern, why) in enumerate(table["avoid"].items()):
        registry.register(
            Check(
                check_type=ExistenceSimple(_spaced(pattern)),
                engine=Fancy(RegexOptions(case_insensitive=False, multi_line=True)),
                path=f"{_OURS}.avoid{number}",
                message=f"'{{}}': {why}",
                flags=_FLAGS,
            )
        )
    return Config(max_errors=10_000, checks={_OURS: True, **dict.fromkeys(table["proselint"], True)})


def _spaced(pattern: str) -> str:
    # A lookbehind has a fixed width, so a blank in it stays one character.
    return pattern.replace(r"(?<!there ", r"(?<!there\s").replace(" ", r"\s+")


def main() -> int:
    found = [each for page in pages() for each in complaints(page.read_text(encoding="utf-8"), str(page.relative_to(PROJECT)))]
    for module in sorted((PROJECT / "wa_iac").rglob("*.py")):
        found += messages(module.read_text(encoding="utf-8"), str(module.relative_to(PROJECT)))
    for each in found:
        print(each)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
