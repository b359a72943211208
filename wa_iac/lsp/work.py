"""The checking process. It receives the editor's texts and the units to check, and answers with plain data.

The server can always end it. It ends itself if the server is gone, or if it works far longer than the server waits. Neither
needs the interpreter, which a single call into C may block.
"""

from __future__ import annotations

import gc
import os
import queue
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Final

from wa_iac.core.budget import Budget
from wa_iac.core.contain import described
from wa_iac.core.files import Kept, Session, Superseded
from wa_iac.core.paths import shown as shown_path
from wa_iac.engine.catalogue import Catalogue
from wa_iac.engine.custom_rules import catalogue

from . import frames
from .diagnostics import shown
from .plain import Action, Forget, GiveUp, Judge, Offer, Reply, Result, State
from .targets import UnitTarget
from .units import Judged, judge_unit

STACK: Final = 128 * 1024 * 1024
"""Stack of the checking thread in bytes, reserved but not used, since expressions may be nested deeply."""
MEMORY: Final = 4 * 1024**3
"""Address space of this process in bytes, if the system can limit it; a run that needs more gets a MemoryError."""
LARGE: Final = MEMORY // 2
"""Memory in bytes after which the process is replaced, since much of it is never released."""
MOST_KEPT: Final = 16
"""The number of units whose parsed files are kept; the least recently checked ones are read again."""
IDLE: Final = 2.0
"""Seconds without work after which garbage is collected. Otherwise the collector is off, or it would run just before an
answer."""
BUSY: Final = 30
"""The number of runs after which garbage is collected anyway."""
GRACE: Final = 10
"""Seconds beyond a run's limit after which the system ends this process, if the server has not done so."""


class Worker:
    """The state between runs, and the checking thread.

    Args:
        rules: all rules.
        answer: receives each answer.
    """

    def __init__(self, rules: Catalogue, answer: Callable[[Reply], None]) -> None:
        self._rules = rules
        self._answer = answer
        self._jobs: queue.SimpleQueue[Judge | Offer | Forget] = queue.SimpleQueue()
        self._given_up = 0
        self._buffers: dict[Path, bytes] = {}
        self._kept: dict[UnitTarget, Kept] = {}
        """The most recently checked unit is the last."""
        self._judged: dict[UnitTarget, Judged] = {}
        self._runs = 0

    def receive(self, message: Judge | Offer | Forget | GiveUp) -> None:
        """Receive a message, in any thread."""
        if isinstance(message, GiveUp):
            self._given_up = message.number
        else:
            self._jobs.put(message)

    def work(self) -> None:
        """Handle requests one after the other."""
        self._answer(Reply(0))
        while True:
            message = self._next()
            if isinstance(message, Forget):
                self._judged.pop(message.target, None)
                self._kept.pop(message.target, None)
                continue
            self._take(message.state)
            _ended_after(message.limit + GRACE)
            content: Result | list[Action] | None
            try:
                content = self._judge(message) if isinstance(message, Judge) else self._offer(message)
            except Superseded:
                content = None
            _ended_after(0)
            self._answer(Reply(message.number, content, _used() > LARGE))

    def _next(self) -> Judge | Offer | Forget:
        """The next request. Garbage is collected when there is none."""
        self._runs += 1
        try:
            return self._jobs.get(timeout=IDLE if self._runs < BUSY else 0)
        except queue.Empty:
            gc.collect()
            self._runs = 0
            from . import actions  # probably requested next

            del actions
            return self._jobs.get()

    def _take(self, state: State) -> None:
        self._buffers.update(state.texts)
        for path in state.closed:
            self._buffers.pop(path, None)

    def _judge(self, job: Judge) -> Result:
        try:
            return self._told(job, self._run(job, job.target))
        except Exception as error:
            # This is all that is known of the unit.
            said = described(error, shown_path(job.target.path), Budget(), f"judging {shown_path(job.target.path)}")
            return self._told(job, Judged(errors=[said]))

    def _told(self, job: Judge, found: Judged) -> Result:
        state, target = job.state, job.target
        inside = [path for path in state.addresses if path in found.files or target.path in (path, path.parent)]
        return Result(
            found.files,
            shown(
                found,
                inside,
                lambda path: state.addresses.get(path) or path.as_uri(),
                encoding=state.encoding,
                show_unknown=state.show_unknown,
            ),
            str(found.errors[0]) if found.refused else "",
        )

    def _run(self, job: Judge | Offer, target: UnitTarget) -> Judged:
        kept = self._kept.pop(target, None) or Kept()
        self._kept[target] = kept
        for each in list(self._kept)[:-MOST_KEPT]:
            del self._kept[each]
        self._judged.pop(target, None)
        session = Session(self._buffers, kept, job.state.folders, lambda: self._given_up >= job.number)
        with session.entered():
            found = judge_unit(target, self._rules)
        self._judged[target] = found
        return found

    def _offer(self, job: Offer) -> list[Action]:
        from .actions import Question, offered

        text = self._buffers.get(job.path)
        if text is None:
            return []
        # A new process has not read the files that the one before had read.
        known = [self._judged.get(each) or self._run(job, each) for each in job.targets]
        return offered(Question(path=job.path, text=text, encoding=job.state.encoding, judged=known), job.asked)


def _ended_after(seconds: float) -> None:
    """Have the system end this process after some time, unconditionally; 0 cancels it."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _bounded() -> None:
    """Limit this process's memory, if the system can."""
    try:
        import resource

        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most), most))
    except (ImportError, OSError, ValueError):
        pass


def _used() -> int:
    """The peak memory of this process in bytes; 0 if the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used if sys.platform == "darwin" else 1024 * used


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """The streams from and to the server. Anything printed goes to standard error."""
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    sys.stdout = sys.stderr
    return incoming, outgoing


def main(directories: list[str], *, user: bool) -> None:
    """Serve the server that started this process, with the rules in some directories, until it is gone."""
    incoming, outgoing = _pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server
    if sys.platform != "win32":
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
    _bounded()
    rules = catalogue([Path(each) for each in directories], user=user)
    worker = Worker(rules, lambda reply: frames.put(outgoing, reply))
    # Imported modules stay, so the collector need not visit them again.
    gc.disable()
    gc.collect()
    gc.freeze()

    def work() -> None:
        try:
            worker.work()
        finally:  # a broken pipe, or our own bug: either way the server notices
            os._exit(1)

    threading.stack_size(STACK)
    threading.Thread(target=work, name="wa-iac-judge", daemon=True).start()
    try:
        while True:
            worker.receive(frames.take(incoming))
    except EOFError:
        os._exit(0)
