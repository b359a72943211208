"""Regular expressions, run by RE2: the language that Go's package has, in time that grows with the text and no faster."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from wa_iac.core.reasons import Said
from wa_iac.core.value import Unknown
from wa_iac.parsers.terraform.evaluation.unit import Blocked, Failure

if TYPE_CHECKING:
    from .base import Context

Match: TypeAlias = Any
"""A match as `re` has it: `group`, `groups`, `start`, `end`; the package carries no types."""

_LONGEST: Final = 10_000
_MEMORY: Final = 2_000_000
"""Bytes that RE2 may use for one pattern, states of its automaton included."""
_REFUSED: Final = 2_000
"""Comparisons that a pattern which is not valid counts for: it may have been too large."""
_FIRST: Final = 100
_NEXT: Final = 300
"""The cost of a search: one comparison for so many instructions of the program times characters of the text."""


class Pattern:
    """A compiled pattern, which charges the unit for what it searches."""

    __slots__ = ("_context", "_found", "groups", "names")

    def __init__(self, context: Context, found: Any) -> None:
        self._context = context
        self._found = found
        self.groups: int = found.groups
        self.names: dict[str, int] = found.groupindex

    def search(self, subject: str) -> Match | None:
        """The first match."""
        return next(self.matches(subject), None)

    def matches(self, subject: str) -> Iterator[Match]:
        """Every match, as Go finds them: no empty one right after another."""
        budget = self._context.run.budget
        size: int = self._found.programsize
        budget.compare(size * len(subject) // _FIRST)
        end = -1
        for match in self._found.finditer(subject):
            if match.group() or match.start() != end:
                yield match
            end = match.end()
            budget.compare(self.groups + size * (len(subject) - end) // _NEXT)


def compiled(context: Context, pattern: str) -> Pattern:
    """A pattern in Go's syntax. Raises Failure if it is not valid, Blocked if RE2 is not installed."""
    try:
        import re2
    except ImportError:
        why = "patterns are matched by the package google-re2, which is not installed"
        raise Blocked(Unknown(Said(why), ("regex", pattern), context.origin)) from None
    if len(pattern) > _LONGEST:
        raise Failure(f"the pattern is longer than {_LONGEST:,} characters")
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    context.run.budget.compare(10 * len(pattern))
    try:
        found = re2.compile(pattern, options)
        context.run.budget.compare(2 * found.programsize)
        return Pattern(context, found)
    except (re2.error, UnicodeEncodeError) as error:
        context.run.budget.compare(_REFUSED)
        raise Failure(f"the pattern is not valid: {_said(error)}") from error


def _said(error: Exception) -> str:
    said = error.args[0] if error.args else ""
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else "it is not UTF-8"
