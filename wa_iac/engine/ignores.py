"""Suppressions as they are written: the comments and the metadata entries, read, and not yet asked whether they hold."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Final, Literal, NamedTuple

from wa_iac.core.algebra import plain
from wa_iac.core.binding import elements
from wa_iac.core.declared import Declared, Dialect
from wa_iac.core.value import Span, Unknown
from wa_iac.parsers.cloudformation.located import byte_offsets

COMMENT: Final = re.compile(r"(?:#|//)\s*+wa-iac:\s*+ignore\[(?:(?P<slugs>[^\]\n]*+)\](?P<reason>[^\r\n]*+)|[^\n]*+)")
"""A suppression in a comment; without `slugs` where its bracket is not closed in its line. No part of it gives back what it took:
the time it takes grows with the text, no faster."""
_NEARLY: Final = re.compile(
    r"(?:#|//|/\*)\s*+wa-iac\b\s*+(?::\s*+)?+ignore\b(?!\[)[^\r\n]*+|(?:#|//|/\*)\s*+wa-iac\s++ignore\[[^\r\n]*+"
    r"|/\*\s*+wa-iac:\s*+ignore\[[^\r\n]*+"
)
"""What was meant to be one, and is not."""
_UNTIL: Final = re.compile(r"\buntil=([^\s,;]*)")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_PLACEHOLDER: Final = re.compile(r"\W*<[^<>]*>\W*")
_LONGEST_PLACEHOLDER: Final = 200
_BREAK: Final[dict[Dialect, re.Pattern[str]]] = {
    "terraform": re.compile(r"\r?\n"),
    "cloudformation": re.compile("\r\n|[\n\r\x85\u2028\u2029]"),
}
"""Where a line ends, as the dialect's parser counts lines."""
_HCL: Final = (".tf", ".tofu", ".tfvars")


class Ignore(NamedTuple):
    """One rule that one suppression names. Equal in every unit that reads the file.

    Attributes:
        slug: as it is written; empty where none is.
        span: of the slug.
        whole: of the comment, or of the entry in the metadata.
        line: that it holds for; of a metadata entry the resource's own.
        reason: what is written, without `until`.
        until: as it is written; None where nothing is.
    """

    slug: str
    span: Span
    whole: Span
    line: int
    reason: str
    until: str | None
    source: Literal["inline", "metadata"]

    @property
    def is_explained(self) -> bool:
        """Whether it gives a reason. A placeholder, `<why>`, is none."""
        if re.search(r"\w", self.reason) is None:
            return False
        return len(self.reason) > _LONGEST_PLACEHOLDER or _PLACEHOLDER.fullmatch(self.reason) is None

    @property
    def last_day(self) -> date | None:
        """The day it holds until; None where that is no date, or not said."""
        if self.until is None or not _DATE.fullmatch(self.until):
            return None
        try:
            return date.fromisoformat(self.until)
        except ValueError:
            return None


def in_comments(
    path: str, source: bytes, dialect: Dialect, *, program: bool = False, begins: Collection[int] = ()
) -> Iterator[Ignore]:
    """The suppressions in a file's comments.

    `program`: the file is of another language, that we do not read. `begins` are the lines at which resources begin: a text that
    holds one is a template, and its comments are comments.
    """
    if dialect == "terraform" and not path.endswith(_HCL):
        return  # neither a plan nor Terraform's JSON has comments
    text = source.decode("utf-8", "replace")
    matches = [
        each for each in (*COMMENT.finditer(text), *_NEARLY.finditer(text)) if each.re is _NEARLY or each["slugs"] is not None
    ]
    if not matches:
        return
    lines = _Lines(path, text, dialect)
    is_comment = _anything if program else _in_hcl(text, lines) if dialect == "terraform" else _in_yaml(text, lines, begins)
    for found in matches:
        if is_comment(found.start()):
            yield from _read(found, lines)


def in_metadata(declared: Declared) -> list[Ignore]:
    """Those in a CloudFormation resource's `Metadata`: `wa-iac: {ignore: [{rule: slug, reason: why, until: 2027-01-31}]}`."""
    metadata = declared.attributes.get("Metadata")
    if metadata is None:
        return []
    found: list[Ignore] = []
    for entry in elements(metadata, "wa-iac.ignore[]"):
        if isinstance(entry, Unknown):
            continue
        slug, reason, until = "", "", None
        match plain(entry):
            case str() as name:
                slug = name
            case {**members}:
                slug = str(members.get("rule") or "")
                reason = str(members.get("reason") or "").strip()
                until = str(members["until"]) if members.get("until") is not None else None
            case _:
                pass
        span = entry.origin.span
        found.append(Ignore(slug, span, span, declared.span.start_line, reason, until, "metadata"))
    return found


