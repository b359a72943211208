"""When a unit is judged, told with a judge that waits to be told to go on."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from wa_iac.core import files
from wa_iac.core.errors import WaIacError
from wa_iac.engine.catalogue import OURS, Catalogue
from wa_iac.lsp import schedule
from wa_iac.lsp.schedule import Schedule, Snapshot
from wa_iac.lsp.units import Judged, Target

ONE, OTHER = (Target("terraform", Path("/") / name) for name in ("one", "other"))


class Bench:
    """A schedule whose runs are recorded; each reads the buffer `/one/text` and then goes as far as it is let."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.text = b"first"
        self.begun: list[tuple[str, bytes]] = []
        self.given_up: list[bytes] = []
        self.published: list[tuple[str, str]] = []
        self.failed: list[str] = []
        self.gate = threading.Event()
        self.gate.set()
        monkeypatch.setattr(schedule, "judged", self._judged)
        self.schedule = Schedule(self._snapshot, self._publish, lambda _, error: self.failed.append(str(error)))

    def _snapshot(self) -> Snapshot:
        return Snapshot({Path("/one/text"): self.text}, ())

    def _publish(self, target: Target, judged: Judged) -> None:
        self.published.append((target.path.name, str(judged.errors[0])))

    def _judged(self, target: Target, catalogue: Catalogue) -> Judged:
        assert catalogue is OURS
        text = files.read(Path("/one/text"))
        self.begun.append((target.path.name, text))
        while not self.gate.wait(0.005):
            try:
                files.checkpoint()
            except files.Superseded:
                self.given_up.append(text)
                raise
        if text == b"odd":
            raise ValueError("odd")
        return Judged(errors=[WaIacError(text.decode())])

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not holds():
                await asyncio.sleep(0.005)


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch) -> Bench:
    return Bench(monkeypatch)


def test_a_newer_request_supersedes_what_runs_and_its_result_is_dropped(bench: Bench) -> None:
    async def session() -> None:
        bench.gate.clear()
        bench.schedule.request(ONE)
        await bench.until(lambda: bool(bench.begun))
        bench.text = b"second"
        bench.schedule.request(ONE)
        await bench.until(lambda: bool(bench.given_up))
        bench.gate.set()
        await bench.until(lambda: bool(bench.published))

    asyncio.run(session())

    assert (bench.given_up, bench.published) == ([b"first"], [("one", "second")])


def test_another_unit_waits_and_is_not_superseded(bench: Bench) -> None:
    async def session() -> None:
        bench.gate.clear()
        bench.schedule.request(ONE)
        bench.schedule.request(OTHER)
        await bench.until(lambda: bool(bench.begun))
        bench.gate.set()
        await bench.until(lambda: len(bench.published) == 2)

    asyncio.run(session())

    assert bench.published == [("one", "first"), ("other", "first")]


def test_delayed_requests_become_one(bench: Bench) -> None:
    async def session() -> None:
        for _ in range(5):
            bench.schedule.request(ONE, 0.02)
        await bench.until(lambda: bool(bench.published))
        await asyncio.sleep(0.05)

    asyncio.run(session())

    assert bench.begun == [("one", b"first")]


def test_what_is_forgotten_is_not_published(bench: Bench) -> None:
    async def session() -> None:
        bench.gate.clear()
        bench.schedule.request(ONE)
        bench.schedule.request(OTHER, 0.01)
        await bench.until(lambda: bool(bench.begun))
        bench.schedule.forget(ONE)
        bench.schedule.forget(OTHER)
        await bench.until(lambda: bool(bench.given_up))
        await asyncio.sleep(0.05)

    asyncio.run(session())

    assert (bench.begun, bench.published, bench.schedule.states) == ([("one", b"first")], [], {})


def test_our_own_bug_is_told_of_and_ends_nothing(bench: Bench) -> None:
    async def session() -> None:
        bench.text = b"odd"
        bench.schedule.request(ONE)
        await bench.until(lambda: bool(bench.failed))
        bench.text = b"even"
        bench.schedule.request(ONE)
        await bench.until(lambda: bool(bench.published))

    asyncio.run(session())

    assert (bench.failed, bench.published) == (["odd"], [("one", "even")])


def test_parsed_files_are_kept_for_a_bounded_number_of_units(bench: Bench) -> None:
    many = [Target("terraform", Path("/") / str(number)) for number in range(schedule.MOST_KEPT + 5)]

    async def session() -> list[bool]:
        kept = []
        for each in many:
            bench.schedule.request(each)
            kept.append(bench.schedule.states[each].kept)
            await bench.until(lambda: len(bench.published) == len(kept))
        return [bench.schedule.states[each].kept is mine for each, mine in zip(many, kept, strict=True)]

    assert asyncio.run(session()) == [False] * 5 + [True] * schedule.MOST_KEPT
