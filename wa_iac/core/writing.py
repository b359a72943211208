"""Files that are written as a whole or not at all: a reader never sees half of one, whatever ends the writer."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

_NO_PLACE: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.EXDEV})
"""A directory in which nobody may make a file, or a file that cannot be replaced since something is mounted on it."""

_STREAMS: Final = ("/dev/", "/proc/")
"""Where names stand for what is open already: a file that standard output goes to must not be replaced by another one."""


def write_whole(path: Path, data: bytes) -> None:
    """Write a file: a temporary one beside it, renamed when it is complete. Raises `OSError`; then the file is as it was.

    A link stays one, and a file keeps its mode. A pipe or a device is written to directly. So is a file whose directory accepts no other
    one: then an interruption can leave a part of it.
    """
    try:
        about = path.stat()
    except FileNotFoundError:
        about = None
    is_stream = os.path.abspath(path).startswith(_STREAMS)
    if is_stream or (about is not None and not stat.S_ISREG(about.st_mode)):
        path.write_bytes(data)
        return
    target = Path(os.path.realpath(path))
    if about is not None:
        require_writable(target)
    try:
        replace(target, data, None if about is None else stat.S_IMODE(about.st_mode))
    except OSError as error:
        if about is None or error.errno not in _NO_PLACE:
            raise
        target.write_bytes(data)


def require_writable(target: Path) -> None:
    """Raises `PermissionError` for a file that may not be written. A directory that accepts another file in its place does not make it one to
    change."""
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def replace(target: Path, data: bytes, mode: int | None) -> None:
    """Replace a file, or make it, with these permissions; None for those of any new file. `target` is no link. Raises `OSError`."""
    temporary = target.parent / f".{target.name[:100]}.{os.urandom(6).hex()}"
    try:
        handle = os.open(
            temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), 0o666 if mode is None else 0o600
        )
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:  # an interrupt also leaves nothing behind
        with suppress(OSError):
            temporary.unlink()
        raise
