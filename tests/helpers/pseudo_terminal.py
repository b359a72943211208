"""Run the program in a pseudo-terminal, as a person has it: what it writes there, with both streams in one."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from helpers.paths import PROJECT

QUIET = ("CI", "PRE_COMMIT", "NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES")
"""What the machine that runs the tests may say, and a person's terminal does not."""
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\]8;[^\x1b]*\x1b\\")


class Screen(NamedTuple):
    """What was written, and the exit code."""

    raw: str
    code: int

    @property
    def plain(self) -> str:
        """Without escape codes, and blanks at the ends of lines."""
        return re.sub(r"[ \r]+\n", "\n", _ESCAPES.sub("", self.raw))


def run(here: Path, *arguments: str, columns: int = 100, environment: Mapping[str, str] | None = None) -> Screen:
    """Run `wa-iac` in `here` on a terminal of so many columns."""
    return shown(here, [sys.executable, "-m", "wa_iac", *arguments], columns=columns, environment=environment)


def shown(here: Path, command: Sequence[str], *, columns: int = 100, environment: Mapping[str, str] | None = None) -> Screen:
    """Run any program so."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    base = {name: value for name, value in os.environ.items() if name not in QUIET}
    env = {**base, "TERM": "xterm-256color", "PYTHONPATH": str(PROJECT), **(environment or {})}
    with subprocess.Popen(command, cwd=here, env=env, stdin=slave, stdout=slave, stderr=slave, close_fds=True) as process:
        os.close(slave)
        raw = _read(master)
        code = process.wait()
    os.close(master)
    return Screen(raw, code)


def _read(master: int) -> str:
    pieces: list[bytes] = []
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:  # Linux's way to say that nobody writes any more
            break
        if not piece:
            break
        pieces.append(piece)
    return b"".join(pieces).decode()
