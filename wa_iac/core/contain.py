"""A crash ends only the current read, check or write, never the run. It becomes an error that says where it happened."""

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
    """`make()`, with a budget of its own. If it fails, `failed` is called with the error and the result is None.

    `path` is the input as shown to the user, and `doing` the activity, both for the message. `UsageError` is not contained, and
    neither is anything that is not an `Exception`, such as the end of an abandoned run.
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
    """An exception as an error of the report: unchanged if it is one already; else a limit, a file that cannot be read, or a
    bug of ours."""
    doing = doing or f"reading {path}"
    match error:
        case WaIacError():
            return error
        case RecursionError():
            return _placed(
                BoundError, f"{doing} needs more levels than the safety limit: it is nested too deeply", path, budget
            )
        case MemoryError():
            return _placed(BoundError, f"{doing} needs more memory than is available", path, budget)
        case OSError():
            return SourceError(f"it cannot be read: {error.strerror or type(error).__name__}", path=path)
        case _:
            return _placed(kind, _bug(doing, error, budget), path, budget)


def _placed(kind: type[WaIacError], message: str, path: str, budget: Budget) -> WaIacError:
    """An error at the last place that was looked at. If there was none, at the file or directory as a whole."""
    at = budget.at
    if at == NOWHERE or not at.path:
        return kind(message, path=path or None)
    return kind.at(at, message)


def _bug(doing: str, error: Exception, budget: Budget) -> str:
    # The exception's own message is never shown: it may quote values, and some values are secret.
    at = budget.at
    place = f"the text near {at.path}:{at.start_line}" if at.path else "the file"
    return f"this is a bug in wa-iac: {doing} raised {type(error).__name__} in {_raised(error)}; please report it with {place}"


def _raised(error: Exception) -> str:
    """The last place in our code that the exception passed: `file.py:12`."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [each for each in frames if Path(each.filename).is_relative_to(_OURS)]
    last = (ours or frames)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"
