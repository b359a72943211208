"""The text of files: from the disk, or unsaved from an editor. A plain run reads the disk and keeps nothing.

All files of a tree are read here, so that there is one guard. It opens regular files only, waits for nothing, reads at most a
given number of bytes, and follows no link out of the root of the scan.

Code that runs many times over the same files enters a `Session` around each run. Nothing else knows whether there is one.
"""

from __future__ import annotations

import codecs
import errno
import os
import stat
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar, cast

from .errors import BoundError, SourceError, WaIacError

P = ParamSpec("P")
T = TypeVar("T")

_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LARGEST: Final = 100_000_000
"""Maximum number of bytes that are read from a file, unless its reader has a lower limit."""

_OPEN: Final = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "O_NOFOLLOW", "O_BINARY")
)


class RefusedError(OSError):
    """A guard refused to read a file; `strerror` says why."""

    def __init__(self, why: str) -> None:
        super().__init__(errno.EACCES, why)


class TooLargeError(RefusedError):
    """A file is larger than its reader accepts."""

    def __init__(self, most: int) -> None:
        super().__init__(f"it is larger than {most // 1_000_000} MB: not read")


def unread(error: OSError, shown: str) -> WaIacError:
    """The error to report for a file that `read` did not read."""
    if isinstance(error, TooLargeError):
        return BoundError(str(error.strerror), path=shown)
    if isinstance(error, RefusedError):
        return SourceError(str(error.strerror), path=shown)
    if isinstance(error, FileNotFoundError) and os.path.islink(shown):
        return SourceError(f"it cannot be read: it is a symbolic link to {os.readlink(shown)}, which is not there", path=shown)
    return SourceError(f"it cannot be read: {error.strerror or error}", path=shown)


class Superseded(BaseException):
    """The run is abandoned. Not an `Exception`, so that code that contains errors lets it pass."""


KEPT: Final = 8_000_000
"""The bytes of text whose trees one run keeps for its fixes. A tree takes some thirty times the memory of its text."""


class Kept:
    """Parse results for one unit's files from its last whole run. A result that a run does not ask for again is forgotten.

    `again` is whether there will be another run. Without one, only results for the same text are kept, and those of the first `most`
    bytes of text: a file beyond that is parsed again when it is needed again.
    """

    __slots__ = ("_before", "_kinds", "_left", "_now", "again")

    def __init__(self, *, again: bool = True, most: int = KEPT) -> None:
        self._before: dict[Hashable, Any] = {}
        self._kinds: set[str] = set()
        self._now: dict[Hashable, Any] = {}
        self._left = most
        self.again: Final = again

    def once(self, kind: str, label: str, data: bytes, make: Callable[[], T]) -> T:
        key = (kind, label, data)
        if key not in self._now:
            made: T = self._before[key] if key in self._before else make()
            if not self.again:
                self._left -= len(data)
                if self._left < 0:
                    return made
            self._kinds.add(kind)
            self._now[key] = made
        found: T = self._now[key]
        return found

    def release(self, label: str, data: bytes) -> None:
        """Let go of the results for one text."""
        for kind in self._kinds:
            if self._now.pop((kind, label, data), None) is not None:
                self._left += len(data)

    def latest(self, label: str) -> Any:
        found = self._now.get(label)
        return self._before.get(label) if found is None else found

    def keep(self, label: str, made: object) -> None:
        self._now[label] = made

    def finish(self) -> None:
        """End a run. A complete run keeps only the results it used. An abandoned one adds its results to the earlier ones."""
        self._before, self._now = self._now, {}


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Session:
    """One run of many.

    Attributes:
        buffers: the text of open files, by resolved path. It takes precedence over the disk.
        kept: parsed files of the run before.
        folders: the workspace's resolved folders. Their files may refer to each other, as in a repository.
        superseded: whether the run is abandoned.
    """

    buffers: Mapping[Path, bytes] = field(default_factory=dict)
    kept: Kept = field(default_factory=Kept)
    folders: Sequence[Path] = ()
    superseded: Callable[[], bool] = _never

    @contextmanager
    def entered(self) -> Iterator[None]:
        forget()
        token = _SESSION.set(self)
        try:
            yield
            self.kept.finish()
        finally:
            _SESSION.reset(token)


