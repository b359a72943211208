"""The end that somebody outside asks for: Ctrl-C and the signals that end a process."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Final, NoReturn

_NAMES: Final = ("SIGTERM", "SIGHUP")
INTERRUPTED: Final = 128 + signal.SIGINT
"""The exit code after Ctrl-C, as shells give it."""


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Inside, a signal that ends the process is an exception, `SystemExit(128 + its number)`, so that temporary files and programs that
    were started go with it. A second one ends the process at once, as without this.

    Signals that somebody else handles or ignores stay as they are.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, frame: FrameType | None) -> NoReturn:
        del frame
        for each in before:
            signal.signal(each, signal.SIG_DFL)
        say(f"ended by {signal.Signals(number).name}")
        raise SystemExit(128 + number)

    signals = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]
    before = [each for each in signals if signal.getsignal(each) is signal.SIG_DFL]
    for each in before:
        signal.signal(each, end)
    try:
        yield
    finally:
        for each in before:
            signal.signal(each, signal.SIG_DFL)


def say(why: str) -> None:
    """One line on standard error: the run has not come to its end. It goes around Python's streams, which may be in use."""
    with suppress(OSError):
        os.write(2, f"wa-iac: {why}: the run was not completed\n".encode())
