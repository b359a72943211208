"""The process that judges. It is told what the editor holds and what is to be judged, and answers with plain data.

Whatever a document does to it, the server can end it. It ends itself where the server is gone, or where it works far longer than the
server waits: neither needs the interpreter, which one call into C may hold.
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
from wa_iac.custom_rules import catalogue
from wa_iac.engine.catalogue import Catalogue

from . import frames
from .diagnostics import shown
from .plain import Action, Forget, GiveUp, Judge, Offer, Reply, Result, State
from .targets import Target
from .units import Judged, judged

STACK: Final = 128 * 1024 * 1024
"""Bytes of stack of the thread that judges, reserved, not used: expressions may be nested deeply."""
MEMORY: Final = 4 * 1024**3
"""Bytes of address space of this process, where the system bounds it: what needs more is told that there is no more."""
LARGE: Final = MEMORY // 2
"""Bytes of memory in use at once after which the process is replaced, since much of it is never given back."""
MOST_KEPT: Final = 16
"""Units whose parsed files are kept; those judged longest ago are read anew."""
IDLE: Final = 2.0
"""Seconds without work after which garbage is collected. The collector is off otherwise: it would run just before an answer."""
BUSY: Final = 30
"""Runs after which garbage is collected all the same."""
GRACE: Final = 10
"""Seconds beyond a run's limit after which the system ends this process, where the server has not done so."""


class Worker:
    """What is known between runs, and the thread that judges.

    Args:
        rules: the rules there are.
        answer: takes each answer.
    """

    def __init__(self, rules: Catalogue, answer: Callable[[Reply], None]) -> None:
        self._rules = rules
        self._answer = answer
        self._jobs: queue.SimpleQueue[Judge | Offer | Forget] = queue.SimpleQueue()
        self._given_up = 0
        self._buffers: dict[Path, bytes] = {}
        self._kept: dict[Target, Kept] = {}
        """The unit judged last is the last."""
        self._judged: dict[Target, Judged] = {}
        self._runs = 0

    def told(self, message: Judge | Offer | Forget | GiveUp) -> None:
        """Take a message, in any thread."""
        if isinstance(message, GiveUp):
            self._given_up = message.number
        else:
            self._jobs.put(message)

    def work(self) -> None:
        """Do what is asked, one thing after the other."""
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
        """The next thing to do. Garbage is collected when nobody waits."""
        self._runs += 1
        try:
            return self._jobs.get(timeout=IDLE if self._runs < BUSY else 0)
        except queue.Empty:
            gc.collect()
            self._runs = 0
            from . import actions  # likely asked for next

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
            # Nothing of this unit is known, but that.
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

    def _run(self, job: Judge | Offer, target: Target) -> Judged:
        kept = self._kept.pop(target, None) or Kept()
        self._kept[target] = kept
        for each in list(self._kept)[:-MOST_KEPT]:
            del self._kept[each]
        self._judged.pop(target, None)
        session = Session(self._buffers, kept, job.state.folders, lambda: self._given_up >= job.number)
        with session.entered():
            found = judged(target, self._rules)
        self._judged[target] = found
        return found

    def _offer(self, job: Offer) -> list[Action]:
        from .actions import Question, offered

        text = self._buffers.get(job.path)
        if text is None:
            return []
        # A process that was started anew has yet to read what the one before had read.
        known = [self._judged.get(each) or self._run(job, each) for each in job.targets]
        return offered(Question(path=job.path, text=text, encoding=job.state.encoding, judged=known), job.asked)


def _ended_after(seconds: float) -> None:
    """Have the system end this process after some time, whatever it does then; or, with 0, no more."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _bounded() -> None:
    """Bound this process's memory, where the system can."""
    try:
        import resource

        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most), most))
    except (ImportError, OSError, ValueError):
        pass


def _used() -> int:
    """The most memory that this process has had in use at once, in bytes; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used if sys.platform == "darwin" else 1024 * used


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """What is read from and written to the server. Whoever prints something prints it where errors go."""
    incoming, outgoing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    os.close(nothing)
    sys.stdout = sys.stderr
    return incoming, outgoing


def main(directories: list[str], *, user: bool) -> None:
    """Serve the server that has started this process, with the rules in some directories, until it is gone."""
    incoming, outgoing = _pipes()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a key at a terminal is for the server
    if sys.platform != "win32":
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
    _bounded()
    rules = catalogue([Path(each) for each in directories], user=user)
    worker = Worker(rules, lambda reply: frames.put(outgoing, reply))
    # What is imported stays: the collector need not look at it again.
    gc.disable()
    gc.collect()
    gc.freeze()

    def work() -> None:
        try:
            worker.work()
        finally:  # a broken pipe, or our own bug: either way the server learns of it by this
            os._exit(1)

    threading.stack_size(STACK)
    threading.Thread(target=work, name="wa-iac-judge", daemon=True).start()
    try:
        while True:
            worker.told(frames.take(incoming))
    except EOFError:
        os._exit(0)
