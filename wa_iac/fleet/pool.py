"""A process for each entry, on this machine: one that crashes, hangs or eats the memory costs one entry.

Each process is a copy of this one (`fork`), which has imported everything already: a new interpreter would take longer than most entries.
It has a process group of its own, so that nothing of it is left when it is ended, and ends by itself when this process is gone.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Final, NoReturn

from wa_iac.core.errors import UsageError
from wa_iac.engine.catalogue import Catalogue

from .judge import Done, Work, judge, killed
from .plan import Job

_TICK: Final = 0.5
"""Seconds after which the pool looks up, for the progress."""
_GRACE: Final = 10
"""Seconds beyond the limit after which the system ends an entry's process, if this one has not."""
_UNWRITTEN: Final = "unwritten"
_INTERRUPTS: Final = {signal.SIGINT, signal.SIGTERM}


@dataclass(slots=True)
class _Process:
    pid: int
    job: Job
    started: float
    said: bytearray = field(default_factory=bytearray)
    given_up: bool = False

    @property
    def is_finished(self) -> bool:
        return self.said.endswith(b"\n")


class Pool:
    """Runs up to `workers` entries at a time.

    Args:
        rules: all available rules.
        ended: is called with each entry that has ended.
        tick: is called now and then.
        life: a file descriptor whose end of file ends the pool, as an interrupt does.
    """

    def __init__(
        self,
        work: Work,
        rules: Catalogue,
        *,
        workers: int,
        ended: Callable[[Done], None],
        tick: Callable[[], None] = lambda: None,
        life: int | None = None,
    ) -> None:
        if not hasattr(os, "fork"):
            raise UsageError("wa-iac fleet needs a system that can copy processes: Linux, macOS, or WSL on Windows")
        self._work = work
        self._rules = rules
        self._workers = workers
        self._ended = ended
        self._tick = tick
        self._running: dict[int, _Process] = {}
        self._selector = selectors.DefaultSelector()
        self._life = os.pipe()
        """Open for as long as this process lives: its end of file tells the others."""
        if life is not None:
            self._selector.register(life, selectors.EVENT_READ)

    def run(self, jobs: Iterable[Job]) -> None:
        """Check all entries. Raises `KeyboardInterrupt` after an interrupt, and `UsageError` if a part cannot be written; no process is
        left then, and what was written is complete."""
        waiting = deque(jobs)
        try:
            while waiting or self._running:
                while waiting and len(self._running) < self._workers:
                    self._start(waiting.popleft())
                self._wait()
                self._tick()
        finally:
            self._end_all()

    def _start(self, job: Job) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, _INTERRUPTS)
        try:
            try:
                reading, writing = os.pipe()
                pid = os.fork()
            except OSError as error:
                raise UsageError(f"the system cannot start another process: {error.strerror}") from error
            if pid == 0:
                self._be(job, writing)
            with suppress(OSError):
                os.setpgid(pid, pid)  # the process does so, too: whoever is first
            os.close(writing)
            self._running[reading] = _Process(pid, job, time.monotonic())
            self._selector.register(reading, selectors.EVENT_READ)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _wait(self) -> None:
        limit = self._work.timeout
        now = time.monotonic()
        due = min((each.started + limit - now for each in self._running.values()), default=_TICK)
        for key, _ in self._selector.select(max(0.0, min(due, _TICK))):
            process = self._running.get(key.fd)
            if process is None:
                raise KeyboardInterrupt  # whoever asked for this is gone
            said = os.read(key.fd, 65536)
            process.said += said
            if not said or process.is_finished:
                self._finish(key.fd, process)
        for reading, process in list(self._running.items()):
            if time.monotonic() - process.started >= limit:
                process.given_up = True
                _kill(process.pid)
                self._finish(reading, process)

    def _finish(self, reading: int, process: _Process) -> None:
        status = self._reap(reading, process)
        if process.is_finished:
            answer = json.loads(process.said)
            if _UNWRITTEN in answer:
                raise UsageError(f"the results cannot be written: {answer[_UNWRITTEN]}", path=str(self._work.out))
            self._ended(Done(**answer))
            return
        name, why = _told(status, process.given_up, self._work.timeout)
        try:
            done = killed(process.job, self._work, name, why, time.monotonic() - process.started)
        except OSError as error:
            raise UsageError(f"the results cannot be written: {error.strerror}", path=str(self._work.out)) from error
        self._ended(done)

    def _reap(self, reading: int, process: _Process) -> int:
        """End a process with everything that it started, and return its status."""
        self._selector.unregister(reading)
        os.close(reading)
        del self._running[reading]
        if process.is_finished:
            _kill(process.pid)
        _, status = os.waitpid(process.pid, 0)
        _kill(process.pid)  # what it started
        return status

    def _end_all(self) -> None:
        for each in self._running.values():
            _kill(each.pid)
        for reading, process in list(self._running.items()):
            self._reap(reading, process)
        self._selector.close()
        for end in self._life:
            os.close(end)

    def _be(self, job: Job, writing: int) -> NoReturn:
        """The life of an entry's process."""
        try:
            os.setpgid(0, 0)
            for each in _INTERRUPTS:
                signal.signal(each, signal.SIG_DFL)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, self._work.timeout + _GRACE)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _INTERRUPTS)
            _quiet()
            _first_to_go()
            os.close(self._life[1])
            threading.Thread(target=_end_with, args=(self._life[0],), daemon=True).start()
            try:
                answer = asdict(judge(job, self._work, self._rules))
            except OSError as error:
                answer = {_UNWRITTEN: error.strerror or type(error).__name__}
            os.write(writing, json.dumps(answer).encode() + b"\n")
        finally:
            os._exit(1)


def _told(status: int, given_up: bool, limit: float) -> tuple[str, str]:
    """The name of the signal that ended a process, and why it ended, in words."""
    if given_up:
        return signal.SIGKILL.name, f"it took longer than {limit:g} seconds"
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        name = signal.Signals(number).name if number in set(signal.Signals) else f"signal {number}"
        perhaps = ": the system may have run out of memory" if number == signal.SIGKILL else ""
        return name, f"its process was ended by {name}{perhaps}"
    return "", f"its process ended by itself, with code {os.waitstatus_to_exitcode(status)}"


def _kill(group: int) -> None:
    with suppress(OSError):
        os.killpg(group, signal.SIGKILL)


def _end_with(life: int) -> None:
    """End this process, and everything that it started, when the pool's process is gone."""
    os.read(life, 1)
    os.killpg(0, signal.SIGKILL)


def _quiet() -> None:
    """Let nothing that runs here write to the terminal, nor leave a memory dump in the tree."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    nothing = os.open(os.devnull, os.O_RDWR)
    for each in (0, 1, 2):
        os.dup2(nothing, each)


def _first_to_go() -> None:
    """If the memory runs out, the system should end this process rather than the one that started it, but not before a larger one."""
    with suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
        file.write("100")
