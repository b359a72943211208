"""A crash costs what is being read, judged or written, never the run: what goes wrong there becomes an error that says where."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from .budget import Budget, entered
from .errors import BoundError, InternalError, SourceError, UsageError, WaIacError
from .span import NOWHERE

T = TypeVar("T")

_OURS: Final = Path(__file__).parents[1]


def contained(
    path: str,
    make: Callable[[], T],
    failed: Callable[[WaIacError], None],
    *,
    doing: str = "reading",
    budget: Budget | None = None,
) -> T | None:
    """`make()`, which reads what is shown as `path`, with a budget of its own; None where it fails, and `failed` is told why.

    `doing` says what it does with the path, for the message. What is never contained: `UsageError`, and what is no `Exception`, such as a run that is given up.
    """
    with entered(Budget() if budget is None else budget) as charged:
        try:
            return make()
        except UsageError:
            raise
        except Exception as error:
            failed(described(error, path, charged, f"{doing} {path}".strip()))
    return None


def described(
    error: Exception, path: str, budget: Budget, doing: str = "", kind: type[InternalError] = InternalError
) -> WaIacError:
    """What went wrong, as an error of a report: what is one already, a bound, what cannot be read, or else a bug of ours."""
    doing = doing or f"reading {path}"
    match error:
        case WaIacError():
            return error
        case RecursionError():
            return _placed(
                BoundError, f"{doing} goes deeper than the bound kept for safety: it is nested too deeply", path, budget
            )
        case MemoryError():
            return _placed(BoundError, f"{doing} takes more memory than there is", path, budget)
        case OSError():
            return SourceError(f"it cannot be read: {error.strerror or type(error).__name__}", path=path)
        case _:
            return _placed(kind, _bug(doing, error, budget), path, budget)


def _placed(kind: type[WaIacError], message: str, path: str, budget: Budget) -> WaIacError:
    """An error at the place that was looked at last; at the whole file or directory where none was."""
    at = budget.at
    if at == NOWHERE or not at.path:
        return kind(message, path=path or None)
    return kind.at(at, message)


def _bug(doing: str, error: Exception, budget: Budget) -> str:
    # Never the exception's own message: it may hold values, and some values are secret.
    at = budget.at
    place = f"what stands near {at.path}:{at.start_line}" if at.path else "the file"
    return f"this is a bug in wa-iac: {doing} raised {type(error).__name__} in {_raised(error)}; please report it with {place}"


def _raised(error: Exception) -> str:
    """The place in our code that was reached last."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [each for each in frames if Path(each.filename).is_relative_to(_OURS)]
    last = (ours or frames)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"
