"""What the process that judges tells the server, as plain data: whatever stands in no other module's objects can be sent.

Nothing here knows the editor's library, which takes longer to import than all that judges.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from .targets import Target

UTF8: Final = "utf-8"
UTF16: Final = "utf-16"
UTF32: Final = "utf-32"
"""What editors count the columns of a line in."""

ERROR: Final = 1
WARNING: Final = 2
INFORMATION: Final = 3
"""How severe something is to an editor, in the protocol's numbers."""


class Position(NamedTuple):
    line: int
    character: int


class Range(NamedTuple):
    start: Position
    end: Position


class TextEdit(NamedTuple):
    range: Range
    new_text: str


class Related(NamedTuple):
    """Another place that a diagnostic speaks of."""

    uri: str
    range: Range
    message: str


class Shown(NamedTuple):
    """A diagnostic, with what an editor may ask of it.

    Attributes:
        code: the rule's slug; empty for an error.
        page: what hovering shows: the rule's page.
        practice: the nearest best practice, and `href` its address.
        mark: tells the finding again when the editor asks for actions.
    """

    range: Range
    severity: int
    message: str
    code: str = ""
    practice: str = ""
    href: str = ""
    related: tuple[Related, ...] = ()
    mark: str = ""
    address: str = ""
    page: str = ""


class Result(NamedTuple):
    """What came of judging a unit.

    Attributes:
        files: every file that was read, resolved.
        shown: what is to be shown in each file.
        refused: why the settings are broken, so that nothing was judged; else empty.
    """

    files: frozenset[Path] = frozenset()
    shown: Mapping[Path, Sequence[Shown]] = {}
    refused: str = ""


class Asked(NamedTuple):
    """One of our diagnostics that actions are asked for, where the editor has it now."""

    code: str
    mark: str
    line: int


class Action(NamedTuple):
    """What is offered on one of those asked about, by its place in the question."""

    about: int
    title: str
    edits: tuple[TextEdit, ...]
    preferred: bool = False


class State(NamedTuple):
    """The editor's state, as far as it has changed since the process was told last.

    Attributes:
        texts: the text of the files that were opened or changed.
        closed: files that are not open any more.
        addresses: by which address the editor knows each open file.
        folders: the workspace's folders, the deepest first.
        encoding: what the editor counts columns in.
    """

    texts: Mapping[Path, bytes]
    closed: Sequence[Path]
    addresses: Mapping[Path, str]
    folders: tuple[Path, ...]
    encoding: str
    show_unknown: bool


class Judge(NamedTuple):
    """Judge a unit. `limit` are the seconds after which nobody waits any more."""

    number: int
    limit: float
    state: State
    target: Target


class Offer(NamedTuple):
    """Say what can be done about diagnostics in a file. `targets` are the units that have read it."""

    number: int
    limit: float
    state: State
    targets: tuple[Target, ...]
    path: Path
    asked: tuple[Asked, ...]


class GiveUp(NamedTuple):
    """Nobody waits for an answer any more."""

    number: int


class Forget(NamedTuple):
    """Nobody looks at a unit any more."""

    target: Target


class Reply(NamedTuple):
    """An answer, None where it was given up. The number of the first one, which says that the process is ready, is 0.

    `last`: the process has grown too large, and wants to be replaced.
    """

    number: int
    content: Result | Sequence[Action] | None = None
    last: bool = False
