"""Decides when each unit is checked. One process does one thing at a time; a newer request for a unit supersedes the older one.

Nobody waits for that process indefinitely. If a run takes too long, or does not react when cancelled, the process is replaced,
and the unit shows an error until it changes. A slow unit gives way to one that is requested later.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Protocol, TypeAlias, TypeVar

from .plain import Action, Forget, GiveUp, Judge, Offer, Reply, Result
from .targets import UnitTarget

T = TypeVar("T")

LIMIT: Final = 20.0
"""Seconds for checking one unit, unless the editor sets another number."""
PATIENCE: Final = 2.0
"""Seconds in which a cancelled run must end."""
LONG: Final = 2.0
"""Seconds after which a run gives way to a unit that was requested after it began."""
MOST_WAYS: Final = 3
"""How often a unit gives way until it changes; then it runs to its end, or to its limit, and the others wait once."""
STARTING: Final = 60.0
"""Seconds in which a process must be ready."""

Why: TypeAlias = Literal["", "unwanted", "late", "waiting"]
"""Why a run is cancelled or ended: nobody needs its result, it takes too long, or another unit waits."""


class Judging(Protocol):
    """A checking process; see `process.Worker`."""

    @property
    def is_alive(self) -> bool: ...

    def send(self, message: Judge | Offer | Forget | GiveUp) -> None: ...

    async def reply(self) -> Reply: ...

    def end(self) -> None: ...


@dataclass(slots=True)
class UnitState:
    """One unit. `generation` counts the requests: a result of an older one is obsolete. `gave_way` counts how often it gave way
    since."""

    generation: int = 0
    result: Result | None = None
    gave_way: int = 0


@dataclass(slots=True)
class _Question:
    """A request whose answer somebody waits for."""

    make: Callable[[int, float], Offer]
    answer: asyncio.Future[Sequence[Action]]


@dataclass(slots=True)
class _Run:
    """The current run. `target` is None for a question."""

    number: int
    target: UnitTarget | None
    began: float
    why: Why = ""
    timer: asyncio.TimerHandle | None = None


@dataclass(slots=True)
class _Process:
    """The process, once it exists, and whether it has reported that it is ready."""

    worker: Judging | None
    is_ready: bool = field(default=False)


class JudgingSchedule:
    """The open units. Its methods are called from the event loop.

    Args:
        make: creates the message for a unit's run, from its number and its limit.
        publish: receives each current result.
        given_up: receives each unit without a result, and the reason.
        failed: receives exceptions from these callbacks.
        begin: starts a process.
        worker: one that is already started.
        told_nothing: is called if a process does not know the editor's state.
    """

    def __init__(
        self,
        make: Callable[[int, float, UnitTarget], Judge],
        publish: Callable[[UnitTarget, Result], None],
        given_up: Callable[[UnitTarget, str], None],
        failed: Callable[[Exception], None],
        begin: Callable[[], Judging],
        *,
        worker: Judging | None = None,
        told_nothing: Callable[[], None] = lambda: None,
    ) -> None:
        self.limit = LIMIT
        self.states: dict[UnitTarget, UnitState] = {}
        self._make = make
        self._publish = publish
        self._given_up = given_up
        self._failed = failed
        self._begin = begin
        self._told_nothing = told_nothing
        self._process = _Process(worker)
        self._pending: dict[UnitTarget, None] = {}
        self._questions: list[_Question] = []
        self._number = 0
        self._running: _Run | None = None
        self._task: asyncio.Task[None] | None = None

    def request(self, target: UnitTarget) -> None:
        """Request a check of a unit. It supersedes a running or waiting one at once."""
        self.supersede(target)
        self.states.setdefault(target, UnitState())
        self._pending[target] = None
        if (run := self._running) is not None and run.target != target and not run.why and self._gives_way(run.target):
            loop = asyncio.get_running_loop()
            self._bound(run, "waiting", max(run.began + LONG - loop.time(), 0.0))
        self._wake()

    def _gives_way(self, target: UnitTarget | None) -> bool:
        """Whether a run ends for another unit. The number is limited, or an endless run would start again and again."""
        state = self.states.get(target) if target is not None else None
        return state is None or state.gave_way < MOST_WAYS

    def supersede(self, target: UnitTarget) -> None:
        """A unit has changed, so its running or waiting check is useless. The caller then requests it again, or forgets it."""
        self._pending.pop(target, None)
        if (state := self.states.get(target)) is not None:
            state.generation += 1
            state.gave_way = 0
        if self._running is not None and self._running.target == target and self._running.why != "late":
            self._give_up(self._running, "unwanted")

    def forget(self, target: UnitTarget) -> None:
        """Nobody looks at a unit any more."""
        self.supersede(target)
        if self.states.pop(target, None) is not None and self._process.worker is not None:
            self._process.worker.send(Forget(target))

    async def ask(self, make: Callable[[int, float], Offer], patience: float) -> Sequence[Action]:
        """An answer, with priority over waiting checks; None if it does not come within some seconds."""
        question = _Question(make, asyncio.get_running_loop().create_future())
        self._questions.append(question)
        self._wake()
        try:
            return await asyncio.wait_for(question.answer, patience)
        except TimeoutError:
            return ()

    def close(self) -> None:
        """End it all."""
        for target in list(self.states):
            self.forget(target)
        if self._task is not None:
            self._task.cancel()
        if self._process.worker is not None:
            self._process.worker.end()

    # --- the work

    def _wake(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._work())

    async def _work(self) -> None:
        while True:
            if self._questions:
                await self._contained(self._answer, self._questions.pop(0))
            elif self._pending:
                # The user looks at the unit that was requested last.
                target, _ = self._pending.popitem()
                await self._contained(self._judge, target)
            else:
                return

    async def _contained(self, do: Callable[[T], Awaitable[None]], about: T) -> None:
        try:
            await do(about)
        except Exception as error:
            self._failed(error)

    async def _judge(self, target: UnitTarget) -> None:
        state = self.states[target]
        generation = state.generation
        run, reply = await self._done(target, lambda number: self._make(number, self.limit, target))
        if state.generation != generation:
            return
        if reply is not None and isinstance(reply.content, Result):
            state.result = reply.content
            self._publish(target, reply.content)
        elif run is not None and run.why == "waiting":
            state.gave_way += 1
            self._pending = {target: None, **self._pending}
        else:
            # The files read before still belong to it, so that a change in them starts a new check.
            state.result = state.result._replace(shown={}, refused="") if state.result is not None else None
            self._given_up(target, self._explained(run))

    def _explained(self, run: _Run | None) -> str:
        if run is None:
            return "the checking process cannot be started: nothing is checked"
        if run.why == "late":
            return f"checking took longer than {self.limit:g} seconds and was stopped; it starts again when the file changes"
        return (
            "the checking process has ended: it ran out of memory, or this is a bug in wa-iac; "
            "checking starts again when the file changes"
        )

    async def _answer(self, question: _Question) -> None:
        if question.answer.done():
            return  # nobody waits any longer
        begun = asyncio.get_running_loop().create_task(self._done(None, lambda number: question.make(number, self.limit)))
        waited: set[asyncio.Future[Any]] = {begun, question.answer}
        await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        if not begun.done() and self._running is not None and self._running.target is None:
            self._give_up(self._running, "unwanted")
        _, reply = await begun
        if not question.answer.done():
            found = reply.content if reply is not None else None
            question.answer.set_result(() if found is None or isinstance(found, Result) else found)

    async def _done(self, target: UnitTarget | None, make: Callable[[int], Judge | Offer]) -> tuple[_Run | None, Reply | None]:
        """Run something. Returns no run if there is no process, and no reply if the process has ended during it."""
        worker = await self._ready()
        if worker is None:
            return None, None
        self._number += 1
        run = self._running = _Run(self._number, target, asyncio.get_running_loop().time())
        try:
            worker.send(make(run.number))
            self._bound(run, "late", self.limit)
            if self._pending and target is None:
                self._bound(run, "waiting", LONG)
            while (reply := await worker.reply()).number != run.number:
                pass
        except EOFError:
            self._replace()
            return run, None
        finally:
            self._running = None
            if run.timer is not None:
                run.timer.cancel()
        if reply.last:
            self._replace()
        return run, reply

    async def _ready(self) -> Judging | None:
        """The process, if it can be started."""
        if self._process.worker is None or not self._process.worker.is_alive:
            self._replace()
        worker = self._process.worker
        if worker is None or self._process.is_ready:
            return worker
        try:
            await asyncio.wait_for(worker.reply(), STARTING)
        except (EOFError, TimeoutError):
            worker.end()
            self._process = _Process(None)
            return None
        self._process.is_ready = True
        return worker

    def _replace(self) -> None:
        """Start a new process, which does not know the editor's state yet."""
        if self._process.worker is not None:
            self._process.worker.end()
        self._told_nothing()
        try:
            self._process = _Process(self._begin())
        except OSError as error:
            self._process = _Process(None)
            self._failed(error)

    # --- what ends a run

    def _bound(self, run: _Run, why: Why, seconds: float) -> None:
        """End a run after some time for a reason, which replaces a later end."""
        loop = asyncio.get_running_loop()
        if run.timer is not None:
            if run.timer.when() <= loop.time() + seconds:
                return
            run.timer.cancel()
        run.timer = loop.call_later(seconds, self._end if why == "late" else self._give_up, run, why)

    def _give_up(self, run: _Run, why: Why) -> None:
        """Ask a run to end, and end the process if it does not."""
        worker = self._process.worker
        if self._running is not run or worker is None:
            return
        if not run.why:
            worker.send(GiveUp(run.number))
            if run.timer is not None:
                run.timer.cancel()
            run.timer = asyncio.get_running_loop().call_later(PATIENCE, self._end, run, why)
        run.why = why

    def _end(self, run: _Run, why: Why) -> None:
        if self._running is run and self._process.worker is not None:
            run.why = run.why or why
            self._process.worker.end()
