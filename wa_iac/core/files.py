"""Where the text of files comes from: the disk, or what an editor holds unsaved. A plain run reads the disk and keeps nothing.

A `Session` is entered around a run by whoever runs many of them over the same files. Nothing else knows whether there is one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

T = TypeVar("T")


class Superseded(BaseException):
    """The run that raises this is given up. Not an `Exception`, so that whoever contains errors lets it pass."""


class Kept:
    """What was made of the text of one unit's files in its last whole run. What a run does not ask for again is forgotten."""

    __slots__ = ("_before", "_now")

    def __init__(self) -> None:
        self._before: dict[Hashable, Any] = {}
        self._now: dict[Hashable, Any] = {}

    def once(self, kind: str, label: str, data: bytes, make: Callable[[], T]) -> T:
        key = (kind, label, data)
        if key not in self._now:
            self._now[key] = self._before[key] if key in self._before else make()
        made: T = self._now[key]
        return made

    def latest(self, label: str) -> Any:
        found = self._now.get(label)
        return self._before.get(label) if found is None else found

    def keep(self, label: str, made: object) -> None:
        self._now[label] = made

    def finish(self) -> None:
        """End a run that came to its end: only what it used is kept. One that was given up adds to what there was before."""
        self._before, self._now = self._now, {}


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Session:
    """One run of many.

    Attributes:
        buffers: the text of open files, by resolved path; it counts before what is on the disk.
        kept: parsed files of the run before.
        folders: the workspace's folders, resolved: how far their files may reach, as a repository's do.
        superseded: whether the run is to be given up.
    """

    buffers: Mapping[Path, bytes] = field(default_factory=dict)
    kept: Kept = field(default_factory=Kept)
    folders: Sequence[Path] = ()
    superseded: Callable[[], bool] = _never

    @contextmanager
    def entered(self) -> Iterator[None]:
        token = _SESSION.set(self)
        try:
            yield
            self.kept.finish()
        finally:
            _SESSION.reset(token)


_SESSION: Final[ContextVar[Session | None]] = ContextVar("session", default=None)


@contextmanager
def parsed_once() -> Iterator[None]:
    """Within, a file that is asked for again is not parsed again. Within a session it is so anyway."""
    if _SESSION.get() is not None:
        yield
        return
    with Session(folders=(Path.cwd(),)).entered():
        yield


def read(path: Path) -> bytes:
    """The bytes of a file. Raises `OSError`, and `Superseded`."""
    session = _SESSION.get()
    if session is None:
        return path.read_bytes()
    checkpoint()
    found = session.buffers.get(path)
    if found is None and session.buffers:
        found = session.buffers.get(path.resolve())
    return path.read_bytes() if found is None else found


def is_file(path: Path) -> bool:
    """Whether there is such a file, on the disk or in the editor. `path` is resolved."""
    session = _SESSION.get()
    return (session is not None and path in session.buffers) or path.is_file()


def size(path: Path) -> int:
    """The length of a file in bytes. `path` is resolved. Raises `OSError`."""
    session = _SESSION.get()
    buffer = session.buffers.get(path) if session is not None else None
    return path.stat().st_size if buffer is None else len(buffer)


def unsaved(directory: Path) -> Collection[str]:
    """The names of files in a directory that the editor holds, whether or not they are on the disk."""
    session = _SESSION.get()
    if session is None or not session.buffers:
        return ()
    resolved = directory.resolve()
    return [path.name for path in session.buffers if path.parent == resolved]


def once(kind: str, label: str, data: bytes, make: Callable[[], T]) -> T:
    """`make()`, which parses `data`, the text of the file shown as `label`; or what it made of the same text in the run before.

    `kind` names what is made: one text may be read in two ways, Terraform's JSON as a module and, for fixes, as it is written.
    What is made must not be changed afterwards. What `make` raises is not kept.
    """
    session = _SESSION.get()
    return make() if session is None else session.kept.once(kind, label, data, make)


def latest(label: str, kind: type[T]) -> T | None:
    """What was last kept under a label, if it is of this kind."""
    session = _SESSION.get()
    found = session.kept.latest(label) if session is not None else None
    return found if isinstance(found, kind) else None


def keep(label: str, make: Callable[[], object]) -> None:
    """Keep `make()` for the next run, which may ask for it with another text: a tree that is parsed anew where it changed."""
    session = _SESSION.get()
    if session is not None:
        session.kept.keep(label, make())


def folders() -> Sequence[Path]:
    """How far a file outside of any repository may reach: the workspace's folders, or the working directory."""
    session = _SESSION.get()
    return (Path.cwd(),) if session is None else session.folders


def checkpoint() -> None:
    """Raises `Superseded` where nobody waits for this run any more. Long loops call it."""
    session = _SESSION.get()
    if session is not None and session.superseded():
        raise Superseded
