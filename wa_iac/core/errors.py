"""Everything that can go wrong, in one tree that says whose fault it is.

    WaIacError
    ├── UserError            the person who runs us can mend it
    │   ├── UsageError       arguments, settings, a path that does not exist, nothing to check
    │   ├── SourceError      a file that cannot be read or parsed, or that makes no sense where it stands
    │   ├── BoundError       a file within the language, but beyond a bound we keep for safety
    │   ├── UnavailableError what is not at hand: a module that is not installed, a macro that only AWS runs
    │   │   └── PartialError what is a part only, and was made whole from elsewhere: a plan beside its source
    │   └── DoubtfulError    what AWS takes although its author can hardly mean it: a key that is given twice
    └── InternalError        our bug; the message says where to look
        └── RuleError        a rule raised; the others still ran

Parsers collect these and go on; only a `UsageError` ends a run. All of them lead to exit code 2, but for `UnavailableError` and
`DoubtfulError`, which are notes: there AWS finds nothing wrong with the code, and what is at hand was judged.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Final, Literal, Self

from .span import Span


class WaIacError(Exception):
    """`path` is as the user gave it; `line` and `column` count from 1, and are None where there is no place to point at.

    `level` says how reports call it.
    """

    level: ClassVar[Literal["error", "warning", "note"]] = "error"

    def __init__(self, message: str, *, path: str | None = None, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column

    @classmethod
    def at(cls, span: Span, message: str) -> Self:
        """An error that points at the beginning of a span; at no file where the span is in none."""
        return cls(message, path=span.path or None, line=span.start_line, column=span.start_column)

    @property
    def where(self) -> str:
        """`path:line:column`, as much of it as is known; empty where nothing is."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class UserError(WaIacError):
    """Something the person who runs us can mend."""


class UsageError(UserError):
    """Wrong arguments or settings, a missing path, or nothing to check."""


class SourceError(UserError):
    """A file cannot be read or parsed, or a construct in it makes no sense."""


class BoundError(UserError):
    """A bound on size, depth, instances or steps was reached; the message names the bound."""


class UnavailableError(UserError):
    """Something the code names is written elsewhere and not at hand; what it makes is not judged. Told once for each such thing."""

    level = "note"


class PartialError(UnavailableError):
    """An input is not the whole of what it stands for; the rest was judged by what stands beside it."""


class DoubtfulError(UserError):
    """Something that AWS takes, and that its author can hardly mean; it is judged as AWS reads it."""

    level = "warning"


class InternalError(WaIacError):
    """A bug in wa-iac."""


class RuleError(InternalError):
    """A rule raised an exception on a resource."""


NOTES: Final = (UnavailableError, DoubtfulError)
"""Those that are told, and leave the exit code alone."""


def mistakes(errors: Iterable[WaIacError]) -> list[WaIacError]:
    """Those that somebody has to mend before everything can be judged: they make the exit code 2."""
    return [each for each in errors if not isinstance(each, NOTES)]
