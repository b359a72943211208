"""All errors, in one tree by who can fix them.

    WaIacError
    ├── UserError            the user can fix it
    │   ├── UsageError       wrong arguments or settings, a path that does not exist
    │   │   └── NothingFoundError  nothing to check
    │   ├── SourceError      a file cannot be read or parsed, or something in it is not valid
    │   ├── BoundError       a file is valid, but exceeds one of our safety limits
    │   ├── UnavailableError something is not available: a module that is not installed, a macro that only AWS runs
    │   │   └── PartialError an input is incomplete and was completed from elsewhere: a plan beside its source
    │   ├── DoubtfulError    AWS accepts it, but hardly as intended: a key that is given twice
    │   ├── OldNameError     a rule is called by an earlier name
    │   └── UncoveredError   a pack names controls that no rule judges
    └── InternalError        our bug; the message says where to look
        └── RuleError        a rule raised an exception; the others still ran

Parsers collect errors and go on. Only a `UsageError` ends a run. All errors lead to exit code 2, except `UnavailableError`,
`DoubtfulError`, `OldNameError` and `UncoveredError`. These are notes: AWS finds nothing wrong with the code, and everything that is
available was checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final, Literal, Self

from .span import Span


def some(names: Sequence[str], most: int, between: str = ", ") -> str:
    """Names for a sentence: at most so many, and the number of the others."""
    more = len(names) - most
    return between.join(names[:most]) + (f" and {more} more" if more > 0 else "")


class WaIacError(Exception):
    """`path` is as the user gave it. `line` and `column` count from 1; they are None if there is no place to point at.

    `level` is the error's level in reports. `kind` says what several errors of one kind have in common, after their number:
    "modules are not installed"; it is empty for an error that is always named.
    """

    level: ClassVar[Literal["error", "warning", "note"]] = "error"

    def __init__(
        self, message: str, *, path: str | None = None, line: int | None = None, column: int | None = None, kind: str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.kind = kind
        self.path = path
        self.line = line
        self.column = column

    @classmethod
    def at(cls, span: Span, message: str, kind: str = "") -> Self:
        """An error at the beginning of a span; without a file if the span has none."""
        return cls(message, path=span.path or None, line=span.start_line, column=span.start_column, kind=kind)

    @property
    def where(self) -> str:
        """The known part of `path:line:column`; empty if nothing is known."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class UserError(WaIacError):
    """An error that the user can fix."""


class UsageError(UserError):
    """Wrong arguments or settings, a missing path, or nothing to check."""


class MissingExtraError(UsageError):
    """Something needs packages that come only with an extra. `what` begins a sentence."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs the extra {extra}: pip install 'wa-iac[{extra}]', or '.[{extra}]' in a clone")


class NothingFoundError(UsageError):
    """Nothing to check.

    Attributes:
        paths: what was looked at, in words.
        others: what is there instead, as the end of a sentence; empty if nothing is.
    """

    def __init__(self, paths: str, others: str = "") -> None:
        super().__init__(
            f"nothing to check in {paths}: there is no Terraform module (*.tf) or plan and no CloudFormation template{others}"
        )
        self.paths: Final = paths
        self.others: Final = others


class SourceError(UserError):
    """A file cannot be read or parsed, or a construct in it makes no sense."""


class BoundError(UserError):
    """A bound on size, depth, instances or steps was reached; the message names the bound."""


class UnavailableError(UserError):
    """Something that the code names is defined elsewhere and not available. Resources from it are not checked. Reported once
    for each such thing."""

    level = "note"


class PartialError(UnavailableError):
    """An input is incomplete. The rest was checked with the files beside it."""


class DoubtfulError(UserError):
    """AWS accepts this, but hardly as its author intends. It is checked as AWS reads it."""

    level = "warning"


class OldNameError(UserError):
    """A rule is called by a name that will not work indefinitely. It still does."""

    level = "warning"


class UncoveredError(UserError):
    """A selected pack names controls that no rule judges. The others were."""

    level = "note"


class InternalError(WaIacError):
    """A bug in wa-iac."""


class RuleError(InternalError):
    """A rule raised an exception on a resource."""


NOTES: Final = (UnavailableError, DoubtfulError, OldNameError, UncoveredError)
"""Errors that are reported but do not change the exit code."""


def mistakes(errors: Iterable[WaIacError]) -> list[WaIacError]:
    """The errors that have to be fixed before everything can be checked: they make the exit code 2."""
    return [each for each in errors if not isinstance(each, NOTES)]