_SESSION: Final[ContextVar[Session | None]] = ContextVar("session", default=None)
_NAMED: Final[ContextVar[tuple[Path, ...]]] = ContextVar("named", default=())
"""The directories that this run was given."""


@contextmanager
def parsed_once() -> Iterator[None]:
    """Inside this context, a file is parsed only once. Inside a session that is so anyway."""
    if _SESSION.get() is not None:
        yield
        return
    with Session(kept=Kept(again=False), folders=(Path.cwd(),)).entered():
        yield


def read(path: Path, *, within: Path | None = None, most: int = LARGEST) -> bytes:
    """The bytes of a file. Raises `OSError` (`unread` makes an error of the report from it) or `Superseded`.

    Args:
        within: the resolved directory that the file has to be in, symbolic links resolved; None for a file that the user names.
        most: the maximum size in bytes. A larger file is not read.
    """
    data = beginning(path, most + 1, within=within)
    if len(data) > most:
        raise TooLargeError(most)
    return data


def beginning(path: Path, number: int, *, within: Path | None = None) -> bytes:
    """The first `number` bytes of a file, or all of them if it is shorter. See `read`."""
    session = _SESSION.get()
    if session is not None:
        checkpoint()
        found = session.buffers.get(path)
        if found is None and session.buffers:
            found = session.buffers.get(resolved(path))
        if found is not None:
            return found[:number]
    try:
        return _on_disk(_real(path, within), number)
    except ValueError as error:
        # A NUL byte, or half a surrogate pair: a template can spell them, the file system cannot.
        raise RefusedError("no file can have this name") from error


