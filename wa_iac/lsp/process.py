"""The checking process, from the server's view."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final, cast

from . import frames
from .plain import Forget, GiveUp, Judge, Offer, Reply

_PROGRAM: Final = (
    "import sys; sys.path.append(sys.argv[1]); from wa_iac.lsp.work import main; main(sys.argv[3:], user=sys.argv[2] == 'user')"
)
_HOME: Final = Path(__file__).parents[2]
_PIPE: Final = 1 << 20
"""Bytes that a pipe holds."""


class WorkerProcess:
    """One such process, started at once; `directories` and `user` select the rules.

    Threads talk to it, so that a process that does not read or answer cannot block the server.
    """

    def __init__(self, directories: Sequence[Path], *, user: bool) -> None:
        given = [str(_HOME), "user" if user else "", *map(str, directories)]
        # -P: import nothing from the working directory, which anybody may have written.
        self._process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-P", "-c", _PROGRAM, *given], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._incoming = cast("BinaryIO", self._process.stdin)
        self._outgoing = cast("BinaryIO", self._process.stdout)
        _widened(self._incoming)
        _widened(self._outgoing)
        self._writer = ThreadPoolExecutor(1, "wa-iac-tell")
        self._reader = ThreadPoolExecutor(1, "wa-iac-hear")

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def send(self, message: Judge | Offer | Forget | GiveUp) -> None:
        """Send a message, without waiting for the process to read it."""
        with suppress(RuntimeError):  # the process was ended
            self._writer.submit(self._put, message)

    async def reply(self) -> Reply:
        """Its next answer. Raises `EOFError` if it has ended."""
        try:
            heard = asyncio.get_running_loop().run_in_executor(self._reader, self._take)
        except RuntimeError as error:
            raise EOFError from error
        return await heard

    def end(self) -> None:
        """End it unconditionally."""
        self._process.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        self._writer.shutdown(wait=False, cancel_futures=True)
        self._reader.shutdown(wait=False)

    def _put(self, message: object) -> None:
        with suppress(OSError, ValueError):  # it has ended; the code that waits for its answer notices
            frames.put(self._incoming, message)

    def _take(self) -> Reply:
        found: Reply = frames.take(self._outgoing)
        return found


def _widened(pipe: BinaryIO) -> None:
    """Enlarge the pipe, if the system allows it, so that most answers fit and neither side waits in the middle of one."""
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)
