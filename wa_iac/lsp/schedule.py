"""When which unit is judged. One thread judges; a newer request for a unit supersedes the older, whose result is dropped."""

from __future__ import annotations

import asyncio
import gc
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from wa_iac.core.files import Kept, Session, Superseded
from wa_iac.engine.catalogue import OURS, Catalogue

from .units import Judged, Target, judged

STACK: Final = 128 * 1024 * 1024
"""Bytes of stack of the thread that judges, reserved, not used: expressions may be nested deeply."""
MOST_KEPT: Final = 16
"""Units whose parsed files are kept; those judged longest ago are read anew."""
IDLE: Final = 2.0
"""Seconds without work after which garbage is collected."""
BUSY: Final = 30
"""Runs after which garbage is collected all the same."""


class Snapshot(NamedTuple):
    """The editor's state at one moment: what is open, by resolved path, and the workspace's folders, the deepest first."""

    buffers: Mapping[Path, bytes]
    folders: tuple[Path, ...]


@dataclass(slots=True)
class State:
    """One unit. `generation` counts the requests: a result of an older one is not wanted any more."""

    generation: int = 0
    kept: Kept = field(default_factory=Kept)
    judged: Judged | None = None
    timer: asyncio.TimerHandle | None = None


class Schedule:
    """The units that are looked at, and the thread that judges them. Its methods are called from the event loop's thread."""

    def __init__(
        self,
        snapshot: Callable[[], Snapshot],
        publish: Callable[[Target, Judged], None],
        failed: Callable[[Target, BaseException], None],
        catalogue: Catalogue = OURS,
    ) -> None:
        self.states: dict[Target, State] = {}
        """The one judged last is the last."""
        self._snapshot = snapshot
        self._publish = publish
        self._failed = failed
        self._catalogue = catalogue
        self._pending: dict[Target, None] = {}
        self._running = False
        self._runs = 0
        self._idle: asyncio.TimerHandle | None = None
        before = threading.stack_size(STACK)
        self._thread = ThreadPoolExecutor(1, "wa-iac-judge")
        self._thread.submit(int).result()  # the thread is made now, with this stack
        threading.stack_size(before)

    def request(self, target: Target, delay: float = 0.0) -> None:
        """Have a unit judged, in `delay` seconds. What runs or waits for it is superseded at once."""
        state = self.states.setdefault(target, State())
        self._supersede(state)
        self._pending.pop(target, None)
        state.timer = asyncio.get_running_loop().call_later(delay, self._due, target) if delay else None
        if not delay:
            self._due(target)

    def forget(self, target: Target) -> None:
        """Nobody looks at a unit any more."""
        state = self.states.pop(target, None)
        self._pending.pop(target, None)
        if state is not None:
            self._supersede(state)

    def close(self) -> None:
        for target in list(self.states):
            self.forget(target)
        self._thread.shutdown(wait=False, cancel_futures=True)

    @staticmethod
    def _supersede(state: State) -> None:
        state.generation += 1
        if state.timer is not None:
            state.timer.cancel()
            state.timer = None

    def _due(self, target: Target) -> None:
        self._pending[target] = None
        if not self._running:
            self._next()

    def _next(self) -> None:
        if not self._pending:
            self._rest()
            return
        target = next(iter(self._pending))
        del self._pending[target]
        state = self.states.pop(target)
        self.states[target] = state
        for each in list(self.states.values())[:-MOST_KEPT]:
            each.kept = Kept()
        generation = state.generation
        taken = self._snapshot()
        session = Session(taken.buffers, state.kept, taken.folders, lambda: state.generation != generation)
        self._running = True
        loop = asyncio.get_running_loop()
        future = loop.run_in_executor(self._thread, _run, session, target, self._catalogue)
        future.add_done_callback(lambda done: self._done(target, state, generation, done))

    def _done(self, target: Target, state: State, generation: int, done: asyncio.Future[Judged | None]) -> None:
        self._running = False
        if done.cancelled():
            return
        error = done.exception()
        if generation == state.generation:
            if error is not None:
                self._failed(target, error)
            elif (result := done.result()) is not None:
                state.judged = result
                self._publish(target, result)
        self._next()

    def _rest(self) -> None:
        """Collect garbage when nobody waits. The collector is off otherwise: it would run just before a result is published."""
        self._runs += 1
        if self._idle is not None:
            self._idle.cancel()
        if self._runs >= BUSY:
            self._collect()
        else:
            self._idle = asyncio.get_running_loop().call_later(IDLE, self._collect)

    def _collect(self) -> None:
        self._runs = 0
        self._idle = None
        self._thread.submit(gc.collect)


def _run(session: Session, target: Target, catalogue: Catalogue) -> Judged | None:
    try:
        with session.entered():
            return judged(target, catalogue)
    except Superseded:
        return None