def _on_disk(path: str, number: int) -> bytes:
    """The first bytes of a regular file that is not a link. Opening never waits, whatever kind of file it is."""
    descriptor = os.open(path, _OPEN)
    try:
        # The check is on the open file, not on the name: the name may belong to another file by now.
        about = os.fstat(descriptor)
        if stat.S_ISDIR(about.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(about.st_mode):
            raise RefusedError("it cannot be read: not a regular file")
        # One more byte shows the end. A growing file is never read beyond the limit.
        wanted = min(number, about.st_size + 1)
        data = os.read(descriptor, wanted)
        while len(data) < number and (more := os.read(descriptor, min(number - len(data), 1 << 20))):
            data += more
        return data
    finally:
        os.close(descriptor)


def _real(path: Path, within: Path | None) -> str:
    """The path of a file with symbolic links resolved. Raises `RefusedError` if it is not inside the given directory."""
    folder, name = os.path.split(os.path.abspath(path))
    real = os.path.join(_folder(folder), name)
    is_link = os.path.islink(real)
    if is_link:
        real = os.path.realpath(real)
    if within is not None and not real.startswith(str(within).rstrip(os.sep) + os.sep):
        if is_link:
            raise RefusedError("it is a symbolic link that leads out of the scanned directory: not read")
        raise RefusedError("it is outside the scanned directory: not read")
    return real


def is_utf16(data: bytes) -> bool:
    """Whether a byte-order mark says that a file is in UTF-16."""
    return data.startswith(_UTF16)


def unmarked_utf16(data: bytes) -> str | None:
    """The codec of a text in UTF-16 that has no byte-order mark; None for other texts. It begins with a character of ASCII, one of whose two
    bytes is zero, as RFC 4627 (section 3) tells the encodings of JSON apart."""
    if len(data) < 2 or data.count(0, 0, 2) != 1:
        return None
    return "utf-16-le" if data[1] == 0 else "utf-16-be"


def resolved(path: Path) -> Path:
    """A path with symbolic links resolved. A path that no file can have stays as it is; `read` reports it."""
    try:
        folder, name = os.path.split(os.path.abspath(path))
        if not name or ".." in path.parts:  # What is above a link to a directory is not where the link is.
            return Path(os.path.realpath(path))
        real = os.path.join(_folder(folder), name)
        return Path(os.path.realpath(real) if os.path.islink(real) else real)
    except (OSError, ValueError):
        return path


def is_there(path: Path) -> bool:
    """Whether this name exists, on the disk or in the editor, and is not a directory. `read` reads it, or says why it
    cannot."""
    session = _SESSION.get()
    if session is not None and path in session.buffers:
        return True
    try:
        return os.path.lexists(path) and not os.path.isdir(path)
    except ValueError:
        return False


@lru_cache(4096)
def _folder(path: str) -> str:
    """A directory with symbolic links resolved, cached for the run."""
    return os.path.realpath(path)


_FORGOTTEN: Final[list[Callable[[], None]]] = [_folder.cache_clear]


def once_in_a_run(read: Callable[P, T]) -> Callable[P, T]:
    """A function of directories whose answers are kept until the next run begins."""
    kept = lru_cache(4096)(read)
    _FORGOTTEN.append(kept.cache_clear)
    return cast("Callable[P, T]", kept)


def forget(named: Iterable[Path] = ()) -> None:
    """Forget what was kept of directories: a new run begins. Its user names these files and directories."""
    for each in _FORGOTTEN:
        each()
    _NAMED.set(tuple(path for path in map(resolved, named) if os.path.isdir(path)))


def unsaved(directory: Path) -> Collection[str]:
    """The names of files in a directory that are open in the editor, whether or not they are on the disk."""
    session = _SESSION.get()
    if session is None or not session.buffers:
        return ()
    folder = resolved(directory)
    return [path.name for path in session.buffers if path.parent == folder]


def once(kind: str, label: str, data: bytes, make: Callable[[], T]) -> T:
    """`make()`, which parses `data`, the text of the file shown as `label`; or its result for the same text in the run before.

    `kind` names the result: one text may be read in two ways, such as Terraform's JSON as a module and, for fixes, as written.
    Results must not be changed afterwards. An exception of `make` is not kept.
    """
    session = _SESSION.get()
    return make() if session is None else session.kept.once(kind, label, data, make)


def release(sources: Mapping[str, bytes]) -> None:
    """Let go of what was parsed of files, by their shown paths, if this run is the last: nothing asks for them again."""
    session = _SESSION.get()
    if session is not None and not session.kept.again:
        for label, data in sources.items():
            session.kept.release(label, data)


def latest(label: str, kind: type[T]) -> T | None:
    """The last result kept under a label, if it is of this kind."""
    session = _SESSION.get()
    found = session.kept.latest(label) if session is not None else None
    return found if isinstance(found, kind) else None


def runs_again() -> bool:
    """Whether this run is one of several on the same files, as in an editor."""
    session = _SESSION.get()
    return session is not None and session.kept.again


def keep(label: str, make: Callable[[], object]) -> None:
    """Keep `make()` for the next run, if there is one. It may ask for it with another text: for example, a tree whose changed
    parts are parsed again."""
    session = _SESSION.get()
    if session is not None and session.kept.again:
        session.kept.keep(label, make())


def folders() -> Sequence[Path]:
    """The directories that files outside of any repository may refer to: the workspace's folders, or the working directory and
    the directories that the run was given."""
    session = _SESSION.get()
    return (*((Path.cwd(),) if session is None else session.folders), *_NAMED.get())


def checkpoint() -> None:
    """Raises `Superseded` if the run is abandoned. Long loops call it."""
    session = _SESSION.get()
    if session is not None and session.superseded():
        raise Superseded


def scan_root(path: Path) -> Path:
    """The root that a file's references may reach: the repository of `path`; outside of one, the working directory (in an
    editor, the workspace's folder), a directory that the run was given, or `path` itself."""
    start = _folder_of(path)
    found = _repository(start)
    return found or next((folder for folder in folders() if start.is_relative_to(folder)), start)


def named_below(path: Path) -> Path:
    """The directory that belongs to the authors of a file, with the names of its directories and everything that its files say of each other:
    the repository; outside of one, the outermost directory that the run was given, or the root of the scan. The working directory may hold
    other repositories beside that one."""
    return _named_below(_folder_of(path))


@once_in_a_run
def below_root(path: str) -> str:
    """A path below the root of its repository or of the scan, with slashes; empty if it is outside."""
    inside = resolved(Path(os.path.abspath(path)))
    root = named_below(inside)
    return inside.relative_to(root).as_posix() if inside.is_relative_to(root) else ""


@once_in_a_run
def _named_below(start: Path) -> Path:
    found = _repository(start)
    return found or next((folder for folder in sorted(_NAMED.get()) if start.is_relative_to(folder)), None) or scan_root(start)


def _folder_of(path: Path) -> Path:
    start = resolved(path)
    return start if os.path.isdir(start) else start.parent


def _repository(start: Path) -> Path | None:
    return next((folder for folder in (start, *start.parents) if os.path.exists(folder / ".git")), None)
