"""The messages between the checking process and the server, as plain data without objects of other modules.

Nothing here depends on pygls, which takes longer to import than everything that checks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from .targets import UnitTarget

UTF8: Final = "utf-8"
UTF16: Final = "utf-16"
UTF32: Final = "utf-32"
"""The units in which editors count columns."""

ERROR: Final = 1
WARNING: Final = 2
INFORMATION: Final = 3
HINT: Final = 4
"""An editor's severities, as the protocol's numbers."""


class Position(NamedTuple):
    line: int
    character: int


class Range(NamedTuple):
    start: Position
    end: Position


class TextEdit(NamedTuple):
    range: Range
    new_text: str


class RelatedPlace(NamedTuple):
    """A related place of a diagnostic."""

    uri: str
    range: Range
    message: str


class Shown(NamedTuple):
    """A diagnostic, with data for an editor's later requests.

    Attributes:
        code: the rule's slug; empty for an error.
        page: the rule's page, shown on hovering.
        practice: the closest best practice, and `href` its address.
        mark: identifies the finding when the editor asks for actions.
    """

    range: Range
    severity: int
    message: str
    code: str = ""
    practice: str = ""
    href: str = ""
    related: tuple[RelatedPlace, ...] = ()
    mark: str = ""
    address: str = ""
    page: str = ""


class Result(NamedTuple):
    """The result of checking a unit.

    Attributes:
        files: every file that was read, resolved.
        shown: the diagnostics of each file.
        refused: why the settings are broken, so that nothing was checked; else empty.
    """

    files: frozenset[Path] = frozenset()
    shown: Mapping[Path, Sequence[Shown]] = {}
    refused: str = ""


class Asked(NamedTuple):
    """One of our diagnostics in a request for actions, at the editor's current place."""

    code: str
    mark: str
    line: int


class Action(NamedTuple):
    """The actions for one of the requested diagnostics, by its index in the request."""

    about: int
    title: str
    edits: tuple[TextEdit, ...]
    preferred: bool = False


class State(NamedTuple):
    """The changes in the editor's state since the last message to the process.

    Attributes:
        texts: the texts of files that were opened or changed.
        closed: files that are no longer open.
        addresses: the editor's address of each open file.
        folders: the workspace's folders, the deepest first.
        encoding: the editor's unit of columns.
    """

    texts: Mapping[Path, bytes]
    closed: Sequence[Path]
    addresses: Mapping[Path, str]
    folders: tuple[Path, ...]
    encoding: str
    show_unknown: bool


class Judge(NamedTuple):
    """Check a unit. After `limit` seconds nobody waits for it any more."""

    number: int
    limit: float
    state: State
    target: UnitTarget


class Offer(NamedTuple):
    """Request code actions for diagnostics in a file. `targets` are the units that have read it."""

    number: int
    limit: float
    state: State
    targets: tuple[UnitTarget, ...]
    path: Path
    asked: tuple[Asked, ...]


class GiveUp(NamedTuple):
    """Cancel a request: nobody waits for its answer any more."""

    number: int


class Forget(NamedTuple):
    """Nobody looks at a unit any more."""

    target: UnitTarget


class Reply(NamedTuple):
    """An answer; None if it was cancelled. The first answer, which reports that the process is ready, has the number 0.

    `last`: the process has grown too large and must be replaced.
    """

    number: int
    content: Result | Sequence[Action] | None = None
    last: bool = False
