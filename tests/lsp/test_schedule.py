"""When a unit is judged, told with a process that does what a test says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from wa_iac.lsp import schedule
from wa_iac.lsp.plain import Action, Asked, Forget, GiveUp, Judge, Offer, Reply, Result, State
from wa_iac.lsp.schedule import JudgingSchedule
from wa_iac.lsp.targets import UnitTarget

ONE, OTHER = (UnitTarget("terraform", Path("/") / name) for name in ("one", "other"))
NOTHING = State({}, [], {}, (), "utf-16", show_unknown=False)


class Process:
    """Answers at once unless it is told to wait; reacts to being given up unless it is told not to."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.is_alive = True
        self.replies: asyncio.Queue[Reply | None] = asyncio.Queue()
        self.replies.put_nowait(Reply(0))

    def send(self, message: Judge | Offer | Forget | GiveUp) -> None:
        match message:
            case Judge():
                self.bench.begun.append(message.target.path.name)
                if message.target not in self.bench.waits:
                    self.replies.put_nowait(Reply(message.number, Result(refused=str(message.number))))
            case Offer():
                self.replies.put_nowait(Reply(message.number, [Action(0, "Mend it", ())]))
            case GiveUp():
                self.bench.given_up += 1
                if self.bench.reacts:
                    self.replies.put_nowait(Reply(message.number))
            case Forget():
                self.bench.forgotten.append(message.target.path.name)

    async def reply(self) -> Reply:
        found = await self.replies.get()
        if found is None:
            raise EOFError
        return found

    def end(self) -> None:
        if self.is_alive:
            self.is_alive = False
            self.bench.ended += 1
            self.replies.put_nowait(None)


class Bench:
    """A schedule whose runs are recorded. `waits` are the units that are not judged until somebody says so."""

    def __init__(self) -> None:
        self.waits: set[UnitTarget] = set()
        self.reacts = True
        self.begun: list[str] = []
        self.published: list[str] = []
        self.explained: list[tuple[str, str]] = []
        self.failed: list[str] = []
        self.forgotten: list[str] = []
        self.given_up = self.ended = 0
        self.processes: list[Process] = []
        self.schedule = JudgingSchedule(
            lambda number, limit, target: Judge(number, limit, NOTHING, target),
            self._publish,
            lambda target, why: self.explained.append((target.path.name, why)),
            lambda error: self.failed.append(str(error)),
            self._begin,
        )

    def _begin(self) -> Process:
        self.processes.append(Process(self))
        return self.processes[-1]

    def _publish(self, target: UnitTarget, result: Result) -> None:
        if target == OTHER and self.published == ["odd"]:
            raise ValueError("odd")
        self.published.append(target.path.name)

    def go_on(self) -> None:
        """Judge what waits."""
        self.waits.clear()
        number = len(self.begun)
        self.processes[-1].replies.put_nowait(Reply(number, Result()))

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not holds():
                await asyncio.sleep(0.005)


def run(steps: Callable[[Bench], object]) -> Bench:
    """A bench after some steps in an event loop."""

    async def session() -> Bench:
        bench = Bench()
        found = steps(bench)
        assert asyncio.iscoroutine(found)
        await found
        return bench

    return asyncio.run(session())


def test_a_newer_request_supersedes_what_runs_and_its_result_is_dropped() -> None:
    async def steps(bench: Bench) -> None:
        bench.waits.add(ONE)
        bench.schedule.request(ONE)
        await bench.until(lambda: bool(bench.begun))
        bench.waits.clear()
        bench.schedule.request(ONE)
        await bench.until(lambda: bool(bench.published))

    bench = run(steps)

    assert (bench.begun, bench.given_up, bench.ended, bench.published) == (["one", "one"], 1, 0, ["one"])


def test_a_run_that_does_not_react_is_ended_and_a_new_process_judges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "PATIENCE", 0.02)

    async def steps(bench: Bench) -> None:
        bench.reacts = False
        bench.waits.add(ONE)
        bench.schedule.request(ONE)
        await bench.until(lambda: bool(bench.begun))
        bench.waits.clear()
        bench.schedule.request(ONE)
        await bench.until(lambda: bool(bench.published))

    bench = run(steps)

    assert (bench.begun, bench.ended, len(bench.processes), bench.explained) == (["one", "one"], 1, 2, [])


def test_another_unit_waits_and_what_runs_comes_to_its_end() -> None:
    async def steps(bench: Bench) -> None:
        bench.waits.add(ONE)
        bench.schedule.request(ONE)
        await bench.until(lambda: bool(bench.begun))
        bench.schedule.request(OTHER)
        bench.go_on()
        await bench.until(lambda: len(bench.published) == 2)

    bench = run(steps)

    assert (bench.published, bench.given_up) == (["one", "other"], 0)