class _Lines:
    """A text's lines, and the places of its characters."""

    def __init__(self, path: str, text: str, dialect: Dialect) -> None:
        self._path = path
        self._text = text
        self._breaks = [each.span() for each in _BREAK[dialect].finditer(text)]
        self._starts = [0, *(end for _, end in self._breaks)]
        self._code: tuple[int, int] | None = None
        self.byte = byte_offsets(text, 0)

    def index(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1

    def before(self, at: int) -> str:
        """What stands before a place in its line."""
        return self._text[self._starts[self.index(at)] : at]

    def next_code(self, index: int) -> int:
        """The next line after one that holds more than a comment; the same one where none does."""
        if self._code is None or not self._code[0] <= index < self._code[1]:
            self._code = index, next(filter(self._is_code, range(index + 1, len(self._starts))), len(self._starts))
        found = self._code[1]
        return found if found < len(self._starts) else index

    def _is_code(self, index: int) -> bool:
        end = self._breaks[index][0] if index < len(self._breaks) else len(self._text)
        line = self._text[self._starts[index] : end].strip()
        return bool(line) and not line.startswith(("#", "//"))

    def span(self, start: int, end: int) -> Span:
        """Of a stretch within one line."""
        index = self.index(start)
        column = start - self._starts[index] + 1
        return Span(self._path, index + 1, column, index + 1, column + end - start, self.byte(start), self.byte(end))


def _read(found: re.Match[str], lines: _Lines) -> Iterator[Ignore]:
    """Each slug of a comment, with the line that the comment holds for; one without a name where it is none but was meant to be."""
    whole = lines.span(found.start(), found.start() + len(found[0].rstrip()))
    target = lines.index(found.start())
    if found.re is _NEARLY:
        yield Ignore("", whole, whole, target + 1, "", None, "inline")
        return
    if not lines.before(found.start()).strip().strip("\ufeff"):
        target = lines.next_code(target)
    written = found["reason"]
    until = _UNTIL.search(written)
    reason = _UNTIL.sub("", written).strip()
    at = found.start("slugs")
    for piece in found["slugs"].split(","):
        slug = piece.strip()
        start = at + len(piece) - len(piece.lstrip())
        span = lines.span(start, start + len(slug)) if slug else whole
        yield Ignore(slug, span, whole, target + 1, reason, until[1] if until is not None else None, "inline")
        at += len(piece) + 1


def _anything(at: int) -> bool:
    del at
    return True


def _in_hcl(text: str, lines: _Lines) -> Callable[[int], bool]:
    """Whether a comment begins at a character: not in a heredoc, not in a string."""
    from wa_iac.parsers.terraform.syntax import comments_of

    comments = comments_of(text.encode())

    def is_comment(at: int) -> bool:
        byte = lines.byte(at)
        index = bisect_right(comments, (byte, len(comments) and comments[-1][1])) - 1
        return index >= 0 and byte < comments[index][1]

    return is_comment


def _in_yaml(text: str, lines: _Lines, begins: Collection[int]) -> Callable[[int], bool]:
    """The same in a template: not in a scalar, over however many lines that goes, but for one that is a template."""
    import yaml

    try:
        scalars = [
            (token.start_mark.index, token.end_mark.index)
            for token in yaml.scan(text.removeprefix("\ufeff"), yaml.CSafeLoader)
            if isinstance(token, yaml.ScalarToken)
        ]
    except yaml.YAMLError:
        return _anything  # it is told that the template cannot be read
    shift = len(text) - len(text.removeprefix("\ufeff"))
    resources = sorted(begins)

    def is_comment(at: int) -> bool:
        index = bisect_right(scalars, (at - shift, len(text))) - 1
        if index < 0 or not scalars[index][0] <= at - shift < scalars[index][1]:
            return True
        first, last = (lines.index(each + shift) + 1 for each in scalars[index])
        return bisect_right(resources, last) > bisect_right(resources, first)

    return is_comment
