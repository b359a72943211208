"""Regular expressions. RE2 runs them: it has the same language as Go's package, and linear time in the length of the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from wa_iac.core.reasons import Said
from wa_iac.core.value import Unknown
from wa_iac.parsers.terraform.evaluation.unit import Blocked, Failure

if TYPE_CHECKING:
    from .base import Context

Match: TypeAlias = Any
"""A match as in `re`: `group`, `groups`, `start`, `end`. The package has no types."""

_LONGEST: Final = 10_000
_MEMORY: Final = 2_000_000
"""Maximum number of bytes that RE2 may use for one pattern, including states of its automaton."""
_REFUSED: Final = 2_000
"""Comparisons charged for an invalid pattern, which may have been too large."""
_FIRST: Final = 100
_NEXT: Final = 300
"""The cost of a search: one comparison for so many instructions of the program times characters of the text."""


class Pattern:
    """A compiled pattern, which charges its searches to the unit's budget."""

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
        """Every match, as Go finds them: an empty match never directly follows another one."""
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
