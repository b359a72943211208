"""Comments for Trivy and Checkov, as these read them.

Trivy (and tfsec before it) reads `trivy:ignore:ID` anywhere in a comment, several if there are blanks between them. Each has effect
on its own line and on the next line that is not such a comment. `[attribute=value]` after the id, `:exp:2027-01-31` and `:ws:NAME`
limit it. Checkov reads the first `checkov:skip=ID,ID:reason` of a line, whether that is a comment or not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from fnmatch import translate
from typing import Final, NamedTuple

from wa_iac.core.declared import Dialect
from wa_iac.core.late_pattern import late

MARKED: Final = late(rb"(?:trivy|tfsec):ignore:|(?:checkov|bridgecrew|cortex):skip=")
"""A file without this has neither."""

_IGNORE: Final = late(r"(?:^|(?<=[ #/*]))(?:trivy|tfsec):(?P<pairs>ignore:[^ \r\n]*+)", re.MULTILINE)
_SKIP: Final = late(
    r"(?:checkov|bridgecrew|cortex):skip=[ \t]*+(?P<ids>[A-Z0-9_]++(?:,[A-Z0-9_]++)*+)(?P<after>,?)(?::(?P<reason>[^\r\n]*+))?"
)
_COMMENT: Final = ("#", "//", "/*")
_DATE: Final = late(r"\d{4}-\d{2}-\d{2}")


class TrivyIgnore(NamedTuple):
    """One id in a comment.

    Attributes:
        pattern: the id in lower case; `*` is any text.
        attributes: the values that the resource must have, by their paths.
        until: the day from which it has no effect, as written; None if there is none.
        workspace: the workspaces in which it has effect, as written; empty for all.
        lines: the lines that it applies to: its own, the last one of the comments that it begins, and the one below these.
    """

    pattern: str
    attributes: tuple[tuple[str, str], ...]
    until: str | None
    workspace: str
    lines: tuple[int, int, int]

    def names(self, name: str) -> bool:
        """Whether it means the check of this name."""
        if "*" not in self.pattern:
            return self.pattern == name.lower()
        # `translate` makes an expression that does not try the same text for one star after the other.
        plain = self.pattern.replace("[", "[[]").replace("?", "[?]")
        return re.fullmatch(translate(plain), name.lower()) is not None

    def holds(self, today: date, dialect: Dialect) -> bool:
        """Whether it has effect on a day. Nobody names a workspace here, so one for a certain workspace has none; in templates,
        Trivy does not look at workspaces."""
        if dialect == "terraform" and self.workspace.strip("*"):
            return False
        if self.until is None:
            return True
        try:
            return _DATE.fullmatch(self.until) is not None and today < date.fromisoformat(self.until)
        except ValueError:
            return False


class CheckovSkip(NamedTuple):
    """The ids of one line, which is counted from 1."""

    ids: frozenset[str]
    reason: str
    line: int


def trivy_ignores(text: str, is_comment: Callable[[int], bool]) -> Iterator[TrivyIgnore]:
    """Those of a file, in order. `is_comment` says whether a comment is at a character."""
    found = [each for each in _IGNORE.finditer(text) if is_comment(each.start())]
    if not found:
        return
    lines = text.split("\n")
    numbers = _numbers(text, [each.start() for each in found])
    alone = {number for number in numbers if lines[number - 1].lstrip().startswith(_COMMENT)}
    following: dict[int, int] = {}
    for number in sorted(set(numbers), reverse=True):
        following[number] = following[number + 1] if number + 1 in alone else number + 1
    for number, each in zip(numbers, found, strict=True):
        below = following[number]
        yield _ignore(each["pairs"], (number, below - 1, below))


def checkov_skips(text: str, dialect: Dialect) -> Iterator[CheckovSkip]:
    """Those of a file, in order. In a template, a list of ids is none."""
    last = 0
    found = list(_SKIP.finditer(text))
    for number, each in zip(_numbers(text, [each.start() for each in found]), found, strict=True):
        ids = frozenset(each["ids"].split(","))
        if number == last or (dialect == "cloudformation" and (len(ids) > 1 or each["after"])):
            continue
        last = number
        yield CheckovSkip(ids, (each["reason"] or "").strip().removesuffix("*/").strip(), number)


def _numbers(text: str, places: list[int]) -> list[int]:
    """The numbers of the lines of these places, which are in order."""
    numbers, number, at = [], 1, 0
    for place in places:
        number += text.count("\n", at, place)
        at = place
        numbers.append(number)
    return numbers


def _ignore(written: str, lines: tuple[int, int, int]) -> TrivyIgnore:
    """One id with its limits: `ignore:ID[a=b]:exp:2027-01-31`. Of two values for one thing, the later one counts."""
    parts = written.split(":")
    values = dict(zip(parts[::2], parts[1::2], strict=False))
    pattern, _, limits = values["ignore"].partition("[")
    pairs = (each.partition("=") for each in limits.partition("]")[0].split(","))
    attributes = {name.strip(): value.strip() for name, equals, value in pairs if equals}
    return TrivyIgnore(pattern.lower(), tuple(attributes.items()), values.get("exp"), values.get("ws", ""), lines)
