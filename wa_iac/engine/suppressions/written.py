"""Reads suppressions from comments and metadata entries, without deciding whether they are effective."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterator
from datetime import date
from itertools import accumulate
from typing import Final, Literal, NamedTuple

from wa_iac.core.binding import elements
from wa_iac.core.declared import Declared, Dialect
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span
from wa_iac.core.value import Unknown, plain

COMMENT: Final = late(r"(?:#|//)\s*+wa-iac:\s*+ignore\[(?P<slugs>[^\]\n]{0,2000}+)\](?P<reason>[^\r\n]*+)")
"""A suppression in a comment."""
_NEARLY: Final = late(
    r"(?:#|//|/\*)\s*+wa-iac\b\s*+(?::\s*+(?:disable|skip|suppress)|(?::\s*+)?+ignore)\b[^\r\n]*+", re.IGNORECASE
)
"""A malformed suppression."""
_UNTIL: Final = late(r"\buntil=([^\s,;]*)")
_DATE: Final = late(r"\d{4}-\d{2}-\d{2}")
_PLACEHOLDER: Final = late(r"[^\w<]*+<[^<>]*+>\W*+")
_BREAK: Final[dict[Dialect, re.Pattern[str]]] = {
    "terraform": re.compile(r"\r?\n"),
    "cloudformation": re.compile("\r\n|[\n\r\x85\u2028\u2029]"),
}
"""The line ends that the dialect's parser counts."""
_HCL: Final = (".tf", ".tofu", ".tfvars")


class Ignore(NamedTuple):
    """One rule named by one suppression. Equal in every unit that reads the file.

    Attributes:
        slug: as written; empty if missing.
        span: that of the slug.
        whole: the span of the comment, or of the entry in the metadata.
        line: the line that it applies to; for a metadata entry, the resource's line.
        reason: as written, without `until`.
        until: as written; None if missing.
        block: whether it is in a comment with `/* */`, which does not count.
    """

    slug: str
    span: Span
    whole: Span
    line: int
    reason: str
    until: str | None
    source: Literal["inline", "metadata"]
    block: bool = False

    @property
    def is_explained(self) -> bool:
        """Whether it gives a reason. A placeholder, `<why>`, does not count."""
        return re.search(r"\w", self.reason) is not None and _PLACEHOLDER.fullmatch(self.reason) is None

    @property
    def last_day(self) -> date | None:
        """Its last day; None if missing or not a date."""
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

    `program`: the file is in another language, which we do not parse. `begins` are the first lines of resources: a text that
    contains one is a template, and its comments count.
    """
    text = source.decode("utf-8", "replace")
    matches = [*COMMENT.finditer(text)]
    begun = {each.start() for each in matches}
    matches += (each for each in _NEARLY.finditer(text) if each.start() not in begun)
    if not matches:
        return
    lines = _Lines(path, text, dialect)
    is_comment = _anything if program else comments_of(path, text, dialect, begins=begins, lines=lines)
    if is_comment is None:
        return
    for found in matches:
        if is_comment(found.start()):
            yield from _read(found, lines)


def comments_of(
    path: str, text: str, dialect: Dialect, *, begins: Collection[int] = (), lines: _Lines | None = None
) -> Callable[[int], bool] | None:
    """A function that says whether a comment is at a character of a file; None if the file has no comments."""
    lines = _Lines(path, text, dialect) if lines is None else lines
    if dialect == "cloudformation":
        return _in_yaml(text, lines, begins)
    return _in_hcl(text, lines) if path.endswith(_HCL) else None  # neither a plan nor Terraform's JSON has comments


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
    """The lines of a text, and the places of its characters."""

    def __init__(self, path: str, text: str, dialect: Dialect) -> None:
        self._path = path
        self._text = text
        self._breaks = [each.span() for each in _BREAK[dialect].finditer(text)]
        self._starts = [0, *(end for _, end in self._breaks)]
        self._code: dict[int, int | None] = {}
        self.byte = byte_offsets(text)

    def index(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1

    def before(self, at: int) -> str:
        """The text before a place on its line."""
        return self._text[self._starts[self.index(at)] : at]

    def next_code(self, index: int) -> int:
        """The next line that is more than a comment; the same line if there is none."""
        passed = [index]
        found: int | None = None
        for each in range(index + 1, len(self._starts)):
            if each in self._code:
                found = self._code[each]
                break
            end = self._breaks[each][0] if each < len(self._breaks) else len(self._text)
            line = self._text[self._starts[each] : end].strip()
            if line and not line.startswith(("#", "//")):
                found = each
                break
            passed.append(each)
        # All comments of a block apply to the same line, or to none, so it is searched once.
        self._code.update(dict.fromkeys(passed, found))
        return index if found is None else found

    def span(self, start: int, end: int) -> Span:
        """The span of a part of one line."""
        index = self.index(start)
        column = start - self._starts[index] + 1
        return Span(self._path, index + 1, column, index + 1, column + end - start, self.byte(start), self.byte(end))


def byte_offsets(text: str) -> Callable[[int], int]:
    """From the index of a character to its byte in UTF-8."""
    if text.isascii():
        return lambda index: index
    wide = [(match.start(), len(match[0].encode()) - 1) for match in re.finditer(r"[^\x00-\x7f]", text)]
    at = [index for index, _ in wide]
    extra = list(accumulate((more for _, more in wide), initial=0))
    return lambda index: index + extra[bisect_left(at, index)]


def _read(found: re.Match[str], lines: _Lines) -> Iterator[Ignore]:
    """Each slug of a comment, with the line that the comment applies to; one without a name for a malformed suppression."""
    whole = lines.span(found.start(), found.start() + len(found[0].rstrip()))
    target = lines.index(found.start())
    if "slugs" not in found.re.groupindex:
        yield Ignore("", whole, whole, target + 1, "", None, "inline", block=found[0].startswith("/*"))
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
    from wa_iac.parsers.terraform.text.syntax import tree_of

    root = tree_of(text.encode()).root_node

    def is_comment(at: int) -> bool:
        byte = lines.byte(at)
        node = root.descendant_for_byte_range(byte, byte + 1)
        return node is not None and node.type == "comment"

    return is_comment


def _in_yaml(text: str, lines: _Lines, begins: Collection[int]) -> Callable[[int], bool]:
    """For YAML: a `#` inside a scalar is not a comment, unless that scalar is itself a template."""
    import yaml

    try:
        scalars = [
            (token.start_mark.index, token.end_mark.index)
            for token in yaml.scan(text.removeprefix("\ufeff"), yaml.CSafeLoader)
            if isinstance(token, yaml.ScalarToken)
        ]
    except yaml.YAMLError:
        return _anything  # an error already reports that the template cannot be read
    shift = len(text) - len(text.removeprefix("\ufeff"))
    beginning = sorted(begins)

    def is_comment(at: int) -> bool:
        index = bisect_right(scalars, (at - shift, len(text))) - 1
        if index < 0 or not scalars[index][0] <= at - shift < scalars[index][1]:
            return True
        first, last = (lines.index(each + shift) + 1 for each in scalars[index])
        return bisect_right(beginning, first) < bisect_right(beginning, last)

    return is_comment