def test_what_was_asked_for_last_is_judged_next() -> None:
    many = [UnitTarget("terraform", Path("/") / str(number)) for number in range(4)]

    async def steps(bench: Bench) -> None:
        for each in many:
            bench.schedule.request(each)
        bench.schedule.request(many[1])
        await bench.until(lambda: len(bench.published) == 4)

    assert run(steps).begun == ["1", "3", "2", "0"]


def test_a_long_run_gives_way_to_a_later_request_and_is_done_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "LONG", 0.02)

    async def steps(bench: Bench) -> None:
        bench.waits.add(ONE)
        bench.schedule.request(ONE)
        await bench.until(lambda: bool(bench.begun))
        bench.schedule.request(OTHER)
        await bench.until(lambda: len(bench.begun) == 3)
        bench.go_on()
        await bench.until(lambda: len(bench.published) == 2)

    bench = run(steps)

    assert (bench.begun, bench.published) == (["one", "other", "one"], ["other", "one"])


def test_a_unit_gives_way_so_often_only_and_then_comes_to_its_end_or_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "LONG", 0.02)

    async def steps(bench: Bench) -> None:
        bench.schedule.limit = 0.5
        bench.waits.add(ONE)
        bench.schedule.request(ONE)
        # It never ends by itself, and somebody asks for the other one each time.
        while not bench.explained:
            number = len(bench.begun)
            await bench.until(lambda number=number: len(bench.begun) > number or bool(bench.explained))  # type: ignore[misc]
            if bench.begun[-1] == "one":
                bench.schedule.request(OTHER)
        await bench.until(lambda: bench.published.count("other") == schedule.MOST_WAYS + 1)

    bench = run(steps)

    assert bench.begun.count("one") == schedule.MOST_WAYS + 1
    assert [name for name, _ in bench.explained] == ["one"]


def test_a_run_beyond_the_limit_is_ended_and_told_of_and_not_tried_again() -> None:
    async def steps(bench: Bench) -> None:
        bench.schedule.limit = 0.02
        bench.waits.add(ONE)
        bench.schedule.request(ONE)
        await bench.until(lambda: bool(bench.explained))
        bench.schedule.request(OTHER)
        await bench.until(lambda: bool(bench.published))

    bench = run(steps)

    assert bench.explained == [
        ("one", "checking took longer than 0.02 seconds and was stopped; it starts again when the file changes")
    ]
    assert (bench.begun, bench.published, bench.ended) == (["one", "other"], ["other"], 1)


def test_a_process_that_ends_costs_the_unit_that_it_judged() -> None:
    async def steps(bench: Bench) -> None:
        bench.waits.add(ONE)
        bench.schedule.request(ONE)
        await bench.until(lambda: bool(bench.begun))
        bench.schedule.request(OTHER)
        bench.processes[0].end()
        await bench.until(lambda: bool(bench.published))

    bench = run(steps)

    assert [name for name, why in bench.explained if "has ended" in why] == ["one"]
    assert (bench.begun, bench.published) == (["one", "other"], ["other"])


def test_a_process_that_ended_while_nobody_waited_is_replaced_and_nobody_is_told() -> None:
    async def steps(bench: Bench) -> None:
        bench.schedule.request(ONE)
        await bench.until(lambda: bool(bench.published))
        bench.processes[0].end()
        bench.schedule.request(ONE)
        await bench.until(lambda: len(bench.published) == 2)

    bench = run(steps)

    assert (len(bench.processes), bench.explained) == (2, [])


def test_what_is_forgotten_is_not_published() -> None:
    async def steps(bench: Bench) -> None:
        bench.waits.add(ONE)
        bench.schedule.request(ONE)
        await bench.until(lambda: bool(bench.begun))
        bench.schedule.request(OTHER)
        bench.schedule.forget(ONE)
        bench.schedule.forget(OTHER)
        await bench.until(lambda: bench.given_up == 1)
        await asyncio.sleep(0.05)

    bench = run(steps)

    assert (bench.begun, bench.published, bench.schedule.states) == (["one"], [], {})
    assert bench.forgotten == ["one", "other"]


def test_what_goes_wrong_with_a_result_ends_nothing() -> None:
    async def steps(bench: Bench) -> None:
        bench.published = ["odd"]
        bench.schedule.request(OTHER)
        await bench.until(lambda: bool(bench.failed))
        bench.schedule.request(ONE)
        await bench.until(lambda: len(bench.published) == 2)

    assert run(steps).failed == ["odd"]


def test_a_question_is_answered_and_one_that_has_to_wait_too_long_gets_nothing() -> None:
    found: list[int] = []

    async def steps(bench: Bench) -> None:
        def offer(number: int, limit: float) -> Offer:
            return Offer(number, limit, NOTHING, (), Path("/one/main.tf"), (Asked("slug", "mark", 0),))

        found.append(len(await bench.schedule.ask(offer, 10)))
        bench.waits.add(ONE)
        bench.schedule.request(ONE)
        await bench.until(lambda: bool(bench.begun))
        found.append(len(await bench.schedule.ask(offer, 0.02)))

    run(steps)

    assert found == [1, 0]
