"""Some entries, one after the other, for a task of Dask: in a process apart, since a worker of Dask has threads and must not be copied."""

from __future__ import annotations

import json
import os
import pickle
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from types import FrameType
from typing import BinaryIO, Final, NoReturn, cast

from wa_iac import __version__
from wa_iac.core.errors import WaIacError

from .judge import Done, Work, killed, known
from .plan import Job
from .record import is_stopped

_HOME: Final = Path(__file__).parents[2]
_PROGRAM: Final = "import sys; sys.path.append(sys.argv[1]); from wa_iac.fleet.batch import main; main()"
_LENGTH: Final = struct.Struct("!Q")
_LOOK: Final = 1.0
"""Seconds after which a batch looks whether the run was stopped."""


def check_batch(jobs: Sequence[Job], work: Work, version: str) -> list[Done]:
    """Check some entries, on a worker of Dask. A worker that has ended may have checked some of them in this run: these are not checked
    again. Raises `RuntimeError` if this worker has another version than the one that asks, or cannot write the results."""
    if version != __version__:
        raise RuntimeError(f"a worker has wa-iac {__version__}, and this run needs {version}")
    before = {each: done for each in jobs if (done := known(each, work)) is not None}
    found = list(before.values())
    waiting = [each for each in jobs if each not in before]
    while waiting and not is_stopped(work.out, work.run):
        started = time.monotonic()
        ended = list(_in_process(waiting, work))
        found += ended
        waiting = waiting[len(ended) :]
        if waiting and not is_stopped(work.out, work.run):
            # They run in order, so it is the first one during which the process ended.
            why = "the process that checked it ended"
            found.append(killed(waiting.pop(0), work, "", why, time.monotonic() - started))
    return found


def _in_process(jobs: Sequence[Job], work: Work) -> Iterator[Done]:
    """The entries that a process gets done. It is ended when the run was stopped."""
    process = subprocess.Popen(  # noqa: S603 - ourselves; -P: import nothing from the working directory
        [sys.executable, "-P", "-c", _PROGRAM, str(_HOME)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    incoming, outgoing = cast("BinaryIO", process.stdin), cast("BinaryIO", process.stdout)
    try:
        with suppress(BrokenPipeError):
            _put(incoming, (list(jobs), work))
        for line in _lines(outgoing, lambda: is_stopped(work.out, work.run)):
            answer = json.loads(line)
            if "error" in answer:
                raise RuntimeError(answer["error"])
            yield Done(**answer)
    finally:
        with suppress(OSError):
            incoming.close()  # its processes end with it
        try:
            process.wait(_LOOK)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        outgoing.close()


def _lines(file: BinaryIO, is_over: Callable[[], bool]) -> Iterator[bytes]:
    """The lines of a pipe, until its end or `is_over`."""
    import select

    rest = b""
    while True:
        if not select.select([file], [], [], _LOOK)[0]:
            if is_over():
                return
            continue
        data = os.read(file.fileno(), 65536)
        if not data:
            return
        *whole, rest = (rest + data).split(b"\n")
        yield from whole


def _put(file: BinaryIO, message: object) -> None:
    data = pickle.dumps(message)
    file.write(_LENGTH.pack(len(data)) + data)
    file.flush()


def main() -> NoReturn:
    """The process of a batch. Standard input has the entries, and its end ends the process with everything that it started; a line of
    standard output is an entry that ended."""
    from wa_iac.engine.custom_rules import catalogue

    from .pool import Pool

    incoming, outgoing = os.fdopen(os.dup(0), "rb", buffering=0), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGTERM, _interrupt)
    (length,) = _LENGTH.unpack(_read(incoming, _LENGTH.size))
    jobs, work = cast("tuple[list[Job], Work]", pickle.loads(_read(incoming, length)))  # noqa: S301 - the task's own process

    def say(answer: object) -> None:
        outgoing.write(json.dumps(answer).encode() + b"\n")
        outgoing.flush()

    try:
        rules = catalogue(work.asked.rules, user=not work.asked.no_settings)
        Pool(work, rules, workers=1, ended=lambda each: say(asdict(each)), life=incoming.fileno()).run(jobs)
    except KeyboardInterrupt:
        os._exit(130)
    except WaIacError as error:
        say({"error": str(error)})
    os._exit(0)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _read(file: BinaryIO, number: int) -> bytes:
    data = b""
    while len(data) < number:
        more = file.read(number - len(data))
        if not more:
            os._exit(0)
        data += more
    return data
